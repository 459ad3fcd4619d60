"""Whatever a file holds: no exception, an answer in bounded time, and only rows that keep the contract.

A short slice runs always; `make soak` reads a hundred thousand documents.
"""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from documents import document

from pipelines import landing, schemas
from pipelines.escape import escaped
from pipelines.extract.extractor import default_extractor
from pipelines.ingest.article import Article, Document
from pipelines.ingest.articles import split_articles
from pipelines.ingest.decode import read_document
from pipelines.ingest.discover import SeedFile
from pipelines.ingest.sandbox import Sandbox
from pipelines.problems import Problem

# Seconds of processor time for one small document; the slowest takes a tenth, what is not linear takes minutes.
LIMIT = 5.0
BATCH = 500
# What of a raw text must come back: words and figures. Marks may be repaired, escaped or markup.
_WORD = re.compile(r"[^A-Za-z0-9]+")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """Where containers are unpacked; models load with it, once, so that no document pays for it."""
    default_extractor()
    split_articles(Document("0" * 16, "a.txt", 1, "utf-8", "text/plain", "Das ist ein Satz, wie er hier steht. " * 9))
    with Sandbox(seconds=20) as shared:
        yield shared


def read(
    sandbox: Sandbox, folder: Path, number: int, **options: Any
) -> tuple[Document | None, list[Article], list[Problem]]:
    name, content = document(number, **options)
    path = folder / "document"
    path.write_bytes(content)
    found, problems = read_document(SeedFile(name, path, len(content), 0), sandbox)
    if found is None:
        assert problems, "no reason given"
        return None, [], problems
    articles, more = split_articles(found)
    assert articles or more, "no reason given"
    return found, articles, problems + more


@contextmanager
def watched(number: int) -> Iterator[None]:
    """Names the document in a failure of the block, and fails one that takes too long."""
    started = time.process_time()
    try:
        yield
        spent = time.process_time() - started
        assert spent < LIMIT, f"{spent:.1f} s"
    except BaseException as error:
        error.add_note(f"documents.document({number})")
        raise


def check_articles(text: str, articles: list[Article]) -> None:
    for article in articles:
        assert 0 <= article.char_start <= article.char_end <= len(text)
        if article.published_span:
            assert 0 <= article.published_span[0] < article.published_span[1] <= len(text)
        for block in article.blocks:
            starts, ends = list(block.text.offsets), list(block.text.ends)
            assert block.text.text.strip() and starts == sorted(starts) and ends == sorted(ends)
            assert starts[0] >= 0 and ends[-1] <= len(text)
    assert len({article.article_id for article in articles}) == len(articles)


def check_problems(problems: list[Problem]) -> None:
    for problem in problems:
        assert problem.line() == escaped(problem.line()), problem
        assert problem.reason_code not in ("reader_failed", "reader_died", "took_too_long"), problem


def rows_of(model: type[schemas.LandedTable], items: Iterable[object]) -> list[dict[str, Any]]:
    return [{name: getattr(item, name) for name in schemas.polars_schema(model)} for item in items]


@pytest.mark.parametrize(
    "numbers",
    [range(1_000), pytest.param(range(1_000, 100_000), marks=[pytest.mark.slow, pytest.mark.timeout(20_000)])],
    ids=["slice", "full"],
)
def test_readers_take_any_document(sandbox: Sandbox, tmp_path: Path, numbers: range) -> None:
    documents: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number in numbers:
        with watched(number):
            found, articles, more = read(sandbox, tmp_path, number)
            if found is not None:
                check_articles(found.text, articles)
            check_problems(more)
        problems += more
        if found is not None:
            documents += rows_of(schemas.Documents, [found])
            rows += [landing._article_row(article) for article in articles]
        if len(documents) == BATCH or number == numbers[-1]:
            # Two documents of the same few bytes are one; what is left is what would be landed.
            distinct = {row["document_id"]: row for row in documents}
            articles_of = {row["article_id"]: row for row in rows}
            for model, landed in ((schemas.Documents, distinct), (schemas.Articles, articles_of)):
                schemas.validated(model, schemas.frame(model, list(landed.values())))
            set_aside = rows_of(schemas.Quarantine, problems)
            schemas.validated(schemas.Quarantine, schemas.frame(schemas.Quarantine, set_aside))
            documents, rows, problems = [], [], []


def holds(raw: str, media_type: str, value: str) -> bool:
    """Whether the words of the value stand in the raw text, in order; markup may stand between them."""
    if media_type == "application/x-ndjson":
        raw = json.loads(f'"{raw}"', strict=False)
    # A reference stands for its character in a page, and for itself in a text that is none.
    characters = iter(re.sub(r"&#?\w+;?", lambda found: found[0] + html.unescape(found[0]), raw))
    return all(wanted in characters for wanted in _WORD.sub("", value))


def check_evidence(found: Document, rows: dict[str, list[dict[str, Any]]]) -> None:
    texts = {"mentions": "quote", "mention_actors": "name_as_reported", "mention_amounts": "amount_text"}
    mention_ids = [row["mention_id"] for row in rows.get("mentions", [])]
    assert len(set(mention_ids)) == len(mention_ids)
    for table, model in schemas.EXTRACTED.items():
        for row in rows.get(table, []):
            assert row.get("mention_id") in mention_ids or table == "actor_sightings"
            if "char_start" in schemas.polars_schema(model):
                start, end = row["char_start"], row["char_end"]
                assert 0 <= start < end <= len(found.text)
                if table in texts:
                    raw = found.text[start:end]
                    assert holds(raw, found.media_type, row[texts[table]]), (table, row[texts[table]], raw)


@pytest.mark.parametrize(
    "numbers",
    [
        range(1_000_000, 1_000_150),
        pytest.param(range(1_000_150, 1_006_000), marks=[pytest.mark.slow, pytest.mark.timeout(20_000)]),
    ],
    ids=["slice", "full"],
)
def test_extractor_takes_any_article(sandbox: Sandbox, tmp_path: Path, numbers: range) -> None:
    gathered: dict[str, list[dict[str, Any]]] = {table: [] for table in schemas.EXTRACTED}
    for number in numbers:
        with watched(number):
            found, articles, _ = read(sandbox, tmp_path, number, most_sentences=4)
            for article in articles:
                extraction = default_extractor().extract(article)
                assert found is not None
                check_evidence(found, extraction.rows)
                for table, rows in extraction.rows.items():
                    gathered[table] += rows
        if number % BATCH == 0 or number == numbers[-1]:
            for table, model in schemas.EXTRACTED.items():
                distinct = {json.dumps(row, default=str): row for row in gathered[table]}
                schemas.validated(model, schemas.frame(model, list(distinct.values())))
                assert gathered[table] or table == "mention_topics" or number != numbers[-1], f"no {table} were tried"
                gathered[table] = []
