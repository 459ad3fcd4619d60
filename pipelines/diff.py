"""What a run or a version changed, told from `quality.changes`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby
from typing import Any

import duckdb

from pipelines import versions
from pipelines.escape import escaped
from pipelines.faults import GazetteError
from pipelines.query import WRITERS
from pipelines.settings import Settings

COLUMNS = ["run_id", "event_id", "change_type", "field_name", "old_value", "new_value"]
# The runs of a version, the one that made it first; a number is a version, anything else the start of a run's id.
_RUNS = """
select run_id, warehouse_version, finished_at from quality.runs
where warehouse_version = ?::bigint or starts_with(run_id, ?::varchar)
order by finished_at, run_id
"""
_CHANGES = f"""
select {", ".join(COLUMNS)} from quality.changes
where run_id in (select unnest(?::varchar[]))
order by list_position({list(versions.CHANGE_TYPES)}, change_type), event_id, field_name = 'event_id' desc,
    field_name, old_value, new_value
"""
Rows = list[tuple[Any, ...]]


def show(settings: Settings, name: str | None, output_format: str) -> None:
    """Write the changes of a run or version, of the published version when `name` is None, to the standard output."""
    runs, rows, summaries = _look(settings, name)
    if output_format == "text":
        print("\n".join(_lines(runs, rows, summaries)))
    else:
        WRITERS[output_format](COLUMNS, rows, sys.stdout)


def _look(settings: Settings, name: str | None) -> tuple[Rows, Rows, dict[str, str]]:
    """The runs meant, their changes, and what the events are called; from the published file or a kept version."""
    with versions.reading(settings) as connection:
        if name is None:
            row = connection.execute("select warehouse_version from quality.publication").fetchone()
            name = str(row[0]) if row else "0"
        found = _read(connection, name)
    if not found[0]:
        # A version that a rollback took from readers is told by its own file.
        with suppress(GazetteError), versions.reading(settings, name) as connection:
            found = _read(connection, name)
    if not found[0]:
        raise GazetteError(f"no run or version {escaped(name)}; `gazette history` lists them")
    return found


def _read(connection: duckdb.DuckDBPyConnection, name: str) -> tuple[Rows, Rows, dict[str, str]]:
    number, run_id = int(name) if versions.is_number(name) else None, name if versions.is_run(name) else None
    runs = connection.execute(_RUNS, [number, run_id]).fetchall()
    rows = connection.execute(_CHANGES, [[run[0] for run in runs]]).fetchall()
    summaries = dict(
        connection.execute(
            "select event_id, summary from marts.fact_events where event_id in (select unnest(?::varchar[]))",
            [[row[1] for row in rows]],
        ).fetchall()
    )
    return runs, rows, summaries


def _lines(runs: Rows, rows: Rows, summaries: dict[str, str]) -> Iterator[str]:
    for run_id, version, finished_at in runs:
        of_run = [row for row in rows if row[0] == run_id]
        counted = {kind: len({row[1] for row in of_run if row[2] == kind}) for kind in versions.CHANGE_TYPES}
        told = ", ".join(f"{count} {kind}" for kind, count in counted.items()) if of_run else "nothing changed"
        yield f"Version {version}, run {run_id[:8]} of {finished_at:%Y-%m-%d %H:%M} UTC: {told}"
        for (kind, event_id), group in groupby(of_run, lambda row: (row[2], row[1])):
            values = {row[3]: (row[4], row[5]) for row in group}
            yield ""
            yield from _change(kind, event_id, values, summaries.get(event_id))


def _change(
    kind: str, event_id: str, values: dict[str, tuple[str | None, str | None]], now: str | None
) -> Iterator[str]:
    old_id, new_id = values.pop("event_id", (None, None))
    origin = {
        "new": f" split from {old_id}" if old_id else "",
        "revised": f" was {old_id}" if old_id else "",
        "merged": f" into {new_id}",
        "retracted": "",
    }[kind]
    old_summary, new_summary = values.pop("summary", (None, None))
    yield f"{kind:<10} {event_id}{origin}"
    if kind in ("new", "retracted"):
        yield f"           {escaped(new_summary or old_summary or '')}"
        return
    if old_summary is None:
        yield f"           {escaped(now or '')}".rstrip()
    else:
        yield f"           {escaped(old_summary)}"
        yield f"        -> {escaped(new_summary or '')}"
    for field_name, (old, new) in values.items():
        yield f"           {field_name}: {_value(old)} -> {_value(new)}"


def _value(text: str | None) -> str:
    return "nothing" if text is None else escaped(text)
