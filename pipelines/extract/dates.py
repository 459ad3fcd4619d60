"""A small grammar of the dates that news prose uses, resolved against the article's own publication date.

An expression is found by its words alone; `resolve` then needs to know the publication date and whether the clause
looks back or ahead. What the words do not settle stays None: no year is invented, the day of ingestion is never used,
and without a publication date "Thursday" is only its words. Which event a date belongs to is decided by the caller.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
ORDINALS |= {"last": 4, "final": 4}
NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1}
# Northern seasons as (first month, months); news about policy uses them loosely, so they are quarters at best.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A date in the warehouse's terms: `day` is the first day, `end` the last one of an interval or None."""

    day: date
    end: date | None
    precision: str
    rule: str


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words in a text that name a time, `text[start:end]`, with the way to resolve them."""

    start: int
    end: int
    text: str
    _resolver: Callable[[date | None, bool], Resolved | None]
    by: Callable[[Resolved], Resolved | None] | None = None  # of an anaphor, see `resolve_by`

    @property
    def is_anaphoric(self) -> bool:
        """Whether it means a date by one given before: "the same day"."""
        return self.by is not None

    @property
    def is_month_without_year(self) -> bool:
        """Whether it names a month, or a day in one, and leaves the year to be known: "in May"."""
        return not self.is_anaphoric and _NAMES_A_MONTH.search(self.text) is not None and self.resolve(None) is None

    def resolve(self, published: date | None, *, ahead: bool = False) -> Resolved | None:
        """The date meant, or None where the words and the publication date do not settle it."""
        try:
            return self._resolver(published, ahead)
        except ValueError:  # 31 June, year 0: words in the shape of a date that is none
            return None


def resolve_by(expression: DateExpression, before: Resolved | None) -> Resolved | None:
    """What "the same day", "two weeks earlier" or "that September" mean after a date given before; None without one.

    A count of days from a day is a day; every other distance is as vague as its unit. Days or weeks counted from a
    month may be any of those so far from one of its days; from what is vaguer nothing is counted.
    """
    if expression.by is None or before is None:
        return None
    try:
        return expression.by(before)
    except ValueError:  # "on the 31st" of February
        return None


def _same(m: re.Match[str], before: Resolved) -> Resolved | None:
    return shifted(before, m["unit"], 0)


def _within_hours(m: re.Match[str], before: Resolved) -> Resolved | None:
    """ "hours later": on the same day, as far as anyone can tell."""
    return shifted(before, "day", 0)


def _counted(m: re.Match[str], before: Resolved) -> Resolved | None:
    steps = NUMBERS.get(m["count"].lower()) or int(m["count"])
    way = m["way"] or m["way2"] or m["way3"]
    return shifted(before, m["unit"], -steps if way.lower() in {"earlier", "before"} else steps)


def _next_one(m: re.Match[str], before: Resolved) -> Resolved | None:
    """ "the day after", "the following month"."""
    return shifted(before, m["unit"], -1 if m["side"].lower() in {"before", "previous"} else 1)


def shifted(before: Resolved, unit: str, steps: int) -> Resolved | None:
    """The day, week, month or year so many steps from a date, or in the month of one; None where that is vaguer."""
    rule = "counted_from_before" if steps else "same_as_before"
    unit = unit.lower()
    if unit in {"day", "week"}:
        if before.precision == "month" and before.end is None and steps:
            away, first = timedelta(days=steps * (7 if unit == "week" else 1)), before.day.replace(day=1)
            if abs(away) <= timedelta(days=7):
                return Resolved(first, None, "month", rule)
            return Resolved((first + away).replace(day=1), _month_end(first.year, first.month) + away, "month", rule)
        if before.precision != "day" or (before.end is not None and not steps):
            return None
        start = before.day if steps < 0 else before.end or before.day
        if unit == "week" and not steps:
            monday = start - timedelta(days=start.weekday())
            return Resolved(monday, monday + timedelta(days=6), "week", rule)
        return Resolved(start + timedelta(days=steps * (7 if unit == "week" else 1)), None, unit, rule)
    if unit == "month":
        return None if before.precision == "year" else Resolved(_shift_month(before.day, steps), None, "month", rule)
    return Resolved(date(before.day.year + steps, 1, 1), None, "year", rule)


def _day_of_month(m: re.Match[str], before: Resolved) -> Resolved | None:
    """ "on the 21st"."""
    if before.precision not in {"day", "week", "month"}:
        return None
    return Resolved(before.day.replace(day=int(m["nth"])), None, "day", "day_of_month_before")


def _in_year_before(m: re.Match[str], before: Resolved) -> Resolved:
    """ "that September", "on 7 September that year", "in September of the same year", "in May of the year before"."""
    number, side = m.groupdict().get("day"), (m.groupdict().get("side") or "").lower()
    away = 0 if not side else -1 if re.search("before|previous", side) else 1
    day = date(before.day.year + away, _month(m), int(number or 1))
    return Resolved(day, None, "day" if number else "month", "same_as_before")


def _weekday_beside(m: re.Match[str], before: Resolved) -> Resolved | None:
    """ "the previous Wednesday"."""
    if before.precision != "day":
        return None
    back = (before.day.weekday() - WEEKDAYS[m["weekday"].lower()]) % 7
    days = 7 - back if m["side"].lower() == "following" else -(back or 7)
    return Resolved(before.day + timedelta(days=days), None, "day", "counted_from_before")


def _part(m: re.Match[str], before: Resolved) -> Resolved | None:
    """ "earlier in the month", "at the end of the year", in that of the date before or of the publication."""
    day, unit = before.day, m["unit"].lower()
    so_far = day if m["part"].lower() == "earlier in" else None
    if unit == "month":
        return None if before.precision == "year" else Resolved(day.replace(day=1), so_far, "month", "relative_period")
    if re.search("begin|start", m["part"].lower()):
        return Resolved(date(day.year, 1, 1), None, "quarter", "part_of_year")
    if m["part"].lower().endswith("of"):
        return Resolved(date(day.year, 12, 1), None, "month", "end_of_year")
    return Resolved(date(day.year, 1, 1), so_far, "year", "relative_period")


def _some_days(m: re.Match[str], before: Resolved) -> Resolved | None:
    """ "a few days earlier": within the week before, or after."""
    is_before = m["way"].lower() in {"earlier", "before"}
    if before.precision == "month":
        return shifted(before, "day", -4 if is_before else 4)
    if before.precision != "day" or before.end is not None:
        return None
    near, far = (timedelta(days=days) for days in ((-7, -1) if is_before else (1, 7)))
    return Resolved(before.day + near, before.day + far, "week", "counted_from_before")


def _rest(m: re.Match[str], before: Resolved) -> Resolved | None:
    """ "before the year was out"."""
    if before.precision not in {"day", "week", "month"}:
        return None
    if m["unit"].lower() == "month" or before.day.month == 12:
        return Resolved(before.day.replace(day=1), None, "month", "rest_of_period")
    return Resolved(date(before.day.year, 1, 1), None, "year", "rest_of_period")


_COUNT = r"\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept(?:ember|\.)?|Sep\.?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
MONTH2 = MONTH.replace("<month>", "<month2>")
DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
DAY2 = r"(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19[89]|20[0-4])\d)"
WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
DASH = r"\s?(?:[-–—]|to|and|through)\s?"
_SAME_YEAR = r"(?:of\s)?(?:that|the\ssame)\s(?:same\s)?year"
_ENDS_PHRASE = r"(?=\s*(?:$|[,;.)]|(?:and|to|by|in|at|on)\b))"
# Words that mean a date by one given before them.
_ANAPHORS: tuple[tuple[str, Callable[[re.Match[str], Resolved], Resolved | None]], ...] = (
    (r"\b(?:(?:the|that)\s(?:very\s)?same|later\sthe\ssame|that)\s(?P<unit>day|week|month|year)\b(?!-)", _same),
    (
        rf"\b(?P<count>{_COUNT})\s(?P<unit>day|week|month|year)s?\s(?:(?P<way>earlier|later|before|after)\b{_ENDS_PHRASE}"
        r"|(?P<way2>earlier|later)\s(?=the\s|an?\s|[A-Z]|it\s|he\s|she\s|they\s)|(?P<way3>on)(?=,\s))",
        _counted,
    ),
    (
        r"(?<!\d\s)\b(?:(?:a\sfew|some|several|just|only|two|three|four|five|six)\s)?(?:hours|minutes)\s(?:later|afterwards)\b"
        r"|\bwithin\s(?:(?:a\sfew|two|three)\s)?(?:hours|minutes)\b(?=\s*(?:$|[,;.)]))",
        _within_hours,
    ),
    (r"\bthe\s(?P<unit>day|week|month|year)\s(?P<side>before|after)(?=\s*(?:$|[,;.)]))", _next_one),
    (
        r"(?<!over\s)(?<!for\s)(?<!in\s)(?<!within\s)(?<!during\s)(?<!until\s)(?<!by\s)"
        r"\bthe\s(?P<side>next(?=\s(?:day|month|year))|following|previous)\s(?P<unit>day|month|year)\b(?![-’'])",
        _next_one,
    ),
    (
        r"\bon\sthe\s(?P<nth>[0-3]?\d)(?:st|nd|rd|th)\b(?!\s(?!(?:and|the|to|by|after|when|as|in|at|with|it|he)\b)\w)",
        _day_of_month,
    ),
    (rf"\bthat\s(?:same\s)?{MONTH}\b(?!\s\d)", _in_year_before),
    (rf"\bthe\s{MONTH}\s[a-z]+\s{_SAME_YEAR}\b", _in_year_before),
    (
        rf"\b(?:in\s)?{MONTH}\s(?:of\s)?the\s(?P<side>year\sbefore|previous\syear|following\syear|year\safter)\b",
        _in_year_before,
    ),
    (rf"\b(?:(?:in|early|late|mid-?)\s)?{MONTH}(?:\s{DAY})?,?\s{_SAME_YEAR}\b", _in_year_before),
    (rf"\b(?:the\s)?{DAY}\s(?:of\s)?{MONTH},?\s{_SAME_YEAR}\b", _in_year_before),
    (rf"\bthe\s(?P<side>previous|following)\s{WEEKDAY}\b", _weekday_beside),
    (r"\b(?P<part>(?:the\s)?(?:end|close)\sof)\s(?:that|the\ssame)\s(?P<unit>year)\b", _part),
    (rf"\b(?:a\sfew|several)\sdays\s(?P<way>earlier|later|before|after)\b{_ENDS_PHRASE}", _some_days),
    (
        r"(?<!\d\s)(?<!\w(?:ty|en|ng|ss)\s)\b(?:only\s|just\s)?days\s(?P<way>earlier|later)\b",
        _some_days,
    ),
    (r"\bbefore\sthe\s(?P<unit>year|month)\swas\s(?:out|over)\b", _rest),
)
# The same, by the publication where nothing before them in the paragraph is dated.
_LOOSE_ANAPHORS: tuple[tuple[str, Callable[[re.Match[str], Resolved], Resolved | None]], ...] = (
    (r"\b(?P<part>(?:earlier|later)\sin)\sthe\s(?P<unit>month|year)\b(?!-)", _part),
    (r"\b(?P<part>(?:the\s)?(?:end|close)\sof)\sthe\s(?P<unit>month)\b(?!-)", _part),
    (r"\b(?P<part>(?:the\s)?(?:beginning|start)\sof)\s(?:the|this)\s(?P<unit>year)\b(?!-)", _part),
)


@dataclass(frozen=True, slots=True)
class Distance:
    """Words that count the time between two acts, `text[start:end]`: "three weeks after". `steps` is negative where the
    act told after them came first."""

    start: int
    end: int
    text: str
    unit: str
    steps: int
    and_half: bool = False
    and_a_day: bool = False

    def from_date(self, other: Resolved) -> Resolved | None:
        """The date at this distance from another; None where that is too vague, or the distance is."""
        sign = 1 if self.steps > 0 else -1
        if self.unit == "year":  # "a year after" may be ten months as well as fourteen
            if not self.and_a_day or other.precision != "day":
                return None
            try:
                same_day = other.day.replace(year=other.day.year + self.steps)
            except ValueError:  # the 29th of February
                return None
            return Resolved(same_day + timedelta(days=sign), None, "day", "counted_from_other_act")
        is_about = other.precision == "week" and other.end is None  # the day of a report, or one before
        found = shifted(replace(other, precision="day") if is_about else other, self.unit, self.steps)
        if found is not None and is_about and found.precision == "day":
            found = replace(found, precision="week")
        if found is not None and self.and_half:
            found = replace(found, day=found.day + timedelta(days=4 * sign)) if self.unit == "week" else None
        return replace(found, rule="counted_from_other_act") if found is not None else None


_DISTANCE = re.compile(
    rf"(?<!than\s)(?<!within\s)(?<!over\s)(?<!under\s)(?<!almost\s)(?<!nearly\s)(?<!and\s)\b(?:(?P<count>{_COUNT})(?P<half>\sand\sa\shalf)?\s(?P<unit>day|week|month|year)s?"
    rf"(?P<day>\sand\sa\sday)?|the\sday)\s(?P<way>after|before)\b(?!{_ENDS_PHRASE})",
    re.IGNORECASE,
)


def find_distances(text: str) -> list[Distance]:
    """The distances between two acts that a text counts, in order."""
    return [
        Distance(
            m.start(),
            m.end(),
            m[0],
            (m["unit"] or "day").lower(),
            (NUMBERS.get((m["count"] or "one").lower()) or int(m["count"]))
            * (-1 if m["way"].lower() == "after" else 1),
            bool(m["half"]),
            bool(m["day"]),
        )
        for m in _DISTANCE.finditer(text)
    ]


def _month(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower().rstrip(".")]


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _shift_month(day: date, by: int) -> date:
    index = day.year * 12 + day.month - 1 + by
    return date(index // 12, index % 12 + 1, 1)


def _nearest(make: Callable[[int], date], published: date, ahead: bool) -> date:
    """The candidate year's date nearest to publication on the side the clause looks to; on the other side when that is
    more than twice as near, for what was said in February of a plan is not said of the February to come."""
    this = make(published.year)
    if not ahead:
        return this if this <= published + timedelta(days=1) else make(published.year - 1)
    if this >= published - timedelta(days=31):
        return this
    coming = make(published.year + 1)
    return coming if coming - published <= 2 * (published - this) else this


def _iso(m: re.Match[str], published: date | None, ahead: bool) -> Resolved:
    return Resolved(date.fromisoformat(m[0]), None, "day", "iso_date")


def _day_month_year(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    groups = m.groupdict()
    month, first = _month(m), int(m["day"])
    last = int(groups["day2"]) if groups.get("day2") else None

    def make(year: int) -> date:
        return date(year, month, first)

    if groups.get("year"):
        day, rule = make(int(m["year"])), "full_date"
    elif published:
        day, rule = _nearest(make, published, ahead), "day_and_month_before_publication"
    else:
        return None
    if last is not None and last <= first:
        return None  # "Law No. 25-10 of July 24"
    end = date(day.year, month, last) if last else None
    return Resolved(day, end, "day", rule)


def _month_year(m: re.Match[str], published: date | None, ahead: bool) -> Resolved:
    return Resolved(date(int(m["year"]), _month(m), 1), None, "month", "month_and_year")


def _by_named_year(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """ "14 October last year", "in April this year"."""
    if not published:
        return None
    year = published.year + {"last": -1, "next": 1}.get(m["which"].lower(), 0)
    if m.groupdict().get("day"):
        return Resolved(date(year, _month(m), int(m["day"])), None, "day", "day_and_month_of_named_year")
    return Resolved(date(year, _month(m), 1), None, "month", "month_of_named_year")


def _month_alone(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    if not published:
        return None
    month = _month(m)
    how = (m["how"] or "").lower()
    if "next" in how or "coming" in how:
        ahead = True
    if "last" in how:
        ahead = False
    if "next" in how or "last" in how:
        year = published.year + (month <= published.month if ahead else -(month >= published.month))
        return Resolved(date(year, month, 1), None, "month", "month_before_publication")
    day = _nearest(lambda year: date(year, month, 1), published, ahead)
    return Resolved(day, None, "month", "month_before_publication")


def _year(m: re.Match[str], published: date | None, ahead: bool) -> Resolved:
    year = int(m["year"])
    part = re.search(r"\b(early|late)\s\d{4}$", m[0], re.IGNORECASE)
    if part is not None:
        return Resolved(date(year, 1 if part[1].lower() == "early" else 10, 1), None, "quarter", "part_of_year")
    return Resolved(date(year, 1, 1), None, "year", "year")


# Feasts as (month, day) and what stands for them.
_FEASTS = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26)}
_FEASTS |= {"new year’s eve": (12, 31), "new year’s day": (1, 1), "new year": (1, 1)}


def _feast(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """ "on New Year's Eve", "in the week of Christmas"; "before Christmas" is in December, however long before."""
    if not published:
        return None
    how, (month, number) = m["how"].lower(), _FEASTS[m["feast"].lower().replace("'", "’")]
    day = _nearest(lambda year: date(year, month, number), published, ahead)
    if how.endswith("before"):
        eve = day - timedelta(days=1)
        return Resolved(eve.replace(day=1), eve, "month", "feast")
    return Resolved(day, None, "day" if how == "on" else "week", "feast")


def _stated_or_current_year(m: re.Match[str], published: date | None) -> int | None:
    if m.groupdict().get("year"):
        return int(m["year"])
    return published.year if published else None


def _quarter(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    year = _stated_or_current_year(m, published)
    if year is None:
        return None
    number = int(m["q"]) if m.groupdict().get("q") else ORDINALS[m["ordinal"].lower()]
    start = date(year, 3 * number - 2, 1)
    if not m.groupdict().get("year") and published:
        if not ahead and start > published:
            start = start.replace(year=year - 1)
        elif ahead and _month_end(year, 3 * number) <= published:
            start = start.replace(year=year + 1)
    return Resolved(start, None, "quarter", "quarter")


def _half(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    year = _stated_or_current_year(m, published)
    if year is None:
        return None
    number = int(m["h"]) if m.groupdict().get("h") else ORDINALS[m["ordinal"].lower()]
    start = date(year, 6 * number - 5, 1)
    return Resolved(start, _month_end(year, 6 * number), "quarter", "half_year")


def _season(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    year = _stated_or_current_year(m, published)
    if year is None:
        return None
    first = date(year, SEASONS[m["season"].lower()], 1)
    if not m["year"] and published and not ahead and first > published:
        first = first.replace(year=year - 1)
    return Resolved(first, _month_end(first.year, first.month + 2), "quarter", "season")


def _two_days(m: re.Match[str], published: date | None, ahead: bool) -> Resolved:
    year = int(m["year"])
    last = date(year, MONTHS[m["month2"].lower().rstrip(".")], int(m["day2"]))
    first = date(year, _month(m), int(m["day"]))
    return Resolved(first if first <= last else first.replace(year=year - 1), last, "day", "full_date")


def _years(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """ "between 2014 and 2017"."""
    first, last = int(m["year"]), int(m["last"])
    return Resolved(date(first, 1, 1), date(last, 12, 31), "year", "year") if first < last else None


def _two_months(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """ "in June and July 2018"."""
    year, first, last = int(m["year"]), _month(m), MONTHS[m["month2"].lower().rstrip(".")]
    return Resolved(date(year, first, 1), _month_end(year, last), "month", "month_and_year") if first < last else None


def _today(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    if not published:
        return None
    word = m[0].lower()
    shift = 1 if "tomorrow" in word else -1 if "yesterday" in word or "last night" in word else 0
    return Resolved(published + timedelta(days=shift), None, "day", "relative_day")


def _weekday(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    if not published:
        return None
    back = (published.weekday() - WEEKDAYS[m["weekday"].lower()]) % 7
    how = (m["how"] or "").lower()
    if "last" in how or "past" in how:
        day = published - timedelta(days=back or 7)
    elif "next" in how or "coming" in how:
        day = published + timedelta(days=7 - back)
    elif ahead:
        day = published + timedelta(days=(7 - back) % 7)
    else:
        day = published - timedelta(days=back)
    return Resolved(day, None, "day", "weekday_by_publication")


def _weekday_of_week(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """ "on Tuesday this week", "on Thursday of the week before"."""
    if not published:
        return None
    which = m["which"].lower()
    weeks = 0 if which.startswith("this") else 1 if which.startswith("next") else -1
    monday = published - timedelta(days=published.weekday())
    day = monday + timedelta(days=7 * weeks + WEEKDAYS[m["weekday"].lower()])
    return Resolved(day, None, "day", "weekday_by_publication")


def _weekend(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    if not published:
        return None
    saturday = published - timedelta(days=(published.weekday() - 5) % 7)
    sunday = saturday + timedelta(days=1)
    return Resolved(saturday, min(sunday, published), "day", "weekend_by_publication")


def _relative_period(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """last / this / next / earlier this / later this + week, month, quarter, year, summer..."""
    if not published:
        return None
    how, unit = m["how"].lower(), m["unit"].lower()
    shift = -1 if re.search(r"last|previous|past", how) else 1 if re.search(r"next|coming", how) else 0
    rule = "relative_period"
    if unit == "week":
        monday = published - timedelta(days=published.weekday() - 7 * shift)
        sunday = monday + timedelta(days=6)
        if shift == 0 and not ahead and "later" not in how:
            sunday = published
        return Resolved(monday, sunday if sunday > monday else None, "week", rule)
    earlier = published if shift == 0 and "earlier" in how else None  # so far: up to the day of publication
    if unit == "month":
        return Resolved(_shift_month(published, shift), earlier, "month", rule)
    if unit == "quarter":
        start = _shift_month(published.replace(day=1, month=(published.month - 1) // 3 * 3 + 1), 3 * shift)
        return Resolved(start, None, "quarter", rule)
    if unit in SEASONS:
        first = date(published.year + shift, SEASONS[unit], 1)
        return Resolved(first, _month_end(first.year, first.month + 2), "quarter", rule)
    return Resolved(date(published.year + shift, 1, 1), earlier, "year", rule)


def _ago(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    if not published:
        return None
    count = NUMBERS.get(m["count"].lower()) or int(m["count"])
    unit = m["unit"].lower()
    rule = "time_ago"
    if m["to_the_day"] and unit == "year":
        return Resolved(published.replace(year=published.year - count), None, "day", rule)
    if unit == "day":
        return Resolved(published - timedelta(days=count), None, "day", rule)
    if unit == "week":
        return Resolved(published - timedelta(days=7 * count), None, "week", rule)
    if unit == "month":
        return Resolved(_shift_month(published, -count), None, "month", rule)
    return Resolved(date(published.year - count, 1, 1), None, "year", rule)


def _hours_ago(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """On the day of publication or the one before, as its hour is not known."""
    if not published or int(m["hours"] or 24) > 24:
        return None
    return Resolved(published - timedelta(days=1), published, "day", "time_ago")


def _last_day(m: re.Match[str], published: date | None, ahead: bool) -> Resolved:
    """ "the last day of 2024", "the last day of May 2024"."""
    year, month = int(m["year"]), _month(m) if m["month"] else 12
    return Resolved(_month_end(year, month), None, "day", "full_date")


def _end_of_year(m: re.Match[str], published: date | None, ahead: bool) -> Resolved | None:
    """ "by the end of the year", "by year-end", "by the end of 2026": the last month in which it can be."""
    year = _stated_or_current_year(m, published)
    return Resolved(date(year, 12, 1), None, "month", "end_of_year") if year else None


# Tried in this order at each place; the longest match that starts first wins.
_GRAMMAR: tuple[tuple[str, Callable[[re.Match[str], date | None, bool], Resolved | None]], ...] = (
    (r"\b20[0-4]\d-[01]\d-[0-3]\d\b", _iso),
    (rf"\b{DAY}\s{MONTH}\s(?:to|and|until|–|-)\s{DAY2}\s{MONTH2},?\s{YEAR}\b", _two_days),
    (rf"\b{MONTH}\s{DAY}\s(?:to|and|until|–|-)\s{MONTH2}\s{DAY2},?\s{YEAR}\b", _two_days),
    (rf"\b{DAY}{DASH}{DAY2}\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?\b", _day_month_year),
    (rf"\b{MONTH}\s{DAY}{DASH}{DAY2}(?:,?\s{YEAR})?\b(?!\s?(?:million|billion|percent|per\scent|%))", _day_month_year),
    (rf"\b{DAY}\s(?:of\s)?{MONTH}\s(?:of\s)?(?P<which>(?i:last|this|next))\syear\b", _by_named_year),
    (rf"\b(?:{MONTH}\s{DAY}),?\s(?:of\s)?(?P<which>(?i:last|this|next))\syear\b", _by_named_year),
    (
        rf"\b(?:(?i:early|late|mid-?|in|the\s(?:start|end|beginning|middle)\sof)\s)?{MONTH}\s(?:of\s)?(?P<which>(?i:last|this|next))\syear\b",
        _by_named_year,
    ),
    (rf"\b(?:the\s)?{DAY}\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?\b", _day_month_year),
    (rf"\b{MONTH}\s{DAY}(?:,?\s{YEAR})?\b(?!\s?(?:million|billion|percent|per\scent|%|[.,]\d))", _day_month_year),
    (
        rf"\b(?i:early\s|mid-?\s?|late\s|(?:the\s)?(?:start|end|beginning|middle)\sof\s)?{MONTH},?\s(?:of\s)?{YEAR}\b",
        _month_year,
    ),
    (
        r"\b(?:(?i:in|since|by|until|till|during|from|for|as\sof|before|after|of|early|late|mid|(?:the\s)?(?:start|end|beginning|middle)\sof)\s"
        rf"(?i:early\s|late\s|mid-?\s?)?|(?i:mid-))(?P<how>last\s|this\s|next\s|this\scoming\s)?{MONTH}\b(?!\s\d)",
        _month_alone,
    ),
    (rf"\b(?P<how>(?i:last|this\spast|this\scoming|this|next))\s{MONTH}\b(?!\s\d)", _month_alone),
    (rf"\bQ(?P<q>[1-4])\s?(?:of\s)?(?:{YEAR})?\b", _quarter),
    (
        rf"\b(?:the\s)?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[\s-]quarter(?:\sof)?(?:\s{YEAR})?\b",
        _quarter,
    ),
    (rf"\b(?:the\s)?(?P<ordinal>last|final)\squarter\sof\s(?:the\syear|this\syear|{YEAR})\b", _quarter),
    (
        rf"\b(?i:in|over|during|by|since)\sthe\s(?P<season>(?i:spring|summer|autumn|fall))(?:\s(?:of\s)?{YEAR})?\b(?!\sof)",
        _season,
    ),
    (r"\b(?i:in)\s(?P<season>spring|summer|autumn)(?P<year>)(?=\s?[,;.:])", _season),
    (
        r"\b(?P<how>(?i:(?:(?:shortly|just|right)\s)?before|on|at|around|over|in\sthe\sweek\sof))\s(?:the\s)?"
        r"(?P<feast>Christmas(?:\s(?:Eve|Day))?|Boxing\sDay|New\sYear(?:['’]s\s(?:Eve|Day))?)\b",
        _feast,
    ),
    (
        rf"\b(?P<how>)(?i:an?|the|its|his|her|their)\s{MONTH}\b(?=\s(?!(?:to|and|or|of|on|in|at|by|for|before|after)\b)[a-z])",
        _month_alone,
    ),
    (rf"\b(?i:the\s)?(?P<season>(?i:spring|summer|autumn|fall))\s(?:of\s)?{YEAR}\b", _season),
    (rf"\bH(?P<h>[12])\s(?:of\s)?{YEAR}\b", _half),
    (rf"\b(?:the\s)?(?P<ordinal>first|second)\shalf(?:\sof)?\s{YEAR}\b", _half),
    (
        rf"\b(?i:(?:back\s)?in|since|by|during|until|from|through|throughout|before|after|as\sof|of|for|late|early|mid-?|"
        rf"(?:the\s)?(?:start|end|beginning|middle|summer|spring|autumn|fall|winter)\sof|the\syear|as\s(?:far\sback|early|late|soon)\sas|FY)"
        rf"\s?(?:(?:early|late|mid-?|fiscal|the\syear|calendar)\s?)*{YEAR}\b(?![-/]\d|,\d{{3}})",
        _year,
    ),
    (rf"(?:^|(?<=[.!?]\s))Between\s{YEAR}\sand\s(?P<last>(?:19[89]|20[0-4])\d)\b", _years),
    (rf"\b(?i:in|between)\s{MONTH}\sand\s{MONTH2},?\s{YEAR}\b", _two_months),
    (rf"\b(?i:the\slast\sday\sof)\s(?:{MONTH},?\s)?{YEAR}\b", _last_day),
    (rf"\b(?i:the|a|its|his|her|their|that)\s{YEAR}\b(?=\s[a-z])", _year),
    (rf"\b{YEAR}(?=[’']s\s)", _year),
    (
        r"\b(?:[Ee]arlier\stoday|[Ll]ater\stoday|[Tt]oday|[Yy]esterday|[Tt]omorrow|[Ll]ast\snight|[Tt]onight|[Tt]his\s(?:morning|afternoon|evening))\b",
        _today,
    ),
    (rf"\b(?P<how>(?i:last\s|this\s(?:past\s|coming\s)?|next\s|the\scoming\s))?{WEEKDAY}\b", _weekday),
    (
        rf"\b{WEEKDAY}\s(?:of\s)?(?P<which>(?i:last|this|next)\sweek|(?i:the\s(?:week\sbefore|previous\sweek)))\b",
        _weekday_of_week,
    ),
    (r"\b(?i:over|at|on|during)\sthe\s(?:past\s)?weekend\b|\bthis\s(?:past\s)?weekend\b", _weekend),
    (
        r"\b(?P<how>(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly|[Ll]ater\sin)\s(?:this|last|next)|(?<!the\s)[Ll]ast|(?<![Tt]he\s)[Nn]ext|[Tt]his(?:\scoming|\spast)?|[Pp]revious|the\scoming|the\spast(?!\s(?:quarter|year)))"
        r"\s(?P<unit>week|month|quarter|year|summer|spring|autumn|fall)\b(?!s|-)",
        _relative_period,
    ),
    (
        r"\b(?:about\s|around\s|some\s|nearly\s|almost\s|roughly\s)?(?P<count>\d{1,3}|[Aa]n?|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|[Ee]leven|[Tt]welve)\s(?P<unit>day|week|month|year)s?\sago\b(?P<to_the_day>\s(?:to\sthe\sday|today)\b)?",
        _ago,
    ),
    (r"\b(?:\w+\s)?(?P<hours>\d{1,2})\shours\sago\b|\b(?:the\s)?(?:last|past)\s24\shours\b", _hours_ago),
    (
        rf"\b(?i:by|before|at|toward|towards)\s(?:the\s)?(?:(?:end|close)\sof\s(?:(?:the|this)\syear|{YEAR})|year-?\s?end)\b"
        r"|\bbefore\sthe\syear\sis\s(?:out|over)\b",
        _end_of_year,
    ),
)
_COMPILED = tuple((re.compile(pattern), resolver) for pattern, resolver in _GRAMMAR)


def in_year(expression: DateExpression, year: int) -> Resolved | None:
    """What a day or month without a year means in a year that is said elsewhere."""
    resolved = expression.resolve(date(year, 12, 31)) if expression.is_month_without_year else None
    return replace(resolved, rule="month_of_named_year") if resolved and resolved.day.year == year else None


def resolve_beside(expression: DateExpression, near: Resolved | None, within: int = 182) -> Resolved | None:
    """What a day or month without a year means in an article without a publication date: the one nearest to a date
    given before, if not more than so many days from it."""
    if near is None or near.precision not in {"day", "week", "month"} or not _NAMES_A_MONTH.search(expression.text):
        return None
    found = [r for ahead in (False, True) if (r := expression.resolve(near.day, ahead=ahead)) is not None]
    nearest = min(found, key=lambda r: abs(r.day - near.day), default=None)
    if nearest is None or abs(nearest.day - near.day) > timedelta(days=within):
        return None
    return Resolved(nearest.day, nearest.end, nearest.precision, "nearest_to_date_before")


_NAMES_A_MONTH = re.compile(rf"\b{MONTH}\b(?!\s(?:last|this|next)\syear)")


def leading_date(text: str) -> DateExpression | None:
    """The date that a paragraph opens with as its heading: "April. ...", "3 May 2024: ...", "March 2025" alone."""
    match = _LEAD.match(text)
    if match is None:
        return None
    shift = len("in ")
    words = f"in {match[1]}"
    for found in find_dates(words):
        if found.end == len(words) and found.start <= shift and not found.is_anaphoric:
            start, end = match.span(1)
            return DateExpression(start, end, match[1], found._resolver)
    return None


_LEAD = re.compile(r"[\s•*-]*([A-Za-z0-9][A-Za-z0-9, ]{2,20}?)\s*(?:$|[.:–—]\s|\s-\s|\n)")


def _by_publication(
    by: Callable[[Resolved], Resolved | None], is_loose: bool, published: date | None, ahead: bool
) -> Resolved | None:
    return by(Resolved(published, None, "day", "publication")) if is_loose and published else None


_COMPILED_ANAPHORS = tuple(
    (re.compile(pattern, re.IGNORECASE), resolver, rules is _LOOSE_ANAPHORS)
    for rules in (_ANAPHORS, _LOOSE_ANAPHORS)
    for pattern, resolver in rules
)


_DAY_NAMED = re.compile(rf"{WEEKDAY}(?:,?\s\(?|,?\son\s)")
_IS_A_DAY = re.compile(rf"\d\s(?:of\s)?{MONTH}|{MONTH2}\s\d")


def find_dates(text: str) -> list[DateExpression]:
    """All date expressions of a text in order, none overlapping another. Linear in the length of the text."""
    found: list[DateExpression] = []
    for pattern, resolver in _COMPILED:
        for match in pattern.finditer(text):
            bound = partial(resolver, match)
            found.append(DateExpression(match.start(), match.end(), match[0], bound))
    for anaphor, resolver_by, is_loose in _COMPILED_ANAPHORS:
        for match in anaphor.finditer(text):
            by = partial(resolver_by, match)
            resolver_loose = partial(_by_publication, by, is_loose)
            found.append(DateExpression(match.start(), match.end(), match[0], resolver_loose, by))
    found.sort(key=lambda expression: (expression.start, -expression.end))
    kept: list[DateExpression] = []
    for expression in found:
        if kept and _DAY_NAMED.fullmatch(text[kept[-1].start : expression.start]) and _IS_A_DAY.search(expression.text):
            start, end = kept[-1].start, expression.end  # "Thursday, 18 October 2018"
            end += "(" in text[start : expression.start] and text[end : end + 1] == ")"
            kept[-1] = replace(expression, start=start, end=end, text=text[start:end])
        elif not kept or expression.start >= kept[-1].end:
            kept.append(expression)
        elif expression.end - expression.start > kept[-1].end - kept[-1].start:
            kept[-1] = expression
    return kept
