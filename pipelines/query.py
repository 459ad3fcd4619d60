"""SQL on the published warehouse, read-only, and its result as a table, CSV or JSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TextIO

import duckdb

from pipelines import versions
from pipelines.escape import escaped, json_escaped
from pipelines.faults import GazetteError
from pipelines.settings import Settings


class QueryError(GazetteError):
    """The database refused the statement; the message is its own first line."""


def run_query(settings: Settings, sql: str, version: str | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of the statement's result, on the published file or on a kept version of it.

    Tables of `marts` and `quality` may be named without their schema.
    """
    with versions.reading(settings, version) as connection:
        try:
            connection.execute("set search_path = 'marts,quality'")
            result = connection.execute(sql)
            names = [column[0] for column in result.description or []]
            return names, result.fetchall() if names else []
        except duckdb.Error as error:
            raise QueryError(_line(error)) from error


def write_table(names: list[str], rows: list[tuple[Any, ...]], stream: TextIO) -> None:
    """A table as wide as the terminal needs, values wrapped; nothing is cut off."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for position, name in enumerate(names):
        numeric = any(_is_number(row[position]) for row in rows)
        table.add_column(Text(escaped(name)), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if value is None else escaped(_text(value), "\n")) for value in row))
    # Without a terminal there is no width to respect, and a wrapped value would be hard to work with.
    console = Console(file=stream, width=None if stream.isatty() else 400)
    console.print(table)
    console.print(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", highlight=False)


def write_csv(names: list[str], rows: list[tuple[Any, ...]], stream: TextIO) -> None:
    """A header line and one line for each row; null is empty. A terminal gets it escaped, a file as it is."""
    writer = csv.writer(stream, lineterminator="\n")
    shown = (lambda text: escaped(text, "\n")) if stream.isatty() else str
    writer.writerow([shown(name) for name in names])
    writer.writerows([["" if value is None else shown(_text(value)) for value in row] for row in rows])


def write_json(names: list[str], rows: list[tuple[Any, ...]], stream: TextIO) -> None:
    """An array with one object for each row; dates and times in ISO 8601."""
    found = [dict(zip(names, row, strict=True)) for row in rows]
    stream.write(json_escaped(json.dumps(found, ensure_ascii=False, indent=2, default=_json_value)) + "\n")


WRITERS: dict[str, Callable[[list[str], list[tuple[Any, ...]], TextIO], None]] = {
    "table": write_table,
    "csv": write_csv,
    "json": write_json,
}


def show(settings: Settings, sql: str, output_format: str, version: str | None = None) -> None:
    """Run the statement and write its result to the standard output."""
    names, rows = run_query(settings, sql, version)
    if names:
        WRITERS[output_format](names, rows, sys.stdout)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=_json_value)
    return str(value)


def _json_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return str(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _line(error: duckdb.Error) -> str:
    """DuckDB's message without the picture of where in the statement it points."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    kept = [line for line in lines if not line.startswith(("LINE ", "^"))]
    return " ".join(kept) or "the database gave no reason"
