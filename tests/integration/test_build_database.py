"""The build database: one holder at a time, and a new start when the file cannot be used."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pytest

from pipelines.build import CARRIED_OVER, build_database, run_lock
from pipelines.faults import BuildDatabaseBusyError
from pipelines.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.load(tmp_path / "seeds", tmp_path / "warehouse")


def refuse(line: str) -> None:
    pytest.fail(line)


def test_new_database_has_every_table(settings: Settings) -> None:
    with build_database(settings, refuse) as connection:
        tables = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    assert {"documents", "articles", "mentions", "runs", "changes", "scorecard", "quarantine"} <= tables


def test_opening_again_keeps_what_is_there(settings: Settings) -> None:
    with build_database(settings, refuse) as connection:
        connection.execute("insert into quality.document_log values ('d', timestamp '2020-01-01')")
    with build_database(settings, refuse) as connection:
        assert connection.execute("select count(*) from quality.document_log").fetchone() == (1,)


@pytest.mark.parametrize("damage", ["garbage", "truncated", "newer"])
def test_damaged_database_is_moved_aside_and_history_taken_from_the_published_file(
    settings: Settings, damage: str
) -> None:
    with build_database(settings, refuse) as connection:
        connection.execute("insert into quality.document_log values ('d', timestamp '2020-01-01')")
        connection.execute("insert into quality.changes values ('r', 'e', 'new', 'summary', null, 'x')")
        problem = "'read', 'bad.txt', 'empty', 'it is empty', 'error', null, timestamp '2020-01-01'"
        connection.execute(f"insert into quality.quarantine values ({problem})")
        connection.execute("insert into landing.actor_aliases values ('a', 'b')")
    content = settings.build_path.read_bytes()
    settings.published_path.write_bytes(content)
    if damage == "garbage":
        settings.build_path.write_bytes(b"this is no database" * 1000)
    elif damage == "truncated":
        settings.build_path.write_bytes(content[:3000])
    else:
        # Bytes 12 to 20 hold the version of the storage format; no release has this one.
        settings.build_path.write_bytes(content[:12] + (999).to_bytes(8, "little") + content[20:])
    told: list[str] = []
    with build_database(settings, told.append) as connection:
        kept = {table: connection.execute(f"select count(*) from quality.{table}").fetchone() for table in CARRIED_OVER}
        assert connection.execute("select count(*) from landing.actor_aliases").fetchone() == (0,)
        # When a problem was first seen, should the seeds still have it; that they do is for the run to say.
        seen = connection.execute("select path, first_seen_at::date::varchar from state.problem_ledger").fetchall()
        assert seen == [("bad.txt", "2020-01-01")]
        assert connection.execute("select count(*) from quality.quarantine").fetchone() == (0,)
    assert len(told) == 1
    assert "rebuilding from the seeds" in told[0]
    assert kept["document_log"] == kept["changes"] == (1,)
    assert (settings.build_dir / "build.damaged.duckdb").exists()


def test_damaged_published_file_does_not_stop_a_new_start(settings: Settings) -> None:
    settings.warehouse_dir.mkdir(parents=True)
    settings.published_path.write_bytes(b"this is no database" * 1000)
    with build_database(settings, refuse) as connection:
        assert connection.execute("select count(*) from quality.runs").fetchone() == (0,)


# A database that somebody else has open is in use, not damaged: moving it aside would lose their work and
# ours.
def test_database_open_elsewhere_is_reported_and_left_alone(settings: Settings) -> None:
    with build_database(settings, refuse):
        pass
    holder = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(settings.build_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        with (
            pytest.raises(BuildDatabaseBusyError, match="open in another program"),
            build_database(settings, refuse),
        ):
            pass
        process.communicate("")
    assert settings.build_path.exists()
    assert not (settings.build_dir / "build.damaged.duckdb").exists()


def test_failed_transaction_leaves_nothing(settings: Settings) -> None:
    from pipelines.build import transaction

    with build_database(settings, refuse) as connection:
        with pytest.raises(ZeroDivisionError), transaction(connection):
            connection.execute("insert into quality.document_log values ('d', timestamp '2020-01-01')")
            raise ZeroDivisionError
        assert connection.execute("select count(*) from quality.document_log").fetchone() == (0,)


def test_second_run_waits_and_names_the_holder(settings: Settings) -> None:
    told: list[str] = []
    order: list[str] = []
    waiting = threading.Event()

    def tell(line: str) -> None:
        told.append(line)
        waiting.set()

    def second() -> None:
        with run_lock(settings, tell):
            order.append("second")

    with run_lock(settings, refuse):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        order.append("first")
    thread.join(10)
    assert order == ["first", "second"]
    assert len(told) == 1
    assert "held by process" in told[0]
    assert "since" in told[0]


# Taking the lock and saying who has it are two steps: a second run that comes in between must not name the wrong one.
@pytest.mark.parametrize("left_behind", [None, "", '{"pid": 4194999, "since": "2026-01-01T00:00:00Z"}'])
def test_holder_is_named_also_when_it_says_so_late(settings: Settings, left_behind: str | None) -> None:
    told: queue.Queue[str] = queue.Queue()

    def second() -> None:
        with run_lock(settings, told.put):
            pass

    with run_lock(settings, refuse):
        holder = settings.holder_path.read_text(encoding="utf-8")
        settings.holder_path.unlink()
        if left_behind is not None:
            settings.holder_path.write_text(left_behind, encoding="utf-8")
        thread = threading.Thread(target=second)
        thread.start()
        time.sleep(0.5)
        settings.holder_path.write_text(holder, encoding="utf-8")
        assert f"held by process {os.getpid()} since" in told.get(timeout=10)
    thread.join(10)


def test_lock_of_a_killed_process_is_free(settings: Settings) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom pipelines.build import run_lock\n"
        "from pipelines.settings import Settings\n"
        "with run_lock(Settings.load(Path(sys.argv[1]), Path(sys.argv[1])), print):\n   "
        " os.kill(os.getpid(), 9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(settings.warehouse_dir)], check=False)
    assert killed.returncode == -9
    with run_lock(settings, refuse):
        pass


def test_fault_of_a_query_is_not_taken_for_damage(settings: Settings) -> None:
    with pytest.raises(duckdb.CatalogException), build_database(settings, refuse) as connection:
        connection.execute("select * from no_such_table")
    assert settings.build_path.exists()
