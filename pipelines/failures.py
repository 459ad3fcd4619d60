"""Why a run failed, one line for each cause, read from the events that Dagster kept of it.

The command line and the alarm of the daemon tell the same; where the trace is differs, and is given as `details`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pipelines.faults import GazetteError, refusal

if TYPE_CHECKING:
    from dagster import DagsterEvent


def failure_lines(events: Sequence[DagsterEvent], details: str) -> list[str]:
    """One line for each cause: the checks that did not hold, and the steps that failed for another reason."""
    explained = {
        event.step_key
        for event in events
        if event.is_step_failure and event.step_failure_data.user_failure_data is not None
    }
    lines: list[str] = []
    blamed: set[str | None] = set()
    for event in events:
        if event.event_type_value == "ASSET_CHECK_EVALUATION" and event.step_key not in explained:
            check: Any = event.event_specific_data
            if not check.passed and check.severity.value == "ERROR":
                reason = f": {check.description}" if check.description else ""
                key = check.asset_key.to_user_string()
                lines.append(f"check {check.check_name} on {key} failed{reason}")
                blamed.add(event.step_key)
    for event in events:
        # A failed check has been told; that its step failed too is no news.
        if event.is_step_failure and event.step_key not in blamed:
            lines.extend(_step_failure(event, details))
    if not lines:
        lines.extend(_run_failure(event, details) for event in events if event.is_job_failure)
    return list(dict.fromkeys(lines)) or [f"the run failed without a reason; {details}"]


def unexpected(error: Exception, details: str) -> str:
    """The line of a fault that nobody foresaw."""
    return _fault(" ".join(f"{type(error).__name__}: {error}".split()), details)


def _step_failure(event: DagsterEvent, details: str) -> list[str]:
    failure = event.step_failure_data
    if failure.user_failure_data is not None:
        lines = (failure.user_failure_data.description or "").splitlines()
        # What the system refuses fails every model after it: the first says it all.
        refused = [_fault(line, details) for line in lines if refusal(line)]
        return [f"{event.step_key}: {line}" for line in refused[:1] or lines]
    return [f"{event.step_key}: {_told(failure.error, details)}"]


def _run_failure(event: DagsterEvent, details: str) -> str:
    error = getattr(event.event_specific_data, "error", None)
    if error is None:  # the process of the run is gone, or its launcher gave up
        return event.message or f"the run failed without a reason; {details}"
    return f"the run could not start: {_told(error, details)}"


def _told(error: Any, details: str) -> str:
    """The line of the first of our own faults in a chain of errors, else where to find the trace."""
    cause = error
    while cause is not None and cause.cause is not None:
        if _is_ours(cause.cls_name):
            break
        cause = cause.cause
    if cause is None:
        return details
    line = " ".join(cause.message.split(":", 1)[-1].split())
    if _is_ours(cause.cls_name):
        return line
    return _fault(f"{cause.cls_name}: {line}", details)


def _fault(line: str, details: str) -> str:
    advice = refusal(line)
    return f"{advice} ({line[:200]})" if advice else f"unexpected fault ({line[:200]}); {details}"


def _is_ours(class_name: str | None) -> bool:
    def names(fault: type[GazetteError]) -> set[str]:
        return {fault.__name__}.union(*(names(kind) for kind in fault.__subclasses__()))

    return class_name in names(GazetteError)
