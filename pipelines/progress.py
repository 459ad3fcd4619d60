"""How long work reports that it moves on: one switchboard between the stages and whatever shows progress.

Stages call `track`; who runs them decides with `shown_by` what becomes of it. Without that nothing is shown,
which is what the Dagster UI and tests want.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Display(Protocol):
    """Something that can show the progress of one stage at a time."""

    def begin(self, label: str, total: int) -> None:
        """A stage starts; `total` steps are ahead."""

    def advance(self, steps: int) -> None:
        """That many more steps are done."""

    def finish(self) -> None:
        """The stage is over, whether all steps were done or not."""

    def say(self, line: str) -> None:
        """One line that the user should see now."""


class Silence:
    """The display that shows nothing."""

    def begin(self, label: str, total: int) -> None:
        """Nothing to show."""

    def advance(self, steps: int) -> None:
        """Nothing to show."""

    def finish(self) -> None:
        """Nothing to show."""

    def say(self, line: str) -> None:
        """Nothing to show."""


_SILENCE = Silence()
_display: ContextVar[Display] = ContextVar("gazette_display", default=_SILENCE)


@contextmanager
def shown_by(display: Display) -> Iterator[None]:
    """Inside the block, progress goes to `display`."""
    token = _display.set(display)
    try:
        yield
    finally:
        _display.reset(token)


@contextmanager
def track(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A stage of `total` steps; call what is yielded with the number of steps just done."""
    display = _display.get()
    if total <= 0:
        yield lambda steps: None
        return
    display.begin(label, total)
    try:
        yield display.advance
    finally:
        display.finish()


def say(line: str) -> None:
    """One line for whoever watches."""
    _display.get().say(line)
