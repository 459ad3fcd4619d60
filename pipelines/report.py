"""The account after a run: what is in the warehouse, what is not and why, three events, what is next."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import duckdb

from pipelines.escape import escaped
from pipelines.invocation import command, shown
from pipelines.run import RunSummary
from pipelines.settings import Settings

SHOWN_PROBLEMS = 8
_WIDTH = 110

# One well-evidenced event of each of three types; the order is total, so that equal warehouses give equal
# accounts.
_SAMPLE = """
with
    told as (
        select
            event.event_id,
            event.event_type,
            event.event_date,
            event.date_precision,
            event.status,
            event.summary,
            event.confidence,
            document.seed_path
        from marts.fact_events as event
        join marts.fact_event_mentions as mention using (event_id)
        join marts.dim_articles as article using (article_id)
        join marts.dim_documents as document using (document_id)
        where not event.is_background
        qualify row_number() over (
            partition by event.event_id order by mention.confidence desc, mention.mention_id
        ) = 1
    )
select strftime(event_date, '%Y-%m-%d'), status, summary, seed_path
from told
qualify row_number() over (
    partition by event_type order by date_precision = 'day' desc, confidence desc, event_id
) = 1
order by date_precision = 'day' desc, status = 'occurred' desc, confidence desc, event_id
limit 3
"""


def account(settings: Settings, summary: RunSummary) -> str:
    """The text printed after a run, read back from the published file."""
    connection = duckdb.connect(str(settings.published_path), read_only=True)
    try:
        return "\n".join(_lines(connection, settings, summary))
    finally:
        connection.close()


def _lines(connection: duckdb.DuckDBPyConnection, settings: Settings, summary: RunSummary) -> Iterator[str]:
    counts = summary.counts
    yield ""
    yield f"Gazette has read {shown(settings.seeds_dir)} in {summary.seconds:.0f} s"
    yield ""
    yield _count(
        "files",
        counts.get("file_count", 0),
        f"{counts.get('new_file_count', 0)} new, {counts.get('changed_file_count', 0)} changed,"
        f" {counts.get('renamed_file_count', 0)} renamed, {counts.get('removed_file_count', 0)} removed,"
        f" {counts.get('restored_file_count', 0)} restored",
    )
    yield _count(
        "articles",
        counts.get("article_count", 0),
        f"{counts.get('extracted_article_count', 0)} read in this run",
    )
    yield _count(
        "events",
        counts.get("event_count", 0),
        f"{counts.get('new_event_count', 0)} new, {counts.get('revised_event_count', 0)} revised,"
        f" {counts.get('merged_event_count', 0)} merged, {counts.get('retracted_event_count', 0)} retracted",
    )
    yield _count("actors", counts.get("actor_count", 0))
    yield _count("jurisdictions", counts.get("jurisdiction_count", 0))
    yield _count("quarantined", counts.get("quarantined_count", 0))
    yield from _problems(connection, settings)
    notes = connection.execute(
        "select reason_code, count(*) from quality.quarantine where severity = 'info' group by all order by all"
    ).fetchall()
    if notes:
        told = ", ".join(f"{count} {reason_code}" for reason_code, count in notes)
        yield _count("notes", sum(count for _, count in notes), f"used, with a reservation: {told}")
    yield ""
    size = settings.published_path.stat().st_size
    yield f"Warehouse: {shown(settings.published_path)} ({size / 1_000_000:.1f} MB)"
    yield from _version(counts, settings)
    sample = connection.execute(_SAMPLE).fetchall()
    if sample:
        yield ""
        yield "Three of the events:" if len(sample) == 3 else "Among the events:"
        for event_date, status, text, seed_path in sample:
            head = f"  {event_date or 'undated':<10}  {status:<12}  "
            yield textwrap.fill(
                escaped(text), _WIDTH, initial_indent=head, subsequent_indent=" " * len(head), break_long_words=False
            )
            yield escaped(f"{' ' * len(head)}({seed_path})")
    yield ""
    yield "Next:"
    query = command("query", settings)
    yield (
        f'  {query} "select event_date, status, summary from marts.fact_events'
        ' order by event_date desc nulls last limit 10"'
    )
    yield (
        f'  {query} "select jurisdiction_name, event_count from marts.dim_jurisdictions'
        ' order by event_count desc, jurisdiction_name limit 10"'
    )
    yield "  make ui    shows the graph, its checks and its history on http://127.0.0.1:3000"


def _count(name: str, value: int, remark: str = "") -> str:
    return f"  {name:<14}{value:>6,}" + (f"   {remark}" if remark else "")


def _version(counts: dict[str, int], settings: Settings) -> Iterator[str]:
    """What a rollback before this run has to do with it."""
    back, held, now = (counts.get(f"{name}_version") for name in ("rolled_back_to", "withheld", "warehouse"))
    if held is not None:
        yield (
            f"Nothing was published: the seeds still give version {held}, which was rolled back; readers keep version"
            f" {back}."
        )
        yield f"`{command(f'rollback {held}', settings)}` publishes it again; changed seeds give a new version."
    elif back is not None:
        yield f"Readers had been rolled back to version {back}; the seeds now give something new, version {now}."


def _problems(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Iterator[str]:
    rows = connection.execute(
        "select path, reason_code, detail from quality.quarantine where severity = 'error' order by all"
    ).fetchall()
    for path, reason_code, detail in rows[:SHOWN_PROBLEMS]:
        yield escaped(f"      {path}: {reason_code}: {detail}")
    if len(rows) > SHOWN_PROBLEMS:
        yield f"      and {len(rows) - SHOWN_PROBLEMS} more; `{command('quarantine', settings)}` lists them"
