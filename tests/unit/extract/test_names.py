"""Names are found by the vocabulary, by their form, or learned from the article; jargon is never a name."""

from datetime import date

import pytest
from spacy.tokens import Doc

from pipelines.extract.gazetteer import shipped_gazetteer
from pipelines.extract.names import ArticleNames, NameFinder, organisation_type, person_type, strip_titles
from pipelines.extract.parse import language
from pipelines.extract.references import References
from pipelines.vocabulary.loader import load


def names_of(*texts: str) -> tuple[NameFinder, ArticleNames, list[Doc]]:
    """The names of an article whose blocks are the texts."""
    finder = NameFinder(load(), shipped_gazetteer())
    docs = [language()(text) for text in texts]
    return finder, finder.find(docs), docs


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


def resolve(
    texts: list[str],
    phrase: str,
    role: str = "initiator",
    published: date | None = None,
    is_actor: bool = False,
) -> list[str]:
    """Actor ids that a phrase in the last block stands for."""
    finder, names, docs = names_of(*texts)
    references = References(finder, names, docs, published)
    start = texts[-1].index(phrase)
    span = docs[-1].char_span(start, start + len(phrase), alignment_mode="expand")
    assert span is not None
    found = references.resolve(len(texts) - 1, span, role, is_actor=is_actor)
    return [reference.actor.actor_id for reference in found]


def test_a_country_that_acts_is_its_government() -> None:
    assert resolve(["Pakistan allocated power to miners."], "Pakistan") == ["government-of-pakistan"]


def test_a_description_finds_the_body_of_the_country() -> None:
    assert resolve(["Malaysia's central bank hosted a forum."], "Malaysia's central bank") == ["bank-negara-malaysia"]


def test_an_office_is_its_holder_on_the_day() -> None:
    texts = ["The Malaysian prime minister met investors."]
    assert resolve(texts, "The Malaysian prime minister", published=date(2024, 5, 1)) == ["anwar-ibrahim"]
    assert resolve(texts, "The Malaysian prime minister", published=date(2019, 5, 1)) == ["mahathir-mohamad"]


def test_a_pronoun_goes_back_to_the_subject_before_it() -> None:
    assert resolve(["Changpeng Zhao met Anwar Ibrahim.", "He later wrote about it."], "He") == ["changpeng-zhao"]


def test_a_company_that_is_only_compared_with_is_not_meant() -> None:
    texts = ["Coinbase, a rival of Kraken, filed papers.", "The company gave no details."]
    assert resolve(texts, "The company") == ["coinbase"]


def test_a_class_of_people_is_kept_as_a_class() -> None:
    assert resolve(["The notice bars member institutions from trading."], "member institutions", "affected") == [
        "member-institutions"
    ]


def test_an_unknown_thing_is_nobody() -> None:
    assert resolve(["The weather improved in spring."], "The weather") == []


@pytest.mark.parametrize(
    ("text", "phrase", "actor_id"),
    [
        ("Brazil's CVM approved the first fund of its kind.", "Brazil", "comissao-de-valores-mobiliarios"),
        ("Brazil's ruling drew praise from the industry.", "Brazil", "government-of-brazil"),
        ("The Treasury blacklisted Garantex's successor Grinex in August.", "Garantex", "grinex"),
        ("The Treasury welcomed Garantex's collapse in August.", "Garantex", "garantex"),
        ("Binance founder Changpeng Zhao pleaded guilty.", "Binance", "changpeng-zhao"),
        ("The Binance plea ended the case.", "Binance", "binance"),
    ],
)
def test_a_possessor_gives_way_to_the_party_named_after_it(text: str, phrase: str, actor_id: str) -> None:
    assert resolve([text], phrase) == [actor_id]


def test_the_body_stays_where_a_person_takes_office_in_it() -> None:
    assert resolve(["Ann Example was named as SEBI chair."], "SEBI", "recipient") == [
        "securities-and-exchange-board-of-india"
    ]


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("A court sitting in Abuja ordered the firm to pay.", "Abuja", False),
        ("The firm dropped its plans for a float in Japan.", "Japan", False),
        ("Abuja ordered the firm to pay.", "Abuja", True),
        ("The firm signed a pact with Japan.", "Japan", True),
    ],
)
def test_a_place_where_something_happens_is_no_party(text: str, phrase: str, found: bool) -> None:
    assert bool(resolve([text], phrase)) == found


@pytest.mark.parametrize(
    ("text", "phrase", "role", "kept"),
    [
        ("Investors sued the exchange.", "Investors", "initiator", True),
        ("The court sentenced two brothers.", "two brothers", "recipient", True),
        ("The notice bars clients from trading.", "clients", "affected", False),  # nobody in particular
        ("Hackers drained the wallet.", "Hackers", "initiator", False),
        ("Officers seized 46 websites.", "46 websites", "recipient", False),  # things
        ("They froze 1,200 machines.", "1,200 machines", "affected", False),
    ],
)
def test_a_class_is_of_parties_and_particular(text: str, phrase: str, role: str, kept: bool) -> None:
    assert bool(resolve([text], phrase, role, is_actor=True)) == kept


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("A foreign miner signed the paper.", "A foreign miner", ["foreign-miner"]),
        ("The court cleared a former branch manager.", "a former branch manager", ["branch-manager"]),
        ("The foreign miner signed the paper.", "The foreign miner", []),  # somebody named elsewhere
        ("A miner signed the paper.", "A miner", []),
        ("A new payments platform went down.", "A new payments platform", []),  # a thing
    ],
)
def test_a_party_described_and_never_named_stands_for_itself(text: str, phrase: str, found: list[str]) -> None:
    assert resolve([text], phrase, is_actor=True) == found


def test_a_phrase_that_was_cut_short_is_made_whole() -> None:
    assert resolve(["Customers of Binance complained."], "Customers of", is_actor=True) == ["customers"]
    assert resolve(["They freed 18 unlicensed traders."], "18 unlicensed", "recipient", is_actor=True) == [
        "18-unlicensed-traders"
    ]


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


def test_two_bodies_joined_by_and_stay_two() -> None:
    found = actors("The Bank of England and Ghana's Securities and Exchange Commission signed an accord.")
    assert set(found.values()) == {"bank-of-england", "securities-and-exchange-commission-gh"}
    one = actors("The Ministry of Economy and Finance of Peru agreed.")
    assert set(one.values()) == {"ministry-of-economy-and-finance-pe"}


def test_a_firm_is_not_named_after_its_seat_but_has_its_home_there() -> None:
    _, names, _ = names_of("Hong Kong-based West Data Group won a licence.")
    firm = next(span.actor for span in names.spans[0] if span.actor is not None)
    assert (firm.name, firm.home) == ("West Data Group", "HK")


def party(text: str, phrase: str, role: str = "initiator") -> list[tuple[str, str]]:
    """Actor ids and words that a phrase stands for."""
    finder, names, docs = names_of(text)
    span = docs[0].char_span(text.index(phrase), text.index(phrase) + len(phrase))
    references = References(finder, names, docs, None)
    return [(found.actor.actor_id, found.text) for found in references.resolve(0, span, role, is_actor=True)]


def test_other_words_for_a_body_mean_it() -> None:
    georgian = party("Georgia's national bank opened a consultation.", "Georgia's national bank")
    assert [actor for actor, _ in georgian] == ["national-bank-of-georgia"]
    agency = "Canada's financial intelligence agency"
    assert party(f"{agency} fined a firm.", agency)[0][0].startswith("financial-transactions-and-reports")


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Sixteen of the 21 defendants were acquitted.", "Sixteen"),
        ("Ninety-nine were arrested.", "Ninety-nine"),
        ("It blocked platforms that go without a licence.", "platforms that go"),
    ],
)
def test_a_number_or_half_a_clause_is_nobody(text: str, phrase: str) -> None:
    assert party(text, phrase, "recipient") == []


def test_the_government_is_that_of_the_country_its_paragraph_is_about() -> None:
    lead = "The United States watched as the islands of the Pacific issued coins backed by the US dollar."
    second = "New Zealand is moving in the other direction. In July the government said it would ban machines."
    finder, names, docs = names_of(lead, second)
    start = second.index("the government")
    phrase = docs[1].char_span(start, start + len("the government"))
    found = References(finder, names, docs, None).resolve(1, phrase, "initiator", is_actor=True)
    assert [reference.actor.actor_id for reference in found] == ["government-of-new-zealand"]


def test_a_firm_named_like_its_token_is_a_firm_where_it_says_something() -> None:
    assert "tether-holdings" in actors("Tether has said that it will launch a token.").values()
    assert "tether-holdings" not in actors("Tether fell by a cent against other tokens.").values()
    # A name in one sentence is a name in all of the article.
    later = actors("Tether said so on Monday.", "Tether, which is based abroad, moved.")
    assert later == {"Tether": "tether-holdings"}


@pytest.mark.parametrize(
    ("texts", "phrase", "found"),
    [
        (
            ["Binance and Kraken left Ruritania.", "The two firms gave no reason."],
            "The two firms",
            ["binance", "kraken"],
        ),
        (
            ["Jane Okello and Paul Mbeki met.", "Binance left.", "Both men smiled."],
            "Both men",
            ["jane-okello", "paul-mbeki"],
        ),
        (["Jane Okello met Paul Mbeki.", "The pair smiled."], "The pair", ["jane-okello", "paul-mbeki"]),
        # Firms are no men, a single one is no pair, and two laws are no parties.
        (["Binance and Kraken left Ruritania.", "The two men gave no reason."], "The two men", ["two-men"]),
        (["Binance left Ruritania.", "The pair gave no reason."], "The pair", []),
        (["Binance and Kraken left Ruritania.", "The two laws took effect."], "The two laws", []),
    ],
)
def test_two_parties_stand_for_those_named_together_before(texts: list[str], phrase: str, found: list[str]) -> None:
    assert resolve(texts, phrase) == found


@pytest.mark.parametrize(
    ("texts", "phrase", "found"),
    [
        (["The central bank in Windhoek granted permits."], "The central bank in Windhoek", ["bank-of-namibia"]),
        (["The Basel Committee met.", "The committee agreed."],
         "The committee", ["basel-committee-on-banking-supervision"]),
        (["bitFlyer and Coinbase grew.", "The Tokyo exchange closed."], "The Tokyo exchange", ["bitflyer"]),
        (["Dubai's VARA and Singapore's MAS met.", "The Dubai regulator spoke."], "The Dubai regulator",
         ["virtual-assets-regulatory-authority"]),
        # Who watches privacy is not who watches the markets, and no ministry is any other.
        (["Hong Kong's SFC met.", "Hong Kong's privacy watchdog spoke."], "Hong Kong's privacy watchdog",
         ["data-protection-authority-of-hong-kong"]),
        (["Kenya's finance ministry met.", "The interior ministry spoke."], "The interior ministry",
         ["interior-ministry-of-kenya"]),
        (["The Basel Committee met.", "The panel agreed."], "The panel", []),
    ],
)  # fmt: skip
def test_a_body_is_found_by_its_field_its_seat_or_its_last_word(
    texts: list[str], phrase: str, found: list[str]
) -> None:
    assert resolve(texts, phrase) == found


def test_a_branch_goes_by_the_name_of_its_firm() -> None:
    assert resolve(["OKX Middle East won a licence."], "OKX Middle East", is_actor=True) == ["okx"]


@pytest.mark.parametrize(
    ("texts", "phrase", "found"),
    [
        (
            ["Do Kwon fled Seoul.", "The disgraced entrepreneur was arrested."],
            "The disgraced entrepreneur",
            ["do-kwon"],
        ),
        (["Senator Jane Okello spoke.", "The politician left."], "The politician", ["jane-okello"]),
        # A judge is nobody's entrepreneur, and one who is only told of is not the one meant.
        (["Judge Jane Okello spoke.", "The entrepreneur left."], "The entrepreneur", []),
        (["Do Kwon fled Seoul.", "An entrepreneur was arrested."], "An entrepreneur", []),
    ],
)
def test_a_calling_stands_for_the_person_named_before(texts: list[str], phrase: str, found: list[str]) -> None:
    assert resolve(texts, phrase) == found


def test_a_town_that_acts_is_its_own_government() -> None:
    assert resolve(["Chiasso will take taxes in bitcoin."], "Chiasso") == ["city-of-chiasso"]
    assert resolve(["The firms met in Chiasso."], "Chiasso", role="host") == []


def test_a_bare_class_is_kept_where_an_order_falls_on_it() -> None:
    assert resolve(["The regulator told banks to stop."], "banks", role="affected") == ["banks"]
    assert resolve(["The regulator told clients to wait."], "clients", role="affected") == []


def test_a_headline_does_not_lengthen_a_name() -> None:
    found = actors("Central Bank of Nigeria Official Reiterates Residents Free to Trade", "Lagos waited.")
    assert set(found.values()) == {"central-bank-of-nigeria"}
    assert "largest-crypto-exchange" not in actors("Regulator Fines Largest Crypto Exchange", "Lagos waited.").values()
