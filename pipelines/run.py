"""The headless run: the Dagster job in this process, with the tools' own talk kept in a log file.

Uses the same definitions as the UI, on an instance that leaves nothing behind. What is shown while it runs is
in `pipelines.display`, what is said afterwards in `pipelines.report`.
"""

from __future__ import annotations

import contextlib
import io
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pipelines import progress
from pipelines.alarm import raise_alarm
from pipelines.failures import failure_lines, unexpected
from pipelines.faults import GazetteError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult

KEPT_LOGS = 20


@dataclass(slots=True)
class RunSummary:
    """What a finished run reported: the whole-number metadata of its assets, under their own names."""

    run_id: str
    seconds: float
    counts: dict[str, int] = field(default_factory=dict)


class RunFailedError(GazetteError):
    """The run could not finish; nothing was published. The message has one line for each cause."""


class _LogStream(io.TextIOBase):
    """Where the tools underneath write: the log file of the run going on, nowhere between runs.

    One object for the life of the process, because loggers hold on to the stream they were made with.
    """

    def __init__(self) -> None:
        self._file: TextIO | None = None

    def write(self, text: str) -> int:
        """Append to the log of the run going on. A log that cannot be written stops nothing."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.write(text)
        return len(text)

    def flush(self) -> None:
        """Have the log file show what was written."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.flush()

    @contextlib.contextmanager
    def going_to(self, path: Path) -> Iterator[None]:
        """Inside the block, what is written goes to the end of the file `path`."""
        self._file = path.open("a", encoding="utf-8", errors="backslashreplace")
        try:
            yield
        finally:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None


_noise = _LogStream()


def run(settings: Settings, display: progress.Display) -> RunSummary:
    """Run the whole job on the seeds and publish the warehouse of `settings`.

    Raises `RunFailedError` when a stage failed or a check did not hold, `GazetteError` when it could not
    start, `KeyboardInterrupt` when somebody stopped it.
    """
    started = time.monotonic()
    log_path = new_log(settings)
    if not settings.seeds_dir.is_dir():
        raise GazetteError(f"no seeds folder at {settings.seeds_dir}")
    with (
        _noise.going_to(log_path),
        contextlib.redirect_stdout(_noise),
        contextlib.redirect_stderr(_noise),
        progress.shown_by(display),
    ):
        try:
            result = _execute(settings)
        except GazetteError:
            raise
        except Exception as error:
            traceback.print_exc(file=_noise)
            raise RunFailedError(unexpected(error, f"details in {log_path}")) from error
    if _was_interrupted(result):
        raise KeyboardInterrupt
    if not result.success:
        lines = failure_lines(result.all_events, f"details in {log_path}")
        # Nobody may be looking at the screen of a command that a timer started.
        if (fault := raise_alarm(result.run_id, lines)) is not None:
            lines.append(fault)
        raise RunFailedError("\n".join(lines))
    return RunSummary(result.run_id, time.monotonic() - started, _counts(result))


def new_log(settings: Settings) -> Path:
    """The path of a new log file; the oldest go. Raises `GazetteError` when there can be none."""
    from pipelines.build import make_build_dir

    try:
        make_build_dir(settings)
        settings.logs_dir.mkdir(exist_ok=True)
        path = settings.logs_dir / f"{datetime.now(UTC):%Y%m%dT%H%M%S_%f}.log"
        path.touch()
    except OSError as error:
        raise GazetteError(f"cannot write to {settings.warehouse_dir}: {error.strerror or error}") from error
    for old in sorted(settings.logs_dir.glob("*.log"))[:-KEPT_LOGS]:
        with contextlib.suppress(FileNotFoundError):
            old.unlink()
    return path


def _execute(settings: Settings) -> ExecuteInProcessResult:
    import dagster as dg

    from pipelines.definitions import defs

    folders = {"seeds_dir": str(settings.seeds_dir), "warehouse_dir": str(settings.warehouse_dir)}
    with _interruptible(), dg.DagsterInstance.ephemeral() as instance:
        return defs.resolve_job_def("gazette_job").execute_in_process(
            run_config={
                "resources": {"warehouse": {"config": folders}},
                "loggers": {"console": {"config": {"log_level": "INFO"}}},
            },
            instance=instance,
            raise_on_error=False,
        )


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """An interrupt outside of a step, which Dagster raises as an error of its own, is the keyboard's."""
    import dagster as dg

    try:
        yield
    except dg.DagsterExecutionInterruptedError as error:
        raise KeyboardInterrupt from error


def _was_interrupted(result: ExecuteInProcessResult) -> bool:
    """Whether there was an interrupt inside of a step, which Dagster records as a failure of that step."""
    errors = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    while errors:
        error = errors.pop()
        if error is not None:
            if error.cls_name in ("DagsterExecutionInterruptedError", "KeyboardInterrupt"):
                return True
            errors.append(error.cause)
    return False


def _counts(result: ExecuteInProcessResult) -> dict[str, int]:
    counts: dict[str, int] = {}
    for event in result.get_asset_materialization_events():
        for name, value in event.materialization.metadata.items():
            number = getattr(value, "value", None)
            if isinstance(number, int) and not name.startswith("dagster/"):
                counts[name] = number
    return counts
