"""The other end of `server.py`: orders runs and hears how they ended."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


class Runs:
    """Orders runs, one after another. A context manager."""

    def __init__(self, scratch: Path) -> None:
        self._output = scratch / "output"
        command = [sys.executable, str(Path(__file__).with_name("server.py"))]
        self._server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self._hear() == "ready"

    def __enter__(self) -> Runs:
        return self

    def __exit__(self, *fault: object) -> None:
        assert self._server.stdin is not None
        self._server.stdin.close()
        self._server.wait(60)

    def start(self, **order: Any) -> int:
        """The process that runs the order."""
        assert self._server.stdin is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        return int(self._hear())

    def end(self) -> int:
        """The exit code of the order that was started, once it has ended; minus the signal that killed it."""
        return int(self._hear())

    def gazette(self, *argv: str) -> tuple[int, str]:
        """The command as a user calls it: its exit code and all that it prints."""
        self.start(argv=argv, output=str(self._output))
        return self.end(), self._output.read_text(encoding="utf-8")

    def _hear(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().strip()
