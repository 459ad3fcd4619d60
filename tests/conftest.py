"""What tests share for a session: a run costs seconds, so one sequence is played and many tests look."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from story import READER, Story, write_seeds


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The first test that asks for the story waits for its runs, on a busy machine for minutes."""
    for item in items:
        if "story" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(1200))


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """first, again (unchanged), removed (one file gone, one renamed), restored; a reader watches the last"
    " three."""
    base = tmp_path_factory.mktemp("story")
    tale = Story(base / "seeds", base / "warehouse")
    write_seeds(tale.seeds)
    tale.play("first")

    stop = base / "stop"
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(tale.warehouse / "gazette.duckdb"), str(stop)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as reader:
        try:
            tale.play("again")
            removed = (tale.seeds / "executive_order.txt").read_bytes()
            (tale.seeds / "executive_order.txt").unlink()
            (tale.seeds / "lines.jsonl").rename(tale.seeds / "renamed.jsonl")
            tale.play("removed")
            (tale.seeds / "executive_order.txt").write_bytes(removed)
            (tale.seeds / "renamed.jsonl").rename(tale.seeds / "lines.jsonl")
            tale.play("restored")
        finally:
            stop.touch()
            output, _ = reader.communicate(timeout=60)
    tale.reader_report = output.split()
    yield tale
    shutil.rmtree(base, ignore_errors=True)
