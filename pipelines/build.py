"""The private build database: who may open it, what it starts with, what happens when it is damaged.

One process at a time works on it, guarded by a lock that the operating system frees when that process dies.
DuckDB's own log makes an interrupted write vanish. What goes into the landed tables is in
`pipelines.landing`; how the result becomes the published file is in `pipelines.publish`.
"""

from __future__ import annotations

import functools
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
from filelock import FileLock, Timeout

from pipelines import schemas
from pipelines.faults import BuildDatabaseBusyError, BuildDatabaseDamagedError, refusal
from pipelines.settings import Settings

# What runs remember from one another. Published files do not carry it.
STATE_TABLES = {
    # One row per seed file that could be read: the content it held when it was last looked at.
    "seed_files": "seed_path varchar, content_id varchar",
    # One row per file that was decoded, successfully or not, and by which code.
    "decoded": "seed_path varchar, content_id varchar, ingest_version varchar",
    # One row per document whose articles are landed, with what they were read as.
    "documents_read": "document_id varchar, read_as varchar",
    # One row per article that went through an extractor, whatever came out, with what it was read as then.
    "extraction_log": "article_id varchar, read_as varchar, extractor varchar, extractor_version varchar",
    # One row per problem that stands now. `origin` says whose it is and thereby when it is forgotten.
    "problems": (
        "origin varchar, origin_id varchar, stage varchar, path varchar, reason_code varchar, detail varchar,"
        " severity varchar, document_id varchar"
    ),
    # One row per problem ever met, so that one which comes back keeps the time it was first seen.
    "problem_ledger": ("stage varchar, path varchar, reason_code varchar, detail varchar, first_seen_at timestamp"),
    # One row per remark of one stage to a later one.
    "flags": "flag varchar, value varchar",
}

# Part of the published file, and kept when the build database has to be made anew.
QUALITY_TABLES = {
    "document_log": "document_id varchar, first_seen_at timestamp",
    "quarantine": (
        "stage varchar, path varchar, reason_code varchar, detail varchar, severity varchar, document_id varchar,"
        " first_seen_at timestamp"
    ),
    "runs": (
        "run_id varchar, started_at timestamp, finished_at timestamp, document_count bigint, article_count bigint,"
        " mention_count bigint, event_count bigint, actor_count bigint, jurisdiction_count bigint,"
        " quarantined_count bigint, gazette_version varchar, ingest_version varchar, extractor varchar,"
        " extractor_version varchar, vocabulary_version varchar, warehouse_version bigint"
    ),
    "changes": (
        "run_id varchar, event_id varchar, change_type varchar, field_name varchar, old_value varchar,"
        " new_value varchar"
    ),
    "scorecard": (
        "measured_at timestamp, corpus varchar, part varchar, metric varchar, value double, extractor_version varchar"
    ),
    # One row: what this file is. Its columns never change, so that any version of the code can read it.
    "publication": (
        "schema_version bigint, warehouse_version bigint, run_id varchar, content_digest varchar,"
        " published_at timestamp"
    ),
}
# Remarks that one stage leaves for a later one: whether the marts passed their tests since the landed tables
# were last written, which code and vocabulary filled those, and which SQL the incremental models are complete with.
VERIFIED = "marts_verified"
BUILT_WITH = "built_with"
INGEST_VERSION = "ingest_version"
VOCABULARY_VERSION = "vocabulary_version"

CARRIED_OVER = ("document_log", "runs", "changes", "scorecard")

_DUCKDB_TYPES: dict[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Int64(): "BIGINT",
    pl.Float64(): "DOUBLE",
    pl.Boolean(): "BOOLEAN",
    pl.Date(): "DATE",
    pl.List(pl.UInt64()): "UBIGINT[]",
}
# A database that is merely in use, not allowed or out of room is not damaged and must never be moved aside.
_LOCKED = "could not set lock"
_DAMAGE_SIGNS = ("corrupt", "checksum", "not a valid duckdb database")

_LOCK_POLL_SECONDS = 0.2
# Two seconds in all, which a busy machine may need between taking the lock and writing a line.
_LOOKS_FOR_HOLDER = 10


def utc_now() -> datetime:
    """The current time in UTC without a zone, to the second: what `_at` columns hold."""
    return datetime.now(UTC).replace(microsecond=0, tzinfo=None)


def make_build_dir(settings: Settings) -> None:
    """Raw texts are in there, and what the next run trusts: for the user who runs only, whatever the umask."""
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    settings.build_dir.mkdir(mode=0o700, exist_ok=True)


@contextmanager
def run_lock(settings: Settings, on_wait: Callable[[str], None]) -> Iterator[None]:
    """Hold the warehouse for one run; wait for another that has it, after telling `on_wait` who that is."""
    make_build_dir(settings)
    lock = FileLock(settings.lock_path, poll_interval=_LOCK_POLL_SECONDS)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        on_wait(_holder_line(settings))
        lock.acquire()
    try:
        holder = {"pid": os.getpid(), "since": f"{utc_now().isoformat()}Z"}
        settings.holder_path.write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            settings.holder_path.unlink()
        lock.release()


def _holder_line(settings: Settings) -> str:
    who = "another process"
    # Whoever took the lock a moment ago may not have said yet who that is, and a killed one left its own name.
    for _ in range(_LOOKS_FOR_HOLDER):
        with suppress(OSError, ValueError, KeyError):
            holder = json.loads(settings.holder_path.read_text(encoding="utf-8"))
            os.kill(holder["pid"], 0)
            who = f"process {holder['pid']} since {holder['since']}"
            break
        time.sleep(_LOCK_POLL_SECONDS)
    return f"waiting: a run on {settings.warehouse_dir} is held by {who}"


@contextmanager
def build_database(settings: Settings, on_recovery: Callable[[str], None]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The build database, open for writing, with every table a stage may expect; only under `run_lock`.

    A file that cannot be opened is moved aside, `on_recovery` gets one line, and a new one starts from what
    the published file remembers. Damage that shows only while reading raises `BuildDatabaseDamagedError`.
    """
    make_build_dir(settings)
    connection = _open_or_replace(settings, on_recovery)
    try:
        _lay_out(connection)
        yield connection
    except duckdb.Error as error:
        connection.close()
        if any(sign in str(error).lower() for sign in _DAMAGE_SIGNS):
            aside = _move_aside(settings)
            raise BuildDatabaseDamagedError(
                f"the build database was damaged and is now {aside}; run again to rebuild it from the seeds"
            ) from error
        raise
    finally:
        connection.close()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of the block's writes, or none of them when it raises."""
    connection.execute("begin transaction")
    try:
        yield
    except BaseException:
        # A fatal error of the database has ended the transaction already.
        with suppress(duckdb.Error):
            connection.execute("rollback")
        raise
    connection.execute("commit")


def _open_or_replace(settings: Settings, on_recovery: Callable[[str], None]) -> duckdb.DuckDBPyConnection:
    existed = settings.build_path.exists()
    try:
        connection = _connect(settings.build_path)
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        if _LOCKED in reason.lower():
            raise BuildDatabaseBusyError(
                f"{settings.build_path} is open in another program; close it and run again ({reason})"
            ) from error
        if refusal(reason):
            raise
        aside = _move_aside(settings)
        on_recovery(f"the build database could not be opened and is now {aside}; rebuilding from the seeds")
        connection = _connect(settings.build_path)
        existed = False
    if not existed:
        _lay_out(connection)
        _carry_over(connection, settings.published_path)
    return connection


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(path))
    # Stored times are UTC whatever zone the machine is in.
    connection.execute("set TimeZone = 'UTC'")
    return connection


def _move_aside(settings: Settings) -> Path:
    """Keep one damaged file for whoever wants to look at it; an older one makes room."""
    aside = settings.build_dir / "build.damaged.duckdb"
    settings.build_path.replace(aside)
    log = settings.build_path.with_name(settings.build_path.name + ".wal")
    if log.exists():
        log.replace(aside.with_name(aside.name + ".wal"))
    return aside


def _carry_over(connection: duckdb.DuckDBPyConnection, published_path: Path) -> None:
    """Copy the history that seeds cannot give back. A published file that is damaged too has none to give."""
    if not published_path.exists():
        return
    try:
        connection.execute(f"attach {quoted(published_path)} as previous (read_only)")
    except duckdb.Error:
        return
    try:
        for table in CARRIED_OVER:
            _copy_shared(connection, ("previous", "quality", table), f"quality.{table}")
        _copy_shared(connection, ("previous", "quality", "quarantine"), "state.problem_ledger")
    finally:
        connection.execute("detach previous")


def _copy_shared(connection: duckdb.DuckDBPyConnection, source: tuple[str, str, str], target: str) -> None:
    """Append the rows of a table written by another version of the code: the columns that both know, the rest null."""
    known = "select column_name from duckdb_columns() where (database_name, schema_name, table_name) = (?, ?, ?)"
    ours = [name for (name,) in connection.execute(f"select column_name from (describe {target})").fetchall()]
    theirs = {name for (name,) in connection.execute(known, source).fetchall()}
    shared = ", ".join(name for name in ours if name in theirs)
    if shared:
        connection.execute(f"insert into {target} ({shared}) select {shared} from {'.'.join(source)}")


def quoted(value: object) -> str:
    """A value as an SQL string literal, for the statements that take no parameters."""
    return "'" + str(value).replace("'", "''") + "'"


def _lay_out(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing; replace a table whose columns are those of another version of the code.

    History, which the seeds cannot give back, moves over into the new columns.
    """
    for schema in ("landing", "quality", "state"):
        connection.execute(f"create schema if not exists {schema}")
    found = _columns(connection)
    for table, columns in STATE_TABLES.items():
        _lay_out_table(connection, f"state.{table}", columns, found)
    for table, columns in QUALITY_TABLES.items():
        _lay_out_table(connection, f"quality.{table}", columns, found)
    for table, columns in _landed_columns().items():
        if _lay_out_table(connection, f"landing.{table}", columns, found):
            _forget_what_filled(connection, table)


@functools.cache
def _landed_columns() -> dict[str, str]:
    """The columns of each landed table as its pandera model has them."""
    return {
        table: ", ".join(f"{name} {_DUCKDB_TYPES[dtype]}" for name, dtype in schemas.polars_schema(model).items())
        for table, model in schemas.LANDED.items()
    }


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    rows = connection.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where database_name = current_database() order by schema_name, table_name, column_index"
    ).fetchall()
    for table, name, data_type in rows:
        found.setdefault(table, []).append((name, data_type.lower()))
    return found


def _lay_out_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    columns: str,
    found: dict[str, list[tuple[str, str]]],
) -> bool:
    """True when the table was made, empty."""
    wanted = [tuple(column.strip().lower().split(" ", 1)) for column in columns.split(",")]
    if found.get(table) == wanted:
        return False
    schema, name = table.split(".")
    is_history = table in found and schema == "quality" and name in CARRIED_OVER
    if is_history:
        connection.execute(f"alter table {table} rename to {name}_before")
    connection.execute(f"drop table if exists {table}")
    connection.execute(f"create table {table} ({columns})")
    if is_history:
        database = connection.execute("select current_database()").fetchone()
        assert database is not None
        _copy_shared(connection, (database[0], schema, f"{name}_before"), table)
        connection.execute(f"drop table {schema}.{name}_before")
    return True


def _forget_what_filled(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """An empty landed table must look unfilled to the stage that fills it."""
    if table == "documents":
        connection.execute("delete from state.decoded")
    elif table == "articles":
        connection.execute("delete from state.documents_read")
    elif table in schemas.EXTRACTED:
        connection.execute("delete from state.extraction_log")


def set_flag(connection: duckdb.DuckDBPyConnection, flag: str, value: str) -> None:
    """Leave a remark for a later stage."""
    connection.execute("delete from state.flags where flag = ?", [flag])
    connection.execute("insert into state.flags values (?, ?)", [flag, value])


def get_flag(connection: duckdb.DuckDBPyConnection, flag: str) -> str | None:
    """The remark of an earlier stage, None when there is none."""
    row = connection.execute("select value from state.flags where flag = ?", [flag]).fetchone()
    return row[0] if row else None
