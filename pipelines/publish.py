"""From the build database to the file that readers open: the run's record, its changes, the exchange.

Readers open the published file whenever they like; it is only ever replaced as a whole. What may be published
at all is decided by the checks before: this module refuses a build database whose marts did not pass their
tests.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

from pipelines import progress, versions
from pipelines.build import (
    INGEST_VERSION,
    VERIFIED,
    VOCABULARY_VERSION,
    get_flag,
    quoted,
    transaction,
    utc_now,
)
from pipelines.faults import GazetteError, NothingToPublishError
from pipelines.settings import Settings

# Each count of `quality.runs` and of the account, by what it counts in the marts.
COUNTS = {
    "document_count": "select count(*) from marts.dim_documents",
    "article_count": "select count(*) from marts.dim_articles",
    "mention_count": "select count(*) from marts.fact_event_mentions",
    "event_count": "select count(*) from marts.fact_events",
    "actor_count": "select count(*) from marts.dim_actors where event_count > 0",
    "jurisdiction_count": "select count(*) from marts.dim_jurisdictions where event_count > 0",
    "quarantined_count": "select count(*) from quality.quarantine where severity = 'error'",
}


# Quality tables whose rows are those of the runs, not of the content that the runs made.
_RUN_TABLES = {"runs", "changes", "scorecard", "document_log", "publication"}


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What this run publishes: its version, the counts of `quality.runs`, measures (seconds of the run, share of the
    files that are quarantined, latest scores of the extractor) and changed events by kind of change.

    `withheld_version` is set instead of publishing: the seeds still give what a rollback has taken from readers.
    `rolled_back_to` is the version that readers were on when a rollback preceded this run, else None.
    """

    warehouse_version: int
    counts: dict[str, int]
    measures: dict[str, float]
    changes: dict[str, int]
    withheld_version: int | None = None
    rolled_back_to: int | None = None


def record_run(
    connection: duckdb.DuckDBPyConnection, settings: Settings, run_id: str, started_at: datetime
) -> RunRecord:
    """Write this run's rows of `quality.runs` and `quality.changes`, and make the file complete on disk.

    Close the connection, then call `put_in_place`, unless the record says that the version is withheld. Raises
    `NothingToPublishError` when the marts are missing or did not pass their tests.
    """
    if get_flag(connection, VERIFIED) != "yes":
        raise NothingToPublishError(
            "nothing to publish: not all dbt models were built and tested since the landed tables were written;"
            " materialise all of them first"
        )
    before, aside = versions.publication(settings.published_path), versions.set_aside(settings)
    digest = _content_digest(connection)
    counts = {}
    for name, query in COUNTS.items():
        row = connection.execute(query).fetchone()
        counts[name] = int(row[0]) if row else 0
    measures = {"run_seconds": (utc_now() - started_at).total_seconds(), **_measures(connection)}
    rolled_back_to = before.warehouse_version if before and aside else None
    if before is not None and (before.schema_version, before.content_digest) == (versions.SCHEMA_VERSION, digest):
        number, rolled_back_to = before.warehouse_version, None
    else:
        for rejected in aside.values():
            if rejected.content_digest == digest:
                return RunRecord(
                    rejected.warehouse_version, counts, measures, {}, rejected.warehouse_version, rolled_back_to
                )
        number = versions.next_number(settings)
    with _previous(connection, settings.published_path) as has_previous, transaction(connection):
        _keep_published_history(connection, settings.published_path, has_previous)
        changes = _record_changes(connection, run_id, has_previous)
        extractor = connection.execute(
            "select extractor, extractor_version from state.extraction_log order by all limit 1"
        ).fetchone()
        now = utc_now()
        values = {
            "run_id": run_id,
            "started_at": started_at,
            "finished_at": now,
            **counts,
            "gazette_version": version("gazette"),
            "ingest_version": get_flag(connection, INGEST_VERSION),
            "extractor": extractor[0] if extractor else None,
            "extractor_version": extractor[1] if extractor else None,
            "vocabulary_version": get_flag(connection, VOCABULARY_VERSION),
            "warehouse_version": number,
        }
        connection.execute("delete from quality.runs where run_id = ?", [run_id])
        connection.execute(
            f"insert into quality.runs ({', '.join(values)}) values ({', '.join('?' * len(values))})",
            list(values.values()),
        )
        connection.execute("delete from quality.publication")
        connection.execute(
            "insert into quality.publication values (?, ?, ?, ?, ?)",
            [versions.SCHEMA_VERSION, number, run_id, digest, now],
        )
    connection.execute("checkpoint")
    return RunRecord(number, counts, measures, changes, rolled_back_to=rolled_back_to)


def _measures(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """The share of the files that are quarantined, and the latest scores: `corpus_part_metric`."""
    row = connection.execute(
        "with bad as (select distinct path from quality.quarantine where severity = 'error'),"
        " files as (select seed_path from marts.dim_documents union select path from bad)"
        " select (select count(*) from bad) / greatest(count(*), 1) from files"
    ).fetchone()
    scores = connection.execute(
        "select corpus || '_' || part || '_' || metric, value from quality.scorecard where value is not null"
        " qualify measured_at = max(measured_at) over () order by all"
    ).fetchall()
    return {"quarantine_rate": round(float(row[0]), 4) if row else 0.0, **dict(scores)}


def put_in_place(settings: Settings) -> int:
    """Exchange the published file for the build database as it is on disk; returns its size in bytes.

    The new file is complete and proven readable before it takes the name; an interruption at any point leaves
    the old one whole. It becomes one of the kept versions.
    """
    return _exchange(settings, settings.build_path, lambda copy: copy.execute("drop schema if exists state cascade"))


def amend(settings: Settings, write: Callable[[duckdb.DuckDBPyConnection], object]) -> None:
    """Publish the published file again, under its version, with what `write` adds to its quality tables."""

    def stamped(copy: duckdb.DuckDBPyConnection) -> None:
        write(copy)
        copy.execute("update quality.publication set published_at = ?", [utc_now()])

    _exchange(settings, settings.published_path, stamped)


def _exchange(settings: Settings, source: Path, write: Callable[[duckdb.DuckDBPyConnection], object]) -> int:
    versions.keep(settings)
    for stale in settings.warehouse_dir.glob(".gazette.duckdb.*"):
        stale.unlink()
    temporary = settings.warehouse_dir / f".gazette.duckdb.{os.getpid()}"
    try:
        shutil.copyfile(source, temporary)
        _make_public(temporary, settings.build_path.stem, write)
        # Whoever opens it for writing by mistake is refused, and it cannot change under its second name.
        temporary.chmod(0o444)
        versions.flush(temporary)
        size = temporary.stat().st_size
        temporary.replace(settings.published_path)
    finally:
        for left in (temporary, temporary.with_name(temporary.name + ".wal")):
            with suppress(FileNotFoundError):
                left.unlink()
    versions.flush(settings.warehouse_dir)
    try:
        versions.keep(settings)
    except OSError as error:
        # It is published; that is no failure of the run. The next exchange keeps it first.
        progress.say(f"the published version could not be kept yet ({error.strerror or error})")
    return size


def _make_public(path: Path, build_name: str, write: Callable[[duckdb.DuckDBPyConnection], object]) -> None:
    """Have `write` do its part (the private state goes) and make every view work under any file name.

    A view remembers the name of the database it was made in, here the build database's, when the statement
    that made it said so; a reader of the published file has no database of that name.
    """
    connection = duckdb.connect(str(path))
    try:
        write(connection)
        views = connection.execute(
            "select schema_name, view_name, sql from duckdb_views()"
            " where not internal and database_name = current_database() order by view_oid"
        ).fetchall()
        named = re.compile(rf'(?<![\w".])"?{re.escape(build_name)}"?\.(?="?\w+"?\.)')
        for _, _, sql in views:
            if named.search(sql):
                connection.execute(
                    re.sub(r"^\s*create\s+view", "create or replace view", named.sub("", sql), flags=re.I)
                )
        connection.execute("checkpoint")
    finally:
        connection.close()
    connection = duckdb.connect(str(path), read_only=True)
    try:
        for schema, view, _ in views:
            connection.execute(f'select * from "{schema}"."{view}" limit 0')
    except duckdb.Error as error:
        raise GazetteError(f"the new file is not readable and was not published: {error}") from error
    finally:
        connection.close()


@contextmanager
def _previous(connection: duckdb.DuckDBPyConnection, published_path: Path) -> Iterator[bool]:
    """Inside the block the published file is attached as `previous`; False when there is none to read."""
    found = False
    if published_path.exists():
        try:
            connection.execute(f"attach {quoted(published_path)} as previous (read_only)")
            found = True
        except duckdb.Error as error:
            reason = str(error).splitlines()[0]
            progress.say(f"the published file cannot be read and is made anew from the seeds ({reason})")
    try:
        yield found
    finally:
        if found:
            connection.execute("detach previous")


def _keep_published_history(connection: duckdb.DuckDBPyConnection, published_path: Path, has_previous: bool) -> None:
    """Forget runs that recorded themselves and were killed before the exchange: they did not happen."""
    if has_previous:
        with suppress(duckdb.CatalogException):
            for table in ("runs", "changes"):
                connection.execute(
                    f"delete from quality.{table} where run_id not in (select run_id from previous.quality.runs)"
                )
    elif not published_path.exists():
        connection.execute("delete from quality.runs")
        connection.execute("delete from quality.changes")


def _record_changes(connection: duckdb.DuckDBPyConnection, run_id: str, has_previous: bool) -> dict[str, int]:
    """Rows of `quality.changes` for what differs from the published file; returns changed events by kind.

    An event that is gone is not lost when another one now tells its mentions, known by their ids, or by type and
    quote where the file around them changed. That one was there before: `merged`. It was not: the event goes on
    under a new id, because an earlier report is its founding mention now: `revised`. Otherwise: `retracted`. A new
    event whose mentions another one told before says which.
    """
    connection.execute("delete from quality.changes where run_id = ?", [run_id])
    before = _fact_columns(connection, "'previous'") if has_previous else []
    for table in ("fact_events", "fact_event_mentions"):
        source = f"previous.marts.{table}" if before else f"(select * from marts.{table} limit 0)"
        connection.execute(f"create or replace temp table {table}_before as select * from {source}")
    connection.execute(_HEIRS)
    connection.execute(_IDENTITIES)
    for statement in _CHANGED_EVENTS:
        connection.execute(f"insert into quality.changes select ?, {statement} order by all", [run_id])
    for column in _fact_columns(connection, "current_database()"):
        if column != "event_id" and column in before:
            connection.execute(
                f"insert into quality.changes select ?, new.event_id, 'revised', '{column}',"
                f" cast(old.{column} as varchar), cast(new.{column} as varchar)"
                " from marts.fact_events as new join identities using (event_id)"
                " join fact_events_before as old on old.event_id = identities.event_id_before"
                f" where cast(new.{column} as varchar) is distinct from cast(old.{column} as varchar) order by all",
                [run_id],
            )
    return dict(
        connection.execute(
            "select change_type, count(distinct event_id) from quality.changes where run_id = ? group by all",
            [run_id],
        ).fetchall()
    )


# One row per event that is gone and whose mentions are now told by another, the one that has most of them.
_HEIRS = """
create or replace temp table heirs as
with
    gone as (
        select told.* from fact_event_mentions_before as told
        where event_id not in (select event_id from marts.fact_events)
    ),
    strayed as (
        select * from gone where mention_id not in (select mention_id from marts.fact_event_mentions)
    ),
    arrived as (
        select * from marts.fact_event_mentions
        where mention_id not in (select mention_id from fact_event_mentions_before)
    ),
    links as (
        select gone.event_id as event_id_before, new.event_id
        from gone join marts.fact_event_mentions as new using (mention_id)
        union all
        select strayed.event_id, arrived.event_id
        from strayed join arrived using (event_type, quote)
    ),
    best as (
        select event_id_before, event_id, count(*) as mention_count
        from links
        group by event_id_before, event_id
        qualify row_number() over (partition by event_id_before order by count(*) desc, event_id) = 1
    )
select
    event_id_before,
    event_id,
    event_id in (select event_id from fact_events_before)
    or row_number() over (partition by event_id order by mention_count desc, event_id_before) > 1 as is_merged,
from best
"""
# One row per event of now that was an event before, under whichever id.
_IDENTITIES = """
create or replace temp table identities as
select event_id, event_id as event_id_before from marts.fact_events
where event_id in (select event_id from fact_events_before)
union all
select event_id, event_id_before from heirs where not is_merged
"""
_CHANGED_EVENTS = (
    "event_id, 'new', 'summary', null, summary from marts.fact_events"
    " where event_id not in (select event_id from identities)",
    "now.event_id, 'new', 'event_id', min(told.event_id), now.event_id"
    " from marts.fact_event_mentions as now join fact_event_mentions_before as told using (mention_id)"
    " where now.event_id not in (select event_id from identities) group by now.event_id",
    "event_id, 'revised', 'event_id', event_id_before, event_id from identities where event_id != event_id_before",
    "event_id_before, 'merged', 'event_id', event_id_before, event_id from heirs where is_merged",
    "heirs.event_id_before, 'merged', 'summary', old.summary, new.summary from heirs"
    " join fact_events_before as old on old.event_id = heirs.event_id_before"
    " join marts.fact_events as new on new.event_id = heirs.event_id where is_merged",
    "event_id, 'retracted', 'summary', summary, null from fact_events_before"
    " where event_id not in (select event_id from marts.fact_events)"
    " and event_id not in (select event_id_before from heirs)",
)


def _fact_columns(connection: duckdb.DuckDBPyConnection, database: str) -> list[str]:
    return [
        row[0]
        for row in connection.execute(
            "select column_name from duckdb_columns() where schema_name = 'marts' and table_name ="
            " 'fact_events'"
            f" and database_name = {database} order by column_index"
        ).fetchall()
    ]


def _content_digest(connection: duckdb.DuckDBPyConnection) -> str:
    """Names what a reader finds in the marts and the quality tables, whichever run made it and when."""
    columns = connection.execute(
        "select schema_name || '.' || table_name, list(column_name order by column_index) from duckdb_columns()"
        " where database_name = current_database() and schema_name in ('marts', 'quality')"
        " and table_name not in (select unnest(?::varchar[])) and column_name != 'first_seen_at'"
        " group by all order by all",
        [sorted(_RUN_TABLES)],
    ).fetchall()
    digest = hashlib.sha256()
    for table, names in columns:
        listed = ", ".join(f'"{name}"' for name in names)
        row = connection.execute(
            f"select count(*), sum(hash(rows)::hugeint) from (select {listed} from {table}) as rows"
        ).fetchone()
        digest.update(f"{table}({listed}) {row}\n".encode())
    return digest.hexdigest()[:16]
