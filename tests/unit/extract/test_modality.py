"""Planned, possible, denied and done are told apart by grammar, whoever reports them."""

import pytest

from pipelines.extract.modality import status_of
from pipelines.extract.parse import language


def status(text: str, predicate: str) -> str:
    """The status of the event told by the first token with this text."""
    token = next(token for token in language()(text) if token.text == predicate)
    return status_of(token).status


@pytest.mark.parametrize(
    ("text", "predicate", "wanted"),
    [
        ("The regulator fined the exchange on Friday.", "fined", "occurred"),
        ("The minister said the regulator had fined the exchange.", "fined", "occurred"),
        ("The regulator will fine the exchange next week.", "fine", "announced"),
        ("The bank plans to launch a token in June.", "launch", "announced"),
        ("The bank is expected to launch a token.", "launch", "announced"),
        ("The regulator may ban the service.", "ban", "hypothetical"),
        ("If parliament passes the bill, taxes will rise.", "passes", "hypothetical"),
        ("The agency did not approve the fund.", "approve", "negated"),
        ("The firm has never registered with the agency.", "registered", "negated"),
        ("Lawmakers proposed to ban the service.", "ban", "proposed"),
        ("The exchange is seeking to register in Dubai.", "register", "proposed"),
        ("The bank denied signing a contract.", "signing", "negated"),
        ("The exchange has reportedly signed a contract.", "signed", "rumored"),
        ("The court ordered the firm to pay damages.", "ordered", "occurred"),
        ("The court ordered the firm to pay damages.", "pay", "hypothetical"),
        ("The two sides met to discuss a treaty.", "met", "occurred"),
    ],
)
def test_status_follows_the_words_around_the_act(text: str, predicate: str, wanted: str) -> None:
    assert status(text, predicate) == wanted


def test_hearsay_with_a_named_source_is_no_rumour() -> None:
    text = "The exchange has reportedly signed a contract, according to the ministry."
    assert status(text, "signed") == "occurred"
