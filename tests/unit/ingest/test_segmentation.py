"""Claims about where articles begin and end on a page, their titles and their dates. All texts are made up
here."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.ingest.article import Article, Document
from pipelines.ingest.articles import split_articles

# Paragraphs of known length: two of them are an article, one alone is more than a teaser (40 words) but no
# long read.
LAKE = (
    "The finance ministry of Lakeland said on Monday that it will license custodians of digital assets "
    "from next year, "
    "after a consultation in which forty firms took part and most of them asked for clear rules on "
    "reserves, audits and "
    "the treatment of client money in an insolvency."
)
RIVER = (
    "Officials said the first licences would go to banks that already hold securities for their customers, "
    "while smaller "
    "firms must wait until the supervisor has written guidance on staking, on lending and on the use of "
    "foreign "
    "subcontractors for the storage of keys."
)
HILL = (
    "The central bank of Hillmark began a trial of a retail token with three banks and two shops, and a "
    "spokesperson said "
    "that wages of four hundred civil servants will be paid in it until the end of the quarter, when "
    "parliament is to "
    "be told about costs and outages."
)
DALE = (
    "Merchants in the trial pay no fee, the bank said, and a lost phone can be replaced at any counter "
    "within a day, though "
    "critics in the consumer council warned that the design lets the operator see every purchase and asked "
    "for an "
    "independent review before the trial is widened."
)
COAST = (
    "A court in Coastville ordered the exchange Tradely to return deposits of nine thousand users, ruling "
    "that the firm "
    "had sold an investment product without a prospectus, and it gave the company thirty days to file an "
    "appeal or to "
    "publish a plan for repayment."
)
ISLE = (
    "Lawyers for the users welcomed the ruling and said they would ask for interest as well, while Tradely "
    "called the "
    "judgment wrong in law and pointed to a letter of the supervisor that, in its reading, had allowed the "
    "product in the "
    "year in which it was first sold."
)


def read(text: str, media_type: str = "text/plain") -> list[Article]:
    document = Document("d" * 16, "page.txt", len(text), "utf-8", media_type, text)
    return split_articles(document)[0]


def heads(articles: list[Article]) -> list[tuple[str | None, date | None]]:
    return [(article.title, article.published) for article in articles]


def body(article: Article) -> str:
    return "\n".join(block.text.text for block in article.blocks if block.block_type != "title")


LAKE_TITLE = "Lakeland to license custodians of digital assets"
HILL_TITLE = "Hillmark starts trial of a retail token"
COAST_TITLE = "Court orders Tradely to return deposits"


def test_articles_with_date_after_title_then_before_title_are_all_found() -> None:
    page = "\n\n".join(
        [
            "Top",
            LAKE_TITLE,
            "Law & Order·March 03, 2024, 2:25 AM",
            LAKE,
            RIVER,
            "More to Read",
            "View All",
            "Law & Order·",
            "Mar 12, 2024",
            HILL_TITLE,
            HILL + DALE,
            "news",
            "Law & Order·",
            "Apr 02, 2024",
            COAST_TITLE,
            COAST + ISLE,
        ]
    )
    articles = read(page)
    assert heads(articles) == [
        (LAKE_TITLE, date(2024, 3, 3)),
        (HILL_TITLE, date(2024, 3, 12)),
        (COAST_TITLE, date(2024, 4, 2)),
    ]
    assert [article.published_rule for article in articles] == [
        "date_line_after_title",
        "date_line_before_title",
        "date_line_before_title",
    ]


def test_articles_with_every_date_after_its_title_are_all_found() -> None:
    page = "\n".join(
        [
            LAKE_TITLE,
            "4 May 2023",
            LAKE,
            RIVER,
            HILL_TITLE,
            "9 May 2023",
            HILL,
            DALE,
            COAST_TITLE,
            "11 May 2023",
            COAST,
            ISLE,
        ]
    )
    assert heads(read(page)) == [
        (LAKE_TITLE, date(2023, 5, 4)),
        (HILL_TITLE, date(2023, 5, 9)),
        (COAST_TITLE, date(2023, 5, 11)),
    ]


def test_articles_with_every_date_before_its_title_are_all_found() -> None:
    page = "\n".join(["2023-05-04", LAKE_TITLE, LAKE, RIVER, "2023-05-09", HILL_TITLE, HILL, DALE])
    assert heads(read(page)) == [(LAKE_TITLE, date(2023, 5, 4)), (HILL_TITLE, date(2023, 5, 9))]


def test_articles_under_bylines_are_all_found() -> None:
    page = "\n".join(
        [
            LAKE_TITLE,
            "By Ada Brook | May 4, 2023",
            LAKE,
            RIVER,
            HILL_TITLE,
            "By Ben Field | May 9, 2023",
            HILL,
            DALE,
        ]
    )
    assert heads(read(page)) == [(LAKE_TITLE, date(2023, 5, 4)), (HILL_TITLE, date(2023, 5, 9))]


def test_undated_article_above_dated_ones_is_an_article_of_its_own() -> None:
    page = "\n".join([LAKE_TITLE, LAKE, RIVER, "More news", "Policy·", "May 9, 2023", HILL_TITLE, HILL, DALE])
    assert heads(read(page)) == [(LAKE_TITLE, None), (HILL_TITLE, date(2023, 5, 9))]


def test_each_word_of_an_article_stays_in_its_own_article() -> None:
    first, second = read("\n".join([LAKE_TITLE, "4 May 2023", LAKE, RIVER, HILL_TITLE, "9 May 2023", HILL, DALE]))
    assert body(first) == f"{LAKE}\n{RIVER}"
    assert body(second) == f"{HILL}\n{DALE}"
    assert first.char_end <= second.char_start


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            [
                LAKE_TITLE,
                "May 4, 2023",
                LAKE,
                "On May 9, 2023, the bank spoke.",
                RIVER,
                "The deal of May 11, 2023 is void.",
                DALE,
            ],
            id="dates in running text",
        ),
        pytest.param(
            [
                LAKE_TITLE,
                "May 4, 2023",
                LAKE,
                "• May 9, 2023: the law is read.",
                "• May 11, 2023: the law is signed.",
                RIVER,
            ],
            id="dated bullets",
        ),
        pytest.param(
            [
                LAKE_TITLE,
                "May 4, 2023",
                LAKE,
                RIVER,
                "Related articles",
                HILL_TITLE,
                "May 3, 2023",
                COAST_TITLE,
                "May 2, 2023",
            ],
            id="teasers below",
        ),
        pytest.param(
            [
                LAKE_TITLE,
                "May 4, 2023",
                LAKE,
                RIVER,
                "Latest news",
                "May 3, 2023",
                HILL_TITLE,
                "The bank of Hillmark pays wages in a token and wants to learn what it costs to run one…",
                "May 2, 2023",
                COAST_TITLE,
                "Users of Tradely get their money back after a ruling on Friday…",
            ],
            id="teasers with excerpts below",
        ),
        pytest.param(
            [
                "Latest",
                HILL_TITLE,
                "May 3, 2023",
                COAST_TITLE,
                "May 2, 2023",
                LAKE_TITLE,
                "By Ada Brook",
                "May 4, 2023",
                LAKE,
                RIVER,
            ],
            id="teasers above",
        ),
        pytest.param(
            [LAKE_TITLE, "Published: May 4, 2023", "Updated: May 9, 2023", LAKE, RIVER],
            id="published and updated",
        ),
        pytest.param(
            [LAKE_TITLE, "Updated May 9, 2023", "Published May 4, 2023", LAKE, RIVER],
            id="updated and published",
        ),
        pytest.param(
            [
                LAKE_TITLE,
                "May 4, 2023",
                LAKE,
                "How it came to this",
                "April 1, 2023",
                RIVER,
                "April 9, 2023",
                DALE,
            ],
            id="a timeline",
        ),
        pytest.param(
            [
                "Monday, May 8, 2023",
                "Home",
                "Markets",
                LAKE_TITLE,
                "Ada Brook",
                "May 4, 2023 5 min read",
                LAKE,
                RIVER,
            ],
            id="the day of the visit in the masthead",
        ),
        pytest.param(
            [LAKE_TITLE, "May 4, 2023", LAKE, f"Also read: {HILL_TITLE}", "May 3, 2023", RIVER, DALE],
            id="a pointer between paragraphs",
        ),
        pytest.param(
            [
                LAKE_TITLE,
                "A plan for banks first, then for smaller firms.",
                "By Ada Brook - May 4, 2023",
                LAKE,
                RIVER,
            ],
            id="a dek between title and date",
        ),
        pytest.param(
            [LAKE_TITLE, "May 4, 2023", LAKE, RIVER, LAKE_TITLE, "May 4, 2023", "Ada Brook"],
            id="head repeated below",
        ),
    ],
)
def test_one_article_is_not_split_by(lines: list[str]) -> None:
    for separator in ("\n", "\n\n"):
        articles = read(separator.join(lines))
        assert heads(articles) == [(LAKE_TITLE, date(2023, 5, 4))]
        assert LAKE in body(articles[0])
        assert RIVER in body(articles[0])
        assert HILL_TITLE not in body(articles[0])


@pytest.mark.parametrize(
    ("lines", "published", "rule"),
    [
        ([f" date 2024-02-01 {LAKE}", RIVER], date(2024, 2, 1), "leading_date_token"),
        ([LAKE_TITLE, "May 4, 2023", LAKE], date(2023, 5, 4), "date_line_after_title"),
        (["May 4, 2023", LAKE_TITLE, LAKE], date(2023, 5, 4), "date_line_before_title"),
        (["Lakeport notes, week to 4 May 2023", LAKE, RIVER], date(2023, 5, 4), "date_in_title"),
        ([LAKE_TITLE, "Posted on 4 May 2023 by admin", LAKE], date(2023, 5, 4), "published_label"),
        ([LAKE_TITLE, LAKE, RIVER, "Published on May 4, 2023"], date(2023, 5, 4), "published_label"),
        ([LAKE_TITLE, "Updated 29 May 2023", LAKE], date(2023, 5, 29), "updated_label"),
        ([f"LAKEPORT, May 4, 2023 (Newswire) - {LAKE}", RIVER], date(2023, 5, 4), "dateline"),
        ([LAKE_TITLE, f"Lakeport, 14 May 2024 – {LAKE}"], date(2024, 5, 14), "dateline"),
        (
            [
                "Title: A plan for custody",
                "URL Source: https://news.example/a",
                "Published Time: 2023-05-04T08:00:00Z",
                "Markdown Content:",
                LAKE,
                RIVER,
            ],
            date(2023, 5, 4),
            "header_field",
        ),
        (
            [LAKE_TITLE, "Thursday, 16/01/2025 | 05:37 GMT by Ada Brook", LAKE],
            date(2025, 1, 16),
            "date_line_after_title",
        ),
        ([LAKE_TITLE, "2024/10/12Editors of Newsdesk", LAKE], date(2024, 10, 12), "date_line_after_title"),
        (
            [LAKE_TITLE, LAKE, RIVER, "This note was sent to readers on 4 May 2023."],
            date(2023, 5, 4),
            "published_label",
        ),
        ([LAKE_TITLE, "Updated", "9 May 2023", "Published", "4 May 2023", LAKE], date(2023, 5, 4), "published_label"),
        ([f"{LAKE_TITLE} | 4 May 2023", LAKE, RIVER], date(2023, 5, 4), "date_in_title"),
        (["Harbour Wire", "Daily briefing for 4 May 2023", LAKE, RIVER], date(2023, 5, 4), "date_in_title"),
        (
            [LAKE_TITLE, "Source: Wire | 2023-05-04 12:01:33 | Editor: ada", LAKE],
            date(2023, 5, 4),
            "date_line_after_title",
        ),
        (
            [
                "From: Desk <desk@harbour.example>",
                "Sent: Thursday, May 4, 2023 8:01 AM",
                f"Subject: {LAKE_TITLE}",
                LAKE,
            ],
            date(2023, 5, 4),
            "header_field",
        ),
    ],
)
def test_publication_date_is_read_by_rule(lines: list[str], published: date, rule: str) -> None:
    (article,) = read("\n".join(lines))
    assert (article.published, article.published_rule) == (published, rule)


@pytest.mark.parametrize(
    "lines",
    [
        [LAKE_TITLE, LAKE, RIVER],
        [LAKE_TITLE, "May 4", LAKE, RIVER],
        ["Lakeland to license custodians by 4 May 2023", LAKE, RIVER],
        ["Lakeport minutes of the council, 4 May 2023", LAKE, RIVER],
        [f"LAKEPORT, March 3 (Newswire) - {LAKE}", RIVER],
        [LAKE_TITLE, "04/05/2023", LAKE, RIVER],
        [LAKE_TITLE, "2 hours ago", LAKE, RIVER],
        [LAKE_TITLE, f"On May 4, 2023, something happened. {LAKE}", RIVER],
        [LAKE_TITLE, LAKE, RIVER, "Related news", HILL_TITLE, "May 4, 2023"],
        [LAKE_TITLE, LAKE, RIVER, "Related news", HILL_TITLE, "Published: May 4, 2023"],
        [LAKE_TITLE, LAKE, RIVER, "© 2023 Newsdesk. All rights reserved."],
        [LAKE_TITLE, "Deadline", "4 May 2023", LAKE, RIVER],
        [LAKE_TITLE, LAKE, RIVER, "Done at Lakeport, 4 May 2023"],
        [LAKE_TITLE, "The ministry holds two hearings:", "4 May 2023", "9 May 2023", RIVER],
        # Entries of a chronicle.
        [LAKE_TITLE, f"4 May 2023 - {LAKE}", f"9 May 2023 - {RIVER}", f"11 May 2023 - {DALE}"],
    ],
)
def test_no_publication_date_is_made_up(lines: list[str]) -> None:
    (article,) = read("\n".join(lines))
    assert (article.published, article.published_rule, article.published_span) == (None, None, None)


# Each date but one is of something else.
@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["17", "Nov", "2025", LAKE_TITLE, LAKE], date(2025, 11, 17)),
        (
            ["Lakeland Times", "Sunday, 4 January 2026", LAKE_TITLE, "By Ada Brook", "May 4, 2023", LAKE],
            date(2023, 5, 4),
        ),
        ([LAKE_TITLE, LAKE, "Story by Ada Brook", "Filed: 4 May 2023"], date(2023, 5, 4)),
        ([LAKE_TITLE, LAKE, "4 May 2023", "About the author", "Ada Brook covers law."], date(2023, 5, 4)),
        ([LAKE_TITLE, f"Published: 4 May 2023. {LAKE}"], date(2023, 5, 4)),
        ([LAKE_TITLE, "Date: 20 May 2023", "Venue: Harbour Hall", LAKE, "Published 4 May 2023"], date(2023, 5, 4)),
        (["https://h.example/2023/05/04/x", LAKE_TITLE, LAKE], date(2023, 5, 4)),
        (["Home / News / Published on 4 May 2023", LAKE_TITLE, LAKE], date(2023, 5, 4)),
        (
            ["24/12/2023, 09:14", LAKE_TITLE, "4 May 2023", LAKE, "https://h.example/a/b 1/2"],
            date(2023, 5, 4),
        ),
        (
            [
                "heading level 1, " + LAKE_TITLE,
                "By, link, Ada Brook",
                "published May 4th 2023 at 9 12 am",
                "button, Listen",
                LAKE,
                "heading level 2, Top stories",
                "link, Old rules end, May 1st, 2023",
            ],
            date(2023, 5, 4),
        ),
        (
            ["From: Ada <a@h.example>", "Sent: 9 May 2023", "Subject: FW: custody", LAKE_TITLE, "4 May 2023", LAKE],
            date(2023, 5, 4),
        ),
        (
            [
                "Hi, see below.",
                "---- Forwarded Message ----",
                "Subject: Custody",
                "Date: Tue, 9 May 2023 15:02:44 -0400",
                "From: Ada <a@h.example>",
                "",
                LAKE_TITLE,
                LAKE,
            ],
            date(2023, 5, 9),
        ),
        (["24/12/2023, 09:14", LAKE_TITLE, LAKE, "https://h.example/a/b 1/2"], None),
        ([LAKE_TITLE, LAKE, RIVER, "Comments", "Bob, 4 May 2023: Good."], None),
        ([LAKE_TITLE, LAKE, "20 May 2023: hearing in Lakeport"], None),
        ([LAKE_TITLE, "Bill introduced: 4 May 2023", LAKE, RIVER], None),
        ([LAKE_TITLE, LAKE, RIVER, "See https://h.example/2023/05/04/hillmark-pays-wages"], None),
    ],
)
def test_date_of_the_page_among_others(lines: list[str], published: date | None) -> None:
    (article,) = read("\n".join(lines))
    assert article.published == published
    assert LAKE.split(". ")[-1] in body(article)


def test_published_span_covers_the_written_date() -> None:
    page = f"{LAKE_TITLE}\n\nLaw·May 04, 2023, 2:25 AM\n\n{LAKE}"
    (article,) = read(page)
    assert article.published_span is not None
    assert page[slice(*article.published_span)] == "May 04, 2023"


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ([LAKE_TITLE, LAKE, RIVER], LAKE_TITLE),
        (
            [
                LAKE_TITLE,
                "By",
                "Ada Brook",
                "Ada Brook",
                "A dek that is a sentence of its own.",
                LAKE_TITLE,
                LAKE,
            ],
            LAKE_TITLE,
        ),
        (["Newsdesk: stories on tokens, chains and more", LAKE_TITLE, LAKE_TITLE, LAKE], LAKE_TITLE),
        (["Home", "News", LAKE_TITLE, LAKE], LAKE_TITLE),
        (["×", "Explorer", LAKE_TITLE, "What the ministry wants.", LAKE], LAKE_TITLE),
        # The first line is a paragraph: there is no headline to be had.
        ([LAKE, RIVER], None),
        ([LAKE, "What banks must do now", RIVER], None),
        (["- The ministry opens the door to custodians of tokens.", LAKE, RIVER], None),
        (["Top", LAKE, RIVER], None),
    ],
)
def test_title_is_the_headline_where_there_is_one(lines: list[str], title: str | None) -> None:
    (article,) = read("\n".join(lines))
    assert article.title == title
    assert [block.text.text for block in article.blocks if block.block_type == "title"] == ([title] if title else [])


# A headline glued to the first sentence, with and without the space that the page lost.
@pytest.mark.parametrize("joint", ["", " ", ". ", " - "])
def test_headline_repeated_at_the_start_of_the_body_is_taken_off(joint: str) -> None:
    (article,) = read(f"{LAKE_TITLE}\nMay 4, 2023\n{LAKE_TITLE}{joint}{LAKE}")
    assert body(article) == LAKE


def test_sentence_that_begins_like_the_headline_is_kept() -> None:
    (article,) = read(f"{LAKE_TITLE}\nMay 4, 2023\n{LAKE_TITLE} that banks hold for others. {LAKE}")
    assert body(article).startswith(LAKE_TITLE)


def test_front_matter_gives_title_and_date() -> None:
    page = (
        f'---\nlayout: post\ntitle: "{LAKE_TITLE}"\ndate: 2023-05-04 10:00:00 +0200\ntags: [law, '
        f"banks]\n---\n\n{LAKE}\n\n{RIVER}\n"
    )
    (article,) = read(page, "text/markdown")
    assert (article.title, article.published, article.published_rule) == (
        LAKE_TITLE,
        date(2023, 5, 4),
        "front_matter",
    )
    assert body(article) == f"{LAKE}\n{RIVER}"
    assert article.published_span is not None
    assert page[slice(*article.published_span)] == "2023-05-04 10:00:00 +0200"


# A rule right below a line makes it a heading; one below a blank line only ends a block.
@pytest.mark.parametrize(("gap", "title"), [("\n", "A short line of text"), ("\n\n", None)])
def test_rule_below_a_blank_line_makes_no_heading(gap: str, title: str | None) -> None:
    (article,) = read(
        f"A short line of text{gap}---\n\n{LAKE}\n\n{RIVER}".replace("text", "text." if not title else "text"),
        "text/markdown",
    )
    assert article.title == title


def test_two_rules_of_dashes_are_not_front_matter() -> None:
    (article,) = read(f"---\n{LAKE}\n---\n{RIVER}", "text/markdown")
    assert body(article) == f"{LAKE}\n{RIVER}"
