"""Claims about written dates of publication: a table of forms, and as many that are none."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.ingest.published import (
    closing_date,
    date_line,
    dateline,
    leading_token,
    parse_stamp,
    within_weeks_before,
)

DAY = date(2025, 5, 28)


@pytest.mark.parametrize(
    "line",
    [
        "May 28, 2025",
        "May 28 2025",
        "May 28th, 2025",
        "28 May 2025",
        "28th of May 2025",
        "28-May-2025",
        "2025-05-28",
        "2025/05/28",
        "2025-05-28T02:25:00Z",
        "2025-05-28 02:25:00",
        "28/05/2025",
        "05/28/2025",
        "28.05.2025",
        "Policy & Regulation·May 28, 2025, 2:25 AM",
        "Wednesday, May 28, 2025",
        "Wed, 28 May 2025 10:00:00 GMT",
        "By Ada Brook | May 28, 2025",
        "By Ada Brook - May 28, 2025 - 5 min read",
        "Ada Brook May 28, 2025",
        "Posted on May 28, 2025 by admin",
        "Published: May 28, 2025",
        "PublishedMay 28, 2025",
        "May 28, 2025 | Updated May 30, 2025",
        "Updated: May 30, 2025 Published: May 28, 2025",
        "Last updated May 28, 2025 at 10:12 a.m. EDT",
        "May 28, 2025 5 min read",
        "May 28, 20255 min read",
        "28 May 2025 | 10:33 AM IST",
        "Ada Brook, Ben Field|Edited by Cy Marsh|May 28, 2025, 10:12 a.m.",
        "May 28, 2025 No Comments",
        "🕒 May 28, 2025",
        "Posted on 28 May 2025 by the research desk",
        "28 May 2025, by our correspondent",
        "Harbour Wire No 14 | 28 May 2025",
        "Press release no. 14/2025, 28 May 2025",
        "For immediate release: 28 May 2025",
        "By Jane Court, 28 May 2025",
        "3 comments - 28 May 2025",
        "Brussels, 28 May 2025",
        # A wire leaves out the year, an archive puts it back.
        "LAKEPORT, May 28 (2025)",
        "2025.05.28",
        "28. May 2025",
        "0930 GMT 28 May 2025",
        "Harbour Times, 28 May 2025, page 4",
        "Special to the Harbour Times, 28 May 2025",
        "from our correspondent in Lakeport, 28 May 2025",
        "Newsletter #45, 28 May 2025",
        "Media release 25-042MR Published 28 May 2025",
        # What a page says of itself.
        "Issue of Wednesday, 28 May 2025",
        "From the print edition of 28 May 2025",
        "From our archive, 28 May 2025",
        "From the archives (28 May 2025)",
        "This note was first sent to subscribers on 28 May 2025.",
        "This article was originally published on 28 May 2025 at harbour.example",
        "This article was first published on 28 May 2025. It has been updated.",
        "The story first appeared in the Harbour Wire on May 28, 2025.",
        "First published in Harbour Wire, 28 May 2025.",
        "A version of this story was published on May 28, 2025.",
        "Emailed to readers on Wednesday, 28 May 2025",
        "Issue date: 28 May 2025",
    ],
)
def test_date_line_reads(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.found.value == DAY


@pytest.mark.parametrize(
    "line",
    [
        "The law takes effect on May 28, 2025.",
        "Crypto rules take effect May 28, 2025",
        "Supervisor delays ruling to May 28, 2025",
        "Deadline for banks is May 28, 2025",
        # The date of something else than the page.
        "Deadline: May 28, 2025",
        "Effective: 28 May 2025",
        "Event date: 28 May 2025",
        "Comments due by Friday, 28 May 2025",
        "Hearing: May 28, 2025",
        "Expires 28 May 2025",
        "Webinar, 28 May 2025, 10:00 GMT",
        "Conference: Lakeport, 28 May 2025",
        "Election day, 28 May 2025",
        "Compliance date: 28 May 2025",
        "Date of judgment: 28 May 2025",
        "Save the date: 28 May 2025",
        "Signed: Lakeport, 28 May 2025",
        "Adopted 28 May 2025",
        "Next hearing 28 May 2025",
        "Next edition, 28 May 2025",
        # Of a visit, a copy, a reader, the terms of the site.
        "Today: 28 May 2025",
        "Accessed 28 May 2025",
        "Page printed on 28 May 2025",
        "Archived from the original on 28 May 2025",
        "File photo, 28 May 2025",
        "Joined May 28, 2025",
        "Bob says: May 28, 2025 at 3:12 pm",
        "Terms last updated 28 May 2025",
        # Of what is told of.
        "The bill was first published on 28 May 2025.",
        "The guidance first appeared on 28 May 2025.",
        "This article was amended on 28 May 2025 to correct a name.",
        "The next issue will be sent on 28 May 2025.",
        "Also today: Lakeport",
        "Talks ran from May 2 to May 28, 2025",
        "May 27-29, 2025",
        "May 2025",
        "In 2025",
        "Policy & Regulation·",
        "Windows 11 and 28 more",
        "Version 2025.05.28.1",
        "Rule 4/5/2025/6",
        "Ada Brook",
        "",
    ],
)
def test_date_line_refuses(line: str) -> None:
    assert date_line(line) is None


# A line about a date that cannot be read in one way still is no part of the text.
@pytest.mark.parametrize(
    "line", ["May 28", "28 May", "04/05/2025", "2 hours ago", "3 days ago", "Yesterday", "February 30, 2025"]
)
def test_date_line_without_a_full_date_has_no_value(line: str) -> None:
    found = date_line(line)
    assert found is not None
    assert found.found.value is None


def test_date_line_prefers_the_published_date() -> None:
    for line in (
        "Updated May 30, 2025 | Published May 28, 2025",
        "Published May 28, 2025 | Updated May 30, 2025",
    ):
        found = date_line(line)
        assert found is not None
        assert (found.found.value, found.label) == (DAY, "published")


@pytest.mark.parametrize(
    "text",
    [
        "LONDON, May 28, 2025 (Newswire) - The bank",
        "Dubai, 28 May 2025 - The bank",
        "Dubai, UAE – 28 May 2025 – The bank",
        "LAKEPORT, Hillmark, May 28, 2025 /Newswire/ -- The bank",
        "[Lakeport, 28 May 2025] – The bank",
        "May 28, 2025 – Lakeport – The bank",
        "Lakeport, May 28, 2025: The bank",
        "LAKEPORT, May 28, 2025 (Newswire) The bank",
        "LAKEPORT, May 28 (2025) - The bank",
        "28 May 2025. The bank",
        "May 28, 2025 - The bank",
        "28 May 2025, 09:30. The bank",
        "Wednesday, 28 May 2025. The bank",
        "28 May 2025, Lakeport - The bank",
        "[28 May 2025] The bank",
        "(Lakeport, 28 May 2025) The bank",
        "(May 28, 2025 / Lakeport) – The bank",
    ],
)
def test_dateline_reads(text: str) -> None:
    found = dateline(text)
    assert found is not None
    assert found.value == DAY


@pytest.mark.parametrize(
    "text",
    [
        "On May 28, 2025, the bank spoke.",
        "Binance paid on May 28, 2025 - a record fine.",
        "The law of May 28, 2025 - the first of its kind - is void.",
        "LAKEPORT: The bank spoke on May 28, 2025.",
        "May 28, 2025 was the day on which the bank spoke.",
        "Since May 28, 2025 (the day of the vote) the law is in force.",
        "Correction, 28 May 2025: the sum was wrong.",
        "Deadline 28 May 2025. The bank waits.",
        "Effective 28 May 2025 - the bank pays.",
        "Judgment of 28 May 2025 - the bank lost.",
        "Until 28 May 2025. The bank waits.",
        "28 May 2025 was the day. The bank fell.",
    ],
)
def test_dateline_refuses(text: str) -> None:
    assert dateline(text) is None


def test_dateline_without_year_has_no_value() -> None:
    found = dateline("LONDON, March 3 (Newswire) - The bank")
    assert found is not None
    assert found.value is None


def test_leading_token_is_read_only_at_the_start_and_with_its_word() -> None:
    found = leading_token("date 2025-05-28 The bank")
    assert found is not None
    assert (found.value, found.end) == (DAY, 15)
    assert leading_token("2025-05-28 The bank") is None
    assert leading_token("The date 2025-05-28 is near") is None
    assert leading_token("date 2025-13-41 The bank") is None


@pytest.mark.parametrize(
    "value",
    [
        "2025-05-28",
        "2025-05-28T23:59:59-11:00",
        "20250528T101500Z",
        "Wed, 28 May 2025 10:00:00 GMT",
        "May 28, 2025",
        " 2025/05/28 ",
    ],
)
def test_parse_stamp_takes_the_day_as_written(value: str) -> None:
    assert parse_stamp(value) == DAY


@pytest.mark.parametrize(
    "value", ["", "yesterday", "04/05/2025", "1748390400", "2025", "2025-05", "0000-00-00", "2025-05-32"]
)
def test_parse_stamp_refuses(value: str) -> None:
    assert parse_stamp(value) is None


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Harbour notes, week to 28 May 2025", DAY),
        ("The week in tokens - May 28, 2025", DAY),
        ("Digest (28 May 2025)", DAY),
        ("Digest for Wednesday, 28 May 2025", DAY),
        ("Digest, May 2025", None),
        ("What changes on 28 May 2025", None),
        ("The digest of 28 May 2025 was late", None),
    ],
)
def test_closing_date_of_a_title(title: str, value: date | None) -> None:
    found = closing_date(title)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "is_dateline"),
    [
        ("Lakeport, 28 May. The ministry said no.", True),
        ("LAKEPORT, May 28, 2025. “We wait,” it said.", True),
        ("28 May. The ministry said no.", False),
        ("On 28 May. The ministry said no.", False),
        ("Lakeport, 28 May the ministry said no.", False),
    ],
)
def test_dateline_that_ends_with_a_full_stop(text: str, is_dateline: bool) -> None:
    assert (dateline(text) is not None) == is_dateline


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("27 May", date(2025, 5, 27)),
        ("May 29.", date(2025, 5, 29)),
        ("30 April", date(2025, 4, 30)),
        ("30 May", None),
        ("1 March", None),
        ("May", None),
    ],
)
def test_day_without_a_year_is_of_the_weeks_before_the_page(day: str, value: date | None) -> None:
    assert within_weeks_before(day, DAY) == value


def test_day_of_december_before_a_page_of_january_is_of_the_year_before() -> None:
    assert within_weeks_before("29 December", date(2026, 1, 3)) == date(2025, 12, 29)
