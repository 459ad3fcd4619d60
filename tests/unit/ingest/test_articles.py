"""Claims about documents as a whole: ids, languages, problems, blocks of a text, and offsets that lead
back."""

from __future__ import annotations

import html
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.article import Article, Document
from pipelines.ingest.articles import split_articles
from pipelines.problems import Problem, Severity, Stage

LAKE = (
    "The finance ministry of Lakeland said on Monday that it will license custodians of digital assets "
    "from next year, "
    "after a consultation in which forty firms took part and most of them asked for clear rules on "
    "reserves and audits."
)
RIVER = (
    "Officials said the first licences would go to banks that already hold securities for their customers, "
    "while smaller "
    "firms must wait until the supervisor has written guidance on staking, on lending and on foreign "
    "subcontractors."
)
TITLE = "Lakeland to license custodians of digital assets"
GERMAN = (
    "Das Finanzministerium teilte am Montag mit, dass es im kommenden Jahr Verwahrer digitaler "
    "Vermögenswerte zulassen wird. "
    "Zuvor hatten sich vierzig Unternehmen an einer Anhörung beteiligt und klare Regeln für Rücklagen und "
    "Prüfungen verlangt."
)
HINDI = "वित्त मंत्रालय ने सोमवार को कहा कि वह अगले वर्ष से डिजिटल संपत्तियों के संरक्षकों को लाइसेंस देगा। " * 4


def read(text: str, media_type: str = "text/plain") -> tuple[list[Article], list[Problem]]:
    return split_articles(Document("0123456789abcdef", "page.txt", len(text.encode()), "utf-8", media_type, text))


def blocks(text: str, media_type: str = "text/plain") -> list[tuple[str, str]]:
    (article,), _ = read(text, media_type)
    return [(block.block_type, block.text.text) for block in article.blocks]


def test_ids_number_the_articles_of_a_document() -> None:
    articles, problems = read(
        f"{TITLE}\nMay 4, 2023\n{LAKE}\n{RIVER}\nOther news of the lake\nMay 9, 2023\n{RIVER} {LAKE}"
    )
    assert problems == []
    assert [(article.article_id, article.document_id, article.article_number) for article in articles] == [
        ("0123456789abcdef-001", "0123456789abcdef", 1),
        ("0123456789abcdef-002", "0123456789abcdef", 2),
    ]


@pytest.mark.parametrize(
    "text",
    ["Share\nFollow us\nMay 4, 2023\n", "Only a title of a page", "© 2023 Newsdesk", "Home\nMarkets\nLog in"],
)
def test_page_without_an_article_is_reported(text: str) -> None:
    articles, problems = read(text)
    assert articles == []
    assert [(problem.stage, problem.reason_code, problem.severity) for problem in problems] == [
        (Stage.SEGMENT, "no_article", Severity.ERROR)
    ]
    assert problems[0].document_id == "0123456789abcdef"


@pytest.mark.parametrize(("text", "language"), [(GERMAN * 2, "de"), (HINDI, "hi")])
def test_article_in_another_language_is_reported_and_not_read(text: str, language: str) -> None:
    (article,), (problem,) = read(f"{text}\n")
    assert (article.language, article.blocks, article.word_count) == (language, (), 0)
    assert (problem.reason_code, problem.severity) == ("not_english", Severity.ERROR)
    assert language in problem.detail


def test_short_text_is_taken_for_english_whatever_its_names() -> None:
    (article,), problems = read("Bank Negara Malaysia, Datuk Seri Anwar Ibrahim.")
    assert (article.language, problems) == ("en", [])


def test_mojibake_is_repaired_and_reported() -> None:
    (article,), (problem,) = read(f"The ministryâ€™s plan came late. {LAKE}")
    assert article.blocks[0].text.text.startswith("The ministry’s plan came late.")
    assert (problem.reason_code, problem.severity) == ("mojibake_repaired", Severity.INFO)


def test_unknown_media_type_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="no reader"):
        read("words", "application/zip")


def test_blocks_of_a_text_get_their_types() -> None:
    page = f"""{TITLE}

By

Ada Brook

Quick Take

Summary is AI generated, newsroom reviewed.

 • Banks may hold tokens from next year.

 • Small firms must wait.

{LAKE}

What banks must do

{RIVER} They must do three things:

  1. Key care: hold every key at home;

  2) Tell the supervisor.

  – Pay a fee.

2. Next steps of the ministry

{LAKE} More is to come.

Follow us on Google News

Ada Brook is a journalist who covers tokens for Newsdesk.
"""
    assert blocks(page) == [
        ("title", TITLE),
        ("list_item", "Banks may hold tokens from next year."),
        ("list_item", "Small firms must wait."),
        ("paragraph", LAKE),
        ("heading", "What banks must do"),
        ("paragraph", f"{RIVER} They must do three things:"),
        ("list_item", "Key care: hold every key at home;"),
        ("list_item", "Tell the supervisor."),
        ("list_item", "Pay a fee."),
        ("heading", "Next steps of the ministry"),
        ("paragraph", f"{LAKE} More is to come."),
    ]


def test_lines_after_a_colon_are_items_without_bullets() -> None:
    assert blocks(f"{LAKE}\nThree bodies signed:\nThe Bank of Hillmark\nThe Lake Council\n{RIVER}") == [
        ("paragraph", LAKE),
        ("paragraph", "Three bodies signed:"),
        ("list_item", "The Bank of Hillmark"),
        ("list_item", "The Lake Council"),
        ("paragraph", RIVER),
    ]


def test_wrapped_text_is_put_together_again() -> None:
    words = f"{LAKE} {RIVER}".split()
    lines, line = [], ""
    for word in words:
        if len(line) + 1 + len(word) > 72:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    assert blocks("\n".join([*lines, line])) == [("paragraph", f"{LAKE} {RIVER}")]


def test_sentence_broken_at_a_link_is_put_together_again() -> None:
    assert blocks(f"In a post on\nX, the ministry said so\n, and\nits speaker agreed.\n{LAKE}") == [
        ("paragraph", "In a post on X, the ministry said so, and its speaker agreed."),
        ("paragraph", LAKE),
    ]


def test_markdown_markup_goes_and_words_stay() -> None:
    page = f"""# {TITLE}

![A lake](https://img.example/lake.png)

The **ministry** said in [a _statement_](https://lake.example/a "b") that _all_ is set[^1]. {LAKE}

> “It is late,” the speaker said.

```
code = "is no article"
```

What banks must do
------------------

- Keep `keys` at home.
* Pay a fee.

{RIVER}
"""
    assert blocks(page, "text/markdown") == [
        ("title", TITLE),
        ("paragraph", f"The ministry said in a statement that all is set. {LAKE}"),
        ("paragraph", "“It is late,” the speaker said."),
        ("heading", "What banks must do"),
        ("list_item", "Keep keys at home."),
        ("list_item", "Pay a fee."),
        ("paragraph", RIVER),
    ]


@pytest.mark.parametrize(
    "furniture",
    [
        ["Related articles", "Other news of the week in brief", "A third headline for today"],
        [
            "You May Also Like",
            "Other news of the week",
            "The start of another story that goes on for a few words more...",
            "A third headline",
            "The start of a third story that goes on for a few words more...",
        ],
        [
            "Comments",
            "Great article, I think they are all wrong about the fee and about the rest as well, as always.",
        ],
        ["Disclaimer: The information provided is not financial advice. Do your own research."],
        [
            "About the author",
            "Ada Brook has written on tokens for ten years and lives by the lake with two cats.",
        ],
        ["Tags: law, banks", "Share this article", "© 2023 Newsdesk"],
        ["Read More:"],
        [
            "The post A lake froze appeared first on Newsdesk.",
            "Credit: Source link",
            "Leave A Reply",
            "Your email address will not be published.",
        ],
    ],
)
def test_end_of_a_page_is_left_out(furniture: list[str]) -> None:
    assert blocks("\n\n".join([TITLE, LAKE, RIVER, *furniture])) == [
        ("title", TITLE),
        ("paragraph", LAKE),
        ("paragraph", RIVER),
    ]


@pytest.mark.parametrize(
    "between",
    [
        "Read more: Another story altogether",
        "Advertisement",
        "Photo by Ada Brook on Unsplash",
        "https://img.example/lake.webp",
        "Related articles",
        "The speaker at the fair. PHOTO: LAKE NEWS",
    ],
)
def test_what_stands_between_paragraphs_is_left_out_and_the_rest_is_kept(between: str) -> None:
    assert blocks("\n\n".join([TITLE, LAKE, between, RIVER, f"{LAKE} More is to come."]))[1:] == [
        ("paragraph", LAKE),
        ("paragraph", RIVER),
        ("paragraph", f"{LAKE} More is to come."),
    ]


def fold(text: str) -> str:
    """What readers may change: entities, escapes, white space, invisible characters and markup."""
    text = html.unescape(re.sub(r"<[^<>]*>|\*\*", "", text))
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


PIECES = st.sampled_from(
    [
        "The minister",
        "paid 5%.",
        "It’s “late”.",
        "\u00a0",
        "\u200b",
        "\n",
        "\n\n",
        " ",
        "Next step",
        "1. ",
        "• ",
        "May 4, 2023",
        "Share",
        "end.Next",
        "Crypto taxesGovernments may pay.",
        "Photo by A on Unsplash",
        "<b>",
        "&amp;",
        "AT&T",
        "**",
        "é",
        "😀",
        "\t",
        "soft\u00adware",
        "\r\n",
        LAKE,
        RIVER,
        TITLE,
        "Also read: x",
        "date 2024-01-01 ",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES, max_size=25),
    st.sampled_from(["text/plain", "text/markdown", "text/html", "application/x-ndjson"]),
)
def test_raw_span_of_every_word_holds_the_word(pieces: list[str], media_type: str) -> None:
    text = "".join(pieces)
    if media_type == "application/x-ndjson":
        text = json.dumps({"text": text, "date": "2024-02-03"}) + "\n" + json.dumps({"text": text}, ensure_ascii=False)
    articles, _ = read(text, media_type)
    for article in articles:
        for block in article.blocks:
            assert block.text.text.strip()
            for word in re.finditer(r"\S+", block.text.text):
                start, end = block.text.raw_span(*word.span())
                raw = text[start:end]
                if media_type == "application/x-ndjson":
                    raw = json.loads(f'"{raw}"')
                assert fold(word.group()) in fold(raw)
            first, last = block.text.raw_span(0, len(block.text))
            assert article.char_start <= last and first <= article.char_end


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=25), st.sampled_from(["text/plain", "text/markdown", "text/html"]))
def test_reading_twice_gives_the_same(pieces: list[str], media_type: str) -> None:
    text = "".join(pieces)
    assert read(text, media_type) == read(text, media_type)


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=200),
    st.sampled_from(["text/plain", "text/markdown", "text/html", "application/x-ndjson"]),
)
def test_no_text_makes_a_reader_fail(text: str, media_type: str) -> None:
    articles, problems = read(text, media_type)
    assert articles or problems
