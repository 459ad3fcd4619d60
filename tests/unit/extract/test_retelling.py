"""A definite description of an act told before means that act; a noun that tells a new one does not."""

from datetime import date

import pytest

from pipelines.extract.parse import language
from pipelines.extract.retelling import points_back
from tests.unit.extract.test_extractor import rows

MEETING = "Prime Minister Anwar Ibrahim met Binance founder Changpeng Zhao in Putrajaya on Tuesday."


def parties(*paragraphs: str) -> list[tuple[str, str | None, frozenset[object]]]:
    """Status, subtype and parties of each mention in text order."""
    found = rows(*paragraphs)
    return [
        (
            str(mention["status"]),
            str(mention["event_subtype"]),
            frozenset(a["actor_id"] for a in found["mention_actors"] if a["mention_id"] == mention["mention_id"]),
        )
        for mention in found["mentions"]
    ]


def test_this_meeting_has_the_parties_and_the_outcome_of_the_meeting_before() -> None:
    first, second = parties(MEETING, "This high-level meeting focused on tokenised deposits for Malaysia.")
    assert second == first
    assert len(first[2]) == 2


def test_the_evidence_of_a_party_is_its_name_where_it_was_told() -> None:
    second = "This high-level meeting focused on tokenised deposits for Malaysia."
    found = rows(MEETING, second)
    text = f"{MEETING}\n{second}"
    for row in found["mention_actors"]:
        assert text[int(row["char_start"]) : int(row["char_end"])] == row["name_as_reported"]  # type: ignore[call-overload]


# Papers do nothing by themselves.
@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        ("the notice bars", ("people-s-bank-of-china", "2025-12-05")),
        ("Kenya bars", ("government-of-kenya", "None")),
    ],
)
def test_what_a_paper_does_is_done_by_who_issued_it(subject: str, wanted: tuple[str, str]) -> None:
    told = "On December 5 the People's Bank of China warned the public against trading in cryptocurrencies."
    later = (
        f"Consequently, {subject} member institutions from directly or indirectly providing crypto trading services."
    )
    found = rows(f"{told} {later}", published=date(2025, 12, 8))
    bars = next(row for row in found["mentions"] if row["event_type"] == "restriction")
    doers = [
        row["actor_id"]
        for row in found["mention_actors"]
        if row["mention_id"] == bars["mention_id"] and row["role"] == "initiator"
    ]
    assert (*doers, str(bars["event_date"])) == wanted


@pytest.mark.parametrize(
    "later",
    [
        "A second meeting with Ripple is planned for June.",
        "The meeting of the G20 finance ministers took place in Delhi on Monday.",
    ],
)
def test_another_meeting_has_its_own_parties(later: str) -> None:
    first, *others = parties(MEETING, later)
    assert all(other != first for other in others)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The fine is its largest.", True),
        ("This joint warning came late.", True),
        ("The launch of the coin was late.", False),
        ("The record fine is its largest.", False),  # may be another one
        ("A fine is possible.", False),
        ("Their fine is its largest.", False),
    ],
)
def test_only_a_bare_definite_noun_points_back(text: str, wanted: bool) -> None:
    subject = next(token for token in language()(text) if token.dep_ == "nsubj")
    assert points_back(subject) is wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Anwar's Paris trip came after talks.", True),
        ("His trip came after talks.", False),
    ],
)
def test_what_a_known_party_had_points_back(text: str, wanted: bool) -> None:
    subject = next(token for token in language()(text) if token.dep_ == "nsubj")
    assert points_back(subject) is wanted


def test_a_description_names_the_mention_that_it_points_back_to() -> None:
    found = rows(MEETING, "This high-level meeting focused on tokenised deposits for Malaysia.")
    first, second = found["mentions"]
    assert (first["retells_mention_id"], second["retells_mention_id"]) == (None, first["mention_id"])


# "The warning was issued by ..." gives names to a party told of in general; another named party is another act.
@pytest.mark.parametrize(
    ("first", "is_retold"),
    [
        ("Ruritanian industry groups have warned the public of token scams.", True),
        ("The Bank of Canada has warned the public of token scams.", False),
    ],
)
def test_a_passive_description_adds_the_names_of_a_class(first: str, is_retold: bool) -> None:
    found = rows(first, "The joint warning was issued by the Reserve Bank of India and the Bank of Japan.")
    *_, last = found["mentions"]
    assert (last["retells_mention_id"] is not None) is is_retold


def test_who_was_accused_is_who_the_end_of_the_case_is_for() -> None:
    sued = "The U.S. Securities and Exchange Commission sued Coinbase in June 2023 in New York."
    dropped = parties(sued, "The SEC formally dropped its lawsuit on Thursday.")[-1]
    assert dropped[2] == {"securities-and-exchange-commission-us", "coinbase"}
    other = parties(sued, "The Commodity Futures Trading Commission formally dropped its lawsuit on Thursday.")[-1]
    assert "coinbase" not in other[2]
