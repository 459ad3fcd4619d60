"""Definite descriptions of an act that the article has told already: "this meeting", "the fine is its largest".

Such a noun tells nothing new of who took part: its parties, its outcome and its status are those of the act that it
points back to, and a reader would count both as one. "The warning was issued by six associations" adds names to a party
that was told of in general. Which two mentions become one event is decided where all mentions are merged; here the
words only get the meaning that they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipelines.extract.act import Act
from pipelines.extract.actors import Reference
from pipelines.extract.candidate import Candidate

# How many sentences back a description may point.
REACH = 8

_POINTING = frozenset({"this", "that", "these", "those"})
# What may hang on a noun that only points back: articles, adjectives, and the rest of its compound.
_BARE = frozenset({"det", "amod", "compound", "punct", "case", "poss"})
# What a case is told by, who brings it, and against whom.
_CASES = frozenset({"litigation", "enforcement"})
_DOING = frozenset({"initiator", "speaker"})
_DONE_TO = frozenset({"recipient", "affected"})
_SUBJECT = frozenset({"nsubj", "nsubjpass"})


def with_meaning(acts: Sequence[Act]) -> list[Act]:
    """The acts of an article in text order, each description of an earlier one with that one's parties and outcome."""
    read: list[Act] = []
    for act in acts:
        noun = _described(act)
        told = _told_before(noun, act, read) if noun is not None else None
        if noun is not None and told is not None:
            act = _again(act, told, keeps_parties=noun.dep_ == "nsubjpass")
        read.append(_with_who_wrote_it(_with_the_accused(act, read), read))
    return read


def _with_who_wrote_it(act: Act, read: Sequence[Act]) -> Act:
    """An act that a paper does, with those who were told to have issued it: "the notice bars members from trading"."""
    if act.candidate.event_type not in _ON_PAPER or any(role in _DOING for role, _ in act.roles):
        return act
    paper = next((child for child in act.stage.children if child.dep_ == "nsubj"), None)
    if paper is None or paper.lemma_.lower() not in _PAPERS or not points_back(paper):
        return act
    for other in reversed(read):
        wrote = [
            ("initiator", replace(reference, rule="issuer_of_the_paper", block=_block(reference, other)))
            for role, reference in other.roles
            if role in _DOING
        ]
        if other.candidate.event_type in _ON_PAPER and wrote and 0 < act.number - other.number <= REACH:
            return replace(act, roles=[*wrote, *act.roles], paper=other)
    return act


# What is done by a paper, and such papers.
_ON_PAPER = frozenset({"warning", "regulation", "restriction", "enforcement", "statement"})
_PAPERS = frozenset("notice circular directive statement letter document memo advisory announcement guideline".split())


def _with_the_accused(act: Act, read: Sequence[Act]) -> Act:
    """An act that ends a case, with those against whom its authority has told it: "the regulator dropped its suit"."""
    if act.candidate.event_type != "legal_relief" or any(role not in _DOING for role, _ in act.roles):
        return act
    doers = {reference.actor.actor_id for _, reference in act.roles}
    for other in reversed(read):
        theirs = {reference.actor.actor_id for role, reference in other.roles if role in _DOING}
        accused = [
            ("beneficiary", replace(reference, rule="party_of_the_case", block=_block(reference, other)))
            for role, reference in other.roles
            if role in _DONE_TO and reference.actor.actor_type != "group_class"
        ]
        if other.candidate.event_type in _CASES and doers & theirs and accused:
            return replace(act, roles=[*act.roles, *accused])
    return act


def _block(reference: Reference, act: Act) -> int:
    return act.candidate.block if reference.block is None else reference.block


def _described(act: Act) -> Token | None:
    """The noun of the act's words that points back: the act's own, or the subject of its verb."""
    own = [act.token, *(child for child in act.token.children if child.dep_ in _SUBJECT)]
    inside = (token for token in own if act.candidate.start <= token.idx < act.candidate.end)
    return next((token for token in inside if points_back(token)), None)


def points_back(token: Token) -> bool:
    """Whether a noun describes something known: "this joint warning", "the fine", "Anwar's visit"; not "the launch of a
    coin"."""
    if token.pos_ != "NOUN":
        return False
    children = list(token.children)
    determiners = {child.lower_ for child in children if child.dep_ == "det"}
    if determiners & _POINTING or _owner(token) is not None or (token.dep_ == "nsubjpass" and "the" in determiners):
        return all(child.dep_ in _BARE for child in children)
    return "the" in determiners and all(child.dep_ in {"det", "punct", "case"} for child in children)


def _owner(noun: Token) -> Token | None:
    """The name in the genitive before a noun."""
    return next((child for child in noun.children if child.dep_ == "poss" and child.pos_ == "PROPN"), None)


def _fits(noun: Token, act: Act, told: Act) -> bool:
    """Whether what is said with the description leaves room for the act told before."""
    owner, known = _owner(noun), [reference.actor for _, reference in told.roles]
    if owner is not None:
        return any(owner.text in actor.name.split() for actor in known)
    if noun.dep_ != "nsubjpass":
        return True
    named = {reference.actor.actor_id for _, reference in act.roles}
    classes = all(actor.actor_type == "group_class" for actor in known)
    return not named or classes or not named.isdisjoint(actor.actor_id for actor in known)


def _told_before(noun: Token, act: Act, read: Sequence[Act]) -> Act | None:
    """The act of the type, with parties, in the sentences before: the last of the same outcome, else the last, if
    nothing that is said of this one differs."""
    before = [
        other
        for other in reversed(read)
        if 0 < act.number - other.number <= REACH
        and other.candidate.event_type == act.candidate.event_type
        and other.roles
        and (_owner(noun) is None or _fits(noun, act, other))
    ]
    told = next((other for other in before if other.candidate.event_subtype == act.candidate.event_subtype), None)
    told = told or next(iter(before), None)
    return told if told and _agree(act.candidate, told.candidate) and _fits(noun, act, told) else None


# Types whose subtypes are manners of one act: a visit is a meeting, an alert a warning. Elsewhere they are outcomes.
_MANNERS = frozenset({"meeting", "warning", "statement", "agreement_signed", "partnership"})
_DONE = frozenset({"occurred", "ongoing"})


def _agree(one: Candidate, two: Candidate) -> bool:
    outcomes = {one.event_subtype, two.event_subtype} - {None}
    statuses = {one.status, two.status}
    return (len(outcomes) < 2 or one.event_type in _MANNERS) and (len(statuses) == 1 or statuses <= _DONE)


def _again(act: Act, told: Act, *, keeps_parties: bool) -> Act:
    one = told.candidate
    block = one.block
    candidate = replace(
        act.candidate,
        event_subtype=one.event_subtype,
        status=one.status,
        status_rule="act_told_before",
        ahead=one.ahead,
        is_background=one.is_background,
    )
    roles = [
        (role, replace(reference, rule="act_told_before", block=block if reference.block is None else reference.block))
        for role, reference in told.roles
    ]
    classes = {role for role, reference in told.roles if reference.actor.actor_type == "group_class"}
    named_now = {role for role, reference in act.roles if reference.actor.actor_type != "group_class"} & classes
    own = [(role, reference) for role, reference in act.roles if keeps_parties or role in named_now]
    roles = [
        (role, reference)
        for role, reference in roles
        if keeps_parties or role not in named_now or reference.actor.actor_type != "group_class"
    ]
    named = {reference.actor.actor_id for _, reference in own}
    roles = [*own, *((role, reference) for role, reference in roles if reference.actor.actor_id not in named)]
    return replace(act, candidate=candidate, roles=roles, told=told)
