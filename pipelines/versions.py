"""The published warehouses: opening one, the last ones that are kept, going back to an earlier one.

A version is what a run made readers see; a run that changes nothing publishes under the same number. Each kept version
is a whole file, `versions/NNNN.duckdb`; the newest is the published file itself under a second name, so that keeping
it costs no room. What goes into a file is decided in `pipelines.publish`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.faults import GazetteError
from pipelines.invocation import command
from pipelines.settings import Settings

# Raised when a table or column that readers or commands rely on is added, goes or changes its meaning. Commands
# read files of exactly this version. `quality.publication` itself never changes.
SCHEMA_VERSION = 1
_PUBLICATION = "select schema_version, warehouse_version, run_id, content_digest, published_at from quality.publication"
# What may happen to an event from one version to the next; `quality.changes` has one or more rows for each.
CHANGE_TYPES = ("new", "revised", "merged", "retracted")
# A file of ours may be open in any number of programs; nobody writes to it, and SQL on it reaches nothing else.
_READ_ONLY: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
}


@dataclass(frozen=True, slots=True)
class Publication:
    """The one row of `quality.publication`: which schema and version a file has, and which run made it."""

    schema_version: int
    warehouse_version: int
    run_id: str
    content_digest: str
    published_at: datetime


def publication(path: Path) -> Publication | None:
    """What the file says it is; None when there is none, it cannot be read or does not say."""
    if not path.exists():
        return None
    try:
        with duckdb.connect(str(path), read_only=True, config=_READ_ONLY) as connection:
            row = connection.execute(_PUBLICATION).fetchone()
    except duckdb.Error:
        return None
    return Publication(*row) if row else None


@contextmanager
def reading(settings: Settings, name: str | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file, or the kept version that `name` means (see `find`), open read-only.

    Raises `GazetteError` when there is none, it cannot be opened or was written in another schema version.
    """
    path = settings.published_path if name is None else find(settings, name)
    if not path.exists():
        raise GazetteError(f"no warehouse at {path} yet; `{command('run', settings)}` builds it")
    try:
        connection = duckdb.connect(str(path), read_only=True, config=_READ_ONLY)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise GazetteError(
            f"cannot open {path}: {reason}; `{command('run', settings)}` rebuilds it from the seeds"
        ) from error
    try:
        _check_schema(connection, path)
        connection.execute("set TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _check_schema(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    found = 0
    with suppress(duckdb.CatalogException):
        row = connection.execute("select schema_version from quality.publication").fetchone()
        found = int(row[0]) if row else 0
    if found > SCHEMA_VERSION:
        raise GazetteError(
            f"{path} was written by a newer Gazette (schema {found}, this one reads {SCHEMA_VERSION}); update Gazette"
        )
    if found < SCHEMA_VERSION:
        raise GazetteError(
            f"{path} was written by an older Gazette (schema {found}, this one reads {SCHEMA_VERSION});"
            " `gazette run` publishes it anew from the seeds"
        )


def kept(settings: Settings) -> dict[int, Path]:
    """The kept versions and their files, oldest first."""
    files = {int(path.stem): path for path in settings.versions_dir.glob("*.duckdb") if path.stem.isdigit()}
    return dict(sorted(files.items()))


def is_number(name: str) -> bool:
    """Whether a name means a version; a run's id, even shortened to its first eight characters, is longer."""
    return name.isascii() and name.isdigit() and len(name) < 8


def is_run(name: str) -> bool:
    """Whether a name is long enough to mean a run by the start of its id."""
    return len(name) >= 4 and not is_number(name)


def find(settings: Settings, name: str) -> Path:
    """The file of a version, named by its number or by the first characters of a run that published it.

    Raises `GazetteError` when no such version is kept.
    """
    files = kept(settings)
    number = int(name) if is_number(name) else _version_of_run(settings, name)
    if number in files:
        return files[number]
    known = ", ".join(map(str, files)) or "none"
    raise GazetteError(f"version {name} is not kept; kept are {known} (`gazette history` lists them)")


def _version_of_run(settings: Settings, run_id: str) -> int | None:
    """The version that a run published or found unchanged; looks in the newest files first."""
    if not is_run(run_id):
        return None
    for path in [settings.published_path, *reversed(kept(settings).values())]:
        with suppress(duckdb.Error), duckdb.connect(str(path), read_only=True, config=_READ_ONLY) as connection:
            rows = connection.execute(
                "select distinct warehouse_version from quality.runs where starts_with(run_id, ?)", [run_id]
            ).fetchall()
            if len(rows) == 1:
                return int(rows[0][0])
    return None


def keep(settings: Settings) -> None:
    """Give the published file its place among the kept versions and drop those beyond the number to keep.

    Called before and after each exchange: a kill in between costs no version, and none is kept that never was
    published. A file that does not say what it is, is not kept.
    """
    now = publication(settings.published_path)
    if now is None:
        return
    place = settings.versions_dir / f"{now.warehouse_version:04d}.duckdb"
    if publication(place) != now:
        settings.versions_dir.mkdir(exist_ok=True)
        second_name(settings.published_path, place)
    surplus = list(kept(settings).items())[: -settings.kept_versions]
    for number, path in surplus:
        if number != now.warehouse_version:
            path.unlink(missing_ok=True)


def second_name(source: Path, target: Path) -> None:
    """Make `target` the same file as `source`, in one step; a copy where the file system has no hard links."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    try:
        try:
            temporary.hardlink_to(source)
        except OSError:
            shutil.copy(source, temporary)
            flush(temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    flush(target.parent)


def rollback(settings: Settings, name: str) -> tuple[Publication, Publication | None]:
    """Publish a kept version again; only under the run lock. Returns what is published now and what was before.

    One exchange of names: readers have the one or the other, and a kill leaves the one or the other. Raises
    `GazetteError` when the version is not kept, not readable, of another schema, or published already.
    """
    keep(settings)
    path = find(settings, name)
    with reading(settings, name):
        pass
    wanted, before = publication(path), publication(settings.published_path)
    assert wanted is not None, "a file that could be read says what it is"
    if wanted == before:
        raise GazetteError(f"version {wanted.warehouse_version} is published already")
    second_name(path, settings.published_path)
    return wanted, before


def set_aside(settings: Settings) -> dict[int, Publication]:
    """The kept versions that a rollback took from readers: those newer than the published one."""
    now = publication(settings.published_path)
    if now is None:
        return {}
    newer = {number: publication(path) for number, path in kept(settings).items() if number > now.warehouse_version}
    return {number: found for number, found in newer.items() if found is not None}


def next_number(settings: Settings) -> int:
    """The number of a version that is not like the published one; no number is used for two contents."""
    now = publication(settings.published_path)
    return max([0, *kept(settings), now.warehouse_version if now else 0]) + 1


HISTORY_COLUMNS = [
    "version", "state", "finished_at", "run_id", "documents", "events", "quarantined", "new", "revised", "merged",
    "retracted",
]  # fmt: skip
_RUNS = """
select
    run.warehouse_version,
    run.finished_at,
    run.run_id,
    run.document_count,
    run.event_count,
    run.quarantined_count,
    count(distinct change.event_id) filter (change.change_type = 'new'),
    count(distinct change.event_id) filter (change.change_type = 'revised'),
    count(distinct change.event_id) filter (change.change_type = 'merged'),
    count(distinct change.event_id) filter (change.change_type = 'retracted')
from quality.runs as run
left join quality.changes as change using (run_id)
group by all
order by run.warehouse_version desc, run.finished_at desc, run.run_id
"""


def history(settings: Settings) -> list[tuple[object, ...]]:
    """One row of `HISTORY_COLUMNS` per run that published, newest first.

    `state` is `published`, `kept`, `set aside` (taken back by a rollback) or `not kept`. A run that changed nothing
    has the number of the version it found.
    """
    with reading(settings) as connection:
        rows = connection.execute(_RUNS).fetchall()
    files, aside = kept(settings), set_aside(settings)
    now = publication(settings.published_path)
    seen = {row[2] for row in rows}
    for number, found in aside.items():
        with suppress(GazetteError), reading(settings, str(number)) as connection:
            rows += [row for row in connection.execute(_RUNS).fetchall() if row[2] not in seen and row[0] == number]
            seen.add(found.run_id)
    rows.sort(key=lambda row: (row[0] or 0, row[1]), reverse=True)

    def state(number: int) -> str:
        if now is not None and number == now.warehouse_version:
            return "published"
        return "set aside" if number in aside else "kept" if number in files else "not kept"

    return [(row[0], state(row[0]), *row[1:]) for row in rows]


def flush(path: Path) -> None:
    """Have the operating system write a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
