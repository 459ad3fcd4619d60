"""Invented mentions of invented events, as landed tables: for what only many mentions, or many orders of them, show.

Each event is told by up to five articles, each in its own way: a party left out or replaced by the government it
belongs to, a coarser date or none, no amount, a neighbouring subtype. Some events are look-alikes of others: the
same parties months later, another firm on the same day, the next step of a procedure.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import duckdb

from pipelines import schemas

Rows = dict[str, list[dict[str, Any]]]

# type -> subtypes; the procedures among them make look-alikes that only the outcome tells apart.
_ACTS = {
    "enforcement": ["investigation", "charge", "fine", "settlement"],
    "legislation": ["introduced", "passed_chamber", "enacted"],
    "regulation": ["consultation", "draft", "final_rule", "guidance"],
    "licensing": ["applied", "granted", "registered"],
    "security_incident": ["hack", "exploit"],
    "meeting": ["bilateral", "visit"],
    "launch": ["pilot", "full"],
    "court_ruling": ["judgment", "order", "sentence"],
}
_AUTHORITIES = (
    "regulator",
    "central_bank",
    "ministry",
    "legislature",
    "court",
    "law_enforcement",
    "head_of_government",
)
_FIRST_DAY = date(2018, 1, 1)
_DAYS = 2900


class _World:
    """The curated bodies and the vocabulary that events are drawn from."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, dice: random.Random, size: int) -> None:
        rows = connection.execute(
            "select actor_id, actor_name, actor_type, home_jurisdiction_id from landing.actors order by actor_id"
        ).fetchall()
        self.names = {actor: name for actor, name, _, _ in rows}
        self.homes = {actor: home for actor, _, _, home in rows}
        self.governments = {home: actor for actor, _, kind, home in rows if kind == "government"}
        self.authorities = [actor for actor, _, kind, home in rows if kind in _AUTHORITIES and home in self.governments]
        self.firms = [f"firm-{number}" for number in range(max(10, size // 40))]
        self.names |= {firm: firm.replace("-", " ").title() for firm in self.firms}
        dice.shuffle(self.authorities)
        # Few mentions meet only in a small world.
        self.authorities = self.authorities[: max(5, size // 4)]
        self.days = min(_DAYS, size * 5)
        self.topics = ["stablecoin", "cbdc", "mining", "custody", "etf", "taxation", "defi", "payments"]
        self.words = [hashlib.sha1(str(number).encode()).hexdigest()[: 4 + number % 6] for number in range(4000)]


def _often(dice: random.Random, items: list[str]) -> str:
    """The first items of a list come up most: a few names are always in the news."""
    return items[
        min(int(dice.paretovariate(0.25)) - 1, len(items) - 1) if dice.random() < 0.7 else dice.randrange(len(items))
    ]


def _event(dice: random.Random, world: _World) -> dict[str, Any]:
    kind = dice.choice(list(_ACTS))
    authority = _often(dice, world.authorities)
    return {
        "type": kind,
        "subtype": dice.choice(_ACTS[kind]),
        "authority": authority,
        "firm": None if kind in ("legislation", "regulation") else _often(dice, world.firms),
        "day": _FIRST_DAY + timedelta(days=dice.randrange(world.days)),
        "amount": round(10 ** dice.uniform(4, 9), 2) if kind in ("enforcement", "security_incident") else None,
        "topic": dice.choice(world.topics),
        "words": [dice.choice(world.words) for _ in range(12)],
    }


def _look_alike(dice: random.Random, world: _World, event: dict[str, Any]) -> dict[str, Any]:
    twin = {**event, "words": [dice.choice(world.words) for _ in range(12)]}
    change = dice.randrange(3)
    if change == 0:
        twin["day"] = event["day"] + timedelta(days=dice.randrange(60, 200))
    elif change == 1 and event["firm"]:
        twin |= {"firm": _often(dice, world.firms), "amount": event["amount"] and event["amount"] * 3}
    else:
        twin |= {"subtype": dice.choice(_ACTS[event["type"]]), "day": event["day"] + timedelta(days=20)}
    return twin


def _mention(dice: random.Random, world: _World, event: dict[str, Any], article: dict[str, Any], number: int) -> Rows:
    mention_id = hashlib.sha256(f"{article['article_id']}/{number}".encode()).hexdigest()[:16]
    published = article["published_date"]
    style = dice.random()
    if published is None or style < 0.25:
        day, precision = None, "unresolved"
    elif style < 0.4:
        day, precision = event["day"].replace(day=1), "month"
    elif style < 0.45:
        day, precision = event["day"].replace(month=1, day=1), "year"
    else:
        day, precision = event["day"], "day"
    words = dice.sample(event["words"], 8) + [dice.choice(world.words) for _ in range(8)]
    actors = []
    authority = event["authority"]
    home = world.homes[authority]
    if dice.random() < 0.2:
        authority = world.governments[home]
    if dice.random() < 0.9:
        actors.append((authority, "initiator"))
    if event["firm"] and dice.random() < 0.85:
        actors.append((event["firm"], "affected" if event["type"] == "security_incident" else "recipient"))
    quote = " ".join(words)
    rows: Rows = {
        "mentions": [
            {
                "mention_id": mention_id,
                "article_id": article["article_id"],
                "event_type": event["type"],
                "event_subtype": event["subtype"] if dice.random() < 0.85 else None,
                "status": "occurred" if dice.random() < 0.9 else "announced",
                "is_background": bool(published and (published - event["day"]).days > 90),
                "event_date": day,
                "event_date_end": None,
                "date_precision": precision,
                "quote": quote,
                "char_start": number * 200,
                "char_end": number * 200 + len(quote),
                "sentence_number": number,
                "is_lede": number == 0,
                "trigger_text": words[0],
                "extractor": "synthetic",
                "extractor_version": "1",
                "confidence": round(dice.uniform(0.5, 1), 3),
            }
        ],
        "mention_actors": [
            {"mention_id": mention_id, "actor_id": actor, "role": role, "name_as_reported": world.names[actor]}
            | {"char_start": 0, "char_end": 1, "rule": "synthetic"}
            for actor, role in actors
        ],
        "mention_jurisdictions": [
            {"mention_id": mention_id, "jurisdiction_id": home, "relation": "regulating"}
            | {"rule": "synthetic", "char_start": 0, "char_end": 1}
        ],
        "mention_topics": [{"mention_id": mention_id, "topic": event["topic"]}] if dice.random() < 0.7 else [],
        "mention_amounts": [],
        "actor_sightings": [
            {"article_id": article["article_id"], "actor_id": actor, "actor_name": world.names[actor]}
            | {"actor_type": "company", "home_jurisdiction_id": None}
            for actor, _ in actors
            if actor.startswith("firm-")
        ],
    }
    if event["amount"] and dice.random() < 0.7:
        rows["mention_amounts"].append(
            {"mention_id": mention_id, "amount_number": 1, "amount_value": event["amount"], "amount_unit": "USD"}
            | {"amount_role": "fine", "amount_qualifier": "exact", "amount_text": "x", "char_start": 0, "char_end": 1}
        )
    return rows


def articles(connection: duckdb.DuckDBPyConnection, seed: int, mention_count: int) -> Iterator[Rows]:
    """Articles with about `mention_count` mentions in all, each as rows by landed table.

    The connection lends the landed vocabulary.
    """
    dice = random.Random(seed)
    world = _World(connection, dice, mention_count)
    events = [_event(dice, world) for _ in range(max(2, mention_count // 4))]
    events += [_look_alike(dice, world, dice.choice(events)) for _ in range(len(events) // 3)]
    events.sort(key=lambda event: (event["day"], event["words"]))
    made = number = 0
    while made < mention_count:
        place = dice.randrange(len(events))
        lead = events[place]
        published = lead["day"] + timedelta(days=dice.choice((0, 0, 0, 1, 1, 2, 5))) if dice.random() < 0.9 else None
        document_id = hashlib.sha256(f"{seed}/{number}".encode()).hexdigest()[:16]
        article = {
            "article_id": f"{document_id}-001",
            "document_id": document_id,
            "article_number": 1,
            "published_date": published,
            "word_count": 300,
            "language": "en",
            "char_start": 0,
            "char_end": 3000,
            "body_hash": document_id,
            "minhash": [dice.getrandbits(32) for _ in range(64)],
            "ingest_version": "1",
        }
        rows: Rows = {"articles": [article], "documents": [_document(document_id)]}
        told = [lead, lead] + [events[min(place + step, len(events) - 1)] for step in range(1, dice.randrange(2, 7))]
        for position, event in enumerate(told):
            for table, found in _mention(dice, world, event, article, position).items():
                rows.setdefault(table, []).extend(found)
        sightings = {(row["article_id"], row["actor_id"]): row for row in rows["actor_sightings"]}
        rows["actor_sightings"] = list(sightings.values())
        made += len(told)
        number += 1
        yield rows


def _document(document_id: str) -> dict[str, Any]:
    return {"document_id": document_id, "seed_path": f"{document_id}.txt", "byte_count": 3000} | {
        "encoding": "utf-8", "media_type": "text/plain", "text": "x" * 3000,
    }  # fmt: skip


def land(connection: duckdb.DuckDBPyConnection, batch: list[Rows]) -> None:
    """Add the rows of some articles to the landed tables."""
    for table in {table for rows in batch for table in rows}:
        data = schemas.frame(schemas.LANDED[table], [row for rows in batch for row in rows.get(table, [])])
        if len(data):
            connection.register("incoming", data.to_arrow())
            connection.execute(f"insert into landing.{table} by name select * from incoming")
            connection.unregister("incoming")


def take_back(connection: duckdb.DuckDBPyConnection, batch: list[Rows]) -> None:
    """Remove the rows of some articles from the landed tables."""
    for rows in batch:
        article_id = rows["articles"][0]["article_id"]
        for table in ("mention_actors", "mention_jurisdictions", "mention_amounts", "mention_topics"):
            connection.execute(
                f"delete from landing.{table} where mention_id in"
                " (select mention_id from landing.mentions where article_id = ?)",
                [article_id],
            )
        for table in ("mentions", "articles", "actor_sightings"):
            connection.execute(f"delete from landing.{table} where article_id = ?", [article_id])
        connection.execute("delete from landing.documents where document_id = ?", [rows["documents"][0]["document_id"]])
