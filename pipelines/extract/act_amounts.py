"""Which amounts of a sentence are part of an act, and what each is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Span

from pipelines.extract.act import Act
from pipelines.extract.amounts import Amount, find_amounts, in_currency_of
from pipelines.extract.candidate import AMOUNT, Candidate

# An amount of an act, what it is for, and the rule that ties it.
Tied = tuple[Amount, str, str]

# What an amount is for, by the event it belongs to and the words before it.
AMOUNT_ROLE = {
    ("enforcement", "settlement"): "settlement",
    ("enforcement", "seizure"): "seizure",
    ("enforcement", None): "fine",
    ("funding", "loan"): "debt",
    ("funding", "grant"): "grant",
    ("funding", "acquisition"): "valuation",
    ("funding", None): "raise",
    ("state_allocation", "holding_disclosed"): "reserve",
    ("state_allocation", "reserve_purchase"): "reserve",
    ("state_allocation", "reserve_sale"): "reserve",
    ("state_allocation", "reserve_policy"): "reserve",
    ("state_allocation", None): "allocation",
    ("security_incident", None): "loss",
    ("restriction", "cap"): "cap",
    ("litigation", None): "debt",
    ("legislation", None): "tax_rate",
    ("court_ruling", None): "fine",
    ("agreement_signed", None): "valuation",
    ("launch", None): "reserve",
    ("criticism", "accuse"): "debt",
    ("market_access", "ipo"): "raise",
    ("institution_created", "fund"): "allocation",
    ("licensing", None): "other",
    ("legal_relief", None): "fine",
    ("restriction", None): "cap",
    ("regulation", None): "cap",
}
_ROLE_WORDS = (
    ("fine", re.compile(r"\b(?:fine[ds]?|penalt\w+|penalised|penalized)\b", re.IGNORECASE)),
    ("settlement", re.compile(r"\b(?:settle\w*|plea)\b", re.IGNORECASE)),
    ("seizure", re.compile(r"\b(?:seiz\w+|confiscat\w+|forfeit\w*)\b", re.IGNORECASE)),
    (
        "loss",
        re.compile(
            r"\b(?:los[ts]\w*|losses|stolen|stole|drain\w*|steal\w*|siphon\w*|laundered|defraud\w*)\b", re.IGNORECASE
        ),
    ),
    ("valuation", re.compile(r"\b(?:valu\w+|worth)\b", re.IGNORECASE)),
    ("raise", re.compile(r"\b(?:rais\w+|round|funding|series)\b", re.IGNORECASE)),
    ("tax_rate", re.compile(r"\b(?:tax\w*|levy|levies)\b", re.IGNORECASE)),
    ("debt", re.compile(r"\b(?:repay\w*|borrow\w*|loan\w*|lent|owe[ds]?|debt)\b", re.IGNORECASE)),
    ("reserve", re.compile(r"\b(?:reserves?|backed|hold\w*|accumulat\w+|stockpile)\b", re.IGNORECASE)),
)
# Types whose amounts are part of the act though the detector ties none to it; elsewhere they are background.
_MONEYED = frozenset(event_type for event_type, _ in AMOUNT_ROLE)
# Acts that are taken for another ("indicted for swindling", "sentenced for laundering"): its amounts are theirs too.
_FOR_AN_ACT = frozenset({"enforcement", "court_ruling", "litigation"})
# What an act is called by in the sentence behind it: "signed an accord with the bank. The deal is worth 2 billion".
_DEALS = frozenset(
    "accord agreement arrangement contract deal memorandum mou pact partnership tie-up transaction".split()
)
_CALLED = {
    "agreement_signed": _DEALS,
    "partnership": _DEALS,
    "funding": frozenset(
        "acquisition deal financing funding investment loan offering purchase raise round sale transaction".split()
    ),
    "enforcement": frozenset("fine haul penalty sanction seizure settlement".split()),
    "security_incident": frozenset("attack breach exploit haul heist hack loss losses scam theft".split()),
    "state_allocation": frozenset("allocation auction budget fund purchase reserve sale".split()),
}
# A sum behind these words is that of another matter.
_OTHER_MATTER = re.compile(
    r"\b(?:after|compared|follow\w*|previous\w*|earlier|since|than|unlike|while)\b", re.IGNORECASE
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "ROOT"})  # the parser takes "The deal aimed to" for a noun
_TAKES_UP = frozenset({"the", "this", "that", "its", "their"})


def amounts_of(act: Act, countries: Sequence[str]) -> list[Tied]:
    """The amounts that are part of this act; offsets are those of the block.

    `countries` are those that the sentence and the article are about, nearest first: they say whose pesos are meant.
    """
    return _in_sentence(act, countries) or _in_sentence_behind(act, countries)


def _known_amounts(text: str, countries: Sequence[str]) -> list[Amount]:
    return [known for amount in find_amounts(text) if (known := in_currency_of(amount, countries)) is not None]


def _tied(amount: Amount, act: Act, sentence: Span, rule: str) -> Tied:
    offset = sentence.start_char
    placed = replace(amount, start=offset + amount.start, end=offset + amount.end)
    return placed, _amount_role(act.candidate, sentence.text, amount), rule


def _in_sentence_behind(act: Act, countries: Sequence[str]) -> list[Tied]:
    """The one sum that the sentence behind an act, which tells none of its own, gives the thing it takes up."""
    behind, names = act.goes_on, _CALLED.get(act.candidate.event_type)
    if behind is None or names is None:
        return []
    subject = next((token for token in behind[1:4] if token.lower_ in names and token.dep_ in _SUBJECTS), None)
    if subject is None or behind[0].lower_ not in _TAKES_UP:
        return []
    amounts = _known_amounts(behind.text, countries)
    kinds = {amount.kind for amount in amounts}
    if not 0 < len(amounts) < 3 or "percent" in kinds or "power" in kinds:
        return []
    first, last = amounts[0], amounts[-1]
    if len(amounts) == 2 and "(" not in behind.text[first.end : last.start]:
        return []
    if first.start < subject.idx - behind.start_char or _OTHER_MATTER.search(behind.text[: first.start]):
        return []
    return [_tied(amount, act, behind, "amount_of_what_is_taken_up") for amount in amounts]


def _in_sentence(act: Act, countries: Sequence[str]) -> list[Tied]:
    kept: list[Tied] = []
    amounts = _known_amounts(act.sentence.text, countries)
    told = [
        (start, end)
        for start, end in act.phrases(AMOUNT)
        if any(amount.start < end and start < amount.end for amount in amounts)
    ]
    if not told and act.candidate.event_type not in _MONEYED:
        return []
    last = -9
    for amount in amounts:
        if told:
            # What stands in brackets behind a sum is the same sum in another unit.
            belongs = (
                any(amount.start < end and start < amount.end for start, end in told)
                or (amount.start - last <= 3 and "(" in act.sentence.text[last : amount.start + 1])
                or any(act.sentence.text[amount.end : start + 1].strip() in {"(", "($"} for start, _ in told)
            )
        else:
            belongs = _of_such_acts(amount, act.candidate.event_type) and _in_clause(amount, act)
        if belongs:
            kept.append(_tied(amount, act, act.sentence, "amount_in_clause"))
            last = amount.end
    return kept


def _of_such_acts(amount: Amount, event_type: str) -> bool:
    if amount.kind == "percent":
        return event_type in {"legislation", "funding", "regulation", "restriction"}
    return amount.kind != "power" or event_type == "state_allocation"


def _in_clause(amount: Amount, act: Act) -> bool:
    """Whether no other act of the sentence stands between an amount and this one."""
    doc, offset = act.sentence.doc, act.sentence.start_char
    span = doc.char_span(offset + amount.start, offset + amount.end, alignment_mode="expand")
    if span is None:
        return False
    for token in [span.root, *span.root.ancestors]:
        if token.i in (act.token.i, act.stage.i):
            return True
        if token.i in act.others and not (token.dep_ == "pcomp" and act.candidate.event_type in _FOR_AN_ACT):
            return False
    return True


def _amount_role(candidate: Candidate, sentence: str, amount: Amount) -> str:
    near = sentence[max(0, amount.start - 45) : amount.end + 25]
    allowed: frozenset[str] | set[str] = {
        "enforcement": {"fine", "settlement", "seizure", "loss"},
        "funding": {"raise", "valuation", "debt"},
        "launch": {"reserve", "valuation"},
        "legislation": {"tax_rate", "fine"},
        "court_ruling": {"fine", "loss", "settlement", "debt", "seizure"},
        "litigation": {"loss", "debt"},
    }.get(candidate.event_type, frozenset())
    for role, pattern in _ROLE_WORDS:
        if role in allowed and pattern.search(near):
            return role
    key = (candidate.event_type, candidate.event_subtype)
    return AMOUNT_ROLE.get(key) or AMOUNT_ROLE.get((candidate.event_type, None), "other")
