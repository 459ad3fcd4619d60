"""Progress on the error stream: bars on a terminal, one line for each stage otherwise."""

from __future__ import annotations

import sys
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class Bars:
    """A bar for the stage going on; finished stages stay on the screen."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def begin(self, label: str, total: int) -> None:
        """Show an empty bar."""
        self._progress = Progress(
            TextColumn("{task.description:<28}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._progress.start()
        self._task = self._progress.add_task(label, total=total)

    def advance(self, steps: int) -> None:
        """Move the bar."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, steps)

    def finish(self) -> None:
        """Leave the bar as it stands."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class Lines:
    """A plain line when a stage begins."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def begin(self, label: str, total: int) -> None:
        """Name the stage and its size."""
        self.say(f"{label}: {total}")

    def advance(self, steps: int) -> None:
        """Nothing: a log does not want a line for every step."""

    def finish(self) -> None:
        """Nothing: the next line says enough."""

    def say(self, line: str) -> None:
        """Print the line at once."""
        print(line, file=self._stream, flush=True)


def for_stream(stream: TextIO | None = None) -> Bars | Lines:
    """The display that fits the stream, the error stream when None."""
    stream = stream or sys.stderr
    return Bars(stream) if stream.isatty() else Lines(stream)
