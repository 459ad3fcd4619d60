"""dbt, run inside this process: parsing its project when due, building and testing it in one go.

A dbt subprocess would cost seconds of start-up in every run. What the models say is in `dbt_project`; what
Dagster makes of the events is in `pipelines.defs.marts`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.faults import GazetteError
from pipelines.settings import DBT_PROJECT_DIR, Settings, dbt_environment

MANIFEST_PATH = DBT_PROJECT_DIR / "target" / "manifest.json"
_CACHE_PATH = DBT_PROJECT_DIR / "target" / "partial_parse.msgpack"
# The events that end a node; their dictionaries are what dagster-dbt reads from dbt's structured log.
_RESULT_EVENTS = frozenset({"LogModelResult", "LogTestResult", "LogSeedResult", "LogSnapshotResult"})
_FINISHED_EVENT = "NodeFinished"
_BAD_STATUSES = frozenset({"error", "fail", "runtime error", "partial success"})


@dataclass(slots=True)
class DbtRun:
    """What one invocation did: result events as dbt logs them, and one line for each node that failed."""

    events: list[dict[str, Any]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def manifest_path() -> Path:
    """The parsed project, made anew first when a file of the project is newer than it."""
    if not MANIFEST_PATH.exists() or not _CACHE_PATH.exists() or _newest_source() > MANIFEST_PATH.stat().st_mtime:
        _parse()
    return MANIFEST_PATH


def node_count(manifest: dict[str, Any]) -> int:
    """How many nodes a whole build runs."""
    return sum(node["resource_type"] in ("model", "test") for node in manifest["nodes"].values())


def fingerprint() -> str:
    """What the SQL and the database engine are: with another one, no table may be carried over from an older build."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for path in sorted(path for path in _sources() if path.is_file()):
        digest.update(path.relative_to(DBT_PROJECT_DIR).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def build(settings: Settings, selection: list[str], on_node: Callable[[int], None], *, anew: bool = False) -> DbtRun:
    """`dbt build` of the selected nodes, of all without a selection, on the build database.

    Incremental models compare only what has changed since the last build; `anew` makes them forget it.

    dbt's unit tests are left out: they try the SQL on rows of their own, so no run can change what they say,
    and they would cost more than everything else. The test suite runs them.

    Nobody else may have the build database open. `on_node` gets the number of nodes just finished. Raises
    `GazetteError` when dbt could not run at all; failed models and tests are told in the result.
    """
    from dbt.cli.main import dbtRunner
    from dbt.contracts.graph.manifest import Manifest
    from dbt_common.events.functions import msg_to_dict

    run = DbtRun()
    # The project as parsed for Dagster: parsing it again for each warehouse would cost seconds and could
    # differ.
    manifest = Manifest.from_msgpack(_CACHE_PATH.read_bytes())

    def listen(message: Any) -> None:
        if message.info.name in _RESULT_EVENTS:
            run.events.append(msg_to_dict(message))
        elif message.info.name == _FINISHED_EVENT:
            on_node(1)

    target = settings.dbt_target_dir
    with dbt_environment(settings):
        outcome = dbtRunner(manifest=manifest, callbacks=[listen]).invoke(
            [
                "build",
                "--exclude-resource-type",
                "unit_test",
                *(["--full-refresh"] if anew else []),
                "--no-write-json",  # nothing reads dbt's own account of a run
                *_options(target),
                *selection,
            ]
        )
        _let_go_of_the_database()
    if outcome.exception is not None and not isinstance(outcome.exception, Exception):
        # dbt catches what is meant to end the process, an interrupt from the keyboard above all.
        raise outcome.exception
    if outcome.exception is not None:
        raise GazetteError(f"dbt could not run: {_first_line(outcome.exception)}") from outcome.exception
    for result in getattr(outcome.result, "results", []):
        if str(result.status) in _BAD_STATUSES:
            run.failures.append(f"{result.node.name}: {_first_line(result.message or result.status)}")
    if not outcome.success and not run.failures:
        run.failures.append("dbt reports a failure without a name; see its log")
    return run


def row_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Rows of every table dbt may have built, by `schema.table`. Counting a view would compute it."""
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables()"
        " where database_name = current_database() and schema_name not in ('landing', 'state')"
    ).fetchall()
    counts = {}
    for schema, table in tables:
        row = connection.execute(f'select count(*) from "{schema}"."{table}"').fetchone()
        counts[f"{schema}.{table}"] = int(row[0]) if row else 0
    return counts


def _parse() -> None:
    from dbt.cli.main import dbtRunner

    settings = Settings.load()
    with dbt_environment(settings):
        outcome = dbtRunner().invoke(["parse", *_options(MANIFEST_PATH.parent)])
    if outcome.exception is not None or not outcome.success:
        raise GazetteError(f"the dbt project cannot be parsed: {_first_line(outcome.exception)}")
    # An unchanged manifest may have been left alone by dbt; its time is what says that it was looked at.
    os.utime(MANIFEST_PATH)


def _options(target: Path) -> list[str]:
    return [
        "--project-dir",
        str(DBT_PROJECT_DIR),
        "--profiles-dir",
        str(DBT_PROJECT_DIR),
        "--target-path",
        str(target),
        "--log-path",
        str(target),
        "--log-level",
        "none",
        "--log-level-file",
        "info",
        "--no-use-colors",
        "--no-use-colors-file",
    ]


def _let_go_of_the_database() -> None:
    """dbt's adapters live on after an invocation and would keep the file open in this process."""
    from dbt.adapters.factory import reset_adapters

    reset_adapters()


def _newest_source() -> float:
    return max(path.stat().st_mtime for path in _sources())


def _sources() -> Iterator[Path]:
    yield DBT_PROJECT_DIR / "dbt_project.yml"
    for folder in ("models", "macros", "tests"):
        # Folders too: their time changes when a file in them is removed.
        yield from (path for path in (DBT_PROJECT_DIR / folder).rglob("*") if not path.name.startswith("."))


def _first_line(message: object) -> str:
    lines = [line.strip() for line in str(message).splitlines() if line.strip()]
    return " ".join(lines[:2])[:300] if lines else "no reason given"
