"""Did it happen? The status of an event from the words around its predicate, apart from who reports it.

A ladder of cues is tried from the predicate outwards: its own auxiliaries and negation, then each governor up to the
clause that is asserted. A plan is `announced`, a draft `proposed`, an "if" or "may" `hypothetical`; hearsay alone does
not make a rumour when a named source stands behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Token

from pipelines.extract import clauses

FUTURE = frozenset({"will", "shall", "’ll", "'ll", "wo"})
POSSIBLE = frozenset({"may", "might", "could", "can", "would", "should", "must", "ca"})
PLAN_VERBS = frozenset(
    """
    plan intend aim prepare expect schedule set announce decide agree promise pledge vow commit gear
    ready slate poise move pave prepare start begin continue remain look work due proceed opt
    confirm
    """.split()
)
ANNOUNCED_VERBS = frozenset(
    """
    plan intend aim prepare expect schedule set slate poise gear ready promise pledge vow commit
    move look work
    """.split()
)
PROPOSED_VERBS = frozenset(
    """
    propose seek consider weigh mull want hope ask request recommend suggest explore study
    contemplate push lobby apply petition call urge discuss debate negotiate
    """.split()
)
HYPOTHETICAL_VERBS = frozenset(
    """
    threaten allow let enable help permit fail refuse need encourage require try attempt wish like
    struggle invite empower oblige warn force tell order instruct direct
    """.split()
)
NEGATING_VERBS = frozenset("deny refuse decline reject fail avoid refute dismiss stop prevent refrain abstain".split())
CANCELLING_VERBS = frozenset(
    "cancel scrap abandon shelve withdraw drop halt suspend rescind axe terminate collapse".split()
)
HAPPENED_VERBS = frozenset(
    """
    begin start continue agree decide vote manage help move proceed go come act use end finish
    complete stop be have do get see opt dare happen force
    """.split()
)
HEARSAY = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|rumou?red|rumou?rs?|is\ssaid\sto|are\ssaid\sto|understood\s(?:to|that)|"
    r"believed\sto|sources?\s(?:said|say|told|familiar)|people\sfamiliar|anonymous|unconfirmed|speculat\w+|"
    r"it[’']?s\s(?:been\s)?understood)\b",
    re.IGNORECASE,
)
NAMED_SOURCE = re.compile(r"\b(?:according to|told|said in a statement|announced|confirmed)\b", re.IGNORECASE)
NEGATIVE_WORDS = frozenset(
    {"no", "never", "nor", "neither", "without", "hardly", "nothing", "none", "not", "n’t", "n't"}
)
ADJ_PLANS = frozenset(
    {
        "set",
        "due",
        "expected",
        "poised",
        "slated",
        "scheduled",
        "ready",
        "likely",
        "about",
        "planned",
        "prepared",
        "willing",
        "keen",
        "bound",
        "eager",
    }
)
HYPOTHETICAL_ADJ = frozenset(
    {
        "likely",
        "able",
        "possible",
        "free",
        "unlikely",
        "willing",
        "eager",
        "keen",
        "reluctant",
        "potential",
        "hypothetical",
    }
)
PLANNED_NOUNS = frozenset(
    {
        "plan",
        "plans",
        "intention",
        "intent",
        "commitment",
        "preparation",
        "preparations",
        "goal",
        "aim",
        "pledge",
        "promise",
        "roadmap",
        "agenda",
        "deadline",
        "move",
    }
)
PROPOSED_NOUNS = frozenset(
    {
        "proposal",
        "proposals",
        "draft",
        "bid",
        "call",
        "calls",
        "request",
        "recommendation",
        "idea",
        "application",
        "consultation",
        "talks",
        "negotiations",
        "push",
        "efforts",
        "effort",
        "attempt",
        "possibility",
        "option",
        "need",
        "chance",
        "right",
        "power",
        "ability",
        "opportunity",
        "way",
        "authority",
        "threat",
        "risk",
    }
)


@dataclass(frozen=True, slots=True)
class Status:
    """A status with the rule that chose it."""

    status: str
    rule: str
    ahead: bool  # the clause looks forward: dates without a year are completed to the future


def status_of(predicate: Token) -> Status:
    """The status of the event that a verb, or an event noun, tells."""
    verb = predicate
    if predicate.pos_ in {"NOUN", "PROPN"}:
        own = _noun_status(predicate)
        if own is not None:
            return own
        verb = _stage_verb(predicate)
        if verb is predicate:
            return Status("occurred", "asserted", False)
    status = _verb_status(verb)
    if status.status == "occurred" and HEARSAY.search(predicate.sent.text):
        if not NAMED_SOURCE.search(predicate.sent.text):
            return Status("rumored", "hearsay_without_named_source", status.ahead)
    return status


def _stage_verb(noun: Token) -> Token:
    """The verb that puts an event noun on stage: "faces an investigation", "after the arrest of"."""
    token = noun
    while (
        token.dep_ in {"dobj", "pobj", "prep", "nsubj", "nsubjpass", "attr", "conj", "compound", "agent", "appos"}
        and token.head is not token
    ):
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            return token
    return noun


def _noun_status(noun: Token) -> Status | None:
    for child in noun.children:
        word = child.lower_
        if child.dep_ in {"amod", "compound", "det", "neg"}:
            if word in {"planned", "upcoming", "forthcoming", "future", "next", "scheduled", "pending", "imminent"}:
                return Status("announced", "planned_adjective", True)
            if word in {"proposed", "draft"}:
                return Status("proposed", "proposed_adjective", True)
            if word in {"possible", "potential", "hypothetical", "would-be", "any"}:
                return Status("hypothetical", "possible_adjective", True)
            if word in {"rumored", "rumoured", "alleged", "unconfirmed"}:
                return Status("rumored", "hearsay_adjective", False)
            if word == "no":
                return Status("negated", "no", False)
            if word in {"cancelled", "canceled", "abandoned", "scrapped"}:
                return Status("cancelled", "cancelled_adjective", False)
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    if governor.pos_ == "NOUN" and governor.lower_ in PLANNED_NOUNS:
        return Status("announced", "plan_noun", True)
    if governor.pos_ == "NOUN" and governor.lower_ in PROPOSED_NOUNS:
        return Status("proposed", "proposal_noun", True)
    return None


def _verb_status(verb: Token) -> Status:
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    negated = any(child.dep_ == "neg" or child.lower_ in {"never", "nor"} for child in verb.children)
    negated = negated or any(
        child.dep_ in {"nsubj", "nsubjpass", "dobj"}
        and (
            child.lower_ in {"nobody", "none", "nothing", "neither"}
            or any(g.lower_ in {"no", "neither"} for g in child.children)
        )
        for child in verb.children
    )
    if auxiliaries & FUTURE:
        return Status("negated" if negated else "announced", "future_auxiliary", True)
    if _conditional(verb):
        return Status("hypothetical", "conditional", True)
    if auxiliaries & POSSIBLE and not (auxiliaries & {"would"} and "have" in auxiliaries):
        if negated:
            return Status("negated", "negation", False)
        return Status("hypothetical", "modal_auxiliary", True)
    if negated:
        return Status("negated", "negation", False)
    outer = _outer_status(verb)
    if outer is not None:
        return outer
    if (
        verb.tag_ == "VBG"
        and auxiliaries & {"is", "are", "’s", "'s", "been", "be", "am"}
        and verb.dep_ in {"ROOT", "ccomp", "conj", "relcl"}
    ):
        if "been" in auxiliaries or verb.lemma_ in {
            "advise",
            "cooperate",
            "collaborate",
            "investigate",
            "probe",
            "work",
            "participate",
        }:
            return Status("ongoing", "progressive", False)
        future = any(
            child.ent_type_ == "DATE" and re.search(r"next|tomorrow|coming", child.lower_) for child in verb.subtree
        )
        return Status("announced" if future else "ongoing", "progressive", future)
    return Status("occurred", "asserted", False)


def _conditional(verb: Token) -> bool:
    token = verb
    for _ in range(6):
        if any(child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"} for child in token.children):
            return True
        if (
            token.dep_ in {"conj", "advcl", "ccomp", "relcl"}
            and token.head.pos_ in {"VERB", "AUX"}
            and token.dep_ == "conj"
        ):
            token = token.head
        else:
            break
    return False


def _outer_status(verb: Token) -> Status | None:
    """What the governors of a predicate say of it; None where they leave it asserted."""
    token = verb
    for _ in range(8):
        head = token.head
        if head is token:
            return None
        infinitive = token.tag_ == "VB" and any(
            child.lower_ == "to" and child.dep_ == "aux" for child in token.children
        )
        if token.dep_ in {"xcomp", "advcl", "acl", "ccomp", "pcomp", "relcl", "conj", "attr", "oprd"}:
            if token.dep_ == "relcl" or (token.dep_ == "acl" and not infinitive):
                return None  # a relative clause asserts its own content, whatever happens above it
            governor = head.head if token.dep_ == "pcomp" and head.pos_ == "ADP" else head
            lemma, word = governor.lemma_.lower(), governor.lower_
            negated = any(child.dep_ == "neg" for child in governor.children)
            auxiliaries = {child.lower_ for child in governor.children if child.dep_ in {"aux", "auxpass"}}
            if token.dep_ == "conj":
                if infinitive or token.tag_ == "VB":
                    inherited = _verb_status(governor) if governor.pos_ in {"VERB", "AUX"} else None
                    if inherited is not None and inherited.status != "occurred":
                        return inherited
            elif token.dep_ == "acl" and governor.pos_ == "NOUN" and infinitive:
                if word in PLANNED_NOUNS:
                    return Status("announced", "plan_noun", True)
                return Status("proposed" if word in PROPOSED_NOUNS else "hypothetical", "infinitive_of_noun", True)
            elif token.dep_ in {"xcomp", "ccomp", "pcomp", "advcl"}:
                complement = infinitive or token.tag_ == "VBG" or token.dep_ == "ccomp"
                if token.dep_ == "advcl" and infinitive and lemma not in PLAN_VERBS | {"be", "act", "step"}:
                    # a purpose clause: "met to discuss", "signed an MoU to build"
                    return Status("hypothetical", "purpose", True)
                if complement and lemma in NEGATING_VERBS and token.dep_ != "advcl":
                    return Status("negated", "denied", False)
                if complement and lemma in CANCELLING_VERBS and token.dep_ in {"xcomp", "pcomp"}:
                    return Status("cancelled", "cancelled_governor", False)
                if infinitive or token.dep_ == "pcomp":
                    if (word in ADJ_PLANS and governor.pos_ in {"ADJ", "VERB"}) or (
                        lemma in ANNOUNCED_VERBS and not negated
                    ):
                        if word in HYPOTHETICAL_ADJ:
                            return Status("hypothetical", "likelihood", True)
                        return Status("announced", "plan_verb", True)
                    if lemma in ANNOUNCED_VERBS and negated:
                        return Status("negated", "plan_denied", True)
                    if lemma in PROPOSED_VERBS:
                        return Status("proposed", "proposal_verb", True)
                    if governor.pos_ == "ADJ":
                        return Status("hypothetical", "adjective_infinitive", True)
                    if lemma == "be" and infinitive and token.dep_ == "xcomp":
                        return Status("announced", "is_to", True)
                    if lemma in HYPOTHETICAL_VERBS:
                        return Status("hypothetical", "governor_leaves_open", True)
                    if (
                        lemma not in HAPPENED_VERBS
                        and infinitive
                        and token.dep_ == "xcomp"
                        and clauses.objects(governor)
                    ):
                        return Status("hypothetical", "object_control", True)
                    if auxiliaries & FUTURE:
                        return Status("announced", "future_auxiliary", True)
                    if auxiliaries & POSSIBLE:
                        return Status("hypothetical", "modal_auxiliary", True)
                    if negated:
                        return Status("negated", "negation", False)
                elif token.dep_ == "ccomp" and lemma in {
                    "hope",
                    "wish",
                    "want",
                    "demand",
                    "propose",
                    "suggest",
                    "recommend",
                    "request",
                }:
                    return Status("proposed", "wished", True)
        token = head
    return None
