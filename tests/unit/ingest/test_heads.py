"""Claims about where the stories of a page begin by the form they share, and what never begins one."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from pipelines.ingest.article import Article, Document
from pipelines.ingest.articles import split_articles

LAKE_TITLE, LAKE = (
    "Lakeland to license custodians of tokens",
    "The finance ministry of Lakeland will license custodians of tokens from next year. Forty firms took part in a "
    "consultation that ended on 2 May 2024. Banks in Lakeport may apply first. Smaller firms must wait.",
)
HILL_TITLE, HILL = (
    "Hillmark pays wages in a token",
    "The central bank of Hillmark has begun to pay wages in a token of its own. Three shops in Hillton take it. The "
    "trial ends on 30 June 2026. Critics fear for the privacy of those who buy.",
)
COAST_TITLE, COAST = (
    "Coastville court orders Tradely to pay",
    "A court in Coastville has ordered Tradely to return what nine thousand users paid in. Tradely had sold them a "
    "product without a prospectus. It has until 1 March 2026 to appeal. Lawyers of the users want interest too.",
)
TITLES = (LAKE_TITLE, HILL_TITLE, COAST_TITLE)
BODIES = (LAKE, HILL, COAST)
DAYS = (date(2025, 11, 3), date(2025, 11, 5), date(2025, 11, 6))
WRITTEN = ("3 November 2025", "5 November 2025", "6 November 2025")
NONE = (None, None, None)
# The day of an issue is that of all its stories.
ISSUE = DAYS[:1] * 3
MARKDOWN, TEXT = "text/markdown", "text/plain"


def read(text: str, media_type: str = TEXT) -> list[Article]:
    document = Document("d" * 16, "page", len(text), "utf-8", media_type, text)
    return split_articles(document)[0]


def stories(form: str, between: str = "\n\n") -> str:
    """Three stories of one form: `{t}` title, `{b}` body, `{d}` date, `{n}` number."""
    rows = zip(TITLES, BODIES, WRITTEN, strict=True)
    return between.join(form.format(t=t, b=b, d=d, n=n, T=t.upper()) for n, (t, b, d) in enumerate(rows, 1)) + "\n"


# Each page repeats one form from its first story to its last: that alone says where the next one begins.
@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("Harbour Wire archive - page 2 of 14\n" + stories("{d}\n{t}\n{b}"), DAYS, id="below a name"),
        pytest.param("# Lakes in brief\n\n" + stories("## {n}) {t}\n\n`{d}`\n\n{b}"), DAYS, id="numbered, below an h1"),
        pytest.param("The lakes (from the app)\n\n" + stories("LAKES | {d}\n{t}\n{b}\nShare"), DAYS, id="labels"),
        pytest.param(stories("{t}\nBy Ada Brook\n\n{b}"), NONE, id="bylines"),
        pytest.param("HARBOUR TICKER\n\n3 November 2025\n\n" + stories("1{n}:40\n{t}\n{b}"), ISSUE, id="times"),
        pytest.param("Newswire, 3 November 2025\n\n" + stories("1{n}:40 {t}\n{b}"), ISSUE, id="times in titles"),
        pytest.param(stories("{T}\n\n{b} ({d})"), DAYS, id="dates in brackets at the end"),
        pytest.param(stories("{t}\n{b}\n{d}\n\nAbout the author\nAda Brook covers law."), DAYS, id="dates at the end"),
        pytest.param(stories("{t} ({d})\n\n{b}"), DAYS, id="dates behind titles"),
        pytest.param(stories("{d} - {t}\n{b}"), DAYS, id="dates before titles"),
        pytest.param(stories("• {d} – {b}"), DAYS, id="dated points, each a story"),
        pytest.param(stories("LAKEPORT, {d} (HW) - {b}"), DAYS, id="datelines without titles"),
        pytest.param("3 November 2025\n\n" + stories("LAKEPORT — {b}"), ISSUE, id="places below the day of an issue"),
        pytest.param(
            stories("Title: {t}\nLink: https://h.example/{n}\npubDate: {d}\nDescription: {b}"), DAYS, id="feed"
        ),
        pytest.param(stories("{T}\n{b}"), NONE, id="capitals"),
        pytest.param(
            "HARBOUR & HILL WEEKLY\nThe lakes in English since 1997\nNews :: Law :: Culture\n\n"
            + stories("{T}\n{d}\n{b}"),
            DAYS,
            id="capitals and dates below a masthead",
        ),
        pytest.param(
            "HARBOUR WIRE -- SUMMARY No. 2 (Nov. 3, 2025, as of 18:00 KST)\n\n"
            + stories("(LEAD) {t}\nLAKEPORT, Nov. 3 (HW) -- {b}\n(END)"),
            ISSUE,
            id="a wire",
        ),
        pytest.param("## Briefs\n\n" + stories("## {t}\n\n**{d}, Lakeport.** {b}"), DAYS, id="places behind dates"),
        pytest.param(stories("{t}\nA line that says a little more\n\n{b}"), NONE, id="a dek below each title"),
        pytest.param(stories("LAKES\n{t}\n{b}"), NONE, id="a section above each title"),
        pytest.param(stories("{t}\n\n{b}", "\n\n----\n\n"), NONE, id="rules"),
        pytest.param(stories("{t}\n\n{b}", "\n\n--\n\n"), NONE, id="short rules"),
        pytest.param(stories("{t}\n\n{b}", "\n\n- ENDS -\n\n"), NONE, id="what a desk puts at an end"),
        pytest.param(stories("{t}\n{d}\n{b}\n\nComments\nBob wrote on 9 December 2025\nGood."), DAYS, id="comments"),
        pytest.param(stories("{t}\nPosted: {d}\n{b}\n\nRELATED: Old rules end (09.09.2025)"), DAYS, id="pointers"),
        pytest.param(
            stories("{t}\n{b}\n\nRelated\nOld rules end\n1 May 2025\nMiners go\n9 May 2025"), NONE, id="lists"
        ),
    ],
)
def test_stories_of_one_form_are_articles(text: str, days: tuple[date | None, ...]) -> None:
    articles = read(text, MARKDOWN if text.startswith("#") else TEXT)
    assert [article.published for article in articles] == list(days)
    for article, title, told in zip(articles, TITLES, BODIES, strict=True):
        assert article.title is None or title.lower() in article.title.lower()
        assert article.blocks[-1].text.text.endswith(told.rsplit(". ", 1)[-1])


def test_tokens_of_a_crawler_part_the_stories() -> None:
    days = iter(DAYS)
    text = "\n\n".join(f" date {next(days)} {title}\n\n{body}" for title, body in zip(TITLES, BODIES, strict=True))
    assert [article.published for article in read(text)] == list(DAYS)


# A drawn line, a blank line, or capitals alone part nothing where the text goes on about the same.
@pytest.mark.parametrize(
    "below",
    [
        pytest.param(["What Lakeland wants from its banks", "Lakeland wants reserves. It is so. Yes it is."]),
        pytest.param(["----", "What Lakeland wants from its banks", "Lakeland wants reserves. It is so. Yes it is."]),
        pytest.param(["Hillmark pays wages in a token", "The bank has begun to pay wages…"], id="cut off"),
        pytest.param(["Hillmark pays wages in a token", "By Ada Brook"], id="a byline without a text"),
        pytest.param(["Related articles", "Hillmark pays wages", "1 November 2025", "Coastville waits", "1 May 2025"]),
        pytest.param(["Comments", "Bob, 9 December 2025: Good.", "Ada, 10 December 2025: Bad."], id="comments"),
        pytest.param(["Hillmark pays", HILL], id="a heading of two words"),
        pytest.param(
            ["Hillmark pays wages in a token pic.example/4Q", "— Ada Brook (@ada) May 1, 2025", HILL], id="a post shown"
        ),
        pytest.param(["Hillmark pays wages in a token", "The bank pays. It does."], id="two sentences"),
    ],
)
@pytest.mark.parametrize("dated", [True, False])
def test_one_story_is_not_cut_by(below: list[str], dated: bool) -> None:
    text = "\n\n".join([LAKE_TITLE, *(["3 November 2025"] if dated else []), LAKE, *below])
    (article,) = read(text)
    assert article.published == (DAYS[0] if dated else None)


# Entries of one event have one subject, however they are marked.
@pytest.mark.parametrize(
    "entries",
    [
        pytest.param("LIVE: Lakeland debates custody\nMonday 3 November 2025\n\n{e}", id="log"),
        pytest.param("3 November 2025\n\n{e}", id="one subject"),
    ],
)
def test_log_of_an_event_is_one_article(entries: str) -> None:
    told = "The ministry in Lakeport has said no. Lakeland will vote again. So it is."
    log = "\n\n".join(f"1{n}:05\nLakeland says no to entry {n}\n{told}" for n in range(3))
    assert len(read(entries.format(e=log))) == 1


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param(
            f"{LAKE_TITLE}\n3 November 2025\n\n{LAKE}\n\nMORE NEWS\n\n{HILL_TITLE}\n\n{HILL}\n",
            (DAYS[0], None),
            id="undated below dated",
        ),
        pytest.param(
            f"{LAKE_TITLE}\n{LAKE}\n\n{HILL_TITLE}\n5 November 2025\n{HILL}\n\n{COAST_TITLE}\n{COAST}\n",
            (None, DAYS[1], None),
            id="one of three",
        ),
        pytest.param(
            f"{LAKE_TITLE}\n{LAKE}\n\n5 November 2025\n{HILL_TITLE}\n{HILL}\n", (None, DAYS[1]), id="a story is no dek"
        ),
        pytest.param(
            f"3 November 2025\n{LAKE_TITLE}\n{LAKE}\n\n{HILL_TITLE}\n5 November 2025\n{HILL}\n",
            DAYS[:2],
            id="above, then below",
        ),
    ],
)
def test_date_of_a_story_is_its_own_alone(text: str, days: tuple[date | None, ...]) -> None:
    assert [article.published for article in read(text)] == list(days)


def test_bylines_part_two_tales_of_the_same() -> None:
    text = f"{LAKE_TITLE}\nBy Ada Brook\n\n{LAKE}\n\nLakeland opens a register for banks\nBy Ben Field\n\n{LAKE}\n"
    assert len(read(text)) == 2


def test_note_above_a_mail_that_is_passed_on_is_no_article() -> None:
    outer = "From: Ada <a@h.example>\nSent: 9 November 2025\nSubject: FW: custody\n\nSee below. It matters.\n\n"
    inner = f"From: Desk\nSent: 7 November 2025\nSubject: custody\n\n{LAKE_TITLE}\n3 November 2025\n\n{LAKE}\n"
    (article,) = read(outer + "-----Original Message-----\n" + inner)
    assert article.published == DAYS[0]


def test_page_of_a_screen_reader_has_its_headings() -> None:
    text = (
        f"banner, landmark\nlink, Harbour Wire home\nheading level 1, {LAKE_TITLE}\npublished November 3rd 2025\n"
        f"button, Listen\n{LAKE}\nheading level 2, Top stories\nlink, Old rules end in Hillmark\n"
    )
    (article,) = read(text)
    assert (article.title, article.published) == (LAKE_TITLE, DAYS[0])


# The names that a page also writes in small letters say nothing of a subject.
def test_words_that_begin_sentences_are_no_names() -> None:
    one = f"{LAKE} Issuers must hold reserves. Traders may not. The rule covers foreign issuers and their traders."
    two = f"{HILL} Issuers may ask for time. Traders need not."
    assert len(read(f"{LAKE_TITLE}\n\n{one}\n\n{HILL_TITLE}\n\n{two}\n")) == 2


@pytest.mark.parametrize(
    "unit",
    [
        "Related articles\nHillmark pays wages\n1 November 2025\n",
        "Comments\nBob, 9 December 2025: Good.\n",
        f"{HILL_TITLE}\nBy Ada Brook\n{HILL}\n",
        f"LAKEPORT — {HILL}\n\n",
        "Title: Hillmark pays\nLink: https://harbour.example\n\n",
        "17\nNov\n2025\n",
    ],
)
def test_page_of_nothing_but_marks_is_read_in_bounded_time(unit: str) -> None:
    start = process_time()
    read(unit * 1500)
    assert process_time() - start < 5


# A line of three words in capitals may be a name; between stories that are headed so it is a heading.
def test_short_heading_in_capitals_begins_a_story_where_others_do() -> None:
    text = "\n\n".join(
        f"{title}\n{day}\n{body}"
        for title, day, body in zip(
            (LAKE_TITLE.upper(), "WAGE TOKEN TRIAL", COAST_TITLE.upper()), WRITTEN, BODIES, strict=True
        )
    )
    assert [article.published for article in read(text)] == list(DAYS)


# The site's name and motto say nothing that the story takes up.
@pytest.mark.parametrize(
    "above", ["Lake agency of Hillmark and Coastville", "News | Law", "The daily of the far north"]
)
def test_title_is_the_line_that_the_story_takes_up(above: str) -> None:
    (article,) = read(f"{above}\n\n{LAKE_TITLE}\n\nBy Ada Brook\n\n{LAKE}")
    assert article.title == LAKE_TITLE
