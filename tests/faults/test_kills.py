"""A run that is killed, at any moment: the published file stays whole, and the next run makes up for it exactly.

A short slice runs always; `make soak` kills more than sixty times.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from runs import Runs
from story import Rows, Story, query, snapshot

# Every point at which one stage hands over to the next, in order: a run that dies at one of them is carried on by a
# run that dies at the next. The marts are built by 131 steps.
BOUNDARIES = [
    *(("Looking at seeds", "begin"), ("Looking at seeds", "end"), ("Reading documents", "begin")),
    *(("Reading documents", "end"), ("Finding articles", "begin"), ("Finding articles", "end")),
    *(("Extracting events", "begin"), ("Extracting events", "end"), ("Building and testing marts", "begin")),
    *(("Building and testing marts", 40), ("Building and testing marts", 100), ("Building and testing marts", "end")),
]
KILLED = -signal.SIGKILL


class Siege:
    """Two states of the seeds, runs between them that die, and what must hold whenever one has died."""

    def __init__(self, branch: Story, runs: Runs) -> None:
        self.branch, self.runs = branch, runs
        self.expected = {name: branch.snapshots[name] for name in ("removed", "restored")}
        self.aside = {name: (branch.seeds / name).read_bytes() for name in ("two_on_a_page.md", "lines.jsonl")}
        self.state = "restored"
        self.kills = 0
        self.seconds = branch.summaries["restored"].seconds
        self._known = self._hash()

    def turn(self) -> None:
        """The seeds as in the other state: two files less and one under another name, or all as at first."""
        seeds = self.branch.seeds
        if self.state == "restored":
            (seeds / "two_on_a_page.md").unlink()
            (seeds / "lines.jsonl").rename(seeds / "renamed.jsonl")
        else:
            (seeds / "renamed.jsonl").unlink()
            for name, content in self.aside.items():
                (seeds / name).write_bytes(content)
        self.state = "removed" if self.state == "restored" else "restored"

    def attempt(self, delay: float | None = None, **order: Any) -> bool:
        """One run that is to die; whether it did. What is published then is one of the two states, and whole."""
        pid = self.runs.start(seeds=str(self.branch.seeds), warehouse=str(self.branch.warehouse), **order)
        if delay is not None:
            with suppress(ProcessLookupError):
                # Nobody waits for a run that has ended meanwhile.
                for _ in range(int(delay * 20)):
                    os.kill(pid, 0)
                    time.sleep(0.05)
                os.kill(pid, signal.SIGKILL)
        code = self.runs.end()
        assert code in (0, KILLED), "the run failed; its line is in the captured errors"
        self.kills += code == KILLED
        if self._hash() != self._known:
            assert self.published() in self.expected.values()
            self._known = self._hash()
        return code == KILLED

    def published(self) -> dict[str, Rows]:
        """What readers see, after checking that the marts and the record of the run that made them belong together."""
        runs = query(self.branch.warehouse, "select run_id, event_count from quality.runs order by finished_at, run_id")
        assert len(set(runs)) == len(runs)
        events = query(self.branch.warehouse, "select count(*) from marts.fact_events")[0][0]
        assert events in {count for _, count in runs}
        return snapshot(self.branch.warehouse)

    def recover(self) -> None:
        """A run that nobody disturbs: no row is lost or doubled, and nothing is left lying about."""
        started = time.monotonic()
        assert not self.attempt()
        self.seconds = time.monotonic() - started
        print(f"{self.kills} kills, a run takes {self.seconds:.0f} s")
        assert self.published() == self.expected[self.state]
        log = query(self.branch.warehouse, "select count(*), count(distinct document_id) from quality.document_log")
        assert log == [(4, 4)]
        assert [path.name for path in self.branch.warehouse.iterdir() if path.name.startswith(".")] == [".build"]

    def _hash(self) -> str:
        return hashlib.sha256((self.branch.warehouse / "gazette.duckdb").read_bytes()).hexdigest()


@pytest.fixture
def siege(branch: Story, runs: Runs) -> Siege:
    return Siege(branch, runs)


@pytest.mark.parametrize(
    "boundaries",
    [BOUNDARIES[5::3], pytest.param(BOUNDARIES * 2, marks=[pytest.mark.slow, pytest.mark.timeout(7200)])],
    ids=["slice", "full"],
)
def test_kills_at_stage_boundaries_damage_lose_and_double_nothing(
    siege: Siege, boundaries: list[tuple[str, str | int]]
) -> None:
    for number, (stage, moment) in enumerate(boundaries):
        if number % len(BOUNDARIES) == 0:
            if number:
                siege.recover()
            # Files that went leave nothing to read, so the boundaries are those of the way back.
            siege.turn()
            siege.attempt(delay=siege.seconds / 2)
            siege.recover()
            siege.turn()
        assert siege.attempt(stage=stage, moment=moment), f"{stage} {moment} was never reached"
    siege.recover()


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_kills_at_random_moments_damage_lose_and_double_nothing(siege: Siege) -> None:
    moments = random.Random(6)
    while siege.kills < 30:
        siege.turn()
        # The later ones of a group hit the recovery from those before.
        for _ in range(moments.choice([1, 2, 3])):
            if not siege.attempt(delay=moments.uniform(0, siege.seconds)):
                break
        siege.recover()


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_kills_at_every_file_operation_of_publishing_damage_lose_and_double_nothing(
    siege: Siege, tmp_path: Path
) -> None:
    report = tmp_path / "operations.json"
    siege.turn()
    assert not siege.attempt(report=str(report))
    operations = json.loads(report.read_text())
    assert "os.rename" in operations and len(operations) >= 5
    siege.turn()
    for number in range(len(operations)):
        siege.attempt(report=str(report), die_at=number)
    assert siege.kills >= len(operations) - 2
    siege.recover()
