"""Claims about written dates of publication: a table of forms, and as many that are none."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.ingest.published import (
    address_date,
    closing_date,
    date_line,
    dateline,
    figure_order,
    is_clock,
    labelled_opening,
    leading_token,
    opens_with_place,
    parse_stamp,
    title_date,
    within_weeks_before,
)

DAY = date(2025, 5, 28)


@pytest.mark.parametrize(
    "line",
    [
        "May 28, 2025",
        "May 28 2025",
        "May 28, 2025 | Crypto miner, New System, News, Technology",
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
        # Roman and Chinese months, short years, the year first.
        "28.V.2025",
        "2025年5月28日",
        "2025. 5. 28.",
        "28. 5. 2025",
        "2025-May-28",
        "May 28 '25",
        "28-May-25",
        "28 May 25 | 10:33",
        "28/05/25, 06:01",
        "05/28/25",
        "May-28-2025",
        "May the 28th, 2025",
        "Dated this 28th day of May, 2025.",
        # With the same day by another calendar, the number of a file, a zone.
        "Wednesday, May 28, 2025 / Dhu al-Qidah 30, 1446",
        "14 Jestha 2082 BS, 28 May 2025",
        "RBI/2025-26/123 May 28, 2025",
        "Circular No. 14 of 2025 | 28 May 2025",
        "Wednesday, May 28, 2025 9:12 AM +08",
        # Only one order has this day of the week; a full stop is never written behind a month.
        "Wed, 05/28/2025 - 09:12",
        "Filed: 28 May 2025, 18:22 GMT",
        "San Lake (Hill agency), 28 May 2025",
        "TIME:2025-05-28 09:12",
        "Harbour | This content was published on May 28, 2025 - 09:15",
        "This story appears in the May 28, 2025 issue",
        "This entry was posted on May 28, 2025 at 9:12 am and is filed under Law. You may reply.",
        "28 May 2025, 16:40 KST | LAKEPORT | by Kim Ha-eun",
        "Wednesday, 28 May 2025 | Lakeport bureau | Tags: Lakeland, courts",
        "May 2025 edition | sent 28 May 2025 | Lakes desk, Lakeport and Hillton",
        "Issue 61 · Wednesday, 28 May 2025 · Was this forwarded to you? [Subscribe here]",
        "This live blog is now closed. First published on Wed 28 May 2025 08.30 EDT",
        "Year-end special / No. 51 / Wednesday, May 28, 2025",
        "Live since May 28, 2025, 9:30 a.m. EDT · Updated May 29, 2025, 6:25 p.m. EDT · By Ada Brook and staff",
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
        "Bill introduced: 28 May 2025",
        "Consultation opened 28 May 2025",
        "Licensed since 28 May 2025",
        "It is void. The bill was first published on 28 May 2025.",
        "Tradely has lived since 28 May 2025 on loans.",
        "Prices as of 28 May 2025",
        "Lakeport, 28 May 2025 (Photo: Ada Brook)",
        "28 May 2025 Members' dinner, planning group",
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


# Which of two figures is the day, the rest of the page says: by a date that has one reading, or by a zone.
@pytest.mark.parametrize(
    ("others", "value"),
    [
        (["It has doubled since 19/05/2024."], date(2025, 11, 3)),
        (["It has doubled since 05/19/2024."], date(2025, 3, 11)),
        (["03/11/2025 09:12 IST"], date(2025, 11, 3)),
        (["03/11/2025 09:12 EST"], date(2025, 3, 11)),
        (["since 19/05/2024", "since 05/19/2024"], None),
        (["since 01/02/2024"], None),
        ([], None),
    ],
)
def test_order_of_figures_is_that_of_the_page(others: list[str], value: date | None) -> None:
    found = date_line("03/11/2025", figure_order(others))
    assert found is not None
    assert found.found.value == value


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Mon, 11/03/2025", date(2025, 11, 3)),
        ("Tue, 11/03/2025", date(2025, 3, 11)),
        ("Fri, 11/03/2025", None),
        ("03.11.2025", date(2025, 11, 3)),
        ("03.11.25", date(2025, 11, 3)),
    ],
)
def test_order_of_figures_by_the_date_itself(line: str, value: date | None) -> None:
    found = date_line(line)
    assert found is not None
    assert found.found.value == value


TITLE = "Lakeland to license custodians"


# The day in an address is the page's where the address is: it has words of the title, or stands above everything.
@pytest.mark.parametrize(
    ("address", "is_own", "value"),
    [
        ("https://h.example/2025/05/28/lakeland-to-license-custodians.html", False, DAY),
        ("Source: www.h.example/news/lakeland-license-20250528", False, DAY),
        ("https://h.example/2025/may/28/lakeland-license", False, DAY),
        ("https://h.example/2025/05/28/x1", True, DAY),
        ("https://h.example/2025/05/28/hillmark-pays", False, None),
        ("https://h.example/2025/05/lakeland-to-license", False, None),
        ("https://h.example/2025/13/28/lakeland-to-license", False, None),
        ("h.example/lakeland-to-license on 2025/05/28", True, None),
    ],
)
def test_day_of_an_address(address: str, is_own: bool, value: date | None) -> None:
    found = address_date(address, TITLE, is_own)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("Lakeland waits (28 May 2025)", DAY),
        ("Lakeland waits | 28 May 2025", DAY),
        ("28 May 2025 - Lakeland waits", DAY),
        ("Webinar (28 May 2025)", None),
        ("28 May 2025: hearing in Lakeport", None),
        ("Lakeland waits until 28 May 2025", None),
        ("LIVE | Lakeland votes | Wednesday 28 May 2025 | all times GMT", DAY),
        ("Lakeland votes | until 28 May 2025 | on fees", None),
        ("Wed 28 May 2025 · Ada Brook at the court in Lakeport", DAY),
    ],
)
def test_date_of_a_title(title: str, value: date | None) -> None:
    found = title_date(title)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "is_place"),
    [
        ("LAKEPORT — The bank", True),
        ("LAKEPORT, Hillmark (HW) - The bank", True),
        ("Lakeport, 28 May 2025 - The bank", True),
        ("28 May 2025 - The bank", False),
        ("NATO-led talks", False),
        ("LAKEPORT - city of banks", False),
    ],
)
def test_paragraph_that_opens_with_its_place(text: str, is_place: bool) -> None:
    assert opens_with_place(text) == is_place


@pytest.mark.parametrize(
    ("line", "is_time"), [("16:40", True), ("9:12 am EST", True), ("16:40 Lakeland", False), ("16", False)]
)
def test_line_that_is_a_time(line: str, is_time: bool) -> None:
    assert is_clock(line) == is_time


def test_label_joined_to_the_first_sentence() -> None:
    found = labelled_opening("Published: 28 May 2025. The bank waits.")
    assert found is not None and found.value == DAY
    assert labelled_opening("Updated: 28 May 2025. The bank waits.") is None
    assert labelled_opening("Published 28 May 2025 by the bank, the report says no.") is None


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
        "Lakeport, May 28 (2025). The bank",
        "28 May 2025. The bank",
        "May 28, 2025 - The bank",
        "28 May 2025, 09:30. The bank",
        "Wednesday, 28 May 2025. The bank",
        "28 May 2025, Lakeport - The bank",
        "[28 May 2025] The bank",
        "(Lakeport, 28 May 2025) The bank",
        "(May 28, 2025 / Lakeport) – The bank",
        "28 May 2025, Lakeport. The bank",
        "28 May 2025, Port Hill, Lakeland. The bank",
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
        "28 May 2025, Lakeport waited. The bank fell.",
        "28 May 2025, as ever. The bank fell.",
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
