"""Who takes part in an act and as what: the phrases that the detector marked, resolved, in the roles of the codebook.

What a party is decides between roles that words alone leave open: a ban has its `recipient` where one is named and
whom it is `affected` where a class is, who is let off is its `beneficiary`, who signs takes part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from pipelines import codebook
from pipelines.extract.actors import Actor, Reference
from pipelines.extract.candidate import Argument, Candidate
from pipelines.extract.references import References

# Acts that are of an authority where one is named with them.
_OF_AUTHORITY = frozenset(
    """enforcement warning regulation restriction court_ruling licensing license_withdrawn legal_relief statement
    criticism""".split()
)
_SPOKEN = frozenset({"statement", "criticism"})
# Nouns whose possessor does what follows ("the state's decision to sell"), and such whose possessor it is done to.
_INTENTS = frozenset(
    "decision plan move bid effort attempt proposal intention refusal vote push pledge promise".split()
)
_UNDERGONE = frozenset(
    "arrest conviction sentencing indictment extradition detention imprisonment acquittal pardon release".split()
)
_OF_PERSONS = frozenset({"enforcement", "court_ruling", "legal_relief", "litigation"})
_GROUP = re.compile(r"\b(?:group|hacker|attacker|intruder|thief)\b")
# No authority leaves a market, is listed or raises funds: "it" is the firm.
_DONE_BY_FIRMS = frozenset({"market_access", "funding"})
# What an authority gives to have something done by others.
_ORDERS = frozenset({"order", "instruction", "directive"})
# The role of whom an act is done to: where a party is named, and where a class is.
_UNDERGOES = {
    "enforcement": ("recipient", "recipient"),
    "legal_relief": ("beneficiary", "beneficiary"),
    "licensing": ("recipient", "recipient"),
    "license_withdrawn": ("recipient", "recipient"),
    "restriction": ("recipient", "affected"),
    "security_incident": ("affected", "affected"),
    "warning": ("recipient", "affected"),
}


def roles_of(candidate: Candidate, doc: Doc, references: References) -> list[tuple[str, Reference]]:
    """The parties of an act in the order of the text, each with one role."""
    found: dict[tuple[str, str], Reference] = {}
    told: list[tuple[Span, str, Reference]] = []
    for argument in candidate.arguments:
        if argument.role not in codebook.ROLES:
            continue
        span = doc.char_span(argument.start, argument.end, alignment_mode="expand")
        if span is None or _takes_up(span, argument, candidate.arguments):
            continue
        resolved = references.resolve(
            candidate.block,
            span,
            argument.role,
            is_actor=True,
            is_private=candidate.event_type in _DONE_BY_FIRMS,
        )
        first = references.joined_before(candidate.block, resolved[0]) if len(resolved) == 1 else None
        if first is not None and not any(a.start < first.end and first.start < a.end for a in candidate.arguments):
            resolved = [first, *resolved]
        told += [(span, argument.role, reference) for reference in resolved]
    named = {ref.actor.actor_id for _, _, ref in told if ref.rule != "named_after"}
    for span, given, reference in told:
        if reference.rule == "named_after" and reference.actor.actor_id in named:
            continue  # "a group robbed the exchange": whom an act is done to does not do it
        role = _role(candidate.event_type, given, reference)
        if candidate.event_type == "security_incident" and role in codebook.ACTING_ROLES:
            if _stands_after(span, "from"):
                role = "affected"  # from whom it is taken
            elif _is_culprit(reference):
                continue
        elif candidate.event_type == "court_ruling" and role == "recipient" and _stands_after(span, "for"):
            role = "beneficiary"  # "found for the bank"
        found.setdefault((role, reference.actor.actor_id), reference)
    own = doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
    is_done_by_somebody = any(role in codebook.ACTING_ROLES for role, _ in found)
    if own is not None and candidate.event_type in _OF_AUTHORITY and not is_done_by_somebody:
        if (doer := references.authority_of(candidate.block, own.root)) is not None:
            found["speaker" if candidate.event_type in _SPOKEN else "initiator", doer.actor.actor_id] = doer
    if own is not None and candidate.event_type in _OF_AUTHORITY:
        if (authority := _by_order(candidate, own, references)) is not None:
            for key in [key for key in found if key[0] in codebook.ACTING_ROLES]:
                del found[key]  # who carries it out
            found["initiator", authority.actor.actor_id] = authority
    if own is not None and candidate.event_type == "security_incident":
        if not any(role in codebook.DONE_TO_ROLES for role, _ in found):
            found |= {("affected", ref.actor.actor_id): ref for ref in _robbed(candidate, own, references)}
    for role, reference in _by_possession(candidate, own, references) if own is not None else ():
        doing = role in codebook.ACTING_ROLES
        if not any((held in codebook.ACTING_ROLES) == doing for held, _ in found):
            found.setdefault((role, reference.actor.actor_id), reference)
    spread = [(role, ref) for (role, _), ref in found.items() if ref.rule == "body_of_each_place"]
    for key, ref in [*found.items()]:
        if any(
            key[0] == role and ref.rule != each.rule and each.start <= ref.start < each.end for role, each in spread
        ):
            del found[key]  # "Vermont", of "regulators in Kentucky and Vermont"
    for (role, actor_id), ref in [*found.items()]:
        if ref.rule.startswith("government_by_") and any(
            held == role and _acts_for(ref.actor, other.actor) for (held, _), other in found.items()
        ):
            del found[role, actor_id]  # "Islamabad", where its prime minister received somebody
    # One role per actor and act: the first in grammar wins.
    kept: dict[str, tuple[str, Reference]] = {}
    for (role, actor_id), reference in found.items():
        kept.setdefault(actor_id, (role, reference))
    return list(kept.values())


def _by_order(candidate: Candidate, own: Span, references: References) -> Reference | None:
    """The authority that had an act done: "blocked the site on the order of the commission"."""
    for word in own.root.subtree:
        if word.lemma_ in _ORDERS and word.dep_ == "pobj" and word.head.lower_ in {"on", "upon", "under"}:
            for prep in word.children:
                if prep.lower_ in {"of", "from", "by"}:
                    phrase = own.doc[prep.i + 1 : prep.right_edge.i + 1]
                    for reference in references.resolve(candidate.block, phrase, "initiator") if len(phrase) else ():
                        if reference.actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES:
                            return reference
    return None


def _is_culprit(reference: Reference) -> bool:
    """Whether a party is no more than what every incident has: "a group with a political motive"."""
    return reference.rule == "party_by_description" and bool(_GROUP.search(reference.text))


def _stands_after(span: Span, preposition: str) -> bool:
    return span.root.dep_ == "pobj" and span.root.head.lower_ == preposition


def _robbed(candidate: Candidate, own: Span, references: References) -> list[Reference]:
    """From whom an act takes, also by way of what is theirs: "drained coins from a wallet of the exchange"."""
    for prep in own.root.subtree:
        verb = next((word for word in prep.ancestors if word == own.root or word.pos_ == "VERB"), None)
        if prep.lower_ != "from" or verb != own.root:
            continue
        while (held := next((word for word in prep.children if word.dep_ == "pobj"), None)) is not None:
            if found := references.resolve(candidate.block, own.doc[held.left_edge.i : held.i + 1], "affected"):
                return found
            owner = next((word for word in held.children if word.dep_ == "poss"), None)
            if owner is not None:
                return references.resolve(candidate.block, own.doc[owner.left_edge.i : owner.i + 1], "affected")
            prep = next((word for word in held.children if word.lower_ in {"of", "at"}), held)
    return []


def _acts_for(government: Actor, body: Actor) -> bool:
    """Whether what a body does is done by a government, so that it says nothing more."""
    return (
        body.home is not None
        and body.home == government.home
        and government.actor_type == "government"
        and body.actor_type in codebook.PUBLIC_AUTHORITY_TYPES - {"government"}
    )


def _by_possession(candidate: Candidate, own: Span, references: References) -> list[tuple[str, Reference]]:
    """The party that grammar ties to an act as the possessor of its noun, in its role."""
    token = own.root
    intent = token if token.lemma_ in _INTENTS else token.head
    if intent.lemma_ in _INTENTS and (intent is token or token.dep_ in {"acl", "xcomp", "ccomp"}):
        noun, role = intent, "initiator"
    elif token.pos_ == "NOUN" and token.lemma_ in _UNDERGONE and candidate.event_type in _OF_PERSONS:
        noun, role = token, "recipient"
    else:
        return []
    owners = [noun.doc[child.left_edge.i : child.i + 1] for child in noun.lefts if child.dep_ == "poss"]
    found = [reference for owner in owners for reference in references.resolve(candidate.block, owner, role)]
    return [
        (_role(candidate.event_type, role, reference), reference)
        for reference in found
        if role == "initiator" or reference.actor.actor_type not in codebook.PUBLIC_AUTHORITY_TYPES
    ]


def _role(event_type: str, role: str, reference: Reference) -> str:
    """The role of a party by what is done and what it is."""
    if event_type == "agreement_signed" and role in {"initiator", *codebook.DONE_TO_ROLES}:
        return "participant"
    if event_type in _SPOKEN and role == "initiator":
        return "speaker"
    if event_type == "personnel_change" and role in {"appointee", "participant"}:
        person = reference.actor.actor_type in codebook.PERSON_TYPES
        return "appointee" if person or reference.actor.actor_type == "group_class" else "recipient"
    named, in_a_class = _UNDERGOES.get(event_type, (role, role)) if role in codebook.DONE_TO_ROLES else (role, role)
    return in_a_class if reference.actor.actor_type == "group_class" else named


def _takes_up(span: Span, argument: Argument, arguments: Sequence[Argument]) -> bool:
    """Whether a pronoun takes up a party that the sentence names before it: "the firm's debut, where it raised"."""
    return (
        len(span) == 1
        and span.root.lower_ in {"it", "he", "she", "they"}
        and span.root.dep_ != "conj"
        and any(other.role == argument.role and other.end <= argument.start for other in arguments)
    )
