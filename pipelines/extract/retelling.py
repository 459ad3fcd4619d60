"""Definite descriptions of an act that the article has told already: "this meeting", "the fine is its largest".

Such a noun tells nothing new of who took part: its parties, its outcome and its status are those of the act that it
points back to, and a reader would count both as one. Which two mentions become one event is decided where all mentions
are merged; here the words only get the meaning that they have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from pipelines.extract.act import Act
from pipelines.extract.candidate import Candidate

# How many sentences back a description may point.
REACH = 8

_POINTING = frozenset({"this", "that", "these", "those"})
# What may hang on a noun that only points back: articles, adjectives, and the rest of its compound.
_BARE = frozenset({"det", "amod", "compound", "punct", "case"})


def with_meaning(acts: Sequence[Act]) -> list[Act]:
    """The acts of an article in text order, each description of an earlier one with that one's parties and outcome."""
    read: list[Act] = []
    for act in acts:
        told = _told_before(act, read) if points_back(act.token) else None
        read.append(_again(act, told) if told else act)
    return read


def points_back(token: Token) -> bool:
    """Whether a noun describes something known: "this joint warning", "the fine"; not "the launch of a coin"."""
    if token.pos_ != "NOUN":
        return False
    children = list(token.children)
    determiners = {child.lower_ for child in children if child.dep_ == "det"}
    if determiners & _POINTING:
        return all(child.dep_ in _BARE for child in children)
    return "the" in determiners and all(child.dep_ in {"det", "punct", "case"} for child in children)


def _told_before(act: Act, read: Sequence[Act]) -> Act | None:
    """The last act of the type, with parties, in the sentences before, if nothing that is said of this one differs."""
    for other in reversed(read):
        if act.number - other.number > REACH:
            return None
        if other.number < act.number and other.candidate.event_type == act.candidate.event_type and other.roles:
            return other if _agree(act.candidate, other.candidate) else None
    return None


# Types whose subtypes are manners of one act: a visit is a meeting, an alert a warning. Elsewhere they are outcomes.
_MANNERS = frozenset({"meeting", "warning", "statement", "agreement_signed", "partnership"})
_DONE = frozenset({"occurred", "ongoing"})


def _agree(one: Candidate, two: Candidate) -> bool:
    outcomes = {one.event_subtype, two.event_subtype} - {None}
    statuses = {one.status, two.status}
    return (len(outcomes) < 2 or one.event_type in _MANNERS) and (len(statuses) == 1 or statuses <= _DONE)


def _again(act: Act, told: Act) -> Act:
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
    return replace(act, candidate=candidate, roles=roles)
