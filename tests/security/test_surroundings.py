"""What a run reaches, writes and shows: no network, nothing outside its folders, nothing that others can change."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from story import EXTRA_SEED, Story, snapshot

from pipelines import landing
from pipelines.build import build_database, make_build_dir
from pipelines.defs.metadata import broken_result
from pipelines.escape import escaped, markdown_escaped
from pipelines.ingest.discover import SeedFile, scan
from pipelines.landing import ContractBrokenError
from pipelines.problems import Problem
from pipelines.settings import PROJECT_ROOT, Settings

GUARD = Path(__file__).with_name("guard")


def guarded(*command: str, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(GUARD), str(PROJECT_ROOT)])
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, umask=umask)


def test_guard_stops_whoever_calls_another_machine() -> None:
    call = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    result = guarded(sys.executable, "-c", call)
    assert (result.returncode, "REACHED FOR THE NETWORK" in result.stderr) == (97, True)


# Twice over: nobody tries (the guard), and nobody could (a network of its own with nothing in it, where allowed). The
# umask is the most generous there is.
def test_run_needs_and_tries_no_network_and_leaves_nothing_that_others_can_change(branch: Story) -> None:
    (branch.seeds / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    command += ["--seeds", str(branch.seeds), "--warehouse", str(branch.warehouse)]
    alone = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") and not subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        command = [*alone, *command]
    shutil.rmtree(branch.warehouse / ".build")
    result = guarded(*command, umask=0)
    assert result.returncode == 0, result.stderr
    assert "REACHED" not in result.stderr
    assert len(snapshot(branch.warehouse)["marts.dim_documents"]) == 5
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in branch.warehouse.iterdir()}
    assert (modes["gazette.duckdb"], modes[".build"]) == (0o444, 0o700)


def test_private_folder_is_private_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        make_build_dir(Settings.load(tmp_path / "s", tmp_path / "w"))
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "w" / ".build").stat().st_mode) == 0o700


ODD_NAMES = [
    "two\nlines.txt",
    "red\x1b[31m.txt",
    "\u202etxt.exe.txt",
    "..txt",
    "...txt",
    "-rf.txt",
    "'; drop table landing.documents; --.txt",
    '"quoted".txt',
    "$(touch pwned).txt",
    "{{ env }}.txt",
    "<img src=x onerror=alert(1)>.txt",
    f"{'long' * 62}.txt",
]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_odd_name_is_a_name_like_any_other_and_harmless_where_shown(tmp_path: Path, name: str) -> None:
    settings = Settings.load(tmp_path / "seeds", tmp_path / "warehouse")
    settings.seeds_dir.mkdir()
    (settings.seeds_dir / name).write_text(EXTRA_SEED, encoding="utf-8")
    (settings.seeds_dir / "copy of it.txt").write_text(EXTRA_SEED, encoding="utf-8")
    with build_database(settings, pytest.fail) as connection:
        landing.sync_documents(connection, settings.seeds_dir)
        landing.sync_quarantine(connection)
        documents = connection.execute("select seed_path from landing.documents").fetchall()
        problems = connection.execute("select path, detail from quality.quarantine").fetchall()
    # One content, one document under the first of its names; the other name is told.
    first, second = sorted(["copy of it.txt", name])
    hidden = name.startswith(".")
    assert documents == [("copy of it.txt" if hidden else first,)]
    assert [path for path, _ in problems] == ([] if hidden else [second])
    assert all(escaped(detail) == detail for _, detail in problems)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["seeds", "warehouse"]


@pytest.mark.parametrize("target", ["../secret.txt", "/etc/hostname", "inside/../../secret.txt", "chain"])
def test_link_out_of_the_seeds_is_never_opened(tmp_path: Path, target: str) -> None:
    seeds = tmp_path / "seeds"
    (seeds / "inside").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("words of another folder")
    (seeds / "chain").symlink_to("../secret.txt")
    (seeds / "link.txt").symlink_to(target)
    found = scan(seeds)
    assert not [entry for entry in found if isinstance(entry, SeedFile)]
    assert {entry.reason_code for entry in found if isinstance(entry, Problem)} == {"outside_seeds"}


HOSTILE = "| <script>alert(1)</script> [click](javascript:x) ![](http://lake.example/x.png) `a` *b*\n# head \x1b[31m"


def test_markdown_shows_text_and_nothing_else() -> None:
    shown = markdown_escaped(HOSTILE)
    assert "\n" not in shown and "\x1b" not in shown and "://" not in shown
    for mark in "|<>[]()`*#!":
        assert shown.count(mark) == shown.count("\\" + mark)
    assert markdown_escaped("plain words, 5.2 of them") == "plain words, 5.2 of them"


def test_failing_rows_cannot_break_out_of_their_table() -> None:
    case = {"column": "quote", "check": "str_length", "failure_case": HOSTILE, "index": 0}
    table = broken_result(ContractBrokenError("mentions", [case], 1)).metadata["failing_cases"].value
    assert isinstance(table, str)
    head, rule, *rows = table.split("\n")
    assert len(rows) == 1 and rows[0].replace("\\|", "").count("|") == head.count("|") == rule.count("|")
