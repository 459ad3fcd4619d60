"""A sentence tells an act once: what a verb takes, what a law says and what a speech asks for are no second act."""

import pytest

from pipelines.extract.act import Act
from pipelines.extract.actors import Actor, Reference
from pipelines.extract.candidate import Candidate
from pipelines.extract.parse import language
from pipelines.extract.repetition import without_repetition

SOMEBODY = Reference(Actor("somebody", "Somebody", "company", None, False), "Somebody", 0, 8, "named_organisation")


def kept(text: str, *acts: tuple[str, str, str, float]) -> list[str]:
    """The words of the acts that stay, of (words, type/subtype, status, confidence) each with a party of its own."""
    (sentence,) = language()(text).sents
    told = []
    for number, (words, kind, status, confidence) in enumerate(acts):
        event_type, _, subtype = kind.partition("/")
        start = text.index(words)
        candidate = Candidate(
            0, start, start + len(words), event_type, subtype or None, status, "", False, False, (), confidence, ""
        )
        span = sentence.doc.char_span(start, start + len(words))
        party = Reference(Actor(str(number), "", "company", None, False), "", 0, 0, "")
        told.append(Act(candidate, span.root, sentence, 0, [("initiator", party), ("recipient", SOMEBODY)]))
    return [text[act.candidate.start : act.candidate.end] for act in without_repetition(told)]


@pytest.mark.parametrize(
    ("text", "first", "second", "stays"),
    [
        (
            "Ruritania will drop its staking lawsuit against Tradely.",
            ("drop", "legal_relief/case_dismissed", "announced", 0.8),
            ("staking", "litigation/filed", "cancelled", 0.5),
            "drop",
        ),
        (
            "The office intends to drop the case.",
            ("intends", "litigation/filed", "announced", 0.5),
            ("drop", "legal_relief/case_dismissed", "announced", 0.7),
            "drop",
        ),
        (
            "The governor signed a bill banning the coin.",
            ("signed", "legislation/enacted", "occurred", 0.9),
            ("banning", "restriction/ban", "occurred", 0.7),
            "signed",
        ),
        (
            "The exchange denied that its wallets were breached.",
            ("denied", "criticism/deny", "occurred", 0.6),
            ("breached", "security_incident/hack", "negated", 0.8),
            "denied",
        ),
        (
            "A senator called for a ban on coin offerings.",
            ("called", "criticism/call_for", "occurred", 0.6),
            ("ban", "restriction/ban", "proposed", 0.7),
            "called",
        ),
    ],
)
def test_one_act_is_told_once(
    text: str, first: tuple[str, str, str, float], second: tuple[str, str, str, float], stays: str
) -> None:
    assert kept(text, first, second) == [stays]


# Two verbs side by side, what was done before a law, and what a speech takes for a fact, are acts of their own.
@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Tradely listed its coin and raised ten million.",
            ("listed", "market_access/listed", "occurred", 0.8),
            ("raised", "funding/raise", "occurred", 0.8),
        ),
        (
            "The chamber passed the bill after the regulator banned the coin.",
            ("passed", "legislation/passed_chamber", "occurred", 0.9),
            ("banned", "restriction/ban", "occurred", 0.8),
        ),
        (
            "A senator criticised the firm that was fined in May.",
            ("criticised", "criticism/criticise", "occurred", 0.9),
            ("fined", "enforcement/fine", "occurred", 0.8),
        ),
        (
            "The exchange denied that it knew when the regulator fined it.",
            ("denied", "criticism/deny", "occurred", 0.9),
            ("fined", "enforcement/fine", "occurred", 0.8),
        ),
    ],
)
def test_two_acts_stay_two(text: str, first: tuple[str, str, str, float], second: tuple[str, str, str, float]) -> None:
    assert kept(text, first, second) == [first[0], second[0]]


# "criticised the bill, accusing Trump" is one speech; what another says in the same sentence is another.
@pytest.mark.parametrize(("speakers", "count"), [(("warren", "warren"), 1), (("warren", "cruz"), 2)])
def test_one_speaker_criticises_once_in_a_sentence(speakers: tuple[str, str], count: int) -> None:
    (sentence,) = language()("The senator criticised the bill, accusing the president of a giveaway.").sents
    told = []
    for speaker, words, confidence in zip(speakers, ("criticised", "accusing"), (0.9, 0.8), strict=True):
        start = sentence.text.index(words)
        candidate = Candidate(
            0, start, start + len(words), "criticism", None, "occurred", "", False, False, (), confidence, ""
        )
        roles = [("speaker", Reference(Actor(speaker, "", "legislator", None, False), "", 0, 0, ""))]
        if words == "accusing":
            roles.append(("recipient", SOMEBODY))
        told.append(Act(candidate, sentence.doc.char_span(start, start + len(words)).root, sentence, 0, roles))
    kept_acts = without_repetition(told)
    assert len(kept_acts) == count
    assert any(role == "recipient" for act in kept_acts for role, _ in act.roles)
