"""Claims about JSON Lines: offsets through escapes, fields, and lines that cannot be used."""

from __future__ import annotations

import json
from datetime import date

import pytest

from pipelines.ingest.article import Article, Document
from pipelines.ingest.articles import split_articles
from pipelines.problems import Problem

LAKE = (
    "The finance ministry of Lakeland said on Monday that it will license custodians of digital assets "
    "from next year, "
    "after a consultation in which forty firms took part."
)
RIVER = "Officials said the first licences would go to banks that already hold securities for their customers."


def read(text: str) -> tuple[list[Article], list[Problem]]:
    return split_articles(Document("f" * 16, "a.jsonl", len(text), "utf-8", "application/x-ndjson", text))


def test_each_line_is_an_article_with_its_fields() -> None:
    lines = [
        {
            "title": "Lakeland to license custodians",
            "text": f"{LAKE}\n\n{RIVER}",
            "published_at": "2024-02-03T04:05:06Z",
            "url": "x",
        },
        {"url": "y", "body": RIVER, "date": "3 March 2024"},
        {"content": f"<p>{LAKE}</p><p>{RIVER}</p>", "published": None},
    ]
    text = "\n".join(json.dumps(line) for line in lines) + "\n"
    articles, problems = read(text)
    assert problems == []
    assert [(article.title, article.published, article.published_rule) for article in articles] == [
        ("Lakeland to license custodians", date(2024, 2, 3), "json_field"),
        (None, date(2024, 3, 3), "json_field"),
        (None, None, None),
    ]
    assert [block.text.text for block in articles[0].blocks] == [
        "Lakeland to license custodians",
        LAKE,
        RIVER,
    ]
    assert [block.text.text for block in articles[2].blocks] == [LAKE, RIVER]
    assert [article.article_id for article in articles] == [f"{'f' * 16}-{number:03d}" for number in (1, 2, 3)]
    span = articles[0].published_span
    assert span is not None
    assert text[slice(*span)] == "2024-02-03T04:05:06Z"


def test_offsets_lead_through_escapes() -> None:
    text = (
        r'{"text": "The \"sandbox\" of the minister\u2019s caf\u00e9 \ud83d\ude00 '
        r'pays 40\/60 \\ more.\nIt\tis late."'
        r"}"
    )
    (article,), _ = read(text)
    first, second = (block.text for block in article.blocks)
    assert first.text == 'The "sandbox" of the minister’s café 😀 pays 40/60 \\ more.'
    assert second.text == "It is late."

    def raw(block_text: str, words: str) -> str:
        block = first if block_text == "first" else second
        place = block.text.index(words)
        return text[slice(*block.raw_span(place, place + len(words)))]

    assert raw("first", '"sandbox"') == r"\"sandbox\""
    assert raw("first", "minister’s") == r"minister\u2019s"
    assert raw("first", "café") == r"caf\u00e9"
    assert raw("first", "😀") == r"\ud83d\ude00"
    assert raw("first", "40/60 \\ more") == r"40\/60 \\ more"
    assert raw("second", "It is") == r"It\tis"


@pytest.mark.parametrize(
    "line",
    [
        '{"text": "cut off',
        "{'text': 'single quotes'}",
        "[1, 2]",
        '"a string"',
        "not json at all",
        '{"text": "one"} {"text": "two"}',
        '{"text" "one"}',
        "{" * 5000,
        '{"a": ' + "[" * 100_000,
        '{"text": "one",',
        '{"n": ' + "9" * 5000 + "}",
    ],
)
def test_broken_line_is_reported_by_number_and_the_others_are_used(line: str) -> None:
    articles, problems = read("\n".join([json.dumps({"text": LAKE}), line, json.dumps({"text": RIVER})]))
    assert len(articles) == 2
    assert [(problem.reason_code, problem.detail.startswith("line 2: ")) for problem in problems] == [
        ("broken_json_line", True)
    ]


@pytest.mark.parametrize(
    "line",
    [
        '{"title": "No text"}',
        '{"text": ""}',
        '{"text": 5}',
        '{"text": null, "body": " "}',
        "{}",
        '{"text": "Share"}',
    ],
)
def test_line_without_text_is_reported(line: str) -> None:
    articles, problems = read(f"{json.dumps({'text': LAKE})}\n\n{line}\n")
    assert len(articles) == 1
    assert [(problem.reason_code, problem.detail[:7]) for problem in problems] == [("missing_text", "line 3:")]


# Frames are of UTF-8, which has no half characters.
def test_half_of_a_pair_of_code_units_is_one_unreadable_character() -> None:
    (article,), problems = read('{"title": "A fine \\ud83d of note", "text": "\\udc00 ' + LAKE + '"}')
    assert problems == []
    assert article.title == "A fine \ufffd of note"
    assert [block.text.text.encode() for block in article.blocks]


def test_a_million_broken_lines_are_not_a_million_problems() -> None:
    _, problems = read(json.dumps({"text": LAKE}) + "\n" + "{\n" * 1000)
    assert len(problems) == 51
    assert problems[-1].detail == "950 further lines hold no article either"


def test_dates_in_the_text_of_a_line_do_not_split_it() -> None:
    text = f"{LAKE}\nSecond headline of the day\nMay 9, 2023\n{RIVER} {LAKE} {LAKE}"
    articles, _ = read(json.dumps({"title": "First headline of the day", "text": text, "date": "2023-05-04"}))
    assert [(article.title, article.published) for article in articles] == [
        ("First headline of the day", date(2023, 5, 4))
    ]


def test_document_without_any_article_says_so_too() -> None:
    articles, problems = read("{}\n")
    assert articles == []
    assert [problem.reason_code for problem in problems] == ["missing_text", "no_article"]
