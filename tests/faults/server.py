"""A process that has everything imported and copies itself for each run it is asked for.

Importing costs several times what a run on small seeds does. Each line of the input is an order, each order is
answered by the number of the process that runs it and, when that has ended, by its exit code. A run dies by its own
hand at a point named in the order; a run to be killed at a random moment is killed by whoever ordered it. An order
with an `argv` is a call of the command.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

import dbt.cli.main  # noqa: F401

import pipelines.definitions  # noqa: F401
from pipelines import cli
from pipelines import run as headless
from pipelines.display import Lines
from pipelines.extract.extractor import default_extractor
from pipelines.settings import Settings

# The audit events of what changes a file or a folder.
_WRITES = {"open", "os.rename", "os.remove", "os.mkdir", "os.link", "os.symlink", "os.truncate", "shutil.copyfile"}


def die() -> None:
    """Like a power cut: nothing of this process runs any more."""
    os.kill(os.getpid(), signal.SIGKILL)


class Fuse(Lines):
    """Dies when a stage begins, after so many of its steps, or when it ends."""

    def __init__(self, stage: str, moment: str | int) -> None:
        super().__init__(io.StringIO())
        self.stage, self.moment = stage, moment
        self.now = ""
        self.steps = 0

    def begin(self, label: str, total: int) -> None:
        self.now, self.steps = label, 0
        self._burn("begin")

    def advance(self, steps: int) -> None:
        self.steps += steps
        if isinstance(self.moment, int) and self.steps >= self.moment:
            self._burn(self.moment)

    def finish(self) -> None:
        self._burn("end")

    def _burn(self, moment: str | int) -> None:
        if self.now == self.stage and moment == self.moment:
            die()


def watch_files(folder: Path, report: Path, die_at: int | None) -> None:
    """Write down what is done to the entries of the folder itself, and die before number `die_at` of it."""
    seen: list[str] = []

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _WRITES or not isinstance(arguments[0], str) or Path(arguments[0]).parent != folder:
            return
        if len(seen) == die_at:
            die()
        seen.append(event)
        with os.fdopen(os.open(report, os.O_WRONLY | os.O_CREAT), "w") as file:
            json.dump(seen, file)

    sys.addaudithook(hook)


def run(order: dict[str, Any]) -> None:
    if "argv" in order:
        output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.argv = ["gazette", *order["argv"]]
        cli.main()
        return
    settings = Settings.load(Path(order["seeds"]), Path(order["warehouse"]))
    if "report" in order:
        watch_files(settings.warehouse_dir, Path(order["report"]), order.get("die_at"))
    headless.run(settings, Fuse(order.get("stage", ""), order.get("moment", "")))


if __name__ == "__main__":
    default_extractor()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            code = 0
            try:
                run(json.loads(line))
            except SystemExit as done:
                code = int(done.code or 0)
            except BaseException as error:
                print(f"{type(error).__name__}: {error}", file=sys.__stderr__)
                code = 1
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
