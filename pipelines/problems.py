"""What could not be used and why: the one shape in which every stage reports a file, article or mention it sets aside.

A problem is never an exception. Raising is for faults of ours; a problem is the world's, it becomes a row of
`quality.quarantine` and one line for the user.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pipelines.escape import escaped


class Stage(StrEnum):
    """Where in the pipeline a problem was met."""

    DISCOVER = "discover"
    DECODE = "decode"
    READ = "read"
    SEGMENT = "segment"
    EXTRACT = "extract"


class Severity(StrEnum):
    """`error`: content is not in the warehouse. `info`: it is, but an analyst should know something about it."""

    ERROR = "error"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing set aside. `reason_code` is snake_case and stable, `detail` says in one line what and what to do."""

    stage: Stage
    path: str
    reason_code: str
    detail: str
    severity: Severity = Severity.ERROR
    document_id: str | None = None

    def __post_init__(self) -> None:
        """What a library says of a file may quote the file: control characters become their escapes."""
        object.__setattr__(self, "detail", escaped(self.detail))

    def line(self) -> str:
        """The one line shown to a user."""
        return f"{escaped(self.path)}: {self.reason_code}: {self.detail}"
