"""Which jurisdictions an event concerns and how: whose authority acts, who is affected, where it happened.

A company's seat is `home` and never more; a country that is only compared with is not an event's jurisdiction. Every
row keeps the rule that gave it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from pipelines import codebook
from pipelines.extract.act import Act
from pipelines.extract.actors import Actor, ArticleNames, NameSpan, Reference
from pipelines.extract.names import NameFinder
from pipelines.extract.party_words import FIRMS

# Acts in which an authority exercises power; in others (a meeting, a statement) it merely takes part.
_VENUE_TYPES = frozenset({"meeting", "litigation", "agreement_signed"})
# Acts of private parties, which belong to no jurisdiction that their sentence does not name.
_PRIVATE_TYPES = frozenset({"funding", "security_incident", "partnership"})
# Those that mostly are: an authority counts only where their sentence names it.
_OFTEN_PRIVATE = frozenset("launch market_access personnel_change agreement_signed statement criticism".split())
_REACH_OF_AUTHORITY = 2  # blocks
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


def places_of(act: Act, names: ArticleNames, finder: NameFinder) -> list[Place]:
    """The jurisdictions of one event, strongest relation first, one row per jurisdiction."""
    block, sentence, roles, event_type = act.candidate.block, act.sentence, act.roles, act.candidate.event_type
    found: dict[str, Place] = {}

    def add(jurisdiction_id: str | None, relation: str, rule: str, start: int, end: int) -> None:
        if jurisdiction_id is None or jurisdiction_id == "GLOBAL":
            return
        held = found.get(jurisdiction_id)
        if held is None or codebook.RELATIONS.index(relation) < codebook.RELATIONS.index(held.relation):
            found[jurisdiction_id] = Place(jurisdiction_id, relation, rule, start, end)

    authority_acts = of_the_world = False
    for role, reference in roles:
        actor = reference.actor
        if event_type == "personnel_change" and _serves_the_world(actor, roles, finder):
            of_the_world = True
            continue
        if actor.home and actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES:
            done_to = "beneficiary" if event_type == "legal_relief" else "recipient"
            if role in {*codebook.ACTING_ROLES, "appointee"} or (role == done_to and event_type != "restriction"):
                authority_acts = authority_acts or role != done_to
                relation = (
                    "home"  # a state that attacks has no authority over the act
                    if event_type == "security_incident" and role != done_to
                    else "affected"
                    if role == done_to and event_type in {"litigation", "funding", "security_incident"}
                    else "regulating"
                )
                add(actor.home, relation, "home_of_acting_authority", reference.start, reference.end)
        elif actor.home and role == "host" and event_type == "market_access":
            add(actor.home, "affected", "home_of_market", reference.start, reference.end)
    for span in names.at(block, sentence.start_char, sentence.end_char):
        if span.actor is not None and span.actor.home and _is_taken_up(span, act):
            add(span.actor.home, "affected", "home_of_market", span.start, span.end)
    robbed = [ref for role, ref in roles if role in codebook.DONE_TO_ROLES and ref.actor.home]
    if event_type == "security_incident":  # it happens to the victim, wherever the thieves are from
        for reference in robbed:
            add(reference.actor.home, "affected", "home_of_victim", reference.start, reference.end)
    local: list[tuple[NameSpan, bool, bool]] = []
    for span in names.at(block, sentence.start_char, sentence.end_char):
        if (
            span.jurisdiction_id is None
            or span.actor is not None
            or (span.kind == "seat" and span.start == sentence.start_char)
        ):
            continue
        before = sentence.doc.text[max(sentence.start_char, span.start - 40) : span.start]
        local.append((span, bool(_LOCATIVE.search(before)), bool(_COMPARED.search(before))))
    own = [told for told in local if not told[2] and not _is_of_another(told[0], act)]
    local = [told for told in own if _is_in_clause(told[0], act)] or own or local
    role_spans = [(reference.start, reference.end) for _, reference in roles]
    for span, located, compared in local if event_type != "security_incident" or not robbed else ():
        inside_role = any(start <= span.start and span.end <= end for start, end in role_spans)
        after = sentence.doc.text[span.end : span.end + 12]
        if compared:
            continue
        if after.startswith(("-based", "-headquartered", "-registered", "-listed")) or re.match(r"[-\s]based\b", after):
            add(span.jurisdiction_id, "home", "based_in", span.start, span.end)
        elif span.kind == "demonym" and not authority_acts:
            relation = "home" if inside_role else "affected"
            add(span.jurisdiction_id, relation, "demonym", span.start, span.end)
        elif span.kind in {"name", "phrase", "city", "seat"} and not inside_role:
            if event_type in _VENUE_TYPES and located and span.kind in {"city", "seat", "name"}:
                if not authority_acts or event_type == "meeting":
                    add(span.jurisdiction_id, "venue", "place_of_event", span.start, span.end)
            elif not authority_acts:
                add(span.jurisdiction_id, "affected", "place_in_sentence", span.start, span.end)
    for _, reference in roles:
        actor = reference.actor
        if actor.home and actor.actor_type not in codebook.PUBLIC_AUTHORITY_TYPES and actor.home not in found:
            add(actor.home, "home", "home_of_actor", reference.start, reference.end)
    strong = [place for place in found.values() if place.relation in {"regulating", "affected", "venue"}]
    worldwide = [ref for role, ref in roles if ref.actor.home == "GLOBAL" and role in codebook.ACTING_ROLES]
    if not strong and worldwide:
        spot = worldwide[0]
        found["GLOBAL"] = Place("GLOBAL", "regulating", "body_of_the_world", spot.start, spot.end)
    elif not strong and not of_the_world and (inferred := _inferred(act, names, finder)) is not None:
        text = sentence.text
        start = sentence.start_char + (len(text) - len(text.lstrip()))
        has_unplaced_authority = any(
            reference.actor.home is None and reference.actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES
            for _, reference in roles
        )
        relation = "regulating" if has_unplaced_authority else "affected"
        add(inferred[0], relation, inferred[1], start, start + max(len(text.strip()), 1))
    return sorted(
        found.values(), key=lambda place: (codebook.RELATIONS.index(place.relation), place.start, place.jurisdiction_id)
    )


def _serves_the_world(actor: Actor, roles: Sequence[tuple[str, Reference]], finder: NameFinder) -> bool:
    """Whether a person who comes or goes is an official of a body of the world, where no body of their country is told
    of: the general manager of the Bank for International Settlements acts for no country."""
    person = finder.vocabulary.persons.get(actor.actor_id)
    if person is None or not any(office.jurisdiction == "GLOBAL" for office in person.offices):
        return False
    return not any(
        ref.actor.home == actor.home for _, ref in roles if ref.actor.actor_type not in codebook.PERSON_TYPES
    )


def _words(span: NameSpan, act: Act) -> Span | None:
    return act.sentence.doc.char_span(span.start, span.end, alignment_mode="expand")


def _is_of_another(span: NameSpan, act: Act) -> bool:
    """Whether a place stands in the clause of another act of the sentence."""
    words = _words(span, act)
    if words is None or not act.others:
        return False
    for token in (words.root, *words.root.ancestors):
        if token.i in act.others:
            return True
        if token.idx <= act.candidate.start < token.idx + len(token):
            return False
    return False


def _stands_before(span: NameSpan, sentence: Span) -> bool:
    """Whether a name stands in the sentence just before another of its block."""
    last = sentence.doc[sentence.start - 1].sent if sentence.start else None
    return last is not None and last.start_char <= span.start < last.end_char


def _is_taken_up(span: NameSpan, act: Act) -> bool:
    """Whether the act took place at what a name stands for: "its debut on the Athens bourse, where it raised"."""
    words = _words(span, act)
    if words is None or act.stage.dep_ != "relcl":
        return False
    return any(child.lower_ == "where" and child.i - words.end in {0, 1} for child in act.stage.children)


def _is_in_clause(span: NameSpan, act: Act) -> bool:
    """Whether a place stands in the clause that tells the act, not in one that is said about it: "bad news for India,
    given that it has applied in Japan"."""
    words = _words(span, act)
    if words is None:
        return False
    # The parser takes a "U.S." that ends a sentence for its full stop.
    return words.root.dep_ == "punct" or act.stage in (words.root, *words.root.ancestors)


def _inferred(act: Act, names: ArticleNames, finder: NameFinder) -> tuple[str, str] | None:
    """The jurisdiction of an act whose sentence gives none, and the rule: that of the authority named last, else the
    one that the article is about; for an act among private parties the latter, where one of them is at home there."""
    if not names.dominant:
        return None
    block, sentence, roles, event_type = act.candidate.block, act.sentence, act.roles, act.candidate.event_type
    about, country = names.dominant[0], finder.vocabulary.country_of
    private = [(role, ref.actor) for role, ref in roles if ref.actor.actor_type not in codebook.PUBLIC_AUTHORITY_TYPES]
    private_only = len(private) == len(roles) and not any(actor.actor_type == "group_class" for _, actor in private)
    at_home = [
        (role, actor.home is not None and country(actor.home) == about)
        for role, actor in private
        if actor.home or (actor.curated and actor.actor_type in FIRMS)
    ]
    if event_type in _PRIVATE_TYPES:
        done_to = [home for role, home in at_home if role in {"recipient", "affected"}]
        is_local = any(done_to) or (not done_to and len(at_home) > 1 and all(home for _, home in at_home))
        return (about, "home_in_the_news") if is_local else None
    if event_type in _OFTEN_PRIVATE or (event_type == "restriction" and private and private_only):
        if at_home and private_only:
            return (about, "home_in_the_news") if any(home for _, home in at_home) else None
        beside = [span for span in names.at(block, sentence.start_char, sentence.end_char) if _is_authority(span)]
    else:
        beside = [
            span
            for index in range(max(0, block - _REACH_OF_AUTHORITY), block + 1)
            for span in names.spans[index]
            if _is_authority(span) and (index < block or span.start < sentence.end_char)
        ]
    for span in reversed(beside):
        home = span.actor.home if span.actor else None
        if home and (country(home) == about or (event_type not in _OFTEN_PRIVATE and span in names.spans[block])):
            return home, "inferred_from_authority"
    if not (private and private_only):
        told = [
            (span, country(span.jurisdiction_id))
            for span in names.spans[block]
            if span.jurisdiction_id and span.kind in {"name", "seat"}
        ]
        near = {where for span, where in told if _stands_before(span, sentence)}
        if len(near) == 1:
            return near.pop(), "inferred_from_sentence_before"
        if told and told[0][0].start < sentence.start_char:
            return told[0][1], "inferred_from_paragraph"
    return about, "inferred_from_article"


def _is_authority(span: NameSpan) -> bool:
    actor = span.actor
    return (
        actor is not None and actor.home not in {None, "GLOBAL"} and actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES
    )
