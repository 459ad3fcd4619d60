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
