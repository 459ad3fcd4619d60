"""Progress reaches whoever watches, and nobody when no one does."""

from __future__ import annotations

import io

import pytest

from pipelines import progress
from pipelines.display import Bars, Lines, for_stream


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_stage_without_a_watcher_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.track("Reading", 3) as advance:
        advance(1)
    progress.say("hello")
    assert capsys.readouterr() == ("", "")


def test_lines_name_a_stage_once_and_only_when_it_has_work() -> None:
    stream = io.StringIO()
    with progress.shown_by(Lines(stream)):
        with progress.track("Reading", 3) as advance:
            advance(2)
            advance(1)
        with progress.track("Extracting", 0) as advance:
            advance(0)
    assert stream.getvalue() == "Reading: 3\n"


def test_bar_is_left_behind_even_when_the_stage_fails() -> None:
    stream = Terminal()
    with (
        pytest.raises(ValueError, match="stop"),
        progress.shown_by(Bars(stream)),
        progress.track("Reading", 4),
    ):
        raise ValueError("stop")
    assert "Reading" in stream.getvalue()
    assert "0/4" in stream.getvalue()


def test_terminal_gets_bars_and_a_pipe_gets_lines() -> None:
    assert isinstance(for_stream(Terminal()), Bars)
    assert isinstance(for_stream(io.StringIO()), Lines)
