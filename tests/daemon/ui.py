"""`make ui` as a person starts and stops it, with folders of its own and a sensor that looks every few seconds."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb

from pipelines.settings import PROJECT_ROOT

# A busy machine needs minutes for what takes an idle one seconds.
PATIENCE = 900
LOOK_SECONDS = 3


def until(what: str, happened: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until it has happened; fails by name when it does not."""
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.5)


class Ui:
    """Everything that one `make ui` starts, and the folders it works on, which outlive it."""

    def __init__(self, folder: Path) -> None:
        self.seeds, self.warehouse, self.home = folder / "seeds", folder / "warehouse", folder / "home"
        for path in (self.seeds, self.home):
            path.mkdir()
        self.log = folder / "log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.environment = os.environ | {
            "GAZETTE_SEEDS": str(self.seeds),
            "GAZETTE_WAREHOUSE": str(self.warehouse),
            "GAZETTE_SENSOR_SECONDS": str(LOOK_SECONDS),
            "PYTHONPATH": str(PROJECT_ROOT),
            "DAGSTER_HOME": str(self.home),
        }

    def start(self) -> None:
        """Returns when the page answers."""
        # The environment that runs the tests is set up already.
        command = ["make", "-o", ".venv/.installed", "ui", f"BIN={Path(sys.executable).parent}", f"PORT={self.port}"]
        with self.log.open("a") as log:
            self.make = subprocess.Popen(
                command, cwd=PROJECT_ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        until("the page", self._answers)

    def _answers(self) -> bool:
        assert self.make.poll() is None, self.log.read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/server_info", timeout=5) as page:
                return bool(page.status == 200)
        except OSError:
            return False

    def processes(self) -> dict[int, str]:
        """Every process that works for this UI, however far from it it was started, with its command."""
        mark = f"DAGSTER_HOME={self.home}".encode()
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                    command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                    # One that has ended and that nobody has asked after has no command.
                    if command:
                        found[int(folder.name)] = command
            except OSError:
                continue
        return found

    def interrupt(self) -> None:
        """Ctrl-C: the terminal sends it to every process in the foreground."""
        os.killpg(self.make.pid, signal.SIGINT)
        self.make.wait(PATIENCE)

    def kill(self) -> None:
        """A power cut."""
        while alive := self.processes():
            for pid in alive:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.2)
        self.make.wait(PATIENCE)

    def runs(self) -> list[str]:
        """How each run of the daemon stands, oldest first."""
        with dg.DagsterInstance.from_config(str(self.home)) as instance:
            return [record.dagster_run.status.value for record in reversed(instance.get_run_records())]

    def wait_for_run(self, number: int) -> None:
        """Until that many runs have been started and the last has ended."""
        until(f"run {number}", lambda: len(self.runs()) >= number and self.runs()[-1] not in UNFINISHED)

    def look(self, sql: str) -> list[tuple[object, ...]]:
        """What a reader of the published file sees."""
        with duckdb.connect(str(self.warehouse / "gazette.duckdb"), read_only=True) as connection:
            return connection.execute(sql).fetchall()


UNFINISHED = ("QUEUED", "NOT_STARTED", "STARTING", "STARTED", "CANCELING")
