"""Extraction of many articles at once, over processes, with the same result as one after another.

Knows documents, articles and rows; knows neither Dagster nor the database, and imports the language model
only where work is done, so that a worker process starts quickly. Only the parent writes what workers return.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from pipelines.ingest.article import Article, Document
from pipelines.problems import Problem, Stage

# Below this many articles a pool costs more (each process loads the model) than it saves.
POOL_FROM_ARTICLES = 40
# Characters of text in one piece of work: enough to make the hand-over cheap, few enough to share out evenly.
CHUNK_CHARACTERS = 60_000


@dataclass(frozen=True, slots=True)
class Task:
    """A document and the ids of those of its articles that are to be extracted."""

    document: Document
    article_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out of one article: rows by landed table, and problems. A failed article has no rows."""

    article_id: str
    document_id: str
    rows: dict[str, list[dict[str, Any]]]
    problems: list[Problem]


class Crew:
    """Does tasks in worker processes when there are enough of them, else in this one. A context manager."""

    def __init__(self, article_count: int) -> None:
        self._processes = min(os.cpu_count() or 1, 8)
        self._executor: Executor | None = None
        if article_count > POOL_FROM_ARTICLES and self._processes > 1:
            self._executor = _new_pool(self._processes)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *fault: object) -> None:
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)

    def outcomes(self, tasks: list[Task]) -> Iterator[list[Outcome]]:
        """The outcomes of the tasks, in the order of the tasks, some at a time.

        A document that kills its worker process costs its own articles only, which come back as failed.
        """
        chunks = list(_chunks(tasks))
        if self._executor is None:
            yield from (extract_chunk(chunk) for chunk in chunks)
            return
        done = 0
        while done < len(chunks):
            try:
                for outcome in self._executor.map(extract_chunk, chunks[done:]):
                    done += 1
                    yield outcome
            except BrokenProcessPool:
                # Which chunk killed a worker is not told; this one is the first that may have.
                self._executor = _new_pool(self._processes)
                yield from (_apart(task) for task in chunks[done])
                done += 1


def extract_chunk(tasks: list[Task]) -> list[Outcome]:
    """Extract the wanted articles of some documents. Runs in a worker process or in the parent."""
    from pipelines.extract.extractor import default_extractor
    from pipelines.ingest.articles import split_articles

    extractor = default_extractor()
    found: list[Outcome] = []
    for task in tasks:
        articles, _ = split_articles(task.document)
        for article in articles:
            if article.article_id not in task.article_ids:
                continue
            # Whatever one text does to the extractor, the other texts of the run are still wanted.
            try:
                extraction = extractor.extract(article)
            except Exception as error:
                found.append(_failed(task, article, f"{type(error).__name__}: {error}"))
            else:
                found.append(
                    Outcome(
                        article.article_id,
                        article.document_id,
                        extraction.rows,
                        [_placed(problem, task) for problem in extraction.problems],
                    )
                )
    return found


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    chunk: list[Task] = []
    size = 0
    for task in tasks:
        chunk.append(task)
        size += len(task.document.text)
        if size >= CHUNK_CHARACTERS:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _new_pool(processes: int) -> ProcessPoolExecutor:
    # Forking a process that holds DuckDB's and dbt's threads is not safe; spawning is, everywhere.
    return ProcessPoolExecutor(max_workers=processes, mp_context=get_context("spawn"))


def _apart(task: Task) -> list[Outcome]:
    with _new_pool(1) as single:
        try:
            return single.submit(extract_chunk, [task]).result()
        except BrokenProcessPool:
            return [
                Outcome(
                    article_id,
                    task.document.document_id,
                    {},
                    [_failure(task, f"article {article_id}: the worker process died")],
                )
                for article_id in sorted(task.article_ids)
            ]


def _failed(task: Task, article: Article, reason: str) -> Outcome:
    line = " ".join(reason.split())[:200]
    problem = _failure(task, f"article {article.article_number}: {line}")
    return Outcome(article.article_id, article.document_id, {}, [problem])


def _failure(task: Task, reason: str) -> Problem:
    return Problem(
        Stage.EXTRACT,
        task.document.seed_path,
        "extractor_failed",
        f"{reason}; no events were read from it, please report the text",
        document_id=task.document.document_id,
    )


def _placed(problem: Problem, task: Task) -> Problem:
    """The extractor sees an article, not a file; the file's name is added here where it is missing."""
    return Problem(
        problem.stage,
        problem.path or task.document.seed_path,
        problem.reason_code,
        problem.detail,
        problem.severity,
        problem.document_id or task.document.document_id,
    )
