"""What the parties of an act, and the thing it is done to, show it to be: whose treasury it is, who is only told, who
is on the other side, whether a charge comes out or a prisoner.

A detector knows an act by its words; the words "reserve", "met", "settled" and "released" are the same for a state and
a firm, for an interview and a talk, for the one who imposes and the one who pays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines import codebook
from pipelines.extract.act import Act

_PRESS = "media_outlet"
_BY_PLACE = frozenset({"government_by_seat", "government_by_name"})
_PRIVATE = codebook.PERSON_TYPES - codebook.PUBLIC_AUTHORITY_TYPES
_COMPANIES = frozenset(name for name, (schema, _) in codebook.ACTOR_TYPES.items() if schema == "Company")


def with_sense(acts: Sequence[Act]) -> list[Act]:
    """The acts of an article in text order, without those that their parties show to be none."""
    seen = [
        _private_case(_unsealed(_paying(_without_scene(_without_press(act))))) for act in acts if not _is_interview(act)
    ]
    return _private_treasuries(seen)


def _is_interview(act: Act) -> bool:
    """ "Speaking to the paper on Friday, the analyst said" is no meeting, nor is "in an interview on Friday"."""
    return act.candidate.event_type == "meeting" and (
        act.token.lemma_ == "interview" or any(ref.actor.actor_type == _PRESS for _, ref in act.roles)
    )


def _without_press(act: Act) -> Act:
    """The press tells of an act and takes no side in it, though it may suffer one."""
    roles = [
        (role, ref) for role, ref in act.roles if ref.actor.actor_type != _PRESS or role not in codebook.ACTING_ROLES
    ]
    return replace(act, roles=roles)


def _without_scene(act: Act) -> Act:
    """A city or a country that an act is set in takes no part in it: "a visit to Athens"."""
    roles = [(role, ref) for role, ref in act.roles if role != "host" or ref.rule not in _BY_PLACE]
    return replace(act, roles=roles)


def _private_case(act: Act) -> Act:
    """Only an authority prosecutes: who else goes to law against somebody brings a case."""
    candidate, doers = act.candidate, [ref.actor.actor_type for role, ref in act.roles if role == "initiator"]
    if (candidate.event_type, candidate.event_subtype) != ("enforcement", "charge") or not doers:
        return act
    if not _PRIVATE.issuperset(doers) or "auxpass" in {child.dep_ for child in act.stage.children}:
        return act  # "was charged": whoever stands there is the accused
    status = "occurred" if candidate.status == "ongoing" else candidate.status  # a case that goes on has been brought
    case = replace(candidate, event_type="litigation", event_subtype="filed", status=status, rule="private_case")
    return replace(act, candidate=case)


def _unsealed(act: Act) -> Act:
    """Charges that are let out to be read are brought, and nobody is let off: "an indictment was unsealed"."""
    candidate, word = act.candidate, act.token
    if candidate.event_type != "legal_relief" or word.lemma_.lower() not in _LET_OUT:
        return act
    near = [word.head, *(child for child in word.children if child.dep_ in _THINGS)]
    near += [child for prep in word.children if prep.lower_ == "of" for child in prep.children]
    if not any(token.lemma_.lower() in _CHARGES for token in near):
        return act
    roles = [("recipient" if role == "beneficiary" else role, ref) for role, ref in act.roles]
    charge = replace(candidate, event_type="enforcement", event_subtype="charge", rule="charges_unsealed")
    return replace(act, candidate=charge, roles=roles)


_LET_OUT = frozenset({"unseal", "unsealing", "release", "publish", "return"})
_CHARGES = frozenset("indictment charge complaint affidavit information filing document paper".split())
_THINGS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "compound"})


def _paying(act: Act) -> Act:
    """The firm that settles is the one that the action is against: "the exchange agreed to settle the charges"."""
    if act.candidate.event_type != "enforcement" or act.candidate.event_subtype != "settlement":
        return act
    if any(role == "recipient" for role, _ in act.roles):
        return act
    roles = [
        ("recipient" if role == "initiator" and ref.actor.actor_type in _COMPANIES else role, ref)
        for role, ref in act.roles
    ]
    return replace(act, roles=roles)


def _private_treasuries(acts: Sequence[Act]) -> list[Act]:
    """What a company buys for its treasury is an investment of its own, also where a telling names no holder: in an
    article where only companies hold. What it sells may be a state's, by auction."""
    holders = [
        {ref.actor.actor_type for role, ref in act.roles if role == "initiator"}
        for act in acts
        if act.candidate.event_type == "state_allocation"
    ]
    private = any(kinds & _COMPANIES for kinds in holders) and not any(kinds - _COMPANIES for kinds in holders)
    return [
        replace(
            act,
            candidate=replace(act.candidate, event_type="funding", event_subtype="investment", rule="private_treasury"),
        )
        if act.candidate.event_type == "state_allocation" and (private or _buys_for_itself(act))
        else act
        for act in acts
    ]


def _buys_for_itself(act: Act) -> bool:
    buyers = {ref.actor.actor_type for role, ref in act.roles if role == "initiator"}
    return act.candidate.event_subtype == "reserve_purchase" and bool(buyers) and buyers <= _COMPANIES
