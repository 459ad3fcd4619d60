"""Which date of an article dates an act, and how precisely.

In this order: the words that the detector saw dating it (or those that stand in its clause by the parse, where these
are others), the words that only date its report, its distance from another act, in a chronology the date its paragraph
is headed with, and for the news of the day, in the first sentence or in a round-up, the article's own publication. A
date that is tied to nothing dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc

from pipelines.extract.act import Act
from pipelines.extract.act_distances import count_from_others, is_told_behind
from pipelines.extract.candidate import REPORTED, WHEN
from pipelines.extract.date_ties import (
    ASSERTED,
    SETTLED,
    STARTS,
    auxiliaries,
    date_of_document,
    date_of_report_before,
    dates_another,
    dates_report,
    dates_telling,
    dating,
    in_named_year,
    is_possible,
    looks_ahead,
    looks_back,
    nearest_date,
)
from pipelines.extract.dates import DateExpression, Resolved, find_distances
from pipelines.extract.timeline import ActDate, Timeline
from pipelines.ingest.article import Article
from pipelines.ingest.stories import is_digest_title

BY_REPORT = "date_of_report"


def lede_sentences(article: Article) -> int:
    """The number of the last sentence of the lede: the headline, where there is one, and two sentences."""
    return 2 if article.title else 1


def dates_of(acts: Sequence[Act], article: Article, docs: Sequence[Doc]) -> list[ActDate | None]:
    """The date of every act of an article, in the order of the acts."""
    timeline = Timeline(docs, article.published)
    found = [_own_date(act, article.published, timeline) for act in acts]
    count_from_others(acts, found, article.published, timeline)
    for place, act in enumerate(acts):
        if found[place] is None and act.paper is not None and act.candidate.status in SETTLED:
            found[place] = _date_of_paper(act.paper, acts, found)
    for place, act in enumerate(acts):
        if found[place] is None and act.candidate.status in ASSERTED and not act.candidate.is_background:
            found[place] = timeline.heading(act.candidate.block)
    # The day of a report stands in for the day of the act only where the article gives that act no day of its own.
    dated = [
        (act, when.resolved)
        for act, when in zip(acts, found, strict=True)
        if when is not None and when.resolved is not None and when.resolved.rule != BY_REPORT
    ]
    for place, act in enumerate(acts):
        when = found[place]
        by_report = when is not None and when.resolved is not None and when.resolved.rule == BY_REPORT
        is_news = when is None and article.published is not None and _is_news_of_the_day(act, article)
        told = when.resolved.day if by_report else article.published  # type: ignore[union-attr]
        if told is None or not (by_report or is_news):
            continue
        if any(_may_be_one(act, other) and _is_day_of_news(resolved, told) for other, resolved in dated):
            found[place] = replace(when, resolved=None) if when is not None else None
        elif is_news:
            resolved = Resolved(told, None, "week", "published_with_the_news")
            found[place] = ActDate(None, resolved, raw_span=article.published_span)
    return found


def _date_of_paper(paper: Act, acts: Sequence[Act], found: Sequence[ActDate | None]) -> ActDate | None:
    """The date of the act by which a paper was issued, for what the paper itself does."""
    when = next((found[place] for place, other in enumerate(acts) if other is paper), None)
    if when is None or when.resolved is None:
        return _date_of_paper(paper.told, acts, found) if paper.told is not None else None
    block = paper.candidate.block if when.block is None else when.block
    return replace(when, resolved=replace(when.resolved, rule="date_of_the_paper"), block=block)


def _may_be_one(act: Act, other: Act) -> bool:
    """Whether two tellings of an article may be of one act: nothing that they say of it differs."""
    one, two = act.candidate, other.candidate
    if one.event_type != two.event_type or len({one.event_subtype, two.event_subtype} - {None}) > 1:
        return False
    targets, others = ({r.actor.actor_id for role, r in a.roles if role in _TARGETS} for a in (act, other))
    return not (targets and others and targets.isdisjoint(others))


def _is_day_of_news(resolved: Resolved, told: date) -> bool:
    """Whether a date is a day, or a month, of which one may still have been told as news on a later day."""
    last = resolved.end or resolved.day + timedelta(days=30 if resolved.precision == "month" else 0)
    return resolved.precision != "year" and resolved.day - _STILL_NEWS <= told <= last + _STILL_NEWS


_STILL_NEWS = timedelta(days=21)


# Roles of those whom an act is about; two acts of one kind on different ones are two.
_TARGETS = frozenset({"recipient", "affected", "appointee", "beneficiary"})


# Words that place an act in a time which the grammar does not read, or in no particular one.
_VAGUE = re.compile(
    r"\b(?:spring|summer|autumn|winter|earlier|since|ago|already|previously|once|years?|months?|weeks?"
    r"|the\s\d{1,2}(?:st|nd|rd|th))\b",
    re.IGNORECASE,
)


def _is_news_of_the_day(act: Act, article: Article) -> bool:
    """Whether the first sentence, or any of a round-up, tells it as what has just happened, in no other time."""
    text, first = act.sentence.text, lede_sentences(article) - 1
    return (
        article.published_span is not None
        and act.number >= first
        and act.candidate.status == "occurred"
        and not act.candidate.is_background
        and (act.number == first or is_digest_title(article.title or ""))
        and "had" not in auxiliaries(act.stage)
        and not (act.stage.tag_ == "VBG" and auxiliaries(act.stage) & {"is", "are"})
        and not any(not _POSSESSIVE.match(text, date.end) for date in dating(act, article.published))
        and not is_told_behind(act)
        and not _VAGUE.search(_OF_ANOTHER_TIME.sub("", _without_distances(text)))
    )


# "last week's theft" dates the theft, and "a second warning this year" none.
_POSSESSIVE = re.compile(r"['’]s\b")
_OF_ANOTHER_TIME = re.compile(r"\bthis\syear\b|\b(?:last|this)\s(?:week|month|year)(?=['’]s\b)", re.IGNORECASE)


def _without_distances(text: str) -> str:
    for distance in reversed(find_distances(text)):
        text = text[: distance.start] + text[distance.end :]
    return text


def _own_date(act: Act, published: date | None, timeline: Timeline) -> ActDate | None:
    """The date that the act's own sentence gives it."""
    offset, text = act.sentence.start_char, act.sentence.text
    expressions = dating(act, published)
    marked = [e for e in _told(act, expressions, WHEN) if not dates_another(act, e)]
    parsed, on_own_word = nearest_date(act, [e for e in expressions if not dates_another(act, e)])
    expression = next(iter(marked), None)
    if expression is None:
        expression = parsed if on_own_word else None
    elif parsed in marked and not _refines(expression, parsed, published):
        expression = parsed  # of two dates the one in the act's own clause
    status, form = act.candidate.status, act.stage.tag_
    is_done = status in SETTLED or (status == "rumored" and form in {"VBD", "VBN"})
    reported = expression is not None and act.candidate.event_type not in _SPEECH and dates_report(act, expression)
    if reported and not is_done:
        return None  # when a plan, or what goes on, was told of is not when it happens
    is_told_then = status in _PLANS and expression is not None and dates_telling(act, expression)
    if is_told_then and act.candidate.event_type not in _ACCORDS:
        return None
    if expression is None and is_done and status in ASSERTED - {"negated"}:
        expression = next(iter(_told(act, expressions, REPORTED)), None)
        reported = expression is not None
    if expression is None and act.candidate.status in ASSERTED:
        expression = date_of_document(act, expressions)
        reported = act.candidate.event_type not in _SPEECH
    if expression is None and is_done and (before := date_of_report_before(act)) is not None:
        expression, at = before
        shifted = replace(expression, start=at + expression.start, end=at + expression.end)
        return ActDate(shifted, _by_report(timeline.resolve(expression, act.candidate.block, shifted.start)))
    if expression is None:
        return None
    for other in expressions:  # "six years ago to the day, on 27 November 2019"
        beside = text[expression.end : other.start] if expression.end <= other.start else ""
        points_back = expression.is_anaphoric and not other.is_anaphoric  # "a day later, on March 13"
        if _APPOSED.fullmatch(beside) and (_refines(other, expression, published) or _is_full(other) or points_back):
            expression = other
            break
    of_year = in_named_year(act, expression, expressions, published)
    if of_year is not None:
        expression = of_year[0]
    shifted = replace(expression, start=offset + expression.start, end=offset + expression.end)
    starts_later = STARTS.search(text, max(0, expression.start - 32), expression.start) is not None
    is_back = looks_back(act, expression)
    if is_back and act.candidate.status in _PLANS:
        return None  # when something else took place that the plan is told with
    is_ahead = act.candidate.ahead and "had" not in auxiliaries(act.stage)  # "had first proposed in January"
    may_be_ahead = starts_later or is_possible(act, expression) or (not is_back and (is_ahead or looks_ahead(act)))
    ahead = may_be_ahead and not is_told_then
    resolved = of_year[1] if of_year else timeline.resolve(expression, act.candidate.block, shifted.start, ahead=ahead)
    if reported:
        resolved = _by_report(resolved)
    if (
        resolved is not None
        and published is not None
        and not ahead
        and act.candidate.status == "occurred"
        and resolved.day > published + timedelta(days=1)
    ):
        resolved = None  # what occurred cannot lie after its report
    if (
        resolved is not None
        and published is not None
        and is_ahead
        and (resolved.end or resolved.day) < published - timedelta(days=31)
        and resolved.precision in {"day", "week", "month"}
    ):
        return None  # when a plan was told of, not when it is to happen
    return ActDate(shifted, resolved)


def _by_report(resolved: Resolved | None) -> Resolved | None:
    """The day of a report as that of the act it tells: some day within the week up to it."""
    if resolved is None or resolved.precision != "day":
        return resolved
    return Resolved(resolved.day, resolved.end, "week", BY_REPORT)


def _refines(one: DateExpression, two: DateExpression, published: date | None) -> bool:
    """Whether one date is a finer one within the year of the other: "six years ago to the day, on 27 November 2019"."""
    fine, coarse = one.resolve(published), two.resolve(published)
    return (
        fine is not None
        and coarse is not None
        and fine.precision != "year"
        and coarse.precision == "year"
        and fine.day.year == coarse.day.year
    )


_APPOSED = re.compile(r"(?:\s(?:to\sthe\sday|exactly|today))?,?\s(?:on\s)?")


_PLANS = frozenset({"announced", "proposed", "hypothetical"})


def _is_full(expression: DateExpression) -> bool:
    resolved = expression.resolve(None)
    return resolved is not None and resolved.rule == "full_date"


def _told(act: Act, expressions: list[DateExpression], kind: str) -> list[DateExpression]:
    """The date expressions in the words that the detector saw dating the act (or its report), first those that it saw
    most of."""
    found = []
    for expression in expressions:
        seen = sum(max(0, min(expression.end, end) - max(expression.start, start)) for start, end in act.phrases(kind))
        ends = _ENDS.search(act.sentence.text[max(0, expression.start - 24) : expression.start])
        part = seen / (expression.end - expression.start)
        is_seen = part >= 0.5 or (seen and len(expressions) == 1)
        if is_seen and (ends is None or act.candidate.status not in SETTLED):
            found.append((part < 0.7, expression))
    return [expression for _, expression in sorted(found, key=lambda item: item[0])]


# Types that are speech: the document that tells it is the act itself.
_SPEECH = frozenset({"statement", "criticism", "warning"})


# What is told of is done: "announced on Wednesday a partnership".
_ACCORDS = frozenset({"partnership", "agreement_signed"})

_ENDS = re.compile(r"\b(?:until|till|through|by|before|past)\s(?:the\s|late\s|early\s)?$")
