"""Parties told in a list: the names that follow a class ("three firms: ..."), a body of each of several places.

A class whose members are named gives way to them; a class of persons stays where only some are named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc, Span

from pipelines import codebook
from pipelines.extract.actors import ArticleNames, NameSpan, Reference
from pipelines.extract.descriptions import Descriptions
from pipelines.extract.names import NameFinder
from pipelines.extract.party_words import BODY_NOUNS, PERSON_NOUNS, SAME_BODY, is_class_noun

# What some members are named after, and what all are.
_AMONG = re.compile(
    r"[^.;:]{0,80}?\b(?:such\sas|like|including|among\sthem|(?:that|which)\sincludes?|led\sby)\s(?:the\s|(?!\w+ing\s)[a-z]+\s){0,3}"
)
_NAMELY = re.compile(r"[^.;:]{0,80}?:\s(?:the\s)?|\s?[–—-]\s(?:the\s)?|,?\snamely\s(?:the\s)?|(?:,\s|\s\()(?:the\s)?")
_LINK = re.compile(r"[’']?s?\s*(?:,|,?\s?(?:and|&|as\swell\sas))\s*(?:[a-z-]+\s){0,3}")
_AMONG_THEM = re.compile(r"\samong\sthem\b")
_NUMBERS = {word: value for value, word in enumerate("two three four five six seven eight nine ten".split(), start=2)}
_PLACES = frozenset("states countries nations governments jurisdictions cantons provinces territories".split())
_PEOPLE = frozenset("people individuals men women persons suspects defendants".split())
_IN = re.compile(r"\s(?:in|of|from)\s(?:the\s)?")


class Enumerations:
    """Finds the members of what one article tells in the plural."""

    def __init__(
        self, finder: NameFinder, names: ArticleNames, docs: Sequence[Doc], descriptions: Descriptions
    ) -> None:
        self.finder = finder
        self.names = names
        self.docs = docs
        self.descriptions = descriptions

    def members(self, block: int, phrase: Span) -> list[Reference]:
        """The parties that are named as those of a class, in text order."""
        noun, text, end = phrase.root.lower_, self.docs[block].text, phrase.root.sent.end_char
        if phrase.root.tag_ not in {"NNS", "NNPS"} or not (is_class_noun(noun) or noun in BODY_NOUNS):
            return []
        if any(span.start <= phrase.root.idx < span.end for span in self.names.at(block, phrase.start_char, end)):
            return []
        after = max(phrase.root.idx + len(phrase.root), phrase.end_char)
        count = next((_number(word.lower_) for word in phrase if _number(word.lower_)), None)
        among = _AMONG.match(text, phrase.root.idx + len(phrase.root), end)
        if among is not None:
            row = self._row(block, among.end(), end, noun)
            if row:
                return self._parties(row) if noun not in _PEOPLE else []
        namely = _NAMELY.match(text, after, end)
        row = self._row(block, namely.end(), end, noun) if namely is not None else []
        trailing = bool(row) and _AMONG_THEM.match(text, row[-1].end) is not None
        apart = namely is not None and ":" not in namely[0]
        if len(row) > 1 and (trailing or (count == len(row) if apart or count is None else count <= len(row))):
            return self._parties(row)
        return []

    def of_places(self, block: int, phrase: Span) -> list[Reference]:
        """The body of each place of a list: "regulators in France, Italy and Spain"."""
        noun, text = phrase.root.lower_, self.docs[block].text
        if noun not in BODY_NOUNS or phrase.root.tag_ not in {"NNS", "NNPS"}:
            return []
        opens = _IN.match(text, phrase.root.idx + len(phrase.root))
        row = self._row(block, opens.end(), phrase.root.sent.end_char, "states") if opens is not None else []
        if len(row) < 2:
            return []
        start, end = phrase.start_char, row[-1].end
        return [
            Reference(
                self.descriptions.body(SAME_BODY.get(noun, noun), span.jurisdiction_id),
                text[start:end],
                start,
                end,
                "body_of_each_place",
            )
            for span in row
        ]

    def _row(self, block: int, start: int, end: int, noun: str) -> list[NameSpan]:
        """The names that stand joined from a place on, as far as they are what the noun says."""
        row: list[NameSpan] = []
        for span in self.names.at(block, start, end):
            joined = _LINK.fullmatch(self.docs[block].text[row[-1].end : span.start]) if row else span.start == start
            if not joined or not _fits(noun, span):
                break
            row.append(span)
        return row

    def _parties(self, row: list[NameSpan]) -> list[Reference]:
        return [
            Reference(
                span.actor or self.finder.government(span.jurisdiction_id or ""),
                span.text,
                span.start,
                span.end,
                "listed_by_name",
            )
            for span in row
        ]


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 4 else _NUMBERS.get(word)


def _fits(noun: str, span: NameSpan) -> bool:
    if span.actor is None:
        return noun in _PLACES and span.jurisdiction_id is not None and span.kind in {"name", "phrase"}
    person = span.actor.actor_type in codebook.PERSON_TYPES
    if noun in _PLACES:
        return span.actor.actor_type == "government"
    if noun in _PEOPLE or noun.removesuffix("s") in PERSON_NOUNS:
        return person
    return not person or noun in {"parties", "entities", "members"}
