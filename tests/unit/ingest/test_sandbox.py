"""The process in which containers are unpacked: what kills it costs one file only."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from container_files import GOOD_FILES, TITLE

from pipelines.ingest.decode import read_document
from pipelines.ingest.discover import SeedFile
from pipelines.ingest.sandbox import Result, Sandbox


def unpack_or_misbehave(seed: SeedFile, document_id: str, content: bytes) -> Result:
    """Stands in for the libraries: what a hostile file might make them do, by its name."""
    if seed.seed_path == "hang.pdf":
        time.sleep(600)
    if seed.seed_path == "crash.pdf":
        os.kill(os.getpid(), signal.SIGSEGV)
    if seed.seed_path == "memory.pdf":
        return None, [bytearray(8 * 1024**3)]  # type: ignore[list-item]
    from pipelines.ingest.containers import unpack

    return unpack(seed, document_id, content)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(seconds=3, work=unpack_or_misbehave) as box:
        yield box


def unpack(sandbox: Sandbox, name: str) -> Result:
    content = GOOD_FILES["a.pdf"]
    return sandbox.unpack(SeedFile(name, Path(name), len(content), 0), "0123456789abcdef", content)


@pytest.mark.parametrize(
    ("name", "reason_code"),
    [("hang.pdf", "took_too_long"), ("crash.pdf", "reader_died"), ("memory.pdf", "reader_died")],
)
def test_file_that_breaks_a_limit_costs_only_itself(sandbox: Sandbox, name: str, reason_code: str) -> None:
    document, problems = unpack(sandbox, name)
    assert document is None
    assert [(problem.reason_code, problem.path) for problem in problems] == [(reason_code, name)]
    document, problems = unpack(sandbox, "good.pdf")
    assert document is not None and document.text.startswith(TITLE)
    assert problems == []


def test_sandbox_leaves_no_process_behind() -> None:
    with Sandbox(seconds=30) as box:
        assert unpack(box, "good.pdf")[0] is not None
        process = box._process
        assert process is not None and process.is_alive()
    assert process.exitcode == -signal.SIGKILL


def test_text_needs_no_process(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Plain words.")
    with Sandbox() as box:
        assert read_document(SeedFile("a.txt", tmp_path / "a.txt", 12, 0), box)[0] is not None
        assert box._process is None
