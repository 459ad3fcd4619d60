"""Which jurisdictions an event has: whose authority acts, who is affected, where; and none where nobody says."""

import pytest
from reading import names_of

from pipelines.extract.act import Act
from pipelines.extract.candidate import Candidate
from pipelines.extract.places import places_of
from pipelines.extract.references import References


def places(
    event_type: str,
    text: str,
    *roles: tuple[str, str],
    before: str = "",
    trigger: str = "",
    others: frozenset[int] = frozenset(),
    word: str = "",
) -> dict[str, str]:
    """Jurisdiction -> relation of an event told in `text`, with phrases in roles, after a paragraph `before`; its own
    word is the sentence's verb unless another is given."""
    finder, names, docs = names_of(before or "It was a quiet day.", text)
    references = References(finder, names, docs, None)
    found = []
    for role, phrase in roles:
        start = text.index(phrase)
        span = docs[1].char_span(start, start + len(phrase), alignment_mode="expand")
        assert span is not None
        found += [(role, reference) for reference in references.resolve(1, span, role)]
    start = text.index(trigger)
    sentence = next(sent for sent in docs[1].sents if start < sent.end_char)
    candidate = Candidate(1, start, start + 1, event_type, None, "occurred", "", False, False, (), 0.9, "")
    own = next((token for token in sentence if token.text == word), sentence.root)
    act = Act(candidate, own, sentence, 1, found, others)
    return {place.jurisdiction_id: place.relation for place in places_of(act, names, finder)}


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


def test_a_place_in_the_clause_of_another_act_is_none_of_this_one() -> None:
    text = "Zubix won a licence in Austria and opened an office in India."
    _, _, docs = names_of("It was a quiet day.", text)
    opened = next(token for token in docs[1] if token.text == "opened")
    assert set(places("licensing", text)) == {"AT", "IN"}
    assert set(places("licensing", text, trigger="won", others=frozenset({opened.i}))) == {"AT"}


# What is said about an act may name a country that the act has nothing to do with.
@pytest.mark.parametrize(
    ("text", "word", "found"),
    [
        ("It is good news for India that Kraken has filed papers in Japan.", "filed", {"JP"}),
        ("It is good news for India that Kraken has filed papers.", "filed", {"IN"}),
        ("Kraken filed papers in Japan and India.", "filed", {"JP", "IN"}),
        ("Kraken filed papers with courts in both Japan and the U.S.", "filed", {"JP", "US"}),
    ],
)
def test_a_place_in_the_clause_of_the_act_comes_before_those_beside_it(text: str, word: str, found: set[str]) -> None:
    assert set(places("licensing", text, word=word)) == found


# "Where" takes up the place just named; a market that is only named dates or describes the firm.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It follows the debut on the Kosdaq, where Zubix raised a billion won.", {"KR": "affected"}),
        ("After its debut on the Kosdaq Zubix raised a billion.", {}),
    ],
)
def test_what_was_done_where_a_market_is_concerns_its_country(text: str, found: dict[str, str]) -> None:
    assert places("funding", text, word="raised") == found


def test_a_theft_concerns_the_home_of_its_victim() -> None:
    text = "Upbit lost coins to thieves."
    assert places("security_incident", text, ("affected", "Upbit"))["KR"] == "affected"
    assert places("licensing", text, ("recipient", "Upbit"), before="India met.")["KR"] == "home"
    assert places("security_incident", text, ("initiator", "Upbit")) == {"KR": "home"}


@pytest.mark.parametrize(
    ("event_type", "before", "found"),
    [
        ("enforcement", "In Canada the Ontario Securities Commission spoke.", "CA-ON"),
        ("enforcement", "Canada spoke.", "CA"),
        # What a speaker says is of the country in the news unless an authority stands in the sentence.
        ("statement", "In Canada the Ontario Securities Commission spoke.", "CA"),
    ],
)
def test_an_act_without_a_place_is_of_the_authority_named_before(event_type: str, before: str, found: str) -> None:
    assert set(places(event_type, "Two people were held.", before=before)) == {found}


@pytest.mark.parametrize(
    ("role", "before", "found"),
    [("recipient", "South Korea cheered.", "affected"), ("recipient", "Kenya cheered.", "home"),
     ("initiator", "South Korea cheered.", "home")],
)  # fmt: skip
def test_a_deal_concerns_the_country_in_the_news_where_who_is_bought_is_at_home(
    role: str, before: str, found: str
) -> None:
    assert places("funding", "Upbit agreed to a deal.", (role, "Upbit"), before=before)["KR"] == found


@pytest.mark.parametrize(
    ("text", "role", "phrase", "found"),
    [
        # What a firm shuts is of its own country's news only; what an authority shuts is its country's.
        ("Coinbase halted withdrawals.", "initiator", "Coinbase", {"US": "home"}),
        ("The regulator halted withdrawals.", "initiator", "The regulator", {"JP": "regulating"}),
        ("Local exchanges halted withdrawals.", "initiator", "Local exchanges", {"JP": "affected"}),
    ],
)
def test_what_a_firm_restricts_is_of_no_other_country(text: str, role: str, phrase: str, found: dict[str, str]) -> None:
    before = "Tokyo, Japan was calm and Japan slept."
    assert places("restriction", text, (role, phrase), before=before, trigger="halted") == found


# Where thieves come from is not where a theft is felt; where no victim's country is known, the sentence says it.
@pytest.mark.parametrize(
    ("text", "marked", "found"),
    [
        (
            "North Korea robbed Upbit, Japan says.",
            (("initiator", "North Korea"), ("affected", "Upbit")),
            {"KR": "affected", "KP": "home"},
        ),
        ("Thieves robbed Brightcoin in Japan.", (), {"JP": "affected"}),
    ],
)
def test_an_incident_is_where_its_victim_is(
    text: str, marked: tuple[tuple[str, str], ...], found: dict[str, str]
) -> None:
    assert places("security_incident", text, *marked) == found


def test_an_official_of_the_world_acts_for_no_country() -> None:
    text = "Andrew Bailey took over from Klaas Knot."
    assert "GB" not in places("personnel_change", text, ("appointee", "Andrew Bailey"))
    text = "Andrew Bailey took over the Bank of England."
    found = places("personnel_change", text, ("appointee", "Andrew Bailey"), ("recipient", "the Bank of England"))
    assert found == {"GB": "regulating"}


def test_an_act_without_a_place_is_where_its_paragraph_began() -> None:
    before = "Indonesia has a tax on coins, as has Jakarta. Indonesia gains."
    text = "Thailand was strict. Nobody was amused. Five exchanges were blocked."
    assert places("regulation", text, before=before, trigger="blocked") == {"TH": "affected"}
    assert places("regulation", "Five exchanges were blocked.", before=before) == {"ID": "affected"}


# The sentence before is nearer than the paragraph's first words, unless it tells of several countries.
@pytest.mark.parametrize(
    ("middle", "found"),
    [("Malaysia followed.", "MY"), ("Malaysia and Laos followed.", "TH"), ("Others followed.", "TH")],
)
def test_an_act_without_a_place_is_where_the_sentence_before_was(middle: str, found: str) -> None:
    before = "Indonesia has a tax on coins, as has Jakarta. Indonesia gains."
    text = f"Thailand was strict. {middle} Five exchanges were blocked."
    assert places("regulation", text, before=before, trigger="blocked") == {found: "affected"}
