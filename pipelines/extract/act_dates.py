"""Which date of an article dates an act, and how precisely.

In this order: the words that the detector saw dating it (or those that stand in its clause by the parse, where these
are others), the words that only date its report, in a chronology the date its paragraph is headed with, and for the
news of the day in the first sentence the article's own publication. A date that is tied to nothing dates nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from spacy.tokens import Doc, Token

from pipelines.extract.act import Act
from pipelines.extract.candidate import REPORTED, WHEN, Candidate
from pipelines.extract.dates import (
    DateExpression,
    Resolved,
    find_dates,
    find_distances,
    leading_date,
    resolve_beside,
    resolve_by,
)
from pipelines.extract.retelling import points_back
from pipelines.ingest.article import Article

REPORT_VERBS = frozenset(
    """say tell report announce state reveal disclose confirm add write note explain claim publish release post tweet
    declare indicate show quote cite unveil communicate inform reveal mention outline""".split()
)


BY_REPORT = "date_of_report"


@dataclass(frozen=True, slots=True)
class ActDate:
    """What dates an act: the words, if there are any, and the date they mean, None where that stays open."""

    expression: DateExpression | None
    resolved: Resolved | None
    block: int | None = None  # of the words, where it is not the act's own
    raw_span: tuple[int, int] | None = None  # where the date was read when that is outside the text of the article


class Timeline:
    """The dates that an article gives in so many words, in text order, and what the next one means after them."""

    def __init__(self, docs: Sequence[Doc], published: date | None) -> None:
        self._published = published
        self._dates: list[tuple[int, int, Resolved]] = []
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
        by = resolve_by if expression.is_anaphoric else resolve_beside
        is_loose = expression.is_anaphoric and expression.resolve(self._published) is not None
        if is_loose and ahead:
            return expression.resolve(self._published)
        before = [
            found
            for at, where, found in self._dates
            # The next paragraph, or item of a list, may tell of another year.
            if (at, where) < (block, start) and ((expression.is_anaphoric and not is_loose) or at == block)
        ]
        beside = (found for date in reversed(before[-_REACH:]) if (found := by(expression, date)) is not None)
        if found := next(beside, expression.resolve(self._published) if is_loose else None):
            return found
        return None if expression.is_anaphoric else self._after_the_last(expression, block, start)

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
        """The date that heads the paragraph or, in a list of them, the paragraphs up to this one."""
        for at, lead in reversed(self._leads):
            if at <= block:
                resolved = self.resolve(lead, at, lead.start)
                return ActDate(lead, replace(resolved, rule="date_of_section"), at) if resolved else None
        return None


# How many dates back "the same day" may look for a day.
_REACH = 3


def lede_sentences(article: Article) -> int:
    """The number of the last sentence of the lede: the headline, where there is one, and two sentences."""
    return 2 if article.title else 1


def dates_of(acts: Sequence[Act], article: Article, docs: Sequence[Doc]) -> list[ActDate | None]:
    """The date of every act of an article, in the order of the acts."""
    timeline = Timeline(docs, article.published)
    found = [_own_date(act, article.published, timeline) for act in acts]
    _count_from_others(acts, found, article.published, timeline)
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


def _count_from_others(
    acts: Sequence[Act], found: list[ActDate | None], published: date | None, timeline: Timeline
) -> None:
    """Dates the acts that are told by their distance from another one: "approved it, three months after it cleared the
    lower house", "the arrest came two days after the bank's warning"."""
    for place, act in enumerate(acts):
        offset, doc = act.sentence.start_char, act.sentence.doc
        for distance in find_distances(act.sentence.text) if act.candidate.status in ASSERTED else []:
            word = doc.char_span(offset + distance.end - 1, offset + distance.end, alignment_mode="expand")
            inner, outer = _parted(word.root) if word is not None else (None, None)
            if inner is None or outer is None:
                continue
            edges = (inner.left_edge.idx - offset, inner.right_edge.idx - offset)
            own = found[place].expression if found[place] is not None else None  # type: ignore[union-attr]
            if _is_told_by(act, inner):
                if own is not None and edges[0] <= own.start - offset <= edges[1]:
                    continue  # it has a date of its own
                other = _date_of_clause(outer, edges, acts, found, place, published, timeline)
            elif own is None and outer in (act.token, act.stage):
                other = _date_inside(inner, edges, acts, found, place, published, timeline)
                distance = replace(distance, steps=-distance.steps)
            else:
                continue
            resolved = distance.from_date(other) if other is not None else None
            if resolved is not None:
                start = offset + distance.start
                words = DateExpression(start, offset + distance.end, distance.text, lambda published, ahead: None)
                found[place] = ActDate(words, resolved)


def _date_inside(
    head: Token,
    edges: tuple[int, int],
    acts: Sequence[Act],
    found: Sequence[ActDate | None],
    place: int,
    published: date | None,
    timeline: Timeline,
) -> Resolved | None:
    """The date of what is told after an "after" or "before": its own, or that of the known act it points back to."""
    act = acts[place]
    for expression in _dating(act, published):
        if edges[0] <= expression.start <= edges[1]:
            return timeline.resolve(expression, act.candidate.block, act.sentence.start_char + expression.start)
    inside = next((other for other in acts if other.sentence == act.sentence and _is_told_by(other, head)), None)
    known = [
        when.resolved
        for other, when in zip(acts, found, strict=True)
        if when is not None
        and (
            other is inside
            or (inside is not None and other is inside.told)
            or (points_back(head) and other.number < act.number and other.token.lemma_ == head.lemma_)
        )
    ]
    return next((resolved for resolved in reversed(known) if resolved is not None), None)


def _parted(word: Token) -> tuple[Token | None, Token | None]:
    """The heads of what is told after an "after" or "before" and of the clause that it is told in."""
    if word.dep_ == "mark":
        return word.head, word.head.head
    inner = next((child for child in word.children if child.dep_ in {"pobj", "pcomp"}), None)
    outer = next((token for token in word.ancestors if token.pos_ in {"VERB", "AUX"}), None)
    return inner, outer


def _is_told_by(act: Act, head: Token) -> bool:
    """Whether a clause or noun tells the act: by its own word, or by what that governs."""
    token = act.token
    while token != head:
        if token.dep_ not in _GOVERNED or token.head == token:
            return act.stage == head
        token = token.head
    return True


_GOVERNED = frozenset({"xcomp", "ccomp", "dobj", "prt", "compound", "nsubjpass"})
# Verbs that only say when something known took place.
_CAME = frozenset({"come", "follow", "happen", "occur", "arrive"})


def _date_of_clause(
    verb: Token,
    edges: tuple[int, int],
    acts: Sequence[Act],
    found: Sequence[ActDate | None],
    place: int,
    published: date | None,
    timeline: Timeline,
) -> Resolved | None:
    """The date of what a clause tells, what is told inside of it between two offsets apart."""
    act = acts[place]
    for expression in _dating(act, published):
        if not edges[0] <= expression.start <= edges[1] and _clause(act, expression) == verb:
            start = act.sentence.start_char + expression.start
            return timeline.resolve(expression, act.candidate.block, start)
    for other, when in zip(acts, found, strict=True):
        is_beside = other.sentence == act.sentence and other is not act
        if is_beside and verb in (other.stage, other.token) and when is not None and when.resolved is not None:
            return when.resolved
    if verb.lemma_.lower() not in _CAME:
        return None
    came = next((other for other in acts if other.sentence == act.sentence and other.token.head == verb), act)
    before = [
        when.resolved
        for other, when in zip(acts[:place], found, strict=False)
        if 0 < act.number - other.number <= _REACH and when is not None and not other.candidate.is_background
        if other.candidate.event_type == came.candidate.event_type
    ]
    return next((resolved for resolved in reversed(before) if resolved is not None), None)


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
    """Whether the first sentence tells it as what has just happened, in no other time."""
    return (
        article.published_span is not None
        and act.number == lede_sentences(article) - 1
        and act.candidate.status == "occurred"
        and not act.candidate.is_background
        and "had" not in _auxiliaries(act.stage)
        and not _dating(act, article.published)
        and not _VAGUE.search(act.sentence.text)
    )


def _own_date(act: Act, published: date | None, timeline: Timeline) -> ActDate | None:
    """The date that the act's own sentence gives it."""
    offset, text = act.sentence.start_char, act.sentence.text
    expressions = _dating(act, published)
    marked = [e for e in _told(act, expressions, WHEN) if not _dates_another(act, e)]
    parsed, on_own_word = _parsed(act, expressions)
    expression = next(iter(marked), None)
    if expression is None:
        expression = parsed if on_own_word else None
    else:  # of two dates the one in the act's own clause, and of a year and a month in it the month
        clauses = [e for e in marked if (verb := _clause(act, e)) is not None and verb.i in (act.token.i, act.stage.i)]
        if parsed in marked and not _refines(expression, parsed, published):
            expression = parsed
        elif clauses and expression not in clauses:
            expression = clauses[0]
    reported = expression is not None and act.candidate.event_type not in _SPEECH and _dates_report(act, expression)
    if reported and act.candidate.status in _PLANS:
        return None  # when a plan was told of is not when it is to happen
    if expression is None and act.candidate.status in ASSERTED - {"negated"}:
        expression = next(iter(_told(act, expressions, REPORTED)), None)
        reported = expression is not None
    if expression is None and act.candidate.status in ASSERTED:
        expression = _documented(act, expressions)
        reported = act.candidate.event_type not in _SPEECH
    if expression is None:
        return None
    for other in expressions:  # "six years ago to the day, on 27 November 2019"
        beside = text[expression.end : other.start] if expression.end <= other.start else ""
        if _APPOSED.fullmatch(beside) and (_refines(other, expression, published) or _is_full(other)):
            expression = other
            break
    shifted = replace(expression, start=offset + expression.start, end=offset + expression.end)
    starts_later = _STARTS.search(text, max(0, expression.start - 24), expression.start) is not None
    is_back = _looks_back(act, expression)
    if is_back and act.candidate.status in _PLANS:
        return None  # when something else took place that the plan is told with
    ahead = (
        starts_later or _is_possible(act, expression) or (not is_back and (act.candidate.ahead or _looks_ahead(act)))
    )
    resolved = timeline.resolve(expression, act.candidate.block, shifted.start, ahead=ahead)
    if resolved is not None and reported and resolved.precision == "day":
        resolved = Resolved(resolved.day, resolved.end, "week", BY_REPORT)
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
        and act.candidate.ahead
        and (resolved.end or resolved.day) < published - timedelta(days=31)
        and resolved.precision in {"day", "week", "month"}
    ):
        return None  # when a plan was told of, not when it is to happen
    return ActDate(shifted, resolved)


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
ASSERTED = frozenset({"occurred", "ongoing", "rumored", "negated"})
_PLANS = frozenset({"announced", "proposed", "hypothetical"})


def _is_full(expression: DateExpression) -> bool:
    resolved = expression.resolve(None)
    return resolved is not None and resolved.rule == "full_date"


def _dating(act: Act, published: date | None) -> list[DateExpression]:
    """The date expressions of the act's sentence that may date an act: not those of a dateline, of a plan that lies
    behind, or of the time over which acts are counted."""
    block, offset, text = act.sentence.doc.text, act.sentence.start_char, act.sentence.text
    return [
        expression
        for expression in find_dates(text)
        if not (
            (
                _DATELINE.match(block, offset + expression.end)
                and offset + expression.start <= _DATELINE_REACH
                and published is not None
                and (resolved := expression.resolve(published)) is not None
                and resolved.day == published
            )
            or _ONCE_PLANNED.search(text[max(0, expression.start - 40) : expression.start])
            or (_OVER.match(expression.text) and _COUNTED.search(text[: expression.start]))
        )
    ]


_DATELINE = re.compile(r"\s?(?:\([^()]{2,40}\)\s?)?(?:[-–—]|:)\s")
_DATELINE_REACH = 40
_ONCE_PLANNED = re.compile(
    r"\b(?:once|originally|initially|previously|first|foreseen|long)\s?(?:due|planned|scheduled|slated|set|expected|foreseen|promised)?"
    r"\s(?:for|in|on|by)?\s?$"
)
# "its second warning this year"
_COUNTED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th)|another)\s(?:[\w-]+\s){1,3}$", re.IGNORECASE
)
_OVER = re.compile(r"this\s(?:year|month|quarter)$", re.IGNORECASE)


def _told(act: Act, expressions: list[DateExpression], kind: str) -> list[DateExpression]:
    """The date expressions in the words that the detector saw dating the act (or its report), first those that it saw
    most of."""
    found = []
    for expression in expressions:
        seen = sum(max(0, min(expression.end, end) - max(expression.start, start)) for start, end in act.phrases(kind))
        ends = _ENDS.search(act.sentence.text[max(0, expression.start - 24) : expression.start])
        part = seen / (expression.end - expression.start)
        is_seen = part >= 0.5 or (seen and len(expressions) == 1)
        if is_seen and (ends is None or act.candidate.status not in _SETTLED):
            found.append((part < 0.7, expression))
    return [expression for _, expression in sorted(found, key=lambda item: item[0])]


def _root(act: Act, expression: DateExpression) -> Token | None:
    offset = act.sentence.start_char
    span = act.sentence.doc.char_span(offset + expression.start, offset + expression.end, alignment_mode="expand")
    return span.root if span is not None else None


def _clause(act: Act, expression: DateExpression) -> Token | None:
    """The verb of the clause that a date stands in."""
    root = _root(act, expression)
    return next((t for t in root.ancestors if t.pos_ in {"VERB", "AUX"}), None) if root is not None else None


def _dates_report(act: Act, expression: DateExpression) -> bool:
    """Whether a date stands by the verb of saying above the act: "said on Thursday that it had fined"."""
    root = _root(act, expression)
    attached = _attachment(root, act) if root is not None else None
    return attached is not None and attached[1]


def _dates_another(act: Act, expression: DateExpression) -> bool:
    """Whether a date clearly stands in a clause that tells of something else than the act."""
    verb, stage = _clause(act, expression), act.stage
    if verb is None or verb.i in (stage.i, act.token.i):
        return False
    root = _root(act, expression)
    assert root is not None
    if _attachment(root, act) is not None:
        return False
    for token in (act.token, *act.token.ancestors):  # "resumed in February after it paid a fine"
        if token == verb:
            break
        if any(t.dep_ == "mark" and t.lower_ in {"after", "before"} and root.i < t.i for t in token.children):
            return True
    above = [verb, *verb.ancestors]
    # "lost 5 million on the platform, which in September had been flagged", "a framework, to be published in May"
    for token in above:
        if token.i in (stage.i, act.token.i):
            return False
        if token.dep_ == "relcl":
            opens = _relative_word(token)
            inside = act.token.i in {t.i for t in token.subtree}
            return opens is not None and not inside and not opens.i < act.token.i < root.i
        if token.dep_ == "conj" and stage in token.ancestors and act.token.i < token.i:
            # "flew to Abuja, and both were detained on Monday", but "fined and banned on Monday"
            return token.head == stage and (
                any(child.dep_ in _SUBJECTS for child in token.children) or root.i < token.i
            )
    return False


_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


def _relative_word(verb: Token) -> Token | None:
    """The relative word, or the "to", that a clause after a noun opens with."""
    opening = (inner for inner in verb.subtree if inner.i <= verb.i)
    relative = {"WDT", "WP", "WP$", "WRB"}
    return next((t for t in opening if t.tag_ in relative or (t.tag_ == "TO" and t.head == verb)), None)


def _looks_back(act: Act, expression: DateExpression) -> bool:
    """Whether a date stands by a verb in the past that is not the act's own: "coins that it promised in December"."""
    verb = _clause(act, expression)
    before = act.sentence.text[: expression.start]
    if verb is None or verb.i in (act.token.i, act.stage.i) or _LIMITS.search(before):
        return False
    auxiliaries = _auxiliaries(verb)
    # "adopted on Tuesday"
    told = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not auxiliaries and verb.lemma_ not in _ARRANGED
    return told or verb.tag_ == "VBD" or bool(auxiliaries & {"had", "has", "have", "was", "were", "did"})


_ARRANGED = frozenset({"set", "schedule", "plan", "slate", "expect", "due", "propose", "date"})


def _is_possible(act: Act, expression: DateExpression) -> bool:
    """Whether a date stands by what may or should come: "could be unveiled in the 4 November budget"."""
    verb = _clause(act, expression) if act.candidate.status != "occurred" else None
    return verb is not None and bool(_auxiliaries(verb) & {"could", "may", "might", "can", "should", "will", "shall"})


def _auxiliaries(verb: Token) -> set[str]:
    return {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}


def _looks_ahead(act: Act) -> bool:
    """Whether the act's clause is in the present or the future: "convenes on Sunday", "will close on 4 December"."""
    stage = act.stage
    auxiliaries = _auxiliaries(stage)
    if auxiliaries & {"will", "shall", "’ll", "'ll"}:
        return True
    return (
        stage.i == act.token.i
        and stage.tag_ in {"VBZ", "VBP"}
        and not auxiliaries & {"has", "have", "had", "was", "were", "did"}
    )


def _parsed(act: Act, expressions: list[DateExpression]) -> tuple[DateExpression | None, bool]:
    """The date expression nearest to the act in the parse, unless it only dates a report of the act, and whether it
    hangs on the act's own word."""
    doc, offset = act.sentence.doc, act.sentence.start_char
    best: tuple[int, DateExpression, bool] | None = None
    for expression in expressions:
        span = doc.char_span(offset + expression.start, offset + expression.end, alignment_mode="expand")
        if span is None or _bounds_a_period(act.sentence.text, expression, act.candidate):
            continue
        if _opens_clause(act, expression):
            return expression, True
        named = _named_by(span.root)
        if named is not None and named.i != act.token.i:
            if _is_told_of(act, named):  # "its 5 December debut, where it raised", but not "the 2021 statute"
                return expression, True
            continue
        attached = _attachment(span.root, act)
        if attached is None or (attached[1] and act.candidate.status not in ASSERTED):
            continue
        if best is None or attached[0] < best[0]:
            best = (attached[0], expression, attached[1])
    if best is None or best[2]:
        return None, False
    return best[1], best[0] <= _OWN_WORD


def _named_by(date_root: Token) -> Token | None:
    """The noun that a date stands before: "the 2021 statute"."""
    is_name = date_root.dep_ in _NAMING and date_root.head.pos_ in {"NOUN", "PROPN"}
    return date_root.head if is_name else None


def _is_told_of(act: Act, noun: Token) -> bool:
    """Whether the act stands in a clause on the occasion that a noun names: "a meeting where they signed"."""
    stage = act.stage
    return (
        stage.dep_ == "relcl"
        and noun in (stage.head, *_phrase(stage.head))
        and any(child.lower_ in {"where", "when"} for child in stage.children)
    )


def _opens_clause(act: Act, expression: DateExpression) -> bool:
    """Whether the act's clause takes up what the date has just dated: "the break-in on Wednesday, in which 90 million
    were lost"."""
    after = _TAKEN_UP.match(act.sentence.text, expression.end)
    if after is None or act.stage.dep_ not in {"relcl", "advcl", "acl"}:
        return False
    return expression.end <= act.stage.left_edge.idx - act.sentence.start_char <= after.end()


_TAKEN_UP = re.compile(r",?\s(?:(?:in|during|at)\swhich|when|where)\b")

# Types that are speech: the document that tells it is the act itself.
_SPEECH = frozenset({"statement", "criticism", "warning"})
_DOCUMENTS = frozenset(
    """notice statement filing announcement release order circular letter post memo memorandum report bulletin
    communique advisory notification disclosure decision ruling gazette""".split()
)


def _documented(act: Act, expressions: list[DateExpression]) -> DateExpression | None:
    """The date of the document that the act is told by: "according to a 5 December notice", "a notice dated 5 May"."""
    for expression in expressions:
        root = _root(act, expression)
        document = (_named_by(root) or _dated_noun(root)) if root is not None else None
        if (
            document is not None
            and document.lemma_.lower() in _DOCUMENTS
            and document.dep_ == "pobj"
            and _attachment(document, act) is not None
        ):
            return expression
    return None


def _dated_noun(date_root: Token) -> Token | None:
    """The noun that a date stands after: "a notice of 5 May", "a decision published on 5 May"."""
    token = date_root
    while token.dep_ in {"pobj", "prep", "npadvmod", "nummod", "dobj"} or token.lemma_ in _ISSUED:
        if token.head == token:
            break
        token = token.head
        if token.pos_ == "NOUN":
            return token
    return None


_ISSUED = frozenset({"date", "issue", "publish", "release"})


# The most steps from a date to the word that it modifies: through a preposition.
_OWN_WORD = 2


# Statuses that look back: a date that ends a period is not when they came about.
_SETTLED = frozenset({"occurred", "negated", "cancelled"})
_ENDS = re.compile(r"\b(?:until|till|through|by|before|past)\s(?:the\s|late\s|early\s)?$")
# A date after these words ends or opens a period, or names a law; it is not the day of an act that occurred.
_LIMITS = re.compile(
    r"\b(?:until|till|through|since|by|before|(?:Act|Law|Bill|Rules?|Regulations?|Directive)(?:,|\sof))\s(?:the\s|late\s|early\s)?$"
)
_INNER_LIMITS = re.compile(r"^(?:since|until|till|through|by|before|(?:as\s)?of)\b", re.IGNORECASE)
_STARTS = re.compile(
    r"\b(?:from|effective|beginning|starting|as\sof|with\seffect\sfrom|commencing|due|on\sor\safter)\s(?:on\s|from\s)?$"
)


_NAMING = frozenset({"det", "nummod", "amod", "compound", "nmod"})


def _bounds_a_period(text: str, expression: DateExpression, candidate: Candidate) -> bool:
    if candidate.status not in _SETTLED:
        return False
    before = text[max(0, expression.start - 24) : expression.start]
    return bool(_LIMITS.search(before) or _INNER_LIMITS.match(expression.text))


def _attachment(date_root: Token, act: Act) -> tuple[int, bool] | None:
    """How far above a date its act stands and whether only a report lies there; None when it dates another clause."""
    stage, own = act.stage, act.token.i
    for depth, token in enumerate([date_root, *date_root.ancestors]):
        if token.i in (own, stage.i):
            return depth, False
        if token.pos_ in {"VERB", "AUX"} and depth and stage in token.conjuncts and stage.i > token.i:
            return depth + 2, False  # "in July it told them ... and restricted them"
        if token.i in act.others:
            # "launched a coin in 2017, raising 5,000 ether"
            shares = stage.dep_ == "advcl" and stage.tag_ == "VBG" and stage.head == token and stage.i > token.i
            return (depth, False) if shares else None
        if token.pos_ in {"VERB", "AUX"} and depth:
            inside = {inner.i for inner in token.subtree}
            if own in inside or stage.i in inside:
                return depth + 4, token.lemma_.lower() in REPORT_VERBS
            if token.dep_ in {"relcl", "acl"} and own in {token.head.i, *(above.i for above in _phrase(token.head))}:
                return depth + 1, False  # "a ban that took effect in January", "the ban on trading imposed in May"
            if token.dep_ in {"relcl", "acl", "advcl", "conj", "parataxis"}:
                return None
    return None


def _phrase(token: Token) -> list[Token]:
    """What a noun hangs on within its own noun phrase."""
    found = []
    while token.dep_ in {"pobj", "prep", "conj", "compound", "nmod"} and token.head is not token:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            break
        found.append(token)
    return found
