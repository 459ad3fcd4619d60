"""Which jurisdictions an event has: whose authority acts, who is affected, where; and none where nobody says."""

import pytest
from reading import names_of

from pipelines.extract.places import places_of
from pipelines.extract.references import References


def places(event_type: str, text: str, *roles: tuple[str, str], before: str = "") -> dict[str, str]:
    """Jurisdiction -> relation of an event told in `text`, with phrases in roles, after a paragraph `before`."""
    finder, names, docs = names_of(before or "It was a quiet day.", text)
    references = References(finder, names, docs, None)
    found = []
    for role, phrase in roles:
        start = text.index(phrase)
        span = docs[1].char_span(start, start + len(phrase), alignment_mode="expand")
        assert span is not None
        found += [(role, reference) for reference in references.resolve(1, span, role)]
    sentence = next(iter(docs[1].sents))
    return {
        place.jurisdiction_id: place.relation
        for place in places_of(event_type, docs[1], sentence, 1, 0, found, names, finder)
    }


def test_the_authority_that_acts_gives_the_jurisdiction() -> None:
    assert places("enforcement", "AUSTRAC fined Binance.", ("initiator", "AUSTRAC"), ("recipient", "Binance")) == {
        "AU": "regulating"
    }


def test_a_body_of_the_whole_world_acts_for_the_world() -> None:
    home = "Officials in London, United Kingdom, took note."
    text = "The Financial Stability Board issued its rules."
    assert places("regulation", text, ("initiator", "Financial Stability Board"), before=home) == {
        "GLOBAL": "regulating"
    }
    text = "The IMF urged El Salvador to stop buying bitcoin."
    assert "GLOBAL" not in places("criticism", text, ("speaker", "IMF"), ("recipient", "El Salvador"))


@pytest.mark.parametrize(
    ("event_type", "inferred"), [("security_incident", False), ("funding", False), ("enforcement", True)]
)
def test_only_acts_of_authority_take_the_country_of_the_article(event_type: str, inferred: bool) -> None:
    found = places(event_type, "Tether met the deadline.", ("initiator", "Tether"), before="India set a date.")
    assert ("IN" in found) == inferred


def test_a_listing_concerns_the_country_of_the_market() -> None:
    text = "Bithumb filed for a listing on the Kosdaq."
    assert places("market_access", text, ("initiator", "Bithumb"), ("host", "Kosdaq"))["KR"] == "affected"
    assert places("partnership", text, ("initiator", "Bithumb"), ("host", "Kosdaq")) == {"KR": "home"}
