"""What a second look at the seeds does: each file exactly what its change asks for, and nothing for the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_landing import GOOD, Bench

from pipelines import landing
from pipelines.extract.identity import extractor_identity
from pipelines.ingest import decode

COUNT = 10_000


def text(number: int) -> str:
    return GOOD.replace("2 May", f"{number % 27 + 1} May") + f"Case {number} of the register was closed.\n"


class Watched(Bench):
    """A bench that notes which files were decoded, and tells how many of each kind of change a landing counted."""

    def __init__(self, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(base, monkeypatch)
        self.decoded: list[str] = []
        really_read = decode.read_document

        def noting(seed: Any, sandbox: Any) -> Any:
            self.decoded.append(seed.seed_path)
            return really_read(seed, sandbox)

        monkeypatch.setattr(decode, "read_document", noting)

    def look(self) -> dict[str, int]:
        self.decoded.clear()
        counts = self.land()
        return {name.removesuffix("_file_count"): n for name, n in counts.items() if name.endswith("_file_count") and n}

    def work(self) -> tuple[list[str], list[str], int]:
        """The files decoded, the files split into articles, and how many articles went to the extractor."""
        return self.decoded, self.parsed[: len(set(self.parsed))], len(self.extractor.read)


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    watched = Watched(tmp_path, monkeypatch)
    for number in range(3):
        watched.write(f"{number}.txt", text(number))
    assert watched.look() == {"new": 3}
    yield watched


def test_nothing_changed_reads_nothing(bench: Watched) -> None:
    before = bench.landed()
    assert bench.look() == {"unchanged": 3}
    assert bench.work() == ([], [], 0)
    assert bench.landed() == before


def test_new_file_alone_is_read(bench: Watched) -> None:
    bench.write("new.txt", text(7))
    assert bench.look() == {"unchanged": 3, "new": 1}
    assert bench.work() == (["new.txt"], ["new.txt"], 1)
    assert len(bench.rows("select * from landing.mentions")) == 4


def test_changed_file_alone_is_read_and_replaces_itself(bench: Watched) -> None:
    bench.write("1.txt", text(7))
    assert bench.look() == {"unchanged": 2, "changed": 1}
    assert bench.work() == (["1.txt"], ["1.txt"], 1)
    assert len(bench.rows("select * from landing.mentions")) == 3


# A new time without new content, as after a copy or a checkout, is no change.
def test_touched_file_is_unchanged(bench: Watched) -> None:
    os.utime(bench.seeds / "1.txt", (1, 1))
    assert bench.look() == {"unchanged": 3}
    assert bench.work() == ([], [], 0)


def test_renamed_file_keeps_its_articles_and_is_not_parsed_again(bench: Watched) -> None:
    (bench.seeds / "1.txt").rename(bench.seeds / "z.txt")
    articles = bench.rows("select * from landing.articles order by all")
    assert bench.look() == {"unchanged": 2, "renamed": 1}
    assert bench.work() == (["z.txt"], [], 0)
    assert bench.rows("select * from landing.articles order by all") == articles
    assert ("z.txt",) in bench.rows("select seed_path from landing.documents")


def test_removed_file_takes_its_rows_along_and_restored_it_brings_them_back(bench: Watched) -> None:
    before = bench.landed()
    content = (bench.seeds / "1.txt").read_bytes()
    (bench.seeds / "1.txt").unlink()
    assert bench.look() == {"unchanged": 2, "removed": 1}
    assert bench.work() == ([], [], 0)
    assert len(bench.rows("select * from landing.mentions")) == 2
    bench.write("1.txt", content)
    assert bench.look() == {"unchanged": 2, "restored": 1}
    assert bench.work() == (["1.txt"], ["1.txt"], 1)
    assert bench.landed() == before


def write_on(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Play a copy that goes on: the file grows between the two looks at it."""
    really_scan = landing.scan

    def scan_and_grow(folder: Path) -> Any:
        found = really_scan(folder)
        with path.open("a") as file:
            file.write("One more line of a copy that goes on.\n")
        return found

    monkeypatch.setattr(landing, "scan", scan_and_grow)


def test_half_copied_file_waits_for_the_next_look(bench: Watched) -> None:
    with pytest.MonkeyPatch.context() as patch:
        write_on(patch, bench.write("half.txt", text(7)))
        assert bench.look() == {"unchanged": 3}
    assert bench.quarantine() == [("half.txt", "still_written", "error")]
    assert bench.decoded == []
    assert bench.look() == {"unchanged": 3, "new": 1}
    assert bench.quarantine() == []
    assert bench.decoded == ["half.txt"]


# Until the new content is whole, the old one stands: its events must not vanish and come back.
def test_file_that_is_being_overwritten_stays_what_it_was(bench: Watched) -> None:
    before = bench.landed()
    with pytest.MonkeyPatch.context() as patch:
        write_on(patch, bench.seeds / "1.txt")
        assert bench.look() == {"unchanged": 3}
    assert bench.landed() == before
    assert bench.look() == {"unchanged": 2, "changed": 1}


# Two looks at a file need time between them, or a slow copy stands still for both.
def test_file_written_just_now_gets_a_second_look_after_a_while(
    bench: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(landing, "SETTLE_SECONDS", 5.0)
    monkeypatch.setattr(landing.time, "sleep", slept.append)
    for number in range(3):
        os.utime(bench.seeds / f"{number}.txt", (1, 1))
    bench.look()
    bench.write("fresh.txt", text(7))
    bench.look()
    assert slept[0] == 0 and 3 < slept[1] <= 5


def test_one_new_file_among_ten_thousand_is_the_only_one_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched(tmp_path, monkeypatch)
    # Refused for what they are without being split: landing so many articles would cost a minute.
    for number in range(COUNT):
        watched.write(f"{number:05d}.txt", b"\x89PNG %d" % number)
    assert watched.look() == {"new": COUNT}
    assert len(watched.decoded) == COUNT
    watched.write("new.txt", text(7))
    assert watched.look() == {"unchanged": COUNT, "new": 1}
    assert watched.work() == (["new.txt"], ["new.txt"], 1)


# The models take seconds to load; what the version says must be the same with and without them.
def test_identity_told_without_the_models_is_that_of_the_loaded_extractor() -> None:
    from pipelines.extract.extractor import default_extractor

    extractor = default_extractor()
    assert extractor_identity() == (extractor.name, extractor.version)
