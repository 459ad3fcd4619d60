"""The life of a real `make ui`: what it notices, what it starts, and that nothing is lost, doubled or left behind.

The short tale runs always, the long one with `make soak`.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from story import EXTRA_SEED, write_seeds
from ui import LOOK_SECONDS, PATIENCE, Ui, until

from pipelines.build import run_lock
from pipelines.settings import Settings

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="finds its processes in /proc"),
    pytest.mark.timeout(7200),
]
DOCUMENTS = "select count(*) from marts.dim_documents"


@pytest.fixture
def ui(tmp_path: Path) -> Iterator[Ui]:
    interface = Ui(tmp_path)
    yield interface
    interface.kill()


def looks(count: int) -> None:
    time.sleep(count * (LOOK_SECONDS + 5))


def test_dropped_seed_is_published_and_ctrl_c_stops_everything(ui: Ui) -> None:
    ui.start()
    (ui.seeds / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
    ui.wait_for_run(1)
    assert ui.runs() == ["SUCCESS"]
    assert ui.look(DOCUMENTS) == [(1,)]
    # Listening ports of this machine, hexadecimal, least byte first: the page is offered to this machine only.
    tables = [Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6")]
    listening = [line.split()[1] for text in tables for line in text.splitlines()[1:] if line.split()[3] == "0A"]
    assert [address for address in listening if address.endswith(f":{ui.port:04X}")] == [f"0100007F:{ui.port:04X}"]
    assert len(ui.processes()) >= 3
    ui.interrupt()
    until("its processes to end", lambda: not ui.processes(), patience=60)


@pytest.mark.slow
def test_long_life_of_the_daemon_loses_doubles_and_overlaps_nothing(ui: Ui) -> None:
    write_seeds(ui.seeds)
    ui.start()
    ui.wait_for_run(1)
    assert ui.look(DOCUMENTS) == [(4,)]

    # Nothing changed: no run.
    looks(3)
    assert ui.runs() == ["SUCCESS"]

    # A burst of two hundred files, copied over several looks: one run or two.
    for number in range(200):
        text = f"Notice {number}\n\nThe office opens at nine on day {number} of the term, and closes at five.\n"
        (ui.seeds / f"notice_{number}.txt").write_text(text, encoding="utf-8")
        time.sleep(0.05)
    until("the burst to be published", lambda: ui.look(DOCUMENTS) == [(204,)])
    looks(3)
    after_burst = len(ui.runs())
    ui.wait_for_run(after_burst)
    assert 2 <= after_burst <= 3

    # Back to what was before: a change like any other.
    for path in ui.seeds.glob("notice_*.txt"):
        path.unlink()
    ui.wait_for_run(after_burst + 1)
    assert ui.look(DOCUMENTS) == [(4,)]

    # A run of the daemon and one of the command line meet a third one: both say who has the warehouse, and wait.
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    told: list[str] = []
    with run_lock(Settings.load(ui.seeds, ui.warehouse), told.append):
        (ui.seeds / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
        typed = subprocess.Popen(
            command, env=ui.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        assert typed.stdout is not None
        assert any("waiting: a run on" in line for line in typed.stdout), "the command did not say that it waits"
        until("the daemon to start a run", lambda: ui.runs()[-1] == "STARTED")
        looks(2)
        assert (typed.poll(), ui.runs()[-1]) == (None, "STARTED")
        assert ui.look(DOCUMENTS) == [(4,)]
    typed.communicate(timeout=PATIENCE)
    assert typed.returncode == 0
    ui.wait_for_run(after_burst + 2)
    assert ui.look(DOCUMENTS) == [(5,)]

    # Killed with a run going on, and seeds changed before it starts again: the run is made up for, once.
    (ui.seeds / "bahamas.txt").write_text(EXTRA_SEED.replace("Bahamas", "Bermuda"), encoding="utf-8")
    until("a run", lambda: len(ui.runs()) == after_burst + 3 and ui.runs()[-1] == "STARTED")
    ui.kill()
    (ui.seeds / "executive_order.txt").unlink()
    ui.start()
    until("the last change", lambda: ui.look(DOCUMENTS) == [(4,)])
    looks(4)
    ui.wait_for_run(after_burst + 4)
    assert ui.runs()[after_burst + 2 :] == ["FAILURE", "SUCCESS"]
    assert ui.look("select seed_path from marts.dim_documents order by all")[0] == ("bahamas.txt",)

    # Killed at rest and started again: nothing to make up for.
    ui.kill()
    ui.start()
    looks(4)
    assert len(ui.runs()) == after_burst + 4

    # Whoever started them, no two runs worked at the same time, and each that ended well is recorded once.
    overlaps = """
        select count(*) from quality.runs as one join quality.runs as other on one.run_id < other.run_id
        where one.started_at < other.finished_at and other.started_at < one.finished_at
    """
    assert ui.look(overlaps) == [(0,)]
    assert ui.look("select count(*), count(distinct run_id) from quality.runs") == [(after_burst + 4,) * 2]
    ui.interrupt()
    until("its processes to end", lambda: not ui.processes(), patience=60)
