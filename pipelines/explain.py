"""Why the warehouse says what it says of one event: its mentions, the values they gave, what was almost merged."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import duckdb

from pipelines import versions
from pipelines.escape import escaped
from pipelines.faults import GazetteError
from pipelines.query import write_json
from pipelines.settings import Settings

SHOWN_PAIRS = 12
Record = dict[str, Any]

_EVENT = "select * from marts.fact_events where event_id = ?"
_MENTIONS = """
select
    mention.mention_id,
    document.seed_path,
    article.article_number,
    article.published_date,
    article.near_duplicate_of,
    mention.char_start,
    mention.char_end,
    mention.quote,
    mention.extractor_version,
    mention.confidence,
from marts.fact_event_mentions as mention
join marts.dim_articles as article using (article_id)
join marts.dim_documents as document using (document_id)
where mention.event_id = ?
order by article.published_date nulls last, document.seed_path, mention.char_start, mention.mention_id
"""
_EVIDENCE = """
select mention_id, field_name, field_value, char_start, char_end, rule
from marts.fact_event_evidence
where mention_id in (select mention_id from marts.fact_event_mentions where event_id = ?)
order by mention_id, char_start, field_name, field_value
"""
_VALUES = """
select field_name, subject, field_value, mention_count, source_count, is_chosen, is_conflict, rule
from quality.event_values
where event_id = ?
order by list_position(['event_type', 'event_subtype', 'status', 'event_date', 'amount', 'actor'], field_name),
    subject, is_chosen desc, mention_count desc, field_value
"""
# Each pair of mentions that speaks for or against another event, the other event's side named; the best pair per event.
_NEARLY = """
select
    if(event_id_a = $event_id, event_id_b, event_id_a) as other_event_id,
    event.summary as other_summary,
    decision.verdict,
    decision.score,
    decision.bar,
    decision.reasons,
    decision.vetoes,
    if(event_id_a = $event_id, mention_id_a, mention_id_b) as mention_id,
    if(event_id_a = $event_id, mention_id_b, mention_id_a) as other_mention_id,
from quality.merge_decisions as decision
left join marts.fact_events as event
    on event.event_id = if(decision.event_id_a = $event_id, decision.event_id_b, decision.event_id_a)
where $event_id in (event_id_a, event_id_b) and event_id_a != event_id_b
qualify row_number() over (partition by other_event_id order by decision.score desc, mention_id, other_mention_id) = 1
order by decision.score desc, other_event_id
"""
_MERGED = """
select mention_id_a, mention_id_b, score, bar, reasons
from quality.merge_decisions
where event_id_a = ? and event_id_b = event_id_a
order by mention_id_a, mention_id_b
"""


def explanation(connection: duckdb.DuckDBPyConnection, event_id: str) -> Record:
    """All that is known of an event. Keys: `event`, `mentions` (each with its `evidence`), `values` (every value told,
    chosen or not), `merged` and `nearly_merged` (pairs of mentions with score, reasons and vetoes).

    Raises `GazetteError` when there is no such event; when a run retracted or merged it, the message says so.
    """
    found = _records(connection, _EVENT, [event_id])
    if not found:
        raise GazetteError(_fate(connection, event_id))
    evidence = _records(connection, _EVIDENCE, [event_id])
    mentions = _records(connection, _MENTIONS, [event_id])
    for mention in mentions:
        mention["evidence"] = [
            {name: value for name, value in row.items() if name != "mention_id"}
            for row in evidence
            if row["mention_id"] == mention["mention_id"]
        ]
    return {
        "event": found[0],
        "mentions": mentions,
        "values": _records(connection, _VALUES, [event_id]),
        "merged": _records(connection, _MERGED, [event_id]),
        "nearly_merged": _records(connection, _NEARLY, {"event_id": event_id}),
    }


def show(settings: Settings, event_id: str, output_format: str, version: str | None = None) -> None:
    """Write the explanation, as text or JSON, to the standard output."""
    with versions.reading(settings, version) as connection:
        known = explanation(connection, event_id)
    if output_format == "json":
        write_json(list(known), [tuple(known.values())], sys.stdout)
    else:
        print("\n".join(escaped(line) for line in _lines(known)))


def _records(connection: duckdb.DuckDBPyConnection, sql: str, parameters: object) -> list[Record]:
    result = connection.execute(sql, parameters)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _fate(connection: duckdb.DuckDBPyConnection, event_id: str) -> str:
    """What became of an event that is not there."""
    row = connection.execute(
        "select change_type, new_value, run_id from quality.changes join quality.runs using (run_id)"
        " where event_id = $event_id and (change_type = 'retracted' or change_type = 'merged' and field_name ="
        " 'event_id') or old_value = $event_id and change_type = 'revised' and field_name = 'event_id'"
        " order by finished_at desc limit 1",
        {"event_id": event_id},
    ).fetchone()
    if row is None:
        return f"no event {escaped(event_id)} in the warehouse"
    change_type, heir, run_id = row
    if change_type == "retracted":
        return f"event {event_id} was retracted by run {run_id[:8]}: no seed tells it any more"
    did = "merged into" if change_type == "merged" else "given another founding mention; it is now"
    return f"event {event_id} was {did} {heir} by run {run_id[:8]}; explain that one"


def _lines(known: Record) -> Iterator[str]:
    event = known["event"]
    yield f"{event['event_id']}  {event['summary']}"
    yield (
        f"{_many(event['mention_count'], 'mention')} in {_many(event['document_count'], 'document')},"
        f" {_many(event['source_count'], 'independent source')}, confidence {event['confidence']:.2f}"
    )
    if event["follows_event_id"]:
        yield f"follows {event['follows_event_id']}"
    yield ""
    yield "Chosen values"
    chosen = [value for value in known["values"] if value["is_chosen"]]
    for value in chosen:
        yield f"  {_field(value):<28} {value['field_value']:<34} {value['rule']}"
    yield ""
    conflicts = [value for value in known["values"] if value["is_conflict"]]
    yield "Where the sources disagree" if conflicts else "The sources do not disagree"
    for value in conflicts:
        mark = "chosen" if value["is_chosen"] else ""
        told = f"{_many(value['mention_count'], 'mention')}, {_many(value['source_count'], 'source')}"
        yield f"  {_field(value):<28} {value['field_value']:<34} {told:<24} {mark}".rstrip()
    yield ""
    yield "Mentions"
    for mention in known["mentions"]:
        dated = f", published {mention['published_date']}" if mention["published_date"] else ""
        copied = f", a copy of {mention['near_duplicate_of']}" if mention["near_duplicate_of"] else ""
        yield (
            f"  {mention['mention_id']}  {mention['seed_path']}, article {mention['article_number']}, characters"
            f" {mention['char_start']}-{mention['char_end']}{dated}{copied}"
        )
        yield f'      "{mention["quote"]}"'
        for value in mention["evidence"]:
            span = f"{value['char_start']}-{value['char_end']}"
            yield f"      {value['field_name']:<24} {value['field_value']:<34} {span:<14} {value['rule']}"
    if known["merged"]:
        yield ""
        yield "Merged because"
        for pair in known["merged"]:
            yield (
                f"  {pair['mention_id_a']} + {pair['mention_id_b']}  score {pair['score']:.2f}, bar {pair['bar']:.2f}:"
                f" {pair['reasons']}"
            )
    yield ""
    yield "Almost merged" if known["nearly_merged"] else "Nothing else was compared with it"
    for pair in known["nearly_merged"][:SHOWN_PAIRS]:
        why = f"vetoed by {pair['vetoes']}" if pair["vetoes"] else pair["verdict"].replace("_", " ")
        yield f"  {pair['other_event_id']}  score {pair['score']:.2f}, bar {pair['bar']:.2f}, {why}: {pair['reasons']}"
        yield f"      {pair['other_summary'] or ''}"
    if len(known["nearly_merged"]) > SHOWN_PAIRS:
        yield f"  and {len(known['nearly_merged']) - SHOWN_PAIRS} more in quality.merge_decisions"


def _field(value: Record) -> str:
    return f"{value['field_name']} ({value['subject']})" if value["subject"] else str(value["field_name"])


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
