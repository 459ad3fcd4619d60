"""What a detector hands on: an act found in a sentence, its type, status, trigger words and the phrases with a role.

Detectors decide what happened and which words play which part; turning words into actors, dates, amounts and
jurisdictions is the same for all of them and happens in `mentions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # training reads the closed lists of this module without a parser installed
    from spacy.tokens import Doc

    from pipelines.extract.actors import ArticleNames


# What a phrase can be to an act beside an actor's role.
WHEN, REPORTED, AMOUNT = "when", "reported", "amount"


@dataclass(frozen=True, slots=True)
class Argument:
    """A phrase and what it is to the act: an actor's role, `WHEN`, `REPORTED` (dates only the report) or `AMOUNT`;
    offsets are those of the block."""

    role: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One act in one sentence. `ahead` says that its clause looks forward; `rule` names what found it."""

    block: int
    start: int
    end: int
    event_type: str
    event_subtype: str | None
    status: str
    status_rule: str
    ahead: bool
    is_background: bool
    arguments: tuple[Argument, ...]
    confidence: float
    rule: str


class Detector(Protocol):
    """Finds candidates in the parsed blocks of an article; the title block is context, not a source of events."""

    name: str
    version: str

    def detect(self, docs: Sequence[Doc], readable: Sequence[bool], names: ArticleNames) -> list[Candidate]:
        """The acts told in the blocks marked readable, in text order."""
        ...
