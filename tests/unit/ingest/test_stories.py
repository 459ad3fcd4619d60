"""Claims about several stories on one page: digests, other news, short last stories. All texts are made up here."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import process_time

import pytest

from pipelines.ingest.article import Article, Document
from pipelines.ingest.articles import split_articles

LAKE = (
    "The finance ministry of Lakeland said on Monday that it will license custodians of digital assets from next year, "
    "after a consultation in which forty firms took part."
)
PORT = (
    "Officials in Lakeport said the first licences would go to banks that already hold securities for others, while "
    "smaller firms must wait until Lakeland has written guidance on staking."
)
HILL = (
    "The central bank of Hillmark began a trial of a retail token with three banks and two shops on Tuesday. Wages of "
    "four hundred civil servants will be paid in it."
)
COAST = (
    "A court in Coastville ordered the exchange Tradely to return the deposits of nine thousand users. Tradely has "
    "thirty days to appeal."
)
DAY = date(2025, 5, 3)
MARKDOWN, HTML, TEXT = "text/markdown", "text/html", "text/plain"


def read(text: str, media_type: str = TEXT) -> list[Article]:
    document = Document("d" * 16, "page", len(text), "utf-8", media_type, text)
    return split_articles(document)[0]


def heads(articles: list[Article]) -> list[tuple[str | None, date | None]]:
    return [(article.title, article.published) for article in articles]


def page(*lines: str) -> str:
    return "\n\n".join(lines)


THREE = [("Lakeland licenses custodians", DAY), ("Hillmark tests a token", DAY), ("Tradely must pay", DAY)]


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        pytest.param(
            "---\ntitle: Tokens this week\ndate: 2025-05-03\n---\n\n# Tokens this week\n\n"
            + page(
                "## Lakeland licenses custodians", LAKE, "## Hillmark tests a token", HILL, "## Tradely must pay", COAST
            ),
            MARKDOWN,
            id="headings below a title of the week",
        ),
        pytest.param(
            page(
                "Harbour Regulatory Digest - 3 May 2025",
                "Lakeland licenses custodians",
                LAKE,
                "Hillmark tests a token",
                HILL,
                "Tradely must pay",
                COAST,
            ),
            TEXT,
            id="plain lines below the name of a digest",
        ),
        pytest.param(
            page(
                "# Harbour briefing, week to 3 May 2025",
                "Good morning. Here is what our desk has read for you.",
                "### Lakeland licenses custodians",
                LAKE,
                PORT,
                "### Hillmark tests a token",
                HILL,
                "### Tradely must pay",
                COAST,
                "### What to watch",
                "Parliament in Coastville votes on Friday, and more filings are due.",
            ),
            MARKDOWN,
            id="a greeting above and an outlook below",
        ),
        pytest.param(
            "<main><h1>Briefs</h1><time datetime='2025-05-03'>Saturday</time>"
            f"<section><h2>Lakeland licenses custodians</h2><p>{LAKE}</p></section>"
            f"<section><h2>Hillmark tests a token</h2><p>{HILL}</p></section>"
            f"<section><h2>Tradely must pay</h2><p>{COAST}</p></section></main>",
            HTML,
            id="sections of a page",
        ),
        pytest.param(
            page(
                "# Harbour Desk",
                "*3 May 2025*",
                "---",
                "## Lakeland licenses custodians",
                LAKE,
                "---",
                "## Hillmark tests a token",
                HILL,
                "---",
                "## Tradely must pay",
                COAST,
            ),
            MARKDOWN,
            id="news headings of different subjects with nothing above them",
        ),
    ],
)
def test_digest_gives_each_item_the_date_of_the_page(text: str, media_type: str) -> None:
    articles = read(text, media_type)
    assert heads(articles) == THREE
    assert [article.article_number for article in articles] == [1, 2, 3]
    for article, words in zip(articles, ("forty firms", "civil servants", "nine thousand"), strict=True):
        assert words in text[article.char_start : article.char_end]
    assert all(one.char_end <= two.char_start for one, two in pairwise(articles))


# A mail, a bulletin and a monthly: their headings are set off by capitals, marks or numbers, and one of them may ask.
@pytest.mark.parametrize(
    ("text", "media_type", "titles"),
    [
        pytest.param(
            page(
                "View this in your browser | Manage preferences",
                "THE HARBOUR DESK — your Saturday mail on tokens, by Ada Brook and Ben Field",
                "Issue 9 · Saturday, 3 May 2025 · 4 min read",
                "■ LAKELAND LICENSES CUSTODIANS\n" + LAKE,
                "■ HILLMARK TESTS A TOKEN\n" + HILL,
                "■ TRADELY MUST PAY\n" + COAST,
            ),
            TEXT,
            [title.upper() for title, _ in THREE],
            id="marked capitals below the masthead of a mail",
        ),
        pytest.param(
            page(
                "The Harbour Monitor — week in tokens, 3 May 2025",
                "1. LAKELAND LICENSES CUSTODIANS\n" + LAKE,
                "2. HILLMARK TESTS A TOKEN\n" + HILL,
                "3. TRADELY MUST PAY\n" + COAST,
            ),
            TEXT,
            [f"{number}. {title.upper()}" for number, (title, _) in enumerate(THREE, 1)],
            id="numbered capitals",
        ),
        pytest.param(
            page(
                "# Harbour Money Monthly",
                "**May 2025 edition** | sent 3 May 2025 | Lakes desk, Lakeport",
                "## Lakeland licenses custodians",
                LAKE,
                "## Hillmark tests a token",
                HILL,
                "## Tradely must pay. Will it?",
                COAST,
            ),
            MARKDOWN,
            ["Lakeland licenses custodians", "Hillmark tests a token", "Tradely must pay. Will it?"],
            id="one heading asks",
        ),
    ],
)
def test_stories_of_an_issue_are_headed_as_it_heads_them(text: str, media_type: str, titles: list[str]) -> None:
    assert heads(read(text, media_type)) == [(title, DAY) for title in titles]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["# Lakeland to license custodians", LAKE, PORT, "## Background", HILL, "## What happens next", COAST],
            id="a story with headings",
        ),
        pytest.param(
            ["# Lakeland this week", LAKE, PORT, "## Banks go first", PORT, "## Lakeland waits", LAKE],
            id="a long opening below a title of the week",
        ),
        pytest.param(
            ["# What the week in rules means", "## Lakeland is first", LAKE, "## Lakeport waits", PORT],
            id="an explainer whose sections share their subject",
        ),
        pytest.param(["# Rules digest", "## Is Lakeland first?", LAKE, "## Can Hillmark pay?", HILL], id="questions"),
        pytest.param(
            [
                "LIVE | Week in Lakeland",
                "14:10 Lakeland licenses custodians",
                LAKE,
                "9:30 Hillmark tests a token",
                HILL,
            ],
            id="the log of an event",
        ),
        pytest.param(["# Remarks of the governor", "## Custody", LAKE, "## Tokens", HILL], id="a speech"),
        pytest.param(["# Rules by country", "## Lakeland", LAKE, "## Hillmark", HILL], id="a report by country"),
        pytest.param(["# Five venues to know", "## 1. Hillcoin", HILL, "## 2. Tradely", COAST], id="a list of firms"),
        pytest.param(
            ["# Harbour desk", "A look at rules.", "## Lakeland licenses", LAKE, "## Hillmark tests", HILL],
            id="a dek above headings, and no name of a digest",
        ),
        pytest.param(
            ["# Weekly options expire", LAKE, PORT, "## Derivatives", HILL, "## Spot", COAST], id="a market report"
        ),
        pytest.param(
            ["# The year in tokens", "Slow it was.", "## January", HILL, "## February", COAST], id="months of a year"
        ),
        pytest.param(
            ["Lakeland to license custodians", LAKE, "Banks go first", PORT, "Hillmark is ahead", HILL],
            id="plain headings",
        ),
        pytest.param(
            [
                "Hillmark: Seven thousand machines impounded",
                "May 9, 2023",
                "Police in Hillmark seized seven thousand machines that drew power unlawfully. The inspection took in"
                " Northpoint and three more districts. It had begun in the spring. The Power Board helped.",
                "Crackdown on crypto mining",
                "Lakeland has been fighting the crypto miners for years. In Coastville the regulators tightened their"
                " grip on mining in the autumn. They sent inspectors to each of the yards. Tradely has moved away.",
            ],
            id="a section on something of the field",
        ),
        pytest.param(
            ["# Weekly digest", "## Lakeland licenses", " ".join([LAKE] * 9), "## Hillmark tests", HILL],
            id="sections as long as features",
        ),
    ],
)
def test_article_with_headings_stays_one(lines: list[str]) -> None:
    assert len(read(page(*lines), MARKDOWN)) == 1


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("## In other news: Hillmark tests a token", "Hillmark tests a token"),
        ("## Elsewhere", "Elsewhere"),
        ("## Also in brief", "Also in brief"),
        ("Also in brief", "Also in brief"),
        ("## News in brief", "News in brief"),
    ],
)
def test_other_news_below_a_story_is_an_article(heading: str, title: str) -> None:
    text = page("# Lakeland to license custodians", "*3 May 2025*", LAKE, PORT, heading, HILL, COAST)
    first, second = read(text, MARKDOWN)
    assert heads([first, second]) == [("Lakeland to license custodians", DAY), (title, DAY)]
    assert "civil servants" in text[second.char_start : second.char_end]


# An item whose dateline has a day alone is of the weeks before its page; one of months ago cannot be told.
@pytest.mark.parametrize(
    ("dateline", "published"),
    [
        ("Hillmark, 1 May.", date(2025, 5, 1)),
        ("HILLMARK, April 29 (Newswire) -", date(2025, 4, 29)),
        ("Hillmark, 30 December.", DAY),
    ],
)
def test_item_takes_the_day_of_its_dateline(dateline: str, published: date) -> None:
    text = page("# Lakeland to license custodians", "3 May 2025", LAKE, PORT, "## Elsewhere", f"{dateline} {HILL}")
    assert [article.published for article in read(text, MARKDOWN)] == [DAY, published]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(["## Also in brief", HILL, "- " + COAST, PORT], id="points, then the story goes on"),
        pytest.param(["## Elsewhere", f"Other ministries follow Lakeland. {HILL}"], id="the story's own subject"),
        pytest.param(["## In other news", "Hillmark tests a token", "Tradely must pay"], id="titles of other pages"),
        pytest.param(["## In other news", HILL[:60] + "…"], id="a teaser"),
        pytest.param(["## Also agreed in Lakeport", HILL], id="more of the same meeting"),
    ],
)
def test_story_is_not_cut_by(below: list[str]) -> None:
    (article,) = read(page("# Lakeland to license custodians", "3 May 2025", LAKE, PORT, *below), MARKDOWN)
    assert article.published == DAY


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        pytest.param(["## Tradely pays", COAST], 2, id="a heading that names the subject"),
        pytest.param(["## Hillmark", HILL], 2, id="a place"),
        pytest.param(["---", "## A trial with shops", HILL], 2, id="below a rule"),
        pytest.param(["## Analysts react", "Ada Brook of Marsh Research called it a step for banks. Few agreed."], 1),
        pytest.param(["## Outlook", HILL], 1, id="a label"),
        pytest.param(["## About Tradely", COAST], 1, id="who a firm is"),
        pytest.param(["## Reaction", HILL], 1, id="a noun"),
        pytest.param(["## Tradely pays", f"{COAST} The ruling came late."], 1, id="words that point back"),
        pytest.param(["## Tradely pays", f"{COAST} Lakeland was not told of it."], 1, id="a name of the story"),
        pytest.param(["## Tradely pays", COAST, HILL], 1, id="two paragraphs"),
        pytest.param(["## Tradely pays", COAST, "## Hillmark", HILL], 1, id="two such sections"),
        pytest.param(["Tradely pays", COAST], 1, id="a plain line"),
    ],
)
def test_last_item_is_an_article_where_it_is_about_something_else(lines: list[str], count: int) -> None:
    text = page("# Lakeland to license custodians", "3 May 2025", LAKE, PORT, *lines)
    assert [article.published for article in read(text, MARKDOWN)] == [DAY] * count


SHORT = (
    "Ada Brook is to head the Hillmark supervisor. She follows Ben Field there, who retires in June, after nine years."
)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                "May 4, 2025",
                "Lakeland to license custodians",
                LAKE,
                PORT,
                "May 3, 2025",
                "Hillmark names a head",
                SHORT,
            ],
            id="below a date",
        ),
        pytest.param(
            ["## Lakeland to license custodians", "May 4, 2025", LAKE, PORT, "## Correction", "May 3, 2025", SHORT],
            id="below a heading of one word",
        ),
        pytest.param(
            [
                "Harbour Watch | Archive",
                "May 4, 2025",
                "Lakeland to license custodians",
                LAKE,
                PORT,
                "- - - - -",
                "May 3, 2025",
                "Hillmark names a head",
                SHORT,
            ],
            id="below a rule and a date, the site's name above the first",
        ),
    ],
)
def test_short_last_story_under_a_head_like_the_one_before_is_an_article(lines: list[str]) -> None:
    first, second = read(page(*lines), MARKDOWN)
    assert (first.title, first.published) == ("Lakeland to license custodians", date(2025, 5, 4))
    assert second.published == DAY
    assert "retires in June" in second.blocks[-1].text.text


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["Law·", "May 3, 2025", "Hillmark names a head", SHORT[:80] + "…"], id="a teaser"),
        pytest.param(["Related articles", "Law·", "May 3, 2025", "Hillmark names a head", SHORT], id="below a label"),
        pytest.param(["Law·", "May 3, 2025", "Hillmark names a head", "Ada Brook is. It is so."], id="a few words"),
        pytest.param(["Hillmark names a head", "By Ben Field | May 3, 2025", SHORT], id="a head of another form"),
    ],
)
def test_short_text_under_a_date_is_no_article_where_it_is(lines: list[str]) -> None:
    text = page("Law·", "May 4, 2025", "Lakeland to license custodians", LAKE, PORT, *lines)
    assert [article.published for article in read(text)] == [date(2025, 5, 4)]


@pytest.mark.parametrize(
    ("dateline", "published"),
    [
        ("HILLMARK, May 1, 2025 (Newswire) -", date(2025, 5, 1)),
        ("HILLMARK, May 1 (Newswire) -", date(2025, 5, 1)),
        ("HILLMARK, November 1 (Newswire) -", None),
    ],
)
def test_second_story_begins_at_a_title_above_a_dateline(dateline: str, published: date | None) -> None:
    text = page(
        "Lakeland to license custodians",
        f"LAKEPORT, May 3, 2025 (Newswire) - {LAKE}",
        PORT,
        "($1 = 3 crowns)",
        "Hillmark starts trial of a token",
        f"{dateline} {HILL} {COAST}",
    )
    assert heads(read(text)) == [
        ("Lakeland to license custodians", DAY),
        ("Hillmark starts trial of a token", published),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["How it came to this", f"May 1, 2025 - {HILL} {COAST}"], id="an entry of a timeline"),
        pytest.param([f"HILLMARK, May 1, 2025 (Newswire) - {HILL} {COAST}"], id="a dateline without a title"),
        pytest.param(["Hillmark", f"HILLMARK, May 1, 2025 (Newswire) - {HILL} {COAST}"], id="a heading of one word"),
    ],
)
def test_story_goes_on_at(lines: list[str]) -> None:
    text = page("Lakeland to license custodians", "3 May 2025", LAKE, PORT, *lines)
    assert heads(read(text)) == [("Lakeland to license custodians", DAY)]


def test_greeting_above_dated_stories_is_no_article() -> None:
    text = page(
        "# Harbour Ledger, issue 9",
        "*A digest of rules. Unsubscribe at any time.*",
        *("## Lakeland to license custodians", "**May 3, 2025** | by Ada Brook", LAKE, PORT),
        *("## Hillmark starts trial of a token", "**May 1, 2025** | by Ada Brook", HILL, COAST),
    )
    assert heads(read(text, MARKDOWN)) == [
        ("Lakeland to license custodians", DAY),
        ("Hillmark starts trial of a token", date(2025, 5, 1)),
    ]


# A record of a feed is one article, whatever its headings are.
def test_record_of_a_feed_is_never_cut() -> None:
    body = page(f"<h2>Lakeland licenses</h2><p>{LAKE}</p>", f"<h2>Hillmark tests</h2><p>{HILL}</p>").replace("\n", " ")
    (article,) = read(f'{{"title": "Weekly digest", "content": "{body}"}}', "application/x-ndjson")
    assert article.title == "Weekly digest"


# One form for all stories of the page: titles of any length, parted by blank lines only.
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("LAKEPORT, 3 May 2025 - ", "HILLMARK, 1 May 2025 - "),
        ("LAKEPORT, 3 May 2025 - ", "1 May 2025 - "),
        ("3 May 2025. ", "1 May 2025. "),
        ("[3 May 2025] ", "[1 May 2025] "),
        ("LAKEPORT, May 3 (2025) - ", "HILLMARK, May 1 (2025) - "),
    ],
)
@pytest.mark.parametrize("mark", ["", "## ", "# "])
@pytest.mark.parametrize("site", [(), ("Harbour Wire",)])
def test_stories_that_open_with_a_date_are_articles(first: str, second: str, mark: str, site: tuple[str, ...]) -> None:
    text = page(*site, f"{mark}Custody opens", first + LAKE, f"{mark}Hillmark tests", second + HILL)
    assert heads(read(text, MARKDOWN)) == [("Custody opens", DAY), ("Hillmark tests", date(2025, 5, 1))]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([PORT, "The raid on Tradely", f"3 May 2025 - {COAST}", "The trial", f"1 May 2025 - {HILL}"]),
        pytest.param([PORT, "3 May 2025", COAST, "1 May 2025", HILL], id="dates as headings"),
        pytest.param([PORT, "Next hearing", "3 May 2025", COAST], id="a date to come"),
        pytest.param([PORT, "File photo, 3 May 2025", COAST], id="a picture"),
    ],
)
def test_chronicle_is_one_article(lines: list[str]) -> None:
    text = page("Lakeland: how it came to this", "5 May 2025", LAKE, *lines)
    assert [article.published for article in read(text)] == [date(2025, 5, 5)]


def test_line_from_the_archive_opens_a_text_of_its_day() -> None:
    text = page("Custody opens soon", f"3 May 2025. {LAKE}", "From our archive, 27 June 2024", COAST)
    assert heads(read(text)) == [("Custody opens soon", DAY), (None, date(2024, 6, 27))]


@pytest.mark.parametrize("label", ["", "Published ", "First published in Harbour Wire, "])
def test_stories_that_end_with_their_dates_are_articles(label: str) -> None:
    text = page(
        "Custody opens soon", LAKE, PORT, f"{label}3 May 2025", "Hillmark tests tokens", HILL, f"{label}1 May 2025"
    )
    assert heads(read(text)) == [("Custody opens soon", DAY), ("Hillmark tests tokens", date(2025, 5, 1))]


# The date of one story is not that of its neighbour; the date of an issue is everybody's.
@pytest.mark.parametrize(
    ("lines", "days"),
    [
        pytest.param(["# Lakeland waits", "3 May 2025", LAKE, PORT, "# Hillmark tests", HILL, COAST], [DAY, None]),
        pytest.param(["## Lakeland waits", LAKE, PORT, "## Hillmark tests", "3 May 2025", HILL, COAST], [None, DAY]),
        pytest.param(
            ["Lakeland opens its register", "3 May 2025", LAKE, PORT, "---", "Hillmark tests a token", HILL, COAST],
            [DAY, None],
            id="below a rule",
        ),
        pytest.param(
            ["# Harbour digest", "Issue of Saturday, 3 May 2025", "## Lakeland waits", LAKE, "## Hillmark tests", HILL],
            [DAY, DAY],
            id="the items of an issue",
        ),
        pytest.param(
            [
                "# Harbour digest",
                "## Lakeland waits",
                LAKE,
                "## Hillmark tests",
                HILL,
                "*Sent to readers on 3 May 2025.*",
            ],
            [DAY, DAY],
            id="the items of a letter dated at its foot",
        ),
        pytest.param(
            [
                "Lakeland opens its register",
                "3 May 2025",
                LAKE,
                PORT,
                "Also today: Hillmark and Coastville",
                HILL,
                COAST,
            ],
            [DAY, DAY],
            id="other news of the day",
        ),
        pytest.param(
            ["Harbour digest", "Issue of Saturday, 3 May 2025", f"1. Custody. {LAKE}", f"2. Tokens. {HILL}"],
            [DAY],
            id="numbered points of an issue",
        ),
    ],
)
def test_date_goes_no_further_than_it_is_meant(lines: list[str], days: list[date | None]) -> None:
    assert [article.published for article in read(page(*lines), MARKDOWN)] == days


@pytest.mark.parametrize(
    "lines",
    [
        ["---", "## What happens next in Lakeland", PORT],
        ["---", "## Banks ask the ministry for time", PORT, LAKE],
        ["---", PORT],
    ],
)
def test_rule_alone_parts_nothing(lines: list[str]) -> None:
    text = page("## Lakeland opens its register", "3 May 2025", LAKE, PORT, *lines)
    assert [article.published for article in read(text, MARKDOWN)] == [DAY]


# Each line could open other news or a story: the cost must not grow with the square of their number.
@pytest.mark.parametrize(
    "lines",
    [
        ["## Elsewhere", HILL],
        ["---", "# Hillmark starts a trial", HILL],
        ["# Hillmark starts a trial", f"3 May 2025. {HILL}"],
        [HILL, "3 May 2025"],
    ],
)
def test_page_of_nothing_but_openings_is_read_in_bounded_time(lines: list[str]) -> None:
    text = page("# Weekly digest", LAKE, PORT, *lines * 1000)
    start = process_time()
    read(text, MARKDOWN)
    assert process_time() - start < 5
