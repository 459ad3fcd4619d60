"""The `gazette` command as a user meets it: exit codes, one clear line for each fault, formats."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from story import Story

from pipelines import cli


def gazette(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The command inside this process; returns its exit code."""
    monkeypatch.setattr(sys, "argv", ["gazette", *arguments])
    try:
        cli.main()
    except SystemExit as done:
        return int(done.code or 0)
    return 0


def test_version_is_told() -> None:
    result = gazette("--version")
    assert result.returncode == 0
    assert result.stdout.startswith("gazette, version 0.")


def test_unknown_command_is_wrong_usage() -> None:
    result = gazette("runn")
    assert result.returncode == 2
    assert "No such command" in result.stderr
    assert "Traceback" not in result.stderr


def test_run_without_seeds_folder_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code = call(monkeypatch, "run", "--seeds", str(tmp_path / "none"), "--warehouse", str(tmp_path / "w"))
    assert code == 1
    assert capsys.readouterr().err.splitlines()[-1] == f"gazette: no seeds folder at {tmp_path / 'none'}"


def test_run_into_a_place_that_cannot_be_written_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    code = call(monkeypatch, "run", "--seeds", str(tmp_path), "--warehouse", str(tmp_path / "file" / "w"))
    assert code == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("gazette: cannot write to ")


def test_query_before_any_run_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert call(monkeypatch, "query", "select 1", "--warehouse", str(tmp_path)) == 1
    assert f"run --warehouse {tmp_path}` builds it" in capsys.readouterr().err


def test_query_formats_tell_the_same(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    columns = "seed_path, byte_count, first_seen_at::date as seen, null as nothing"
    sql = f"select {columns} from marts.dim_documents order by seed_path"
    outputs = {}
    for name in ("table", "csv", "json"):
        assert call(monkeypatch, "query", sql, "--format", name, "--warehouse", str(story.warehouse)) == 0
        outputs[name] = capsys.readouterr().out
    from_json = json.loads(outputs["json"])
    from_csv = list(csv.DictReader(io.StringIO(outputs["csv"])))
    assert [row["seed_path"] for row in from_json] == [row["seed_path"] for row in from_csv]
    assert from_json[0]["nothing"] is None
    assert from_csv[0]["nothing"] == ""
    assert from_json[0]["seen"] == from_csv[0]["seen"]
    assert all(row["seed_path"] in outputs["table"] for row in from_csv)
    assert "4 rows" in outputs["table"]


# The tables that users ask for are known by their own names; what is not for users is not.
@pytest.mark.parametrize(
    ("table", "code"),
    [("fact_events", 0), ("marts.dim_actors", 0), ("quarantine", 0), ("stg_mentions", 1), ("mentions", 1)],
)
def test_query_knows_the_marts_without_their_schema(
    story: Story, monkeypatch: pytest.MonkeyPatch, table: str, code: int
) -> None:
    assert call(monkeypatch, "query", f"select count(*) from {table}", "--warehouse", str(story.warehouse)) == code


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("selec 1", "syntax error"),
        ("select * from marts.no_such", "does not exist"),
        ("delete from marts.fact_events", "read-only"),
        ("create table x (y int)", "read-only"),
    ],
)
def test_refused_query_is_one_clear_line(
    story: Story, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], sql: str, said: str
) -> None:
    assert call(monkeypatch, "query", sql, "--warehouse", str(story.warehouse)) == 1
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert said in error


def test_unexpected_fault_leaves_a_trace_in_a_file_and_one_line_on_the_screen(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    from pipelines import query

    def burst(*_: object) -> None:
        raise RuntimeError("nobody thought of this")

    monkeypatch.setenv("GAZETTE_WAREHOUSE", str(tmp_path))
    monkeypatch.setattr(query, "show", burst)
    assert call(monkeypatch, "query", "select 1") == 1
    error = capsys.readouterr().err
    assert len(error.splitlines()) == 1
    assert "Traceback" not in error
    (log,) = (tmp_path / ".build" / "logs").glob("*.log")
    assert str(log) in error
    assert "nobody thought of this" in log.read_text(encoding="utf-8")
