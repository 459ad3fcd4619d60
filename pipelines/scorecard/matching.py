"""When two labels say the same: names, dates and amounts compared as a reader would."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta

_TITLES = frozenset(
    """mr mrs ms dr sir president prime minister pm senator governor ceo founder justice judge king the of and inc ltd
    llc plc corp co us u s datuk seri""".split()
)


def name_words(name: str) -> list[str]:
    """A name as lower-case ASCII words, titles and little words left out."""
    flat = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"'s\b", "", flat))
    return [word for word in words if word not in _TITLES] or words


def same_name(left: str, right: str) -> bool:
    """Equal words in any order, an acronym of the other, or all of one's words inside the other's."""
    a, b = name_words(left), name_words(right)
    if not a or not b:
        return False
    if sorted(a) == sorted(b):
        return True
    for short, long in ((a, b), (b, a)):
        if len(short) == 1 and len(long) > 1:
            if short[0] == "".join(word[0] for word in long):
                return True
            if short[0] in (long[0], long[-1]) and len(short[0]) > 2:
                return True
        if len(short) > 1 and set(short) <= set(long):
            return True
    return False


def any_same_name(left: Iterable[str], right: Iterable[str]) -> bool:
    """True when some name of one side is the same as some name of the other."""
    others = list(right)
    return any(same_name(name, other) for name in left for other in others)


def interval(day: date, end: date | None, precision: str) -> tuple[date, date]:
    """First and last day that a date of some precision may mean."""
    if end is not None:
        return day, end
    if precision == "week":
        return day - timedelta(days=6), day
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "quarter":
        first = (day.month - 1) // 3 * 3 + 1
        last = first + 2
        return date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1])
    if precision == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day, day


def judge_date(gold: tuple[date | None, date | None, str], found: tuple[date | None, date | None, str]) -> str:
    """right, missing (text dates it, we do not), wrong, or invented (the text gives none)."""
    if gold[0] is None:
        return "right" if found[0] is None else "invented"
    if found[0] is None:
        return "missing"
    slack = timedelta(days=0 if gold[2] == "day" else 7)
    low, high = interval(gold[0], gold[1], gold[2])
    first, last = interval(found[0], found[1], found[2])
    meets = first <= high + slack and last >= low - slack
    return "right" if meets and (last - first).days <= max(2 * (high - low).days, 31) else "wrong"
