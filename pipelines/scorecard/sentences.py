"""Scores the extractor on labelled sentences, one at a time and out of any article (`tests/golden/sentences`).

A predicted mention is right when its type is among the gold types of an event not matched before. Everything else
(status, date, actors, roles, amounts, jurisdictions) is counted on matched pairs only.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.extract.extractor import Extractor
from pipelines.ingest.article import Article, Block, MappedText
from pipelines.scorecard.matching import any_same_name, judge_date, same_name
from pipelines.scorecard.reliability import reliability

Metrics = dict[str, float]


def read_sentences(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    """The labelled sentences of JSON-lines files, in order."""
    for path in sorted(files):
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def article_of(sentence: dict[str, Any]) -> Article:
    """A labelled sentence as an article of its own: headline as title, the sentence before it as a paragraph."""
    blocks: list[Block] = []
    position = 0
    for kind, text in (
        ("title", sentence.get("headline")),
        ("paragraph", sentence.get("context")),
        ("paragraph", sentence["text"]),
    ):
        if text:
            blocks.append(Block(kind, MappedText.of(text, position)))  # type: ignore[arg-type]
            position += len(text) + 1
    published = sentence.get("published")
    return Article(
        article_id=f"golden-{sentence['id']}",
        document_id="golden",
        article_number=1,
        title=sentence.get("headline"),
        published=date.fromisoformat(published) if published else None,
        published_rule="label" if published else None,
        published_span=None,
        language="en",
        char_start=0,
        char_end=position,
        blocks=tuple(blocks),
    )


def predictions_of(sentence: dict[str, Any], extractor: Extractor) -> list[dict[str, Any]]:
    """The mentions that an extractor finds in a labelled sentence, each with its actors, places and amounts."""
    article = article_of(sentence)
    rows = extractor.extract(article).rows
    start = article.blocks[-1].text.offsets[0]
    names = {row["actor_id"]: row["actor_name"] for row in rows.get("actor_sightings", [])}
    found = []
    for mention in rows.get("mentions", []):
        if int(mention["char_start"]) < start:  # type: ignore[call-overload]
            continue  # told by the context sentence, which is not scored
        key = mention["mention_id"]

        def of(table: str, key: object = key) -> list[dict[str, Any]]:
            return [row for row in rows.get(table, []) if row["mention_id"] == key]

        found.append(
            {
                **mention,
                "actors": [
                    (row["role"], [row["name_as_reported"], names[row["actor_id"]]]) for row in of("mention_actors")
                ],
                "places": {
                    row["jurisdiction_id"]
                    for row in of("mention_jurisdictions")
                    if row["relation"] in {"regulating", "affected", "venue"}
                },
                "amounts": [(row["amount_value"], row["amount_unit"]) for row in of("mention_amounts")],
            }
        )
    return found


def score_sentences(
    sentences: Iterable[dict[str, Any]], extractor: Extractor, errors: list[str] | None = None
) -> Metrics:
    """The metrics of one part of the corpus; `errors` collects a line per miss, for the tuned part only."""
    count: Counter[str] = Counter()
    by_type: dict[str, Counter[str]] = defaultdict(Counter)
    judged: list[tuple[float, bool]] = []
    for sentence in sentences:
        gold = sentence["events"]
        predictions = predictions_of(sentence, extractor)
        count["sentences"] += 1
        count["quiet"] += not gold
        count["quiet_kept"] += not gold and not predictions
        free = list(predictions)
        for event in gold:
            count["gold"] += 1
            count["argument_gold"] += len(event["actors"])
            by_type[event["types"][0]]["gold"] += 1
            options = [p for p in free if p["event_type"] in event["types"]]
            if not options:
                if errors is not None:
                    got = [(p["event_type"], p["event_subtype"]) for p in predictions]
                    errors.append(
                        f"missed {event['types']}/{event['subtype']} {event['status']} got {got}: {sentence['text']}"
                    )
                continue
            best = max(options, key=lambda p: (_shared(event, p), p["status"] in event["status"]))
            free.remove(best)
            count["matched"] += 1
            by_type[event["types"][0]]["matched"] += 1
            by_type[best["event_type"]]["right"] += 1
            _compare(event, best, count, sentence, errors)
        for prediction in predictions:
            count["predicted"] += 1
            count["argument_predicted"] += len(prediction["actors"])
            judged.append((prediction["confidence"], not any(prediction is other for other in free)))
            by_type[prediction["event_type"]]["predicted"] += 1
        if errors is not None:
            errors.extend(
                f"extra {p['event_type']}/{p['event_subtype']} <{p['trigger_text']}>: {sentence['text']}" for p in free
            )
    return _metrics(count, by_type, judged)


def _shared(event: dict[str, Any], prediction: dict[str, Any]) -> int:
    return sum(
        any(any_same_name([actor["name"]], names) for _, names in prediction["actors"]) for actor in event["actors"]
    )


def _compare(
    event: dict[str, Any],
    prediction: dict[str, Any],
    count: Counter[str],
    sentence: dict[str, Any],
    errors: list[str] | None,
) -> None:
    def note(kind: str, wanted: object, got: object) -> None:
        if errors is not None:
            errors.append(f"{kind} {event['types'][0]} wanted {wanted} got {got}: {sentence['text']}")

    right = prediction["status"] in event["status"]
    count["status_right"] += right
    count["false_occurred"] += not right and prediction["status"] == "occurred"
    if not right:
        note("status", event["status"], prediction["status"])
    count["subtype_gold"] += event["subtype"] is not None
    count["subtype_right"] += event["subtype"] is not None and event["subtype"] == prediction["event_subtype"]
    day = date.fromisoformat(event["date"]) if event["date"] and not event["date"].startswith("--") else None
    end = (
        date.fromisoformat(event["date_end"]) if event["date_end"] and not event["date_end"].startswith("--") else None
    )
    verdict = judge_date(
        (day, end, event["precision"]),
        (prediction["event_date"], prediction["event_date_end"], prediction["date_precision"]),
    )
    count[f"date_{verdict}"] += 1
    if verdict != "right":
        note(
            f"date {verdict}",
            (event["date"], event["date_end"], event["precision"], sentence.get("published")),
            (str(prediction["event_date"]), prediction["date_text"]),
        )
    for actor in event["actors"]:
        roles = [role for role, names in prediction["actors"] if any(same_name(actor["name"], name) for name in names)]
        count["actor_gold"] += 1
        count["actor_found"] += bool(roles)
        count["role_right"] += actor["role"] in roles
        if actor["role"] not in roles:
            note(f"actor {actor['role']}", actor["name"], prediction["actors"])
    for role, names in prediction["actors"]:
        hit = any(any_same_name([actor["name"]], names) for actor in event["actors"])
        count["actor_predicted"] += 1
        count["actor_right"] += hit
        if not hit:
            note(f"actor extra {role}", [a["name"] for a in event["actors"]], names)
    gold_places = {
        place["id"] for place in event["jurisdictions"] if place["relation"] in {"regulating", "affected", "venue"}
    }
    soft = {place["id"] for place in event["jurisdictions"]} | {place.split("-")[0] for place in gold_places}
    count["place_gold"] += len(gold_places)
    count["place_found"] += sum(any(p == g or p.startswith(g) for p in prediction["places"]) for g in gold_places)
    count["place_predicted"] += len(prediction["places"])
    count["place_right"] += sum(p in soft or p.split("-")[0] in soft for p in prediction["places"])
    if gold_places - prediction["places"] or prediction["places"] - soft:
        note("place", sorted(gold_places), sorted(prediction["places"]))
    for amount in event["amounts"]:
        hit = any(
            unit == amount["unit"] and abs(value - amount["value"]) <= 1e-6 * max(1.0, abs(amount["value"]))
            for value, unit in prediction["amounts"]
        )
        count["amount_gold"] += 1
        count["amount_found"] += hit
        if not hit:
            note("amount", (amount["value"], amount["unit"]), prediction["amounts"])


def _ratio(count: Counter[str], top: str, bottom: str) -> float:
    return count[top] / count[bottom] if count[bottom] else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _metrics(count: Counter[str], by_type: dict[str, Counter[str]], judged: list[tuple[float, bool]]) -> Metrics:
    precision, recall = _ratio(count, "matched", "predicted"), _ratio(count, "matched", "gold")
    macro = [_f1(_ratio(c, "right", "predicted"), _ratio(c, "matched", "gold")) for c in by_type.values() if c["gold"]]
    actor_precision, actor_recall = (
        _ratio(count, "actor_right", "actor_predicted"),
        _ratio(count, "actor_found", "actor_gold"),
    )
    place_precision, place_recall = (
        _ratio(count, "place_right", "place_predicted"),
        _ratio(count, "place_found", "place_gold"),
    )
    wrong_dates = (count["date_wrong"] + count["date_invented"]) / count["matched"] if count["matched"] else 0.0
    values = {
        "sentences": float(count["sentences"]),
        "event_precision": precision,
        "event_recall": recall,
        "event_f1": _f1(precision, recall),
        "type_macro_f1": sum(macro) / len(macro) if macro else 0.0,
        "quiet_kept_quiet": _ratio(count, "quiet_kept", "quiet"),
        "subtype_accuracy": _ratio(count, "subtype_right", "subtype_gold"),
        "status_accuracy": _ratio(count, "status_right", "matched"),
        "false_occurred": _ratio(count, "false_occurred", "matched"),
        "date_right": _ratio(count, "date_right", "matched"),
        "date_wrong": wrong_dates,
        "actor_f1": _f1(actor_precision, actor_recall),
        "argument_f1": _f1(
            _ratio(count, "role_right", "argument_predicted"), _ratio(count, "role_right", "argument_gold")
        ),
        "role_accuracy": _ratio(count, "role_right", "actor_found"),
        "jurisdiction_f1": _f1(place_precision, place_recall),
        "amount_recall": _ratio(count, "amount_found", "amount_gold"),
        **reliability(judged),
    }
    return {name: round(value, 3) for name, value in values.items()}
