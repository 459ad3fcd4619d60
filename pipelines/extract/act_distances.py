"""Acts told by their distance from another: "approved it, three months after it cleared the lower house"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Token

from pipelines.extract.act import Act
from pipelines.extract.date_ties import ASSERTED, auxiliaries, clause_of, dating
from pipelines.extract.dates import DateExpression, Resolved, find_distances
from pipelines.extract.retelling import points_back
from pipelines.extract.timeline import REACH, ActDate, Timeline


def count_from_others(
    acts: Sequence[Act], found: list[ActDate | None], published: date | None, timeline: Timeline
) -> None:
    """Dates the acts that are told by their distance from another one: "approved it, three months after it cleared the
    lower house", "the arrest came two days after the bank's warning"."""
    for place, act in enumerate(acts):
        offset, doc = act.sentence.start_char, act.sentence.doc
        for distance in find_distances(act.sentence.text) if act.candidate.status in ASSERTED else []:
            word = doc.char_span(offset + distance.end - 1, offset + distance.end, alignment_mode="expand")
            inner, outer = _parted(word.root) if word is not None else (None, None)
            if inner is None or outer is None:
                continue
            edges = (inner.left_edge.idx - offset, inner.right_edge.idx - offset)
            own = found[place].expression if found[place] is not None else None  # type: ignore[union-attr]
            is_inside = own is not None and edges[0] <= own.start - offset <= edges[1]
            if _is_told_by(act, inner):
                if is_inside:
                    continue  # it has a date of its own
                other = _date_of_clause(outer, edges, acts, found, place, published, timeline)
                if other is None and published is not None and _is_now(outer):
                    other = Resolved(published, None, "week", "")  # what is told today may be of yesterday
            elif (own is None or is_inside) and _is_told_by(act, outer):
                other = _date_inside(inner, edges, acts, found, place, published, timeline)
                distance = replace(distance, steps=-distance.steps)
            else:
                continue
            resolved = distance.from_date(other) if other is not None else None
            if resolved is not None:
                start = offset + distance.start
                words = DateExpression(start, offset + distance.end, distance.text, lambda published, ahead: None)
                found[place] = ActDate(words, resolved)


def _date_inside(
    head: Token,
    edges: tuple[int, int],
    acts: Sequence[Act],
    found: Sequence[ActDate | None],
    place: int,
    published: date | None,
    timeline: Timeline,
) -> Resolved | None:
    """The date of what is told after an "after" or "before": its own, or that of the known act it points back to."""
    act = acts[place]
    within: Resolved | None = None
    for expression in dating(act, published):
        if edges[0] <= expression.start <= edges[1]:
            within = timeline.resolve(expression, act.candidate.block, act.sentence.start_char + expression.start)
            if within is None or within.precision != "year":
                return within
    inside = next((other for other in acts if other.sentence == act.sentence and _is_told_by(other, head)), None)
    known = [
        when.resolved
        for other, when in zip(acts, found, strict=True)
        if when is not None
        and (
            other is inside
            or (inside is not None and other is inside.told)
            or (points_back(head) and other.number < act.number and other.token.lemma_ == head.lemma_)
        )
    ]
    resolved = next((resolved for resolved in reversed(known) if resolved is not None), None)
    return resolved or _date_of_such(head, acts, found, act, within)


def _date_of_such(
    head: Token, acts: Sequence[Act], found: Sequence[ActDate | None], act: Act, year: Resolved | None
) -> Resolved | None:
    """The date of the last act told before that a definite noun may stand for: "the verdict", "the 2022 listing"."""
    kinds = _KINDS.get(head.lemma_.lower(), frozenset())
    if head.pos_ != "NOUN" or not any(child.lower_ in {"the", "that"} for child in head.children):
        return year
    before = [
        when.resolved
        for other, when in zip(acts, found, strict=True)
        if 0 <= act.number - other.number <= 2 * REACH
        and (other.number, other.token.i) < (act.number, head.i)
        and not kinds.isdisjoint(_kinds_of(other))
        and when is not None
        and when.resolved is not None
        and when.resolved.precision in {"day", "month"}
        and (year is None or when.resolved.day.year == year.day.year)
    ]
    return before[-1] if before else year


def _kinds_of(act: Act) -> set[str]:
    return {act.candidate.event_type, f"{act.candidate.event_type}/{act.candidate.event_subtype}"}


def _kinds(names: str) -> dict[str, frozenset[str]]:
    lines = (line.partition(":") for line in names.strip().splitlines())
    return {noun: frozenset(kinds.split()) for nouns, _, kinds in lines for noun in nouns.split()}


# The nouns that a distance is counted from, and the acts that each may stand for.
_KINDS = _kinds(
    """
    theft hack heist attack breach exploit: security_incident
    verdict conviction: court_ruling/verdict
    ruling judgment: court_ruling
    sentence sentencing: court_ruling/sentence
    arrest: enforcement/arrest
    raid: enforcement/raid enforcement/seizure
    fine penalty: enforcement/fine
    indictment: enforcement/charge
    listing designation: enforcement/sanctions_listing
    vote passage: legislation/passed_chamber legislation/rejected
    assent signing: legislation/enacted
    veto: legislation/vetoed
    launch debut: launch
    warning: warning
    ban: restriction/ban
    lawsuit suit: litigation/filed
    """
)


def is_told_behind(act: Act) -> bool:
    """Whether the act is only what another one came so long after, or before."""
    offset, doc = act.sentence.start_char, act.sentence.doc
    for distance in find_distances(act.sentence.text):
        word = doc.char_span(offset + distance.end - 1, offset + distance.end, alignment_mode="expand")
        inner = _parted(word.root)[0] if word is not None else None
        if inner is not None and (inner == act.token or inner in act.token.ancestors):
            return True
    return False


def _is_now(verb: Token) -> bool:
    """Whether a clause tells of the day of the article: "comes three weeks after", "has released it, three months"."""
    helped = auxiliaries(verb)
    return bool(helped & {"has", "have", "do", "does", "is", "are"}) or (verb.tag_ in {"VBZ", "VBP"} and not helped)


def _parted(word: Token) -> tuple[Token | None, Token | None]:
    """The heads of what is told after an "after" or "before" and of the clause that it is told in."""
    if word.dep_ == "mark":
        return word.head, word.head.head
    inner = next((child for child in word.children if child.dep_ in {"pobj", "pcomp"}), None)
    outer = next((token for token in word.ancestors if token.pos_ in {"VERB", "AUX"}), None)
    return inner, outer


def _is_told_by(act: Act, head: Token) -> bool:
    """Whether a clause or noun tells the act: by its own word, or by what that governs."""
    token = act.token
    while token != head:
        if token.dep_ not in _GOVERNED or token.head == token:
            return act.stage == head
        token = token.head
    return True


_GOVERNED = frozenset({"xcomp", "ccomp", "dobj", "prt", "compound", "nsubjpass"})


# Verbs that only say when something known took place.
_CAME = frozenset({"come", "follow", "happen", "occur", "arrive"})


# Words for whatever was told before.
_STEPS = frozenset("step move decision news announcement measure action".split())


def _date_of_clause(
    verb: Token,
    edges: tuple[int, int],
    acts: Sequence[Act],
    found: Sequence[ActDate | None],
    place: int,
    published: date | None,
    timeline: Timeline,
) -> Resolved | None:
    """The date of what a clause tells, what is told inside of it between two offsets apart."""
    act = acts[place]
    for expression in dating(act, published):
        if not edges[0] <= expression.start <= edges[1] and clause_of(act, expression) == verb:
            start = act.sentence.start_char + expression.start
            return timeline.resolve(expression, act.candidate.block, start)
    for other, when in zip(acts, found, strict=True):
        is_beside = other.sentence == act.sentence and other is not act
        if is_beside and verb in (other.stage, other.token) and when is not None and when.resolved is not None:
            return when.resolved
    if verb.lemma_.lower() not in _CAME:
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    came = next((other for other in acts if other.sentence == act.sentence and other.token.head == verb), act)
    # "The arrest came three days after": the noun says which, whether or not it tells an act itself.
    kinds = _KINDS.get(subject.lemma_.lower(), frozenset()) if subject is not None and came is act else frozenset()
    kinds = kinds or frozenset({came.candidate.event_type})
    is_it = subject is not None and (subject.pos_ == "PRON" or subject.lemma_.lower() in _STEPS)
    reach = 2 * REACH if is_it or (subject is not None and points_back(subject)) else REACH
    before = [
        when.resolved
        for other, when in zip(acts[:place], found, strict=False)
        if 0 < act.number - other.number <= reach and when is not None and not other.candidate.is_background
        if is_it or not kinds.isdisjoint(_kinds_of(other))
    ]
    return next((resolved for resolved in reversed(before) if resolved is not None), None)
