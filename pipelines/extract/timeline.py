"""The dates that an article gives in so many words, in their order, by which others are read: "the same day"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Doc

from pipelines.extract.dates import (
    DateExpression,
    Resolved,
    find_dates,
    in_year,
    leading_date,
    resolve_beside,
    resolve_by,
)

# How many dates back "the same day" may look for a day.
REACH = 3


@dataclass(frozen=True, slots=True)
class ActDate:
    """What dates an act: the words, if there are any, and the date they mean, None where that stays open."""

    expression: DateExpression | None
    resolved: Resolved | None
    block: int | None = None  # of the words, where it is not the act's own
    raw_span: tuple[int, int] | None = None  # where the date was read when that is outside the text of the article


def is_long_past(resolved: Resolved, published: date) -> bool:
    """Whether a date lies so far before the publication that it is no news."""
    last = resolved.end or resolved.day
    if resolved.precision == "year":
        last = date(resolved.day.year, 12, 31)
    return last < published - _NEWS_AGE


_NEWS_AGE = timedelta(days=90)


_PREPOSITION = re.compile(r"\s*(?:(?:in|on|at|by)\s)?", re.IGNORECASE)


def _year_of_review(docs: Sequence[Doc]) -> tuple[DateExpression, int] | None:
    """The one year that an article is headed with as the review of: "Ruritania's crypto year, 2025"."""
    heading = docs[0].text if docs else ""
    years = list(_YEAR.finditer(heading))
    if len(years) != 1 or len(heading) > _HEADING or not _OF_A_YEAR.search(heading):
        return None
    words = DateExpression(years[0].start(), years[0].end(), years[0][0], lambda published, ahead: None)
    return words, int(years[0][0])


_HEADING = 120
_YEAR = re.compile(r"\b20[0-4]\d\b")
_OF_A_YEAR = re.compile(r"\b(?:year|review|retrospect|look(?:ing)?\sback|round-?up)\b|\bin\s20\d\d$", re.IGNORECASE)


def _is_of_days_from_a_month(expression: DateExpression, before: Resolved) -> bool:
    return before.precision == "month" and _OF_DAYS.search(expression.text) is not None


_OF_DAYS = re.compile(r"\b(?:day|week)s?\b", re.IGNORECASE)


# A date with its block and the place it is told at.
_Told = tuple[int, int, Resolved]


class Timeline:
    """The dates that an article gives in so many words, in text order, and what the next one means after them."""

    def __init__(self, docs: Sequence[Doc], published: date | None) -> None:
        self._published = published
        self._docs = docs
        self._dates: list[tuple[int, int, Resolved]] = []
        self._review = _year_of_review(docs) if published is None else None
        leads = [(block, lead) for block, doc in enumerate(docs) if (lead := leading_date(doc.text)) is not None]
        self._leads = leads if len(leads) > 1 else []  # one alone may be a dateline
        found = [(block, expression) for block, doc in enumerate(docs) for expression in find_dates(doc.text)]
        for block, expression in sorted([*found, *self._leads], key=lambda item: (item[0], item[1].start)):
            resolved = self.resolve(expression, block, expression.start)
            if resolved is not None:
                self._dates.append((block, expression.start, resolved))

    def resolve(self, expression: DateExpression, block: int, start: int, *, ahead: bool = False) -> Resolved | None:
        """What an expression at a place means, by the publication date or by the dates given before."""
        if not expression.is_anaphoric:
            resolved = expression.resolve(self._published, ahead=ahead)
            if resolved is not None or self._published is not None:
                return resolved
            if self._review is not None and (in_it := in_year(expression, self._review[1])) is not None:
                return in_it
        by = resolve_by if expression.is_anaphoric else resolve_beside
        is_loose = expression.is_anaphoric and expression.resolve(self._published) is not None
        if is_loose and ahead:
            return expression.resolve(self._published)
        before = [
            (at, where, found)
            for at, where, found in self._dates
            # The next paragraph, or item of a list, may tell of another year.
            if (at, where) < (block, start) and ((expression.is_anaphoric and not is_loose) or at == block)
        ]
        today = self._published
        if before and before[-1][0] != block and today is not None and expression.text.lower().endswith("the same day"):
            # A new paragraph takes up the news, not what was told behind it.
            before.sort(key=lambda item: not is_long_past(item[2], today))
        if today is not None and expression.is_anaphoric and not ahead:
            # What has happened is counted from what has, not from what is to come.
            before = [told for told in before if told[2].day <= today] or before
        sentence = self._sentence(block, start)
        if before and expression.is_anaphoric:
            before = self._by_theme(before, block, sentence)
        beside = (
            found
            for at, where, date in reversed(before[-REACH:])
            if (found := by(expression, date)) is not None
            # Days are counted from a month told with them, not from one that was told of in passing.
            and (not _is_of_days_from_a_month(expression, date) or (at == block and where >= sentence))
        )
        if found := next(beside, expression.resolve(self._published) if is_loose else None):
            return found
        return None if expression.is_anaphoric else self._after_the_last(expression, block, start)

    def _by_theme(self, before: list[_Told], block: int, sentence: int) -> list[_Told]:
        """The dates before with the one last that opens the last sentence told before, for the next one takes it up."""
        at, where, _ = before[-1]
        opening = self._sentence(at, where)
        if (at, opening) == (block, sentence):
            return before
        first = next(told for told in before if told[0] == at and told[1] >= opening)
        opens = _PREPOSITION.fullmatch(self._docs[at].text[opening : first[1]])
        return [*(told for told in before if told != first), first] if opens else before

    def _sentence(self, block: int, start: int) -> int:
        """Where the sentence begins that a character of a block stands in."""
        span = self._docs[block].char_span(start, start + 1, alignment_mode="expand")
        return span.sent.start_char if span is not None else start

    def _after_the_last(self, expression: DateExpression, block: int, start: int) -> Resolved | None:
        """What a day or month without a year means in a chronology: one later in the year of the last date, where all
        dates before are told in their order."""
        told = [found for at, where, found in self._dates if (at, where) < (block, start)]
        if len(told) < 2 or told[-1].precision not in {"day", "month"}:
            return None
        firsts = [found.day if found.precision == "day" else found.day.replace(day=1) for found in told]
        if any(one > two and (one.year, one.month) != (two.year, two.month) for one, two in pairwise(firsts)):
            return None
        near = resolve_beside(expression, told[-1], within=365)
        return near if near is not None and near.day.year == firsts[-1].year and near.day >= firsts[-1] else None

    def heading(self, block: int) -> ActDate | None:
        """The date that heads the paragraph or, in a list of them, the paragraphs up to this one, or the review."""
        for at, lead in reversed(self._leads):
            if at <= block:
                resolved = self.resolve(lead, at, lead.start)
                return ActDate(lead, replace(resolved, rule="date_of_section"), at) if resolved else None
        if self._review is None:
            return None
        year, number = self._review
        return ActDate(year, Resolved(date(number, 1, 1), None, "year", "date_of_section"), 0)
