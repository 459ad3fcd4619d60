"""Each act gets the date that the article ties to it, from wherever it stands, and no other."""

from datetime import date

import pytest

from tests.unit.extract.test_extractor import rows

NEWS = "The Ruritanian Securities Commission has fined Bright Chain Labs 2 million euros for selling tokens."


def dated(*paragraphs: str, **options: object) -> list[tuple[str, str, str | None]]:
    """Type, first day or "" and the rule of each act, in text order."""
    found = rows(*paragraphs, **options)
    rules = {row["mention_id"]: row["rule"] for row in found["mention_evidence"] if row["field_name"] == "event_date"}
    return [
        (str(m["event_type"]), str(m["event_date"] or ""), rules.get(m["mention_id"]))  # type: ignore[misc]
        for m in found["mentions"]
    ]


def test_a_chronology_dates_what_stands_under_a_heading() -> None:
    found = dated(
        "April. Parliament in Ruritania passed the token bill.",
        "June. Lawmakers in Vulgaria passed their own bill on the 21st.",
        published=date(2025, 12, 31),
    )
    assert [when for _, when, _ in found] == ["2025-04-01", "2025-06-21"]
    assert found[0][2] == "date_of_section"


def test_one_paragraph_that_opens_with_a_date_is_no_chronology() -> None:
    ((_, when, _),) = dated("June. Parliament in Ruritania passed the token bill.", published=date(2025, 12, 31))
    assert when == ""


def test_the_same_day_is_the_last_day_given_whatever_vaguer_dates_stand_between() -> None:
    found = dated(
        "On 4 March 2025 the Ruritanian police arrested Ivo Brand, the founder of Bright Chain.",
        "The firm, started in 2017, was raided by the same officers the same day.",
    )
    assert {when for _, when, _ in found} == {"2025-03-04"}


@pytest.mark.parametrize(
    ("later", "wanted"),
    [
        ("In a calm market the price of bitcoin did not move.", "2025-05-28"),
        # Another firm's fine leaves the news of the day its week, and so does one of years ago ...
        ("In May 2021 the commission fined Bright Chain Labs 1 million euros.", "2025-05-28"),
        ("In February 2024 the commission fined Old Chain Ltd 1 million euros.", "2025-05-28"),
        # ... but the same fine with its own date does not.
        ("Bright Chain Labs was fined on 26 May 2025, the commission said.", ""),
    ],
)
def test_the_news_of_the_day_is_dated_by_its_report_unless_the_article_dates_it(later: str, wanted: str) -> None:
    found = dated(NEWS, later, published=date(2025, 5, 28), published_span=(0, 10))
    assert found[0][1:] == (wanted, "published_with_the_news" if wanted else None)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lawmakers in Ruritania amended the 2021 token statute on January 29.", "2025-01-29"),
        ("Six years ago to the day, on 28 May 2019, thieves took 3,000 ether from Bright Chain.", "2019-05-28"),
    ],
)
def test_a_year_that_names_a_law_or_only_counts_does_not_win(text: str, wanted: str) -> None:
    assert [when for _, when, _ in dated(text)] == [wanted]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # A date before a noun dates what took place on that occasion ...
        (
            "After its Dec. 5 debut on the Ruritanian bourse, where it raised 8 million euros, Bright Chain fell.",
            5,
        ),
        # ... or what the document says, and a law only itself.
        ("Ruritanian regulators have warned of token fraud, according to a Dec. 5 notice.", 5),
        ("Ruritanian police seized the accounts of Bright Chain under the Dec. 5 law.", None),
        # A participle shares the date of its verb.
        ("Bright Chain launched a token in 2017, raising 5,000 ETH.", 1),
    ],
)
def test_a_date_before_a_noun_or_a_main_verb_reaches_the_act_told_with_it(text: str, wanted: int | None) -> None:
    found = rows(text, published=date(2025, 12, 8))["mentions"]
    act = next(m for m in found if m["event_type"] in {"funding", "warning", "enforcement"})
    day = act["event_date"]
    assert (day.day if isinstance(day, date) else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # The day before the dash is the dateline's ...
        (
            "PORT VILA, May 28, 2025 - Ruritania's parliament on Tuesday passed a law that sets up a token agency.",
            {"legislation": "2025-05-27"},
        ),
        # ... a clause about something else has its own ...
        (
            "Thieves stole 5 million euros from the platform Bright Chain, which in September 2023 had been licensed by"
            " the Ruritanian regulator.",
            {"security_incident": ""},
        ),
        (
            "Thieves stole 5 million euros from the platform Bright Chain, and its founder was arrested on Monday.",
            {"security_incident": "", "enforcement": "2025-05-26"},
        ),
        (
            "The Ruritanian regulator licensed Bright Chain in February after it paid a fine of 2 million euros.",
            {"licensing": "2025-02-01", "enforcement": ""},
        ),
        # ... and what took place is not when a plan is to happen.
        (
            "The Ruritanian bank opened a consultation on Friday that would stop exchanges from selling tokens.",
            {"regulation": "2025-05-23", "restriction": ""},
        ),
        (
            "Bright Chain will pay 2 million euros to the Ruritanian regulator, which had sued it in March.",
            {"enforcement": "", "litigation": "2025-03-01"},
        ),
        # A plan given up, a count over a year and a denial have no day.
        ("Bright Chain's listing, once planned for late 2024, was cancelled by the bourse.", {"market_access": ""}),
        ("The Ruritanian central bank has issued its second warning about tokens this year.", {"warning": ""}),
        ("Police said on Monday that they had not arrested Ivo Brand of Bright Chain.", {"enforcement": ""}),
        # A document has one, and so has what a clause takes up.
        ("Ruritanian regulators have warned of token fraud, in a notice dated May 5.", {"warning": "2025-05-05"}),
        (
            "The curb follows the break-in at Bright Chain on Monday, in which thieves stole 5 million euros.",
            {"security_incident": "2025-05-26"},
        ),
        # A month beside its year is in it, though a later one has been.
        ("In 2021 Ruritania banned token sales in early May.", {"restriction": "2021-05-01"}),
    ],
)
def test_a_date_dates_the_act_of_its_own_clause(text: str, wanted: dict[str, str]) -> None:
    found = {kind: when for kind, when, _ in dated(text, published=date(2025, 5, 28))}
    assert {kind: found[kind] for kind in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # Of a plan it is only when somebody spoke of it ...
        ("In March, Bright Chain confirmed plans to launch a Ruritanian stablecoin.", ""),
        # ... while firms are partners from the day they say so.
        ("Bright Chain announced on Wednesday a partnership with Dim Lake Exchange.", "2025-05-28"),
        ("Bright Chain plans to launch a Ruritanian stablecoin in September.", "2025-09-01"),
    ],
)
def test_when_a_plan_was_told_of_is_not_when_it_comes(text: str, wanted: str) -> None:
    assert [when for _, when, _ in dated(text, published=date(2025, 5, 30))] == [wanted]


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("A report by the Daily Lake on May 25 indicated that this has changed.", "2025-05-25"),
        ("A reservoir was filled on May 25.", ""),  # that says nothing
    ],
)
def test_a_report_that_goes_on_keeps_its_day(before: str, wanted: str) -> None:
    told = "It outlined that Pakistan has allocated 2,000 megawatts of surplus electricity to miners."
    found = dated(f"Power was scarce. {before} {told}", published=date(2025, 5, 28))
    assert [when for kind, when, _ in found if kind == "state_allocation"] == [wanted]


def test_the_day_a_regulator_tells_of_its_act_is_that_of_the_report() -> None:
    text = "The Ruritanian central bank on Monday said it had fined Bright Chain 2 million euros."
    assert dated(text, published=date(2025, 5, 28)) == [("enforcement", "2025-05-26", "date_of_report")]


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        (
            ["Ruritania's senators approved the bill on Thursday, three months after it cleared the lower house."],
            ["2025-05-22", "2025-02-01"],
        ),
        (
            ["Ruritania's senators approved the bill on Thursday, less than three months after it cleared the house."],
            ["2025-05-22", ""],
        ),
        (
            [
                "Ruritanian police arrested Ivo Brand, the founder of Bright Chain, on Monday.",
                "The arrest came three days after the central bank warned the public about Bright Chain.",
            ],
            ["2025-05-26", "2025-05-23"],
        ),
        # What it came after is of no day known.
        (["The arrest came three days after the central bank warned the public about Bright Chain."], [""]),
        (
            [
                "Two days after the searches on 3 March 2025 the Ruritanian regulator fined Bright Chain 2 million"
                " euros."
            ],
            ["2025-03-05"],
        ),
        # What it came after is called by a noun ...
        (
            [
                "Thieves took 3,000 ether from Bright Chain, an exchange in Ruritania, on 12 May 2025.",
                "Two days before the theft the Ruritanian regulator had fined Bright Chain 2 million euros.",
            ],
            ["2025-05-12", "2025-05-10"],
        ),
        # ... which no other act answers to.
        (
            [
                "Police in Ruritania raided Bright Chain on 12 May 2025.",
                "Two days before the theft the Ruritanian regulator had fined Bright Chain 2 million euros.",
            ],
            ["2025-05-12", ""],
        ),
    ],
)
def test_an_act_told_by_its_distance_from_another_is_dated_by_it(paragraphs: list[str], wanted: list[str]) -> None:
    found = [when for _, when, _ in dated(*paragraphs, published=date(2025, 5, 28))]
    assert [*dict.fromkeys(when for when in found if when)] == [when for when in wanted if when]


CHRONOLOGY = [
    "In June 2022 a court in Ruritania put Bright Chain into liquidation.",
    "In August 2023 the Ruritanian regulator fined Old Chain 2 million euros.",
    "On September 29 police arrested Ivo Brand, the founder of Bright Chain.",
]


@pytest.mark.parametrize(
    ("paragraphs", "wanted"),
    [
        (CHRONOLOGY, "2023-09-29"),
        # Told in no order, or from autumn to spring, the year is not known.
        ([CHRONOLOGY[1], CHRONOLOGY[0], CHRONOLOGY[2]], ""),
        ([*CHRONOLOGY[:2], CHRONOLOGY[2].replace("September", "March")], ""),
        (CHRONOLOGY[1:], ""),  # two paragraphs are no chronology
    ],
)
def test_a_day_without_a_year_in_a_chronology_follows_the_last_date(paragraphs: list[str], wanted: str) -> None:
    assert dated(*paragraphs, published=None)[-1][1] == wanted


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [
        ("Ruritania's crypto year, 2024", ["2024-06-01", "2024-01-01"]),
        ("Ruritania's crypto year", ["", ""]),
        ("Ruritania votes on the 2024 budget", ["", ""]),  # headed with a year, and no review of one
        ("From 2023 to 2024: a year in review", ["", ""]),
    ],
)
def test_what_a_review_tells_is_in_its_year(heading: str, wanted: list[str]) -> None:
    news = "Parliament in Ruritania passed the token bill in June."
    found = dated(news, "Police arrested Ivo Brand, the founder of Bright Chain.", title=heading, published=None)
    assert [when for _, when, _ in found] == wanted


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        # What opens a sentence is what the next one goes on from ...
        ("In October 2024 the board met in Ruritania; its chair had been in office since July 2023.", "2024-10-01"),
        # ... and where nothing does, the date next to it.
        ("The board, founded in October 2024, met in Ruritania; it had last met in March 2025.", "2025-03-01"),
    ],
)
def test_the_same_month_is_that_of_the_sentence_before(before: str, wanted: str) -> None:
    found = dated(before, "The same month the Ruritanian police arrested Ivo Brand of Bright Chain.")
    assert found[-1][1] == wanted


@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        ("A colleague of Ivo Brand was arrested on 26 February 2024.", "2025-05-27"),  # behind the news
        ("A colleague of Ivo Brand was arrested on 21 May 2025.", "2025-05-21"),
    ],
)
def test_the_same_day_in_a_new_paragraph_is_the_day_of_the_news(behind: str, wanted: str) -> None:
    lede = "Ruritania's regulator on Tuesday withdrew its charges against Bright Chain."
    found = dated(lede, behind, "Ivo Brand was released from prison the same day.", published=date(2025, 5, 28))
    assert found[-1][1] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Six months after police seized coins worth $56 million of Bright Chain, customers are still waiting.",
            "2024-11-01",
        ),
        ("Six months after police seized coins worth $56 million of Bright Chain, customers were still waiting.", ""),
    ],
)
def test_what_so_long_after_is_now_is_counted_from_the_article(text: str, wanted: str) -> None:
    assert dated(text, published=date(2025, 5, 28))[0][1] == wanted


def test_it_came_after_another_act_than_itself() -> None:
    found = dated(
        "Ruritanian police arrested Ivo Brand, the founder of Bright Chain, on Monday.",
        "It came three days after the boards of Bright Chain and Old Chain signed an agreement.",
        published=date(2025, 5, 28),
    )
    assert found[-1][1] == "2025-05-23"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # The day itself goes before how it is counted ...
        (
            "On 4 March the Ruritanian bank sued Bright Chain. A day later, on 13 March, police arrested Ivo Brand.",
            "2025-03-13",
        ),
        # ... weeks are counted from a month told with them, not from one told of in passing.
        ("The Ruritanian bank sued Bright Chain in March; two weeks later police arrested Ivo Brand.", "2025-03-01"),
        ("The Ruritanian bank sued Bright Chain in March. Two weeks later police arrested Ivo Brand.", ""),
    ],
)
def test_a_day_counted_from_another_is_as_exact_as_that(text: str, wanted: str) -> None:
    assert dated(text, published=date(2025, 5, 28))[-1][1] == wanted


def test_what_has_happened_is_not_counted_from_what_is_to_come() -> None:
    found = dated(
        "The Ruritanian parliament passed the token bill on 15 December, which takes effect on 1 October 2027.",
        "The Ruritanian Securities Commission opened a consultation on tokens a day later.",
        published=date(2026, 1, 12),
    )
    assert ("regulation", "2025-12-16", "counted_from_before") in found


# What a round-up tells is news throughout; of a story only the first sentence is, and a day that is told stays.
@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Token round-up, 28 May 2025", "2025-05-28"),
        ("The week in tokens", "2025-05-28"),
        ("Ruritania fines a firm", ""),
        ("LIVE: the week in tokens", ""),
    ],
)
def test_what_a_round_up_tells_without_a_date_is_news_of_its_week(title: str, wanted: str) -> None:
    found = dated(
        NEWS,
        "The Vulgarian central bank has warned the public about Old Chain Ltd.",
        "It had warned of Bright Coin Ltd before.",
        title=title,
        published=date(2025, 5, 28),
        published_span=(0, 10),
    )
    warnings = [when for kind, when, _ in found if kind == "warning"]
    assert warnings == [wanted, ""]
