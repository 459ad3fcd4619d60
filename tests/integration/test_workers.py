"""Extraction over processes: the same result as in one process, and a killed worker costs one document."""

from __future__ import annotations

import hashlib
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest
from story import EXTRA_SEED

from pipelines import workers
from pipelines.ingest.article import Document
from pipelines.workers import Crew, Outcome, Task


def task(text: str) -> Task:
    document_id = hashlib.sha256(text.encode()).hexdigest()[:16]
    document = Document(document_id, f"{document_id}.txt", len(text), "utf-8", "text/plain", text)
    return Task(document, frozenset({f"{document_id}-001"}))


TASKS = [task(EXTRA_SEED), task(EXTRA_SEED.replace("Bahamas", "Bermuda"))]


def flat(crew: Crew) -> list[Outcome]:
    return [outcome for batch in crew.outcomes(TASKS) for outcome in batch]


def test_few_articles_start_no_process() -> None:
    assert Crew(1)._executor is None
    with Crew(workers.POOL_FROM_ARTICLES + 1) as crew:
        assert isinstance(crew._executor, Executor)


def test_worker_processes_find_what_one_process_finds_in_the_same_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "CHUNK_CHARACTERS", 1)
    with Crew(0) as alone:
        expected = flat(alone)
    with Crew(workers.POOL_FROM_ARTICLES + 1) as crew:
        assert flat(crew) == expected
    assert [outcome.document_id for outcome in expected] == [task.document.document_id for task in TASKS]
    assert any(outcome.rows.get("mentions") for outcome in expected)


class Grave(Executor):
    """A pool whose workers die of one document and do the others."""

    deaths = 0

    def submit(self, function: Any, *arguments: Any, **options: Any) -> Future[Any]:  # type: ignore[override]
        (tasks,) = arguments
        future: Future[Any] = Future()
        if any(task.document.document_id == TASKS[0].document.document_id for task in tasks):
            Grave.deaths += 1
            future.set_exception(BrokenProcessPool("died"))
        else:
            future.set_result(function(tasks))
        return future


def test_document_that_kills_its_worker_costs_only_its_own_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CHUNK_CHARACTERS", 1)
    monkeypatch.setattr(workers, "_new_pool", lambda processes: Grave())
    with Crew(workers.POOL_FROM_ARTICLES + 1) as crew:
        dead, alive = flat(crew)
    assert [problem.reason_code for problem in dead.problems] == ["extractor_failed"]
    assert dead.rows == {}
    assert alive.rows.get("mentions")
    # Once in the crew and once on its own: nothing is blamed on a document before it has killed a worker
    # alone.
    assert Grave.deaths == 2


def test_tasks_are_cut_into_chunks_that_keep_their_order() -> None:
    many = [task(f"{number} " * 8000) for number in range(20)]
    chunks = list(workers._chunks(many))
    assert [one for chunk in chunks for one in chunk] == many
    assert 1 < len(chunks) < len(many)
