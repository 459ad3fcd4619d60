"""What could not be used: listing it, and having it read again. What the reasons mean is in `pipelines.reasons`."""

from __future__ import annotations

import sys

from pipelines import versions
from pipelines.faults import GazetteError
from pipelines.query import WRITERS
from pipelines.reasons import REASONS
from pipelines.settings import Settings

COLUMNS = ["severity", "path", "reason_code", "detail", "first_seen_at", "remedy", "document_id"]
_LIST = """
select severity, path, reason_code, detail, first_seen_at, document_id
from quality.quarantine
where severity = coalesce(?, severity)
    and reason_code = coalesce(?, reason_code)
    and path = coalesce(?, path)
order by severity, reason_code, path, detail
"""
Row = tuple[object, ...]


def listed(settings: Settings, severity: str | None, reason_code: str | None, path: str | None) -> list[Row]:
    """The rows of `COLUMNS` that fit; None fits all. Raises `GazetteError` for a reason that does not exist."""
    if reason_code is not None and reason_code not in REASONS:
        raise GazetteError(f"no reason {reason_code}; `gazette quarantine --reasons` lists them")
    with versions.reading(settings) as connection:
        rows = connection.execute(_LIST, [severity, reason_code, path]).fetchall()
    # A file published by other code may hold a reason that this code does not have.
    return [(*row[:5], REASONS[row[2]].remedy if row[2] in REASONS else None, row[5]) for row in rows]


def show(rows: list[Row], output_format: str) -> None:
    """Write the rows to the standard output; a table leaves out what is there for machines only."""
    kept = len(COLUMNS) - (output_format == "table")
    WRITERS[output_format](COLUMNS[:kept], [row[:kept] for row in rows], sys.stdout)


def retry(settings: Settings, rows: list[Row]) -> int:
    """Have the next run read again what the rows are about; returns the number of files. Only under the run lock."""
    from pipelines import progress
    from pipelines.build import build_database
    from pipelines.landing import read_again

    paths = sorted({str(row[1]) for row in rows})
    documents = sorted({str(row[6]) for row in rows if row[6] is not None})
    with build_database(settings, progress.say) as connection:
        return read_again(connection, paths, documents)
