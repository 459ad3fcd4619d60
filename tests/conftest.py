"""What tests share for a session: a run costs seconds, so one sequence is played and many tests look."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from story import KEEPER, OPENER, Story, heard, write_seeds

# The same generated examples everywhere: a landing change is judged by itself, not by luck.
settings.register_profile("gazette", derandomize=True, deadline=None)
settings.load_profile("gazette")

# A shell ignores Ctrl-C for what it starts in the background, and every child inherits that: tests that press Ctrl-C
# would wait for ever.
signal.signal(signal.SIGINT, signal.default_int_handler)


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
    published = str(tale.warehouse / "gazette.duckdb")
    readers = {
        name: subprocess.Popen(
            [sys.executable, "-c", code, published, str(stop)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for name, code in (("opener", OPENER), ("keeper", KEEPER))
    }
    try:
        tale.play("again")
        removed = (tale.seeds / "two_on_a_page.md").read_bytes()
        (tale.seeds / "two_on_a_page.md").unlink()
        (tale.seeds / "lines.jsonl").rename(tale.seeds / "renamed.jsonl")
        tale.play("removed")
        (tale.seeds / "two_on_a_page.md").write_bytes(removed)
        (tale.seeds / "renamed.jsonl").rename(tale.seeds / "lines.jsonl")
        tale.play("restored")
    finally:
        stop.touch()
        tale.reader_reports = {name: heard(reader) for name, reader in readers.items()}
    yield tale
    shutil.rmtree(base, ignore_errors=True)


@pytest.fixture
def branch(story: Story, tmp_path: Path) -> Story:
    """A copy of the finished story that a test may spoil."""
    shutil.copytree(story.seeds, tmp_path / "seeds")
    shutil.copytree(story.warehouse, tmp_path / "warehouse")
    return Story(tmp_path / "seeds", tmp_path / "warehouse", dict(story.summaries), dict(story.snapshots))
