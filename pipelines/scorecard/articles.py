"""Scores a published warehouse against labelled raw documents (`tests/golden/articles`), through the contract alone.

A gold event is found by an event of the warehouse that is mentioned in the same article, has one of the gold types and
shares an actor or a quote with it; pairs are taken best first, one to one. Core and secondary events count for recall;
an optional one that is found is right, one that is not is not missed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.scorecard.matching import any_same_name, judge_date, same_name
from pipelines.scorecard.reliability import reliability
from pipelines.scorecard.sentences import Metrics

_KEPT_RELATIONS = ("regulating", "affected", "venue")


@dataclass(slots=True)
class _Event:
    event_id: str
    article_number: int
    event_type: str
    status: str
    day: date | None
    end: date | None
    precision: str
    confidence: float
    quotes: list[str] = field(default_factory=list)
    actors: list[tuple[str, set[str]]] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    amounts: list[tuple[float, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Document:
    published: dict[int, date | None] = field(default_factory=dict)
    events: dict[tuple[int, str], _Event] = field(default_factory=dict)


def _flat(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text).lower()
    return re.sub(r"[^a-z0-9]+", " ", folded).strip()


def _documents(warehouse: Path) -> dict[str, _Document]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:

        def rows(query: str) -> list[tuple[Any, ...]]:
            return connection.execute(query).fetchall()

        names: dict[str, set[str]] = defaultdict(set)
        for actor_id, name in rows(
            "select actor_id, actor_name from marts.dim_actors "
            "union all select actor_id, alias from marts.dim_actor_aliases"
        ):
            names[actor_id].add(name)
        actors: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
        for event_id, actor_id, role, reported in rows(
            "select event_id, actor_id, role, name_as_reported from marts.bridge_event_actors"
        ):
            actors[event_id].append((role, names[actor_id] | ({reported} if reported else set())))
        places: dict[str, set[str]] = defaultdict(set)
        for event_id, jurisdiction_id, relation in rows(
            "select event_id, jurisdiction_id, relation from marts.bridge_event_jurisdictions"
        ):
            if relation in _KEPT_RELATIONS:
                places[event_id].add(jurisdiction_id)
        amounts: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for event_id, value, unit in rows("select event_id, amount_value, amount_unit from marts.fact_event_amounts"):
            amounts[event_id].append((value, unit))
        documents: dict[str, _Document] = defaultdict(_Document)
        for path, number, published in rows(
            "select seed_path, article_number, published_date "
            "from marts.dim_articles join marts.dim_documents using (document_id)"
        ):
            documents[Path(path).name.split("_")[0].split(".")[0]].published[number] = published
        for path, number, event_id, quote, event_type, status, day, end, precision, confidence in rows(
            """
            select d.seed_path, a.article_number, e.event_id, m.quote, e.event_type, e.status,
                e.event_date, e.event_date_end, e.date_precision, e.confidence
            from marts.fact_event_mentions m
            join marts.fact_events e using (event_id)
            join marts.dim_articles a using (article_id)
            join marts.dim_documents d using (document_id)
            """
        ):
            document = documents[Path(path).name.split("_")[0].split(".")[0]]
            event = document.events.setdefault(
                (number, event_id),
                _Event(
                    event_id, number, event_type, status, day, end, precision, confidence,
                    actors=actors[event_id], places=places[event_id], amounts=amounts[event_id],
                ),
            )  # fmt: skip
            event.quotes.append(_flat(quote))
    return documents


def score_articles(warehouse: Path, gold_folder: Path) -> Metrics:
    """The metrics of the documents labelled in a folder; a document missing from the warehouse counts as empty."""
    documents = _documents(warehouse)
    count: Counter[str] = Counter()
    found_as: dict[str, str] = {}
    judged: list[tuple[float, bool]] = []
    for path in sorted(gold_folder.glob("[!_]*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        document = documents.get(gold["doc"], _Document())
        count["documents"] += 1
        count["segmented"] += len(document.published) == len(gold["articles"])
        for article in gold["articles"]:
            wanted = date.fromisoformat(article["published"]) if article["published"] else None
            count["articles"] += 1
            count["dated"] += document.published.get(article["n"]) == wanted
        _match(gold, document, count, found_as, judged)
    for path in sorted(gold_folder.glob("_same_event*.json")):
        pairs = json.loads(path.read_text(encoding="utf-8"))
        for kind, group_key, same in (("merge", "same_event", True), ("apart", "near_miss", False)):
            for group in pairs.get(group_key, []):
                ids = [found_as[i] for i in group["ids"] if i in found_as]
                for index, left in enumerate(ids):
                    for right in ids[index + 1 :]:
                        count[f"{kind}_pairs"] += 1
                        count[f"{kind}_right"] += (left == right) is same
    return _metrics(count, judged)


def _match(
    gold: dict[str, Any],
    document: _Document,
    count: Counter[str],
    found_as: dict[str, str],
    judged: list[tuple[float, bool]],
) -> None:
    also: dict[str, set[str]] = defaultdict(set)
    for actor in gold.get("actors", []):
        also[actor["name"]] |= {actor["name"], *actor.get("also", [])}
    segmented = len(document.published) == len(gold["articles"])
    options = []
    events = list(document.events.values())
    for number, wanted in enumerate(gold["events"]):
        names = [also[actor["name"]] | {actor["name"]} for actor in wanted["actors"]]
        evidence = _flat(wanted["evidence"])
        for place, event in enumerate(events):
            if event.event_type not in wanted["types"] or (segmented and event.article_number != wanted["article"]):
                continue
            shared = sum(any(any_same_name(own, theirs) for _, theirs in event.actors) for own in names)
            quoted = any(evidence in quote for quote in event.quotes)
            if shared or quoted:
                overlap = shared / max(len(names) + len(event.actors) - shared, 1)
                options.append((2 * quoted + 2 * overlap + 0.3 * (event.status in wanted["status"]), -number, -place))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, number, place in sorted(options, reverse=True):
        if -number not in taken and -place not in used:
            taken[-number] = -place
            used.add(-place)
    count["predicted"] += len(events)
    count["right"] += len(used)
    judged.extend((event.confidence, place in used) for place, event in enumerate(events))
    for number, wanted in enumerate(gold["events"]):
        count[f"gold_{wanted['importance']}"] += 1
        if number not in taken:
            continue
        event = events[taken[number]]
        found_as[wanted["id"]] = event.event_id
        count[f"found_{wanted['importance']}"] += 1
        if wanted["importance"] != "optional":
            _compare(wanted, [also[a["name"]] | {a["name"]} for a in wanted["actors"]], event, count)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and not text.startswith("--") else None


def _compare(wanted: dict[str, Any], names: list[set[str]], event: _Event, count: Counter[str]) -> None:
    count["matched"] += 1
    status_right = event.status in wanted["status"]
    count["status_right"] += status_right
    count["false_occurred"] += not status_right and event.status == "occurred"
    verdict = judge_date(
        (_day(wanted["date"]), _day(wanted["date_end"]), wanted["precision"]), (event.day, event.end, event.precision)
    )
    count[f"date_{verdict}"] += 1
    for actor, own in zip(wanted["actors"], names, strict=True):
        roles = [role for role, theirs in event.actors if any_same_name(own, theirs)]
        count["actor_gold"] += 1
        count["actor_found"] += bool(roles)
        count["role_right"] += actor["role"] in roles
    count["actor_predicted"] += len(event.actors)
    count["actor_right"] += sum(
        any(same_name(o, t) for own in names for o in own for t in theirs) for _, theirs in event.actors
    )
    keep = {place["id"] for place in wanted["jurisdictions"] if place["relation"] in _KEPT_RELATIONS}
    soft = {place["id"] for place in wanted["jurisdictions"]} | {place.split("-")[0] for place in keep}
    count["place_gold"] += len(keep)
    count["place_found"] += sum(any(place.startswith(wish) for place in event.places) for wish in keep)
    count["place_predicted"] += len(event.places)
    count["place_right"] += sum(place in soft or place.split("-")[0] in keep for place in event.places)
    for amount in wanted["amounts"]:
        if amount.get("event_amount", True):
            count["amount_gold"] += 1
            count["amount_found"] += any(
                unit == amount["unit"] and abs(value - amount["value"]) <= 1e-6 * max(1.0, abs(amount["value"]))
                for value, unit in event.amounts
            )


def _metrics(count: Counter[str], judged: list[tuple[float, bool]]) -> Metrics:
    def ratio(top: int, bottom: int) -> float:
        return top / bottom if bottom else 0.0

    def f1(precision: float, recall: float) -> float:
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    precision = ratio(count["right"], count["predicted"])
    core = ratio(count["found_core"], count["gold_core"])
    recall = ratio(count["found_core"] + count["found_secondary"], count["gold_core"] + count["gold_secondary"])
    actors = (ratio(count["actor_right"], count["actor_predicted"]), ratio(count["actor_found"], count["actor_gold"]))
    places = (ratio(count["place_right"], count["place_predicted"]), ratio(count["place_found"], count["place_gold"]))
    values = {
        "documents": float(count["documents"]),
        "segmentation": ratio(count["segmented"], count["documents"]),
        "publication_date": ratio(count["dated"], count["articles"]),
        "event_precision": precision,
        "event_recall_core": core,
        "event_recall": recall,
        "event_f1": f1(precision, recall),
        "status_accuracy": ratio(count["status_right"], count["matched"]),
        "false_occurred": ratio(count["false_occurred"], count["matched"]),
        "date_right": ratio(count["date_right"], count["matched"]),
        "date_wrong": ratio(count["date_wrong"] + count["date_invented"], count["matched"]),
        "actor_f1": f1(*actors),
        "role_accuracy": ratio(count["role_right"], count["actor_found"]),
        "jurisdiction_f1": f1(*places),
        "amount_recall": ratio(count["amount_found"], count["amount_gold"]),
        "merge_recall": ratio(count["merge_right"], count["merge_pairs"]),
        "kept_apart": ratio(count["apart_right"], count["apart_pairs"]),
        **reliability(judged),
    }
    return {name: round(value, 3) for name, value in values.items()}
