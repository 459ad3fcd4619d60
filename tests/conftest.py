"""What tests share for a whole session. A run costs seconds: the sequence below is played once, and many tests look."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from story import READER, Story, write_seeds


@pytest.fixture(scope="session")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """first -> again (unchanged) -> removed (one file gone, one renamed) -> restored; a reader watches the last three."""
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
            os.rename(tale.seeds / "lines.jsonl", tale.seeds / "renamed.jsonl")
            tale.play("removed")
            (tale.seeds / "executive_order.txt").write_bytes(removed)
            os.rename(tale.seeds / "renamed.jsonl", tale.seeds / "lines.jsonl")
            tale.play("restored")
        finally:
            stop.touch()
            output, _ = reader.communicate(timeout=60)
    tale.reader_report = output.split()
    yield tale
    shutil.rmtree(base, ignore_errors=True)
