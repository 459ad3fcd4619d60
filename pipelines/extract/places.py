"""Which jurisdictions an event concerns and how: whose authority acts, who is affected, where it happened.

A company's seat is `home` and never more; a country that is only compared with is not an event's jurisdiction. Every
row keeps the rule that gave it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from pipelines import codebook
from pipelines.extract.actors import ArticleNames, NameSpan, Reference
from pipelines.extract.names import NameFinder

# Acts in which an authority exercises power; in others (a meeting, a statement) it merely takes part.
_VENUE_TYPES = frozenset({"meeting", "litigation", "agreement_signed"})
# Roles of who acts, and acts of private parties, which belong to no jurisdiction that their sentence does not name.
_ACTING = frozenset({"initiator", "speaker", "host", "participant"})
_PRIVATE_TYPES = frozenset({"funding", "security_incident", "partnership"})
_COMPARED = re.compile(
    r"\b(?:like|unlike|similar to|compared (?:with|to)|such as|including|rival|rivals|"
    r"competing with|following|emulate|as in|ahead of|behind)\s+(?:\w+[,’']?\s+){0,3}$",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|at|across|within|inside|throughout|into|to|from|of|near|outside)\s+(?:the\s)?(?:\w+\s)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """One jurisdiction of an event; the span is that of the words it rests on, in the block."""

    jurisdiction_id: str
    relation: str
    rule: str
    start: int
    end: int


def places_of(
    event_type: str,
    doc: Doc,
    sentence: Span,
    block: int,
    trigger_start: int,
    roles: list[tuple[str, Reference]],
    names: ArticleNames,
    finder: NameFinder,
) -> list[Place]:
    """The jurisdictions of one event, strongest relation first, one row per jurisdiction."""
    found: dict[str, Place] = {}

    def add(jurisdiction_id: str | None, relation: str, rule: str, start: int, end: int) -> None:
        if jurisdiction_id is None or jurisdiction_id == "GLOBAL":
            return
        held = found.get(jurisdiction_id)
        if held is None or codebook.RELATIONS.index(relation) < codebook.RELATIONS.index(held.relation):
            found[jurisdiction_id] = Place(jurisdiction_id, relation, rule, start, end)

    authority_acts = False
    for role, reference in roles:
        actor = reference.actor
        if actor.home and actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES:
            if role in {"initiator", "speaker", "host", "participant", "recipient", "appointee"}:
                authority_acts = authority_acts or role != "recipient"
                relation = (
                    "affected"
                    if role == "recipient" and event_type in {"litigation", "funding", "security_incident"}
                    else "regulating"
                )
                add(actor.home, relation, "home_of_acting_authority", reference.start, reference.end)
        elif actor.home and role == "host" and event_type == "market_access":
            add(actor.home, "affected", "home_of_market", reference.start, reference.end)
    local: list[tuple[NameSpan, bool, bool]] = []
    for span in names.at(block, sentence.start_char, sentence.end_char):
        if (
            span.jurisdiction_id is None
            or span.actor is not None
            or (span.kind == "seat" and span.start == sentence.start_char)
        ):
            continue
        before = doc.text[max(sentence.start_char, span.start - 40) : span.start]
        local.append((span, bool(_LOCATIVE.search(before)), bool(_COMPARED.search(before))))
    role_spans = [(reference.start, reference.end) for _, reference in roles]
    for span, located, compared in local:
        inside_role = any(start <= span.start and span.end <= end for start, end in role_spans)
        after = doc.text[span.end : span.end + 12]
        if compared:
            continue
        if after.startswith(("-based", "-headquartered", "-registered", "-listed")) or re.match(r"[-\s]based\b", after):
            add(_state(span, finder), "home", "based_in", span.start, span.end)
        elif span.kind == "demonym" and not authority_acts:
            relation = "home" if inside_role else "affected"
            add(_state(span, finder), relation, "demonym", span.start, span.end)
        elif span.kind in {"name", "phrase", "city", "seat"} and not inside_role:
            if event_type in _VENUE_TYPES and located and span.kind in {"city", "seat", "name"}:
                if not authority_acts or event_type == "meeting":
                    add(_state(span, finder), "venue", "place_of_event", span.start, span.end)
            elif not authority_acts:
                add(_state(span, finder), "affected", "place_in_sentence", span.start, span.end)
    for _, reference in roles:
        actor = reference.actor
        if actor.home and actor.actor_type not in codebook.PUBLIC_AUTHORITY_TYPES and actor.home not in found:
            add(actor.home, "home", "home_of_actor", reference.start, reference.end)
    strong = [place for place in found.values() if place.relation in {"regulating", "affected", "venue"}]
    worldwide = [reference for role, reference in roles if reference.actor.home == "GLOBAL" and role in _ACTING]
    if not strong and worldwide:
        spot = worldwide[0]
        found["GLOBAL"] = Place("GLOBAL", "regulating", "body_of_the_world", spot.start, spot.end)
    elif not strong and names.dominant and event_type not in _PRIVATE_TYPES:
        text = sentence.text
        start = sentence.start_char + (len(text) - len(text.lstrip()))
        has_unplaced_authority = any(
            reference.actor.home is None and reference.actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES
            for _, reference in roles
        )
        relation = "regulating" if has_unplaced_authority else "affected"
        add(names.dominant[0], relation, "inferred_from_article", start, start + max(len(text.strip()), 1))
    return sorted(
        found.values(), key=lambda place: (codebook.RELATIONS.index(place.relation), place.start, place.jurisdiction_id)
    )


def _state(span: NameSpan, finder: NameFinder) -> str | None:
    """A city stands for the jurisdiction it lies in; all else for itself."""
    return span.jurisdiction_id
