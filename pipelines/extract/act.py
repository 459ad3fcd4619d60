"""An act as the assembly of rows sees it: a candidate with its token, its sentence and its parties."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span, Token

from pipelines.extract.actors import Reference
from pipelines.extract.candidate import Candidate

# Ways from a nominal act up to the verb that carries it.
_NOMINAL = frozenset("dobj pobj prep nsubj nsubjpass attr conj agent compound".split())


@dataclass(slots=True)
class Act:
    """One act in one sentence; `number` counts the article's sentences from 0, headline included, and `others` are the
    tokens of the other acts of the sentence; `told` is the act of an earlier sentence that its words point back to,
    `paper` the one by which the paper that does it was issued, and `goes_on` the sentence behind its own, where that
    tells no act."""

    candidate: Candidate
    token: Token
    sentence: Span
    number: int
    roles: list[tuple[str, Reference]]
    others: frozenset[int] = frozenset()
    told: Act | None = None
    paper: Act | None = None
    goes_on: Span | None = None

    @property
    def stage(self) -> Token:
        """The verb a nominal act hangs on or its helping verb helps, else the act's own token."""
        if self.token.dep_ in {"aux", "auxpass"}:
            return self.token.head
        found = self.token
        while found.pos_ not in {"VERB", "AUX"} and found.dep_ in _NOMINAL:
            if found.head is found:
                return self.token
            found = found.head
        return found if found.pos_ in {"VERB", "AUX"} else self.token

    def phrases(self, kind: str) -> list[tuple[int, int]]:
        """Offsets in the sentence of the phrases that the detector gave this part."""
        offset = self.sentence.start_char
        return [(a.start - offset, a.end - offset) for a in self.candidate.arguments if a.role == kind]
