"""What a machine does to a run: full disks, folders that cannot be written to, damaged files, clocks, other runs.

Each time: one clear line, the last good file as it was, and the next run makes up for it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from runs import Runs
from story import EXTRA_SEED, Story, query, run_pipeline, snapshot

GAZETTE = [sys.executable, "-m", "pipelines.cli"]
# Own mounts, so that nobody else sees the small disk and it goes with the process.
NAMESPACE = ["unshare", "--mount", "--map-root-user"]


def folders(branch: Story) -> list[str]:
    return ["--seeds", str(branch.seeds), "--warehouse", str(branch.warehouse)]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def in_namespace(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A shell script that may mount; skips where that is not allowed."""
    able = shutil.which("unshare") and subprocess.run(
        [*NAMESPACE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
    )
    if not able or able.returncode:
        pytest.skip("this user may not mount a file system")
    command = [*NAMESPACE, "bash", "-euc", script, "-", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


# On a disk of its own with so much room left: enough for the first stages, for the build database but not the file to
# publish, or for nothing at all.
@pytest.mark.parametrize(
    "room", [pytest.param("10k", marks=pytest.mark.slow), "1500k", pytest.param("5m", marks=pytest.mark.slow)]
)
def test_full_disk_is_one_line_and_the_next_run_makes_up_for_it(branch: Story, tmp_path: Path, room: str) -> None:
    (branch.seeds / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
    before = digest(branch.warehouse / "gazette.duckdb")
    script = """
        mount -t tmpfs -o size=1g tmpfs "$1"
        cp -a "$2/." "$1"
        mount -o "remount,size=$(( $(du -sk "$1" | cut -f1) + $(numfmt --from=iec "${3^^}") / 1024 ))k" "$1"
        if "${@:5}"; then exit 9; fi
        sha256sum < "$1/gazette.duckdb"
        mount -o remount,size=1g "$1"
        "${@:5}"
        cp "$1/gazette.duckdb" "$4"
    """
    small, after = tmp_path / "small", tmp_path / "after"
    small.mkdir()
    after.mkdir()
    command = [*GAZETTE, "run", "--seeds", str(branch.seeds), "--warehouse", str(small)]
    result = in_namespace(script, small, branch.warehouse, room, after, *command)
    assert result.returncode == 0, result.stdout + result.stderr
    assert before in result.stdout
    assert "the disk is full; make room and run again" in result.stderr
    assert "Traceback" not in result.stderr and len(result.stderr.splitlines()) < 20
    assert len(snapshot(after)["marts.dim_documents"]) == 5


def test_warehouse_that_cannot_be_written_to_is_one_line_and_can_still_be_read(branch: Story) -> None:
    before = digest(branch.warehouse / "gazette.duckdb")
    script = """
        mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"
        "${@:2:3}" run "${@:5}" || echo "code $?"
        "${@:2:3}" query "select count(*) as event_count from marts.fact_events" "${@:7}"
    """
    result = in_namespace(script, branch.warehouse, *GAZETTE, *folders(branch))
    assert "code 1" in result.stdout and "event_count" in result.stdout
    assert f"gazette: cannot write to {branch.warehouse}: Read-only file system" in result.stderr
    assert digest(branch.warehouse / "gazette.duckdb") == before


def test_seeds_that_cannot_be_written_to_are_read(branch: Story) -> None:
    (branch.seeds / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
    script = """
        mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"
        "${@:2}"
    """
    result = in_namespace(script, branch.seeds, *GAZETTE, "run", *folders(branch))
    assert result.returncode == 0, result.stderr
    assert len(snapshot(branch.warehouse)["marts.dim_documents"]) == 5


def test_missing_seeds_folder_is_one_line_and_changes_nothing(branch: Story, runs: Runs) -> None:
    before = digest(branch.warehouse / "gazette.duckdb")
    branch.seeds.rename(branch.seeds.with_name("unplugged"))
    code, text = runs.gazette("run", *folders(branch))
    assert (code, text.splitlines()[-1]) == (1, f"gazette: no seeds folder at {branch.seeds}")
    assert digest(branch.warehouse / "gazette.duckdb") == before


def damaged(content: bytes, damage: str) -> bytes:
    if damage == "newer DuckDB":
        # Bytes 12 to 20 hold the version of the storage format; no release has this one.
        return content[:12] + (999).to_bytes(8, "little") + content[20:]
    return content[:9000] if damage == "cut off" else b"this is no database" * 1000


@pytest.mark.parametrize(
    ("damage", "files"),
    [
        ("newer DuckDB", ["gazette.duckdb"]),
        pytest.param("cut off", ["gazette.duckdb"], marks=pytest.mark.slow),
        ("garbage", ["gazette.duckdb", ".build/build.duckdb"]),
    ],
)
def test_damaged_files_are_told_and_made_anew_from_the_seeds(
    branch: Story, runs: Runs, damage: str, files: list[str]
) -> None:
    for name in files:
        path = branch.warehouse / name
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(damaged(content, damage))
    code, text = runs.gazette("query", "select 1", *folders(branch)[2:])
    assert (code, len(text.splitlines())) == (1, 1)
    assert f"cannot open {branch.warehouse / 'gazette.duckdb'}" in text and "rebuilds it from the seeds" in text
    code, text = runs.gazette("run", *folders(branch))
    assert code == 0, text
    assert "the published file cannot be read and is made anew from the seeds" in text
    assert ("rebuilding from the seeds" in text) == (len(files) > 1)
    assert "Traceback" not in text
    assert snapshot(branch.warehouse) == branch.snapshots["restored"]


# Two at once, as a person and a clock would start them: one works, the other says who does, waits, and finds no work.
def test_two_runs_at_once_wait_for_one_another(branch: Story) -> None:
    (branch.seeds / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
    before = query(branch.warehouse, "select count(*) from quality.runs")[0][0]
    command = [*GAZETTE, "run", *folders(branch)]
    pair = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        for _ in range(2)
    ]
    texts = [process.communicate()[0] for process in pair]
    assert [process.returncode for process in pair] == [0, 0], texts
    (waiter,) = (number for number in (0, 1) if "waiting: a run on" in texts[number])
    assert f"is held by process {pair[1 - waiter].pid} since 2" in texts[waiter]
    assert "1 new" in texts[1 - waiter] and "0 new" in texts[waiter]
    assert query(branch.warehouse, "select count(*), count(distinct run_id) from quality.runs") == [(before + 2,) * 2]
    assert len(snapshot(branch.warehouse)["marts.dim_documents"]) == 5


# Neither the clock of the machine nor the times of the files decide what is read or what comes out.
def test_clock_that_jumps_changes_no_row(branch: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines import build, landing, publish
    from pipelines.defs import resources

    for jump, stamp in ((timedelta(days=-4000), 0.0), (timedelta(days=20_000), time.time() + 1e9)):
        for module in (build, landing, publish, resources):
            monkeypatch.setattr(module, "utc_now", lambda jump=jump: datetime(2026, 1, 1) + jump)
        for path in branch.seeds.rglob("*.*"):
            os.utime(path, (stamp, stamp))
        counts = run_pipeline(branch.seeds, branch.warehouse).counts
        assert (counts["unchanged_file_count"], counts["parsed_document_count"]) == (4, 0)
        assert snapshot(branch.warehouse) == branch.snapshots["restored"]
    runs = query(branch.warehouse, "select count(*), count(distinct run_id) from quality.runs")
    assert runs[0][0] == runs[0][1] == 6
    assert query(branch.warehouse, "select count(distinct document_id), count(*) from quality.document_log") == [(4, 4)]
