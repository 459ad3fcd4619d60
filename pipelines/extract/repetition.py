"""Which of the acts that were read from one sentence are one act told twice, or no act of their own.

A detector judges each type for itself: a verb and its noun, two readings of one word, what a law says and what a
speech asks for all come out as acts.
"""

from __future__ import annotations

from collections import defaultdict

from spacy.tokens import Token

from pipelines.extract.act import Act
from pipelines.extract.candidate import Candidate

# Speech without a speaker is nobody's; every other act may be told without a party that can be named.
_NEEDS_ACTOR = frozenset({"statement", "criticism"})
# What a verb takes: "dropped its staking lawsuit", "a fine was imposed", "intends to drop".
_TAKEN = frozenset({"dobj", "nsubjpass", "xcomp"})
_MODIFIES = frozenset({"compound", "amod", "nmod", "poss"})
# Whose relative clauses say what the text says: "signed a bill banning", "passed a law that bans".
_TEXTS = frozenset(
    "act amendment bill circular decree directive law legislation measure order ordinance regulation rule".split()
)
# The status of what a speech denies, or asks for.
_SAID = {
    "deny": frozenset({"negated", "cancelled"}),
    "call_for": frozenset({"proposed", "hypothetical", "announced"}),
    "demand": frozenset({"proposed", "hypothetical", "announced"}),
}


def without_repetition(acts: list[Act]) -> list[Act]:
    """One mention per act and sentence: a support verb and its noun, two readings of one word, or a report of an act,
    are not two acts."""
    by_sentence: dict[tuple[int, int], list[Act]] = defaultdict(list)
    for act in acts:
        if act.candidate.event_type in _NEEDS_ACTOR and not act.roles:
            continue
        by_sentence[act.candidate.block, act.sentence.start].append(act)
    kept: list[Act] = []
    for group in by_sentence.values():
        told = [act for act in group if not any(_is_content(act, other) for other in group)]
        told = [act for act in told if act.candidate.event_type != "statement"] or told
        chosen: list[Act] = []
        for act in sorted(told, key=lambda d: (-d.candidate.confidence, d.candidate.start)):
            actors = {reference.actor.actor_id for _, reference in act.roles}
            family = _family(act.candidate)
            twin = next(
                (
                    other
                    for other in chosen
                    if _is_one_telling(act, other)
                    or _is_one_speech(act, other)
                    or (
                        _family(other.candidate) == family
                        and (actors <= {reference.actor.actor_id for _, reference in other.roles} or not other.roles)
                    )
                ),
                None,
            )
            if twin is None:
                chosen.append(act)
            elif _family(twin.candidate) == family and len(twin.roles) < len(act.roles) and _adds_only(act, twin):
                chosen[chosen.index(twin)] = act
        kept.extend(chosen)
    kept.sort(key=lambda d: (d.candidate.block, d.candidate.start))
    return kept


def _family(candidate: Candidate) -> str:
    """The type, with the two names that one accord may be told by taken as one."""
    return "agreement_signed" if candidate.event_type == "partnership" else candidate.event_type


def _is_one_telling(one: Act, other: Act) -> bool:
    """Whether two acts are read from one word, or from a verb and what it takes."""
    if one.candidate.start < other.candidate.end and other.candidate.start < one.candidate.end:
        return True
    return any(
        (word := _head_of_phrase(taken.token)).dep_ in _TAKEN and word.head == verb.token
        for taken, verb in ((one, other), (other, one))
    )


def _is_one_speech(one: Act, other: Act) -> bool:
    """Whether one speaker criticises twice in a sentence: "criticised the bill, accusing the senator"."""
    if one.candidate.event_type != other.candidate.event_type or one.candidate.event_type not in _NEEDS_ACTOR:
        return False
    speakers = [{ref.actor.actor_id for role, ref in act.roles if role == "speaker"} for act in (one, other)]
    return speakers[0] == speakers[1] != set()


def _adds_only(act: Act, twin: Act) -> bool:
    """Whether an act names all parties of its twin."""
    named = {ref.actor.actor_id for _, ref in act.roles}
    return {ref.actor.actor_id for _, ref in twin.roles} <= named


def _head_of_phrase(token: Token) -> Token:
    """The noun that a word only modifies."""
    while token.dep_ in _MODIFIES and token.head.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    return token


def _is_content(act: Act, other: Act) -> bool:
    """Whether an act is only what another one says: what a law forbids, what a speech denies or asks for."""
    if act.token == other.token:
        return False
    if other.candidate.event_type == "criticism":
        said = _SAID.get(other.candidate.event_subtype or "", frozenset())
        return act.candidate.status in said and other.token in act.token.ancestors
    text = act.token.head
    return (
        other.candidate.event_type in {"legislation", "regulation"}
        and act.token.dep_ in {"acl", "relcl"}
        and text.lemma_.lower() in _TEXTS
        and other.token in {text, text.head}
    )
