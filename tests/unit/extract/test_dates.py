"""Dates are read as a careful reader would, and nothing that is no date is read as one."""

from datetime import date
from itertools import pairwise

import pytest

from pipelines.extract.dates import (
    Resolved,
    find_dates,
    find_distances,
    in_year,
    leading_date,
    resolve_beside,
    resolve_by,
)

PUBLISHED = date(2025, 5, 28)  # a Wednesday


def resolve(text: str, published: date | None = PUBLISHED, ahead: bool = False) -> tuple[str, str, str] | None:
    """First day, last day or "", precision of the only expression in a text."""
    (expression,) = find_dates(text)
    resolved = expression.resolve(published, ahead=ahead)
    if resolved is None:
        return None
    return resolved.day.isoformat(), resolved.end.isoformat() if resolved.end else "", resolved.precision


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("signed on 2025-04-22 in Bishkek", ("2025-04-22", "", "day")),
        ("on October 5, 2021", ("2021-10-05", "", "day")),
        ("on the 5th of October 2021", ("2021-10-05", "", "day")),
        ("held from 3 to 5 March 2024", ("2024-03-03", "2024-03-05", "day")),
        ("the forum (June 27–28, 2024)", ("2024-06-27", "2024-06-28", "day")),
        ("in September 2021", ("2021-09-01", "", "month")),
        ("As far back as 2018", ("2018-01-01", "", "year")),
        ("in Q3 2025", ("2025-07-01", "", "quarter")),
        ("in the first half of 2024", ("2024-01-01", "2024-06-30", "quarter")),
        ("in the spring of 2016", ("2016-03-01", "2016-05-31", "quarter")),
        ("between 19 June and 12 July 2024", ("2024-06-19", "2024-07-12", "day")),
        ("in June and July 2018", ("2018-06-01", "2018-07-31", "month")),
        ("Between 2014 and 2017", ("2014-01-01", "2017-12-31", "year")),
        ("since late 2024", ("2024-10-01", "", "quarter")),
        ("of early 2021", ("2021-01-01", "", "quarter")),
        ("from 29 December to 3 January 2024", ("2023-12-29", "2024-01-03", "day")),
        ("on the last day of 2024", ("2024-12-31", "", "day")),
        ("on Thursday (18 October 2018), it", ("2018-10-18", "", "day")),  # the day of the week adds nothing
    ],
)
def test_absolute_dates_need_no_publication_date(text: str, wanted: tuple[str, str, str]) -> None:
    assert resolve(text, None) == wanted
    assert resolve(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on Tuesday", ("2025-05-27", "", "day")),
        ("on Wednesday", ("2025-05-28", "", "day")),  # the day of publication itself
        ("last Friday", ("2025-05-23", "", "day")),
        ("next Wednesday", ("2025-06-04", "", "day")),
        ("yesterday", ("2025-05-27", "", "day")),
        ("on May 26", ("2025-05-26", "", "day")),
        ("on December 3", ("2024-12-03", "", "day")),  # the nearest past one
        ("In December", ("2024-12-01", "", "month")),
        ("last month", ("2025-04-01", "", "month")),
        ("Earlier this month", ("2025-05-01", "2025-05-28", "month")),
        ("earlier this year", ("2025-01-01", "2025-05-28", "year")),
        ("earlier this week", ("2025-05-26", "2025-05-28", "week")),
        ("last week", ("2025-05-19", "2025-05-25", "week")),
        ("two weeks ago", ("2025-05-14", "", "week")),
        ("last year", ("2024-01-01", "", "year")),
        ("early next year", ("2026-01-01", "", "year")),
        ("on October 14 last year", ("2024-10-14", "", "day")),
        ("in April this year", ("2025-04-01", "", "month")),
        ("in December of last year", ("2024-12-01", "", "month")),
        ("last May", ("2024-05-01", "", "month")),  # said in May, it is not this one
        ("over the weekend", ("2025-05-24", "2025-05-25", "day")),
        ("approved in the spring", ("2025-03-01", "2025-05-31", "quarter")),
        ("approved in the autumn", ("2024-09-01", "2024-11-30", "quarter")),  # the last one
        ("in mid-September", ("2024-09-01", "", "month")),
        ("by a law of mid-April", ("2025-04-01", "", "month")),
        ("on Tuesday this week", ("2025-05-27", "", "day")),
        ("on Thursday of the week before", ("2025-05-22", "", "day")),
        ("three years ago today", ("2022-05-28", "", "day")),
        ("hacked approximately 17 hours ago", ("2025-05-27", "2025-05-28", "day")),
        ("in the last 24 hours", ("2025-05-27", "2025-05-28", "day")),
        ("earlier in the month", ("2025-05-01", "2025-05-28", "month")),
        ("before the year is out", ("2025-12-01", "", "month")),
        ("since the beginning of the year", ("2025-01-01", "", "quarter")),
        ("were blocked in summer; a", ("2024-06-01", "2024-08-31", "quarter")),
        ("a fine on New Year's Eve", ("2024-12-31", "", "day")),
        ("in the week of Christmas", ("2024-12-25", "", "week")),
        ("cut off shortly before Christmas", ("2024-12-01", "2024-12-24", "month")),
        ("passed before the New Year", ("2024-12-01", "2024-12-31", "month")),
        ("An April memorandum ties", ("2025-04-01", "", "month")),
    ],
)
def test_relative_dates_count_from_publication(text: str, wanted: tuple[str, str, str]) -> None:
    assert resolve(text) == wanted


@pytest.mark.parametrize(
    "text", ["on Tuesday", "last month", "on May 26", "in January", "two weeks ago", "this summer"]
)
def test_relative_dates_stay_words_without_publication_date(text: str) -> None:
    assert resolve(text, None) is None


def test_a_clause_that_looks_ahead_takes_the_coming_date() -> None:
    assert resolve("on July 1", ahead=True) == ("2025-07-01", "", "day")
    assert resolve("on Monday", ahead=True) == ("2025-06-02", "", "day")
    assert resolve("in March", ahead=True) == ("2025-03-01", "", "month")  # far nearer than the March to come
    assert resolve("next March", ahead=True) == ("2026-03-01", "", "month")
    assert resolve("the first quarter", ahead=True) == ("2026-01-01", "", "quarter")
    assert resolve("the first quarter") == ("2025-01-01", "", "quarter")


@pytest.mark.parametrize(
    "text",
    [
        "It may do so",
        "may ban them",
        "sentenced to 10 years",
        "the 1970s",
        "Rule 4(6) of the Rules, 1973",
        "2,021 bitcoin",
        "a $2025 fee",
        "section 2020(b)",
        "the second chamber",
        "Sun said so",
        "on the 21st",  # of which month is not said
        "in the fall of the exchange",
        "over the following months",
        "over the past year",  # a time that ends today, not the year before
        "in the last week of trading",
        "36 hours ago",
        "fraud between 2019 and 2024",  # of what a charge is about
        "a Christmas party",
        "in summer camps",
        "a March on the ministry",
        "twenty days later",  # what is left of it is no "days later"
    ],
)
def test_what_is_no_date_is_left_alone(text: str) -> None:
    assert [e.text for e in find_dates(text) if e.resolve(PUBLISHED)] == []


def test_an_impossible_day_gives_none() -> None:
    assert resolve("on 31 June 2024") is None


def test_expressions_never_overlap_and_stand_where_they_say() -> None:
    text = "On Friday, May 23, 2025, and again last week, the court sat; in 2024 it had not."
    found = find_dates(text)
    assert all(text[e.start : e.end] == e.text for e in found)
    assert all(left.end <= right.start for left, right in pairwise(found))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("on the same day", ("2024-03-05", "day")),
        ("that same month", ("2024-03-01", "month")),
        ("the following month", ("2024-04-01", "month")),
        ("later that year", ("2024-01-01", "year")),
        ("the next day", ("2024-03-06", "day")),
        ("had signed the order four days earlier.", ("2024-03-01", "day")),
        ("a week later, it", ("2024-03-12", "week")),
        ("sued two years later", ("2026-01-01", "year")),
        ("walked free that September", ("2024-09-01", "month")),
        ("A day earlier the House passed it", ("2024-03-04", "day")),
        ("called on two senators the day before.", ("2024-03-04", "day")),
        ("was sworn in on the 21st", ("2024-03-21", "day")),
        ("in force on Sept. 7 that year", ("2024-09-07", "day")),
        ("In September of that year", ("2024-09-01", "month")),
        ("dropped at the end of that year", ("2024-12-01", "month")),
        ("fined it the previous Wednesday", ("2024-02-28", "day")),
        ("fined it the following Tuesday", ("2024-03-12", "day")),  # 5 March was one itself
        ("sued it that same week", ("2024-03-04", "week")),
        ("lost it a few days earlier.", ("2024-02-27", "week")),
        ("Days earlier the site was seized", ("2024-02-27", "week")),
        ("a signature the week after, then", ("2024-03-12", "week")),
        ("licensed it the year before.", ("2023-01-01", "year")),
        ("the fine followed the next year", ("2025-01-01", "year")),
        ("robbed in September of the year before", ("2023-09-01", "month")),
        ("The August theft of the same year", ("2024-08-01", "month")),
        ("before the year was out", ("2024-01-01", "year")),
        ("before the month was out", ("2024-03-01", "month")),
        ("Hours later he stepped down", ("2024-03-05", "day")),
        ("sent inspectors within hours.", ("2024-03-05", "day")),
        ("Five days on, the police named him", ("2024-03-10", "day")),
        ("The next month her helper was jailed", ("2024-04-01", "month")),
    ],
)
def test_a_date_may_point_back_to_the_one_before(text: str, wanted: tuple[str, str]) -> None:
    (expression,) = find_dates(text)
    resolved = resolve_by(expression, Resolved(date(2024, 3, 5), None, "day", "full_date"))
    assert resolved is not None
    assert (resolved.day.isoformat(), resolved.precision) == wanted


def test_a_date_that_points_back_to_nothing_stays_words() -> None:
    (expression,) = find_dates("on the same day")
    assert resolve_by(expression, None) is None
    assert resolve_by(expression, Resolved(date(2024, 1, 1), None, "year", "year")) is None
    # A distance from another act is not one from the date before.
    assert find_dates("two days after the vote") == []
    assert find_dates("the day before the vote") == []
    assert find_dates("on the 21st floor") == []
    assert find_dates("a few days after the vote") == []
    assert find_dates("the year before the vote") == []
    assert find_dates("over the next year") == []
    assert find_dates("within the next month") == []
    assert find_dates("within hours of the vote") == []
    assert find_dates("48 hours later") == []
    assert find_dates("relied for two days on a bank") == []
    assert resolve("fined it the previous Wednesday") is None  # previous to a day told, not to the publication
    assert resolve_by(find_dates("on the 31st")[0], Resolved(date(2024, 2, 1), None, "month", "month_and_year")) is None


def test_a_day_without_a_year_is_read_beside_a_full_date_where_there_is_no_publication_date() -> None:
    march = Resolved(date(2025, 3, 12), None, "day", "full_date")
    near = [resolve_beside(find_dates(text)[0], march) for text in ("on March 13", "in December", "last week")]
    assert [found and found.day.isoformat() for found in near] == ["2025-03-13", "2024-12-01", None]
    assert resolve_beside(find_dates("in May")[0], Resolved(date(2025, 1, 1), None, "year", "year")) is None


def test_days_are_counted_from_the_near_end_of_a_time_of_several() -> None:
    summit = Resolved(date(2023, 9, 9), date(2023, 9, 10), "day", "full_date")
    two = [resolve_by(find_dates(f"two days {way}.")[0], summit) for way in ("earlier", "later")]
    assert [found and found.day.day for found in two] == [7, 12]
    assert resolve_by(find_dates("on the same day")[0], summit) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a day later.", ("2024-03-01", "", "month")),
        ("days later", ("2024-03-01", "", "month")),
        ("ten days later.", ("2024-03-01", "2024-04-10", "month")),
        ("three weeks earlier.", ("2024-02-01", "2024-03-10", "month")),
    ],
)
def test_days_counted_from_a_month_may_be_any_so_far_from_its_days(text: str, wanted: tuple[str, str, str]) -> None:
    (expression,) = find_dates(text)
    found = resolve_by(expression, Resolved(date(2024, 3, 1), None, "month", "month_and_year"))
    assert found is not None
    assert (found.day.isoformat(), found.end.isoformat() if found.end else "", found.precision) == wanted


def test_a_day_or_month_is_in_the_year_that_is_said_elsewhere() -> None:
    found = [in_year(find_dates(text)[0], 2024) for text in ("on March 25", "in May", "in May 2023", "last week")]
    assert [resolved and resolved.day.isoformat() for resolved in found] == ["2024-03-25", "2024-05-01", None, None]


@pytest.mark.parametrize(
    ("text", "other", "wanted"),
    [
        ("two days after it sued", "day", ("2024-03-03", "day")),
        ("two days after it sued", "week", ("2024-03-03", "week")),  # of what is known by its report
        ("the day before the vote", "day", ("2024-03-06", "day")),
        ("three and a half weeks after it sued", "day", ("2024-02-09", "week")),
        ("one year and a day after the theft", "day", ("2023-03-04", "day")),
        ("three months after it sued", "month", ("2023-12-01", "month")),
        ("two days after it sued", "month", ("2024-03-01", "month")),
        ("two weeks after it sued", "month", ("2024-02-01", "month")),  # in the two weeks before March, or in it
        ("two days after it sued", "year", None),  # nothing is counted from a date so vague
        ("a year after it sued", "day", None),  # may be ten months as well as fourteen
    ],
)
def test_a_distance_between_two_acts_is_as_exact_as_its_words(
    text: str, other: str, wanted: tuple[str, str] | None
) -> None:
    (distance,) = find_distances(text)
    found = distance.from_date(Resolved(date(2024, 3, 5), None, other, "full_date"))
    assert (found and (found.day.isoformat(), found.precision)) == wanted


def test_a_year_from_a_leap_day_is_no_day() -> None:
    (distance,) = find_distances("a year and a day after the theft")
    assert distance.from_date(Resolved(date(2024, 2, 29), None, "day", "full_date")) is None


@pytest.mark.parametrize(
    "text",
    ["two days after.", "less than a month after it sued", "within two days after it sued", "soon after it sued"],
)
def test_words_that_count_no_exact_distance_to_another_act_are_none(text: str) -> None:
    assert find_distances(text) == []


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("April. The chair was sworn in on the 21st.", "April"),
        ("3 May 2024: the bank opened a consultation.", "3 May 2024"),
        ("March 2025", "March 2025"),
        ("April was a busy month. The chair was sworn in.", None),
        ("Lagos: the court sat in May.", None),
        ("May the best coin win.", None),
    ],
)
def test_a_paragraph_of_a_chronology_opens_with_its_date(text: str, heading: str | None) -> None:
    found = leading_date(text)
    assert (found.text if found else None) == heading
