"""From the build database to the file that readers open: the run's record, its changes, the exchange.

Readers open the published file whenever they like; it is only ever replaced as a whole. What may be published
at all is decided by the checks before: this module refuses a build database whose marts did not pass their
tests.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import duckdb

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


@dataclass(frozen=True, slots=True)
class RunRecord:
    """What this run published: the counts of `quality.runs` and changed events by kind of change."""

    counts: dict[str, int]
    changes: dict[str, int]


def record_run(
    connection: duckdb.DuckDBPyConnection, settings: Settings, run_id: str, started_at: datetime
) -> RunRecord:
    """Write this run's rows of `quality.runs` and `quality.changes`, and make the file complete on disk.

    Close the connection, then call `put_in_place`. Raises `NothingToPublishError` when the marts are missing
    or did not pass their tests.
    """
    if get_flag(connection, VERIFIED) != "yes":
        raise NothingToPublishError(
            "nothing to publish: not all dbt models were built and tested since the landed tables were"
            " written;"
            " materialise all of them first"
        )
    with _previous(connection, settings.published_path) as has_previous, transaction(connection):
        _keep_published_history(connection, settings.published_path, has_previous)
        changes = _record_changes(connection, run_id, has_previous)
        counts = {}
        for name, query in COUNTS.items():
            row = connection.execute(query).fetchone()
            counts[name] = int(row[0]) if row else 0
        extractor = connection.execute(
            "select extractor, extractor_version from state.extraction_log order by all limit 1"
        ).fetchone()
        values = {
            "run_id": run_id,
            "started_at": started_at,
            "finished_at": utc_now(),
            **counts,
            "gazette_version": version("gazette"),
            "ingest_version": get_flag(connection, INGEST_VERSION),
            "extractor": extractor[0] if extractor else None,
            "extractor_version": extractor[1] if extractor else None,
            "vocabulary_version": get_flag(connection, VOCABULARY_VERSION),
        }
        connection.execute("delete from quality.runs where run_id = ?", [run_id])
        connection.execute(
            f"insert into quality.runs ({', '.join(values)}) values ({', '.join('?' * len(values))})",
            list(values.values()),
        )
    connection.execute("checkpoint")
    return RunRecord(counts, changes)


def put_in_place(settings: Settings) -> int:
    """Exchange the published file for the build database as it is on disk; returns its size in bytes.

    The new file is complete and proven readable before it takes the name; an interruption at any point leaves
    the old one whole.
    """
    for stale in settings.warehouse_dir.glob(".gazette.duckdb.*"):
        stale.unlink()
    temporary = settings.warehouse_dir / f".gazette.duckdb.{os.getpid()}"
    try:
        shutil.copyfile(settings.build_path, temporary)
        _make_public(temporary, settings.build_path.stem)
        _flush(temporary)
        size = temporary.stat().st_size
        temporary.replace(settings.published_path)
    finally:
        for left in (temporary, temporary.with_name(temporary.name + ".wal")):
            with suppress(FileNotFoundError):
                left.unlink()
    _flush(settings.warehouse_dir)
    return size


def _make_public(path: Path, build_name: str) -> None:
    """Take the private state out and make every view work under any file name.

    A view remembers the name of the database it was made in, here the build database's, when the statement
    that made it said so; a reader of the published file has no database of that name.
    """
    connection = duckdb.connect(str(path))
    try:
        connection.execute("drop schema if exists state cascade")
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
        with suppress(duckdb.Error):
            connection.execute(f"attach {quoted(published_path)} as previous (read_only)")
            found = True
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
    """Rows of `quality.changes` for what differs from the published file: new, retracted, revised."""
    connection.execute("delete from quality.changes where run_id = ?", [run_id])
    columns = _fact_columns(connection, "current_database()")
    before = _fact_columns(connection, "'previous'") if has_previous else []
    connection.execute(
        "create or replace temp table facts_before as "
        + ("select * from previous.marts.fact_events" if before else "select * from marts.fact_events limit 0")
    )
    connection.execute(
        "insert into quality.changes"
        " select ?, event_id, 'new', 'summary', null, summary from marts.fact_events"
        " where event_id not in (select event_id from facts_before) order by event_id",
        [run_id],
    )
    connection.execute(
        "insert into quality.changes"
        " select ?, event_id, 'retracted', 'summary', summary, null from facts_before"
        " where event_id not in (select event_id from marts.fact_events) order by event_id",
        [run_id],
    )
    for column in columns:
        if column == "event_id" or column not in before:
            continue
        connection.execute(
            "insert into quality.changes"
            f" select ?, event_id, 'revised', '{column}', cast(old.{column} as varchar), cast(new.{column}"
            f" as varchar)"
            " from marts.fact_events as new join facts_before as old using (event_id)"
            f" where cast(new.{column} as varchar) is distinct from cast(old.{column} as varchar) order by"
            f" event_id",
            [run_id],
        )
    return dict(
        connection.execute(
            "select change_type, count(distinct event_id) from quality.changes where run_id = ? group by all",
            [run_id],
        ).fetchall()
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


def _flush(path: Path) -> None:
    """Have the operating system write a file, or a folder's list of names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
