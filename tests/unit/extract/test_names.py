"""Names are found by the vocabulary, by their form, or learned from the article; jargon is never a name."""

import pytest
from reading import names_of

from pipelines.extract.actors import organisation_type, person_type
from pipelines.extract.names import strip_titles


def actors(*texts: str) -> dict[str, str]:
    """Words of each name -> actor id, over all blocks."""
    _, names, _ = names_of(*texts)
    return {span.text: span.actor.actor_id for row in names.spans for span in row if span.actor is not None}


def test_aliases_and_name_orders_are_one_person() -> None:
    found = actors("Changpeng Zhao spoke first.", "Zhao Changpeng agreed.", "CZ left early.")
    assert set(found.values()) == {"changpeng-zhao"}
    assert len(found) == 3


def test_a_surname_stands_for_the_person_named_before() -> None:
    found = actors("Minister Jane Okello opened the debate.", "Okello promised a bill.")
    assert found["Okello"] == found["Jane Okello"] == "jane-okello"


@pytest.mark.parametrize(
    ("text", "name", "actor_id"),
    [
        ("In Kenya's capital President Ruto assented to the bill.", "Ruto", "william-ruto"),
        ("President Ruto assented to the bill.", "Ruto", "ruto"),  # of whatever country
        ('Robert "Bo" Hines met a delegation in Washington.', 'Robert "Bo" Hines', "bo-hines"),
        ("Kenya heard of President Jane Ruto.", "Jane Ruto", "jane-ruto"),
    ],
)
def test_a_known_person_is_found_behind_another_form_of_the_name(text: str, name: str, actor_id: str) -> None:
    assert actors(text)[name] == actor_id


def test_an_acronym_in_brackets_is_learned_for_the_article() -> None:
    found = actors("The Ruritanian Digital Assets Authority (RDAA) fined a firm.", "RDAA named no sum.")
    assert found["RDAA"] == "ruritanian-digital-assets-authority"


def test_an_ambiguous_acronym_follows_the_country_of_the_article() -> None:
    thai = actors("Thailand tightened its rules in Bangkok.", "The SEC of Thailand fined two firms.")
    american = actors("The United States moved first.", "The SEC sued an exchange in New York.")
    assert thai["SEC"] == "securities-and-exchange-commission-th"
    assert american["SEC"] == "securities-and-exchange-commission-us"


def test_capitals_of_a_charge_sheet_make_nobody_else() -> None:
    found = actors("Police arrested JANE Q. OKELLO, a trader, on Monday.", "Okello was released.")
    assert found["Okello"] == found["JANE Q. OKELLO"] == "jane-okello"


def test_what_somebody_is_also_known_as_is_no_other_person() -> None:
    found = actors("Police arrested Jane Okello, also known as Mary Brook, and Ada Reyes on Monday.")
    assert found["Mary Brook"] == "jane-okello" and found["Ada Reyes"] == "ada-reyes"


def test_a_body_is_of_the_place_that_is_said_to_have_it() -> None:
    _, names, _ = names_of("California's Department of Financial Institutions ordered it to stop.")
    (body,) = [span for row in names.spans for span in row if span.actor is not None]
    assert body.text == "Department of Financial Institutions"
    assert body.actor is not None and body.actor.home == "US-CA"


@pytest.mark.parametrize(
    ("name", "actor_id"),
    [("Jane J. Okello", "jane-okello"), ("Jane Okello", "jane-okello"), ("J. Okello", "j-okello")],
)
def test_a_middle_initial_makes_nobody_else(name: str, actor_id: str) -> None:
    assert actors(f"On Friday Judge {name} sentenced the founder.")[name] == actor_id


# Whoever asks for regulators must find the one whose country the page does not tell; a firm it is not.
def test_an_acronym_that_stays_open_has_the_kind_of_those_it_may_mean() -> None:
    _, names, _ = names_of("Eight applications to list ether funds won the SEC's approval.")
    (span,) = (span for row in names.spans for span in row if span.text == "SEC")
    assert span.actor is not None
    assert (span.actor.curated, span.actor.actor_type) == (False, "regulator")


def test_a_firm_called_by_common_words_is_no_person() -> None:
    text = "Yellow Card, which is present in 20 countries, closed a funding round in October."
    assert actors(text)["Yellow Card"] == "yellow-card-financial"
    assert "yellow-card-financial" not in actors("The referee showed a yellow card twice.").values()


def test_the_first_words_of_a_body_are_no_newspaper() -> None:
    assert "the-national" not in actors("The National Assembly voted on Saturday.", "Vietnam rejoiced.").values()
    assert actors("Vietnam rejoiced.", "Its National Assembly voted.")["National Assembly"] == "national-assembly-vn"


def test_an_acronym_of_a_worldwide_body_gives_way_to_that_of_the_country_in_the_news() -> None:
    assert actors("The FSB set out a timetable for stablecoins.")["FSB"] == "financial-stability-board"
    assert actors("Russia acted in Moscow.", "The FSB raided a farm.")["FSB"] == "federal-security-service"


@pytest.mark.parametrize("word", ["CBDC", "DeFi", "NFTs", "Bitcoin", "MoU", "ETF", "AI"])
def test_jargon_is_no_actor(word: str) -> None:
    assert word not in actors(f"The {word} is discussed widely by many people in the field.")


def test_a_law_is_no_actor() -> None:
    assert not any("Act" in text for text in actors("The Digital Commerce Act was debated in the chamber."))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Datuk Seri Anwar Ibrahim", "Anwar Ibrahim"),
        ("Senator Ann Example", "Ann Example"),
        ("Ann Example", "Ann Example"),
    ],
)
def test_titles_are_stripped(name: str, bare: str) -> None:
    assert strip_titles(name) == bare


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Prime Minister", "head_of_government"),
        ("Vice President", "minister_official"),
        ("co-founder", "executive_founder"),
        ("Justice", "judge"),
        ("neighbour", "person"),
    ],
)
def test_a_title_tells_the_kind_of_person(title: str, kind: str) -> None:
    assert person_type(title) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("High Court of Ruritania", "court"),
        ("Ruritanian Ministry of Finance", "ministry"),
        ("Central Bank of Ruritania", "central_bank"),
        ("Ruritania Bank", "bank_fi"),
        ("Example Widgets", "company"),
    ],
)
def test_the_words_of_a_name_tell_the_kind_of_organisation(name: str, kind: str) -> None:
    assert organisation_type(name) == kind


def test_hong_kong_is_a_jurisdiction_of_its_own() -> None:
    _, names, _ = names_of("Hong Kong lawmakers passed the bill.", "The SFC will enforce it.")
    assert names.dominant == ["HK"]
    assert names_of("Dubai opened a zone.")[1].dominant == ["AE"]


def test_a_sum_in_dollars_names_no_country() -> None:
    _, names, _ = names_of("It raised US$200 million and S$30 million.")
    assert not [span for span in names.spans[0] if span.jurisdiction_id]
    assert [span for span in names_of("US regulators objected.")[1].spans[0] if span.jurisdiction_id == "US"]


def test_a_name_ends_with_its_sentence() -> None:
    found = actors("Coins were drained from Upbit. The National Police Agency opened a case.")
    assert not any(". " in text for text in found)
    assert "Senate" in actors("The bill went to the Senate on Monday.")
    assert "St. Varo Financial Authority" in actors("The St. Varo Financial Authority opened a case.")


def test_a_body_of_another_country_is_no_namesake_of_the_curated_one() -> None:
    assert (
        "virtual-assets-regulatory-authority"
        not in actors("Kenya's Virtual Assets Regulatory Authority licensed a firm.").values()
    )
    assert (
        "virtual-assets-regulatory-authority"
        in actors("Dubai's Virtual Assets Regulatory Authority licensed a firm.").values()
    )
    # The owner may be the state that a bloc's or a dependency's body lies in.
    assert "hong-kong-monetary-authority" in actors("China's Hong Kong Monetary Authority moved.").values()
    assert "european-central-bank" in actors("Germany's European Central Bank critics spoke.").values()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Although the Ruritanian Assembly passed the bill, nobody cheered.", "Ruritanian Assembly"),
        ("But after The Bright Chain Foundation left, others came.", "Bright Chain Foundation"),
        ("In the Ruritanian Assembly nobody cheered.", "Ruritanian Assembly"),
    ],
)
def test_what_a_sentence_begins_with_is_no_part_of_a_name(text: str, name: str) -> None:
    assert list(actors(text)) == [name]


def test_two_bodies_joined_by_and_stay_two() -> None:
    found = actors("The Bank of England and Ghana's Securities and Exchange Commission signed an accord.")
    assert set(found.values()) == {"bank-of-england", "securities-and-exchange-commission-gh"}
    one = actors("The Ministry of Economy and Finance of Peru agreed.")
    assert set(one.values()) == {"ministry-of-economy-and-finance-pe"}


def test_a_firm_is_not_named_after_its_seat_but_has_its_home_there() -> None:
    _, names, _ = names_of("Hong Kong-based West Data Group won a licence.")
    firm = next(span.actor for span in names.spans[0] if span.actor is not None)
    assert (firm.name, firm.home) == ("West Data Group", "HK")


def test_a_firm_named_like_its_token_is_a_firm_where_it_says_something() -> None:
    assert "tether-holdings" in actors("Tether has said that it will launch a token.").values()
    assert "tether-holdings" not in actors("Tether fell by a cent against other tokens.").values()
    # A name in one sentence is a name in all of the article.
    later = actors("Tether said so on Monday.", "Tether, which is based abroad, moved.")
    assert later == {"Tether": "tether-holdings"}


def test_a_headline_does_not_lengthen_a_name() -> None:
    found = actors("Central Bank of Nigeria Official Reiterates Residents Free to Trade", "Lagos waited.")
    assert set(found.values()) == {"central-bank-of-nigeria"}
    assert "largest-crypto-exchange" not in actors("Regulator Fines Largest Crypto Exchange", "Lagos waited.").values()


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("The startup Bright Chain raised money.", "Bright Chain", True),
        ("Ruritania fined the operator C$19.6 million.", "C", False),
        ("It opened an arm called QUILLTECH Capital to buy coins.", "QUILLTECH Capital", True),
        # What follows is no name, or the line gives every word a capital.
        ("The company Chief Executive spoke.", "Chief Executive", False),
        ("The exchange Tuesday paused trading.", "Tuesday", False),
        ("The platform DeFi users like is closed.", "DeFi", False),
        ("Regulator Fines Local exchange Over Lapses", "Over Lapses", False),
    ],
)
def test_a_name_is_known_by_the_calling_before_it(text: str, name: str, found: bool) -> None:
    assert (name in actors(text)) == found


def test_a_name_known_by_its_calling_is_known_in_all_of_the_article() -> None:
    assert actors("The exchange Zubix froze funds.", "Later Zubix said more.") == {"Zubix": "zubix"}
    assert "Zubix" not in actors("Later Zubix rose.")


@pytest.mark.parametrize(
    "text",
    [
        "Ann Example, Chief Executive Officer, and Head Trader Bo Hines spoke.",
        "Co-Founder Bo Hines spoke to the Head Trader.",
    ],
)
def test_a_job_is_nobodys_name(text: str) -> None:
    assert {name for name in actors(text) if name not in {"Ann Example", "Bo Hines"}} == set()


def test_a_heading_makes_no_name_of_a_description() -> None:
    texts = ["Dutch Central Bank Fines World's Largest Crypto Exchange", "Binance was fined in April."]
    assert set(actors(*texts).values()) <= {"de-nederlandsche-bank", "binance"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A coin pegged to the Russian rouble trades there.", None),
        ("A Latin American lender grew.", None),
        ("A Russian lender grew.", "RU"),
        ("An American lender grew.", "US"),
        ("The European Union passed its rules.", "EU"),
    ],
)
def test_money_and_continents_are_no_country_and_a_bloc_is_one(text: str, place: str | None) -> None:
    _, names, _ = names_of(text)
    assert [span.jurisdiction_id for span in names.spans[0] if span.jurisdiction_id] == ([place] if place else [])


@pytest.mark.parametrize("text", ["The Federal Government dropped the case.", "It approved RLUSD and USD Coin."])
def test_a_government_and_a_coin_are_no_organisations(text: str) -> None:
    assert actors(text) == {}


def test_a_name_that_countries_share_is_of_the_country_its_paragraph_is_about() -> None:
    lead = "Singapore wrote rules. Singapore consulted on them in Singapore."
    assert actors(lead, "In India a draft went to the Parliament.")["Parliament"] == "parliament-of-india"
    assert actors(lead, "A draft went to the Parliament.")["Parliament"] == "parliament-of-singapore"
    assert actors(lead, "Unlike India, Singapore sent it to the Parliament.")["Parliament"] == "parliament-of-singapore"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lynn Example, president of the Zenith Exchange, agreed.", "executive_founder"),
        ("Lynn Example, president of Kenya, agreed.", "head_of_state"),
    ],
)
def test_a_president_of_a_firm_is_no_head_of_state(text: str, kind: str) -> None:
    _, names, _ = names_of(text)
    assert next(span.actor.actor_type for span in names.spans[0] if span.actor) == kind


@pytest.mark.parametrize(
    ("text", "name", "actor_id"),
    [
        ("Binance Australia is warning victims.", "Binance Australia", "binance"),
        ("Binance Australia users were warned.", "Binance", "binance"),
        ("The Duelbits crypto gambling site lost money.", "Duelbits", "duelbits"),
        ("The Chinese exchange lost money.", "Chinese", None),
        ("The Sydney-based platform lost money.", "Sydney-based", None),
        ("The DeFi exchange lost money.", "DeFi", None),
    ],
)
def test_a_firm_is_known_by_its_branch_and_by_what_stands_after_it(text: str, name: str, actor_id: str | None) -> None:
    assert actors(text).get(name) == actor_id


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Financial Intelligence Centre", "regulator"),
        ("National Anti-Scam Centre", "state_agency_soe"),
        ("State Administration of Foreign Exchange", "state_agency_soe"),
        ("US Attorney's Office", "law_enforcement"),
        ("Korea Exchange", "exchange"),
        ("Bright Chain Centre", "company"),
        ("Cash Services Ltd", "company"),
    ],
)
def test_a_public_body_is_no_company(name: str, kind: str) -> None:
    assert organisation_type(name) == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Two that are counted are two; one name may have an "and".
        (
            "It named two asset firms, Landifa Trading and Mindex Asset Exchange, on Friday.",
            {"Landifa Trading": "landifa-trading", "Mindex Asset Exchange": "mindex-asset-exchange"},
        ),
        (
            "It named one body, the Ministry of Trade and Foreign Exchange, on Friday.",
            {"Ministry of Trade and Foreign Exchange": "ministry-of-trade-and-foreign-exchange"},
        ),
        # The chamber of a state is not that of the union; a bill's number is nobody's act.
        ("In Texas a bill on a reserve passed the Senate in March.", {"Senate": "senate-of-texas"}),
        ("Texas waits for the U.S. Senate to hold a hearing.", {"U.S. Senate": "united-states-senate"}),
        ("Texas pays for it under Senate Bill 21.", {}),
        # Where a body sits says whose it is.
        ("Congress in San Salvador votes; Honduras, Honduras and Honduras wait.", {"Congress": "congress"}),
        (
            "Congress in Honduras votes; Bolivia, Bolivia and Bolivia wait.",
            {"Congress": "national-congress-of-honduras"},
        ),
        # A weekday before a name is none of it.
        ("On Wednesday the Brightland Assembly met.", {"Brightland Assembly": "brightland-assembly"}),
    ],
)
def test_what_stands_around_a_name_is_read(text: str, found: dict[str, str]) -> None:
    assert actors(text) == found
