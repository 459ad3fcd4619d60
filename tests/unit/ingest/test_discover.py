"""Claims about which files of a folder are taken for documents, and how the others are reported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.ingest import discover
from pipelines.ingest.discover import SeedFile, scan
from pipelines.problems import Problem, Stage


def codes(found: list[SeedFile | Problem]) -> dict[str, str]:
    return {entry.path: entry.reason_code for entry in found if isinstance(entry, Problem)}


def paths(found: list[SeedFile | Problem]) -> list[str]:
    return [entry.seed_path for entry in found if isinstance(entry, SeedFile)]


def test_scan_finds_documents_in_subfolders_sorted_by_path(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.md", "a/b/c.HTML", "a/d.jsonl", "a.htm"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("words")
    found = scan(tmp_path)
    assert paths(found) == ["a.htm", "a/b/c.HTML", "a/d.jsonl", "a/z.md", "b.txt"]
    assert codes(found) == {}
    first = found[0]
    assert isinstance(first, SeedFile)
    status = (tmp_path / "a.htm").stat()
    assert (first.path, first.byte_count, first.mtime_ns) == (tmp_path / "a.htm", 5, status.st_mtime_ns)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "readme.txt",
        ".hidden.txt",
        ".git/config.txt",
        "a.txt.tmp",
        "a.part",
        "a.txt.swp",
        "a.txt~",
        "a.crdownload",
    ],
)
def test_scan_ignores(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("words")
    assert scan(tmp_path) == []


def test_scan_reports_unsupported_format(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_text("words")
    (tmp_path / "noext").write_text("words")
    os.mkfifo(tmp_path / "pipe.txt")
    assert codes(scan(tmp_path)) == dict.fromkeys(("a.zip", "noext", "pipe.txt"), "unsupported_format")


def test_scan_reports_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    (problem,) = scan(tmp_path)
    assert isinstance(problem, Problem)
    assert (problem.stage, problem.reason_code) == (Stage.DISCOVER, "empty_file")
    assert problem.line().startswith("a.txt: empty_file: ")


def test_scan_reports_file_too_large_and_takes_one_of_the_limit(tmp_path: Path) -> None:
    (tmp_path / "big.txt").write_bytes(b"x" * 11)
    (tmp_path / "fit.txt").write_bytes(b"x" * 10)
    found = scan(tmp_path, max_bytes=10)
    assert codes(found) == {"big.txt": "file_too_large"}
    assert paths(found) == ["fit.txt"]


def test_scan_reports_dangling_link(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    assert codes(scan(tmp_path)) == {"a.txt": "dangling_link"}


def test_scan_reports_links_out_of_the_seeds(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (tmp_path / "secret.txt").write_text("words")
    (tmp_path / "other").mkdir()
    (seeds / "file.txt").symlink_to("../secret.txt")
    (seeds / "folder").symlink_to("../other")
    assert codes(scan(seeds)) == {"file.txt": "outside_seeds", "folder": "outside_seeds"}


def test_scan_follows_links_inside_the_seeds_and_survives_loops(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("words")
    (tmp_path / "y.txt").symlink_to("a/x.txt")
    (tmp_path / "a" / "loop").symlink_to("..")
    found = scan(tmp_path)
    assert (paths(found), codes(found)) == (["a/x.txt", "y.txt"], {})


def test_scan_works_on_a_linked_seeds_folder(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.txt").write_text("words")
    (tmp_path / "seeds").symlink_to("real")
    assert paths(scan(tmp_path / "seeds")) == ["x.txt"]


def test_scan_reports_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("words")
    # The tests may run as a user whom permissions do not stop, so the answer of the system is faked.
    monkeypatch.setattr(discover.os, "access", lambda path, mode: False)
    assert codes(scan(tmp_path)) == {"a.txt": "unreadable_file"}


def test_scan_reports_undecodable_name_in_printable_form(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text("words")
    except OSError:
        pytest.skip("this file system takes no such name")
    (problem,) = scan(tmp_path)
    assert isinstance(problem, Problem)
    assert problem.reason_code == "undecodable_name"
    assert problem.path.encode("utf-8") == rb"caf\xe9.txt"


def test_scan_raises_where_there_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError):
        scan(tmp_path / "nowhere")
