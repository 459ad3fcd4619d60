"""How this user calls the program and where they stand, so that advice can be copied and paths can be read."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path

from pipelines.settings import Settings, default_warehouse_dir


def command(words: str, settings: Settings) -> str:
    """A command line of ours on the warehouse of these settings: "gazette run --warehouse /data"."""
    own = settings.warehouse_dir == default_warehouse_dir()
    option = "" if own else f" --warehouse {shlex.quote(str(settings.warehouse_dir))}"
    return f"{_program()} {words}{option}"


def shown(path: Path) -> str:
    """A path as it is read from here: relative inside of the working directory, else whole."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def _program() -> str:
    """Its name when it is on the path, else where it is."""
    called = Path(sys.argv[0])
    if called.name != "gazette" or shutil.which("gazette"):
        return "gazette"
    return shown(called.absolute())
