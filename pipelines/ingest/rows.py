"""The lines of a page and what each is by itself: a title, a date, a paragraph, a point of a list, noise.

What lines mean together (where articles begin, what is their own) is decided in `pipelines.ingest.pages` and
`pipelines.ingest.stories`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise

from pipelines.ingest.article import MappedText
from pipelines.ingest.cleaning import clean, lines_of, strip
from pipelines.ingest.noise import NoiseKind, is_disclaimer, is_person_name, is_post_credit, noise_kind
from pipelines.ingest.published import (
    DateFound,
    DateLine,
    Order,
    Stamp,
    date_label,
    date_line,
    find_dates,
    has_clock,
    is_other_label,
    published_note,
)

_MAX_TITLE_WORDS = 30
_TILE_CHARACTERS = 12
# A paragraph of so many words below a label is a text, not a comment; one below a title is a story.
_POINTER_WORDS = 25
_STORY_WORDS = 15
MAX_HEADING_WORDS = 14

BULLET = re.compile(r"(?:[•●▪◦‣∙■□➤►▶✅✔✓◆◇❖➢★]\s?|[-–—*+]\s)(?=\S)")
NUMBERED = re.compile(r"\(?(?:\d{1,2}|[a-hA-H]|[ivx]{1,4})[.)]\s(?=\S)|\(\d{1,2}\)\s?(?=\S)|\d{1,2}️?⃣\s?(?=\S)")
WORD = re.compile(r"[^\W\d_][\w’'&-]*")
ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]*]{0,3}$|[.!?]\s?\[\d{1,3}\]$")
_SENTENCE_END = re.compile(r"[.!?][\"”’')]{0,2}(?=\s|$)")
_ABBREVIATED_END = re.compile(r"(?:\b[A-Z]\.[A-Z]\.|\b(?:Inc|Corp|Ltd|Co|Jr|Sr|No|vs)\.)[\"”’')]?$")
TRUNCATED = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|\[&hellip;\])(?:\s?(?:read more|continue reading|more))?[\s»→]*$",
    re.IGNORECASE,
)
_FOLDED = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "…": ".", "`": "'"}
)
# "Venue: ..." near "Date: ...", and how near.
_VENUE = re.compile(
    r"\W*(?:venue|location|where|speakers?|tickets|agenda|admission|dress code|rsvp)\b\s?(?::|$)", re.IGNORECASE
)
_WHEN = re.compile(r"\W*(?:dates?|when|day)\b\s?:", re.IGNORECASE)
_BOX_WORDS = 14
_BOX_REACH = 3
# A line that ends with one of these was broken.
_LEADING_ON = frozenset(
    ("a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "with", "from", "and", "or", "that")
)


def without_mark(text: MappedText) -> MappedText:
    """The text without the bullet or the number that it begins with."""
    found = BULLET.match(text.text) or NUMBERED.match(text.text)
    return strip(text.slice(found.end(), len(text))) if found else text


class Role(Enum):
    """What a line is to the page before its neighbours are asked."""

    BODY = auto()
    ITEM = auto()
    TITLE = auto()
    DATE = auto()
    NOISE = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One cleaned line. `tag` is its HTML element or Markdown level ("h1".."h6", "li", "p"), else empty.

    `gap`: a blank line stands above it. `rule`: a line that is drawn across the page does. `stamp`: the line is a
    date, and this is its value by the markup.
    """

    text: MappedText
    tag: str = ""
    gap: bool = False
    rule: bool = False
    stamp: Stamp | None = None


@dataclass(slots=True)
class Row:
    """A line with what is known of it. `names`: the beginnings of the names in it, and how often each stands there."""

    line: Line
    role: Role
    noise: NoiseKind | None = None
    date: DateLine | None = None
    names: Counter[str] = field(default_factory=Counter)
    text: MappedText = field(init=False)

    def __post_init__(self) -> None:
        self.text = self.line.text

    @property
    def words(self) -> int:
        """How many words the line has."""
        return len(self.text.text.split())


def plain_lines(source: MappedText) -> list[Line]:
    """The lines of a plain text, cleaned, blank ones left out, broken ones joined."""
    lines: list[Line] = []
    gap = False
    for raw in lines_of(source):
        cleaned = clean(raw) if raw.text else raw
        if cleaned.text:
            lines.append(Line(cleaned, gap=gap))
        gap = not cleaned.text
    return join_broken(lines)


def join_tiles(lines: Sequence[Line]) -> list[Line]:
    """Put a date together whose day, month and year stand in lines of their own."""
    joined: list[Line] = []
    number = 0
    while number < len(lines):
        for size in (3, 2):
            tile = lines[number : number + size]
            if len(tile) < size or any(len(line.text) > _TILE_CHARACTERS for line in tile):
                continue
            text = tile[0].text
            for above, line in pairwise(tile):
                gap = MappedText(" ", [above.text.ends[-1]], [line.text.offsets[0]])
                text = MappedText.join((text, gap, line.text))
            found = find_dates(text.text)
            if found and found[0].value and (found[0].start, found[0].end) == (0, len(text)):
                joined.append(replace(tile[0], text=text))
                number += size
                break
        else:
            joined.append(lines[number])
            number += 1
    return joined


def join_broken(lines: Sequence[Line]) -> list[Line]:
    """Put lines together that are one line of the article.

    Two kinds: a text that was wrapped to a width, and a sentence that a link or the like broke, which goes on with a
    small letter or a comma.
    """
    width = _wrap_width(lines)
    joined: list[Line] = []
    open_parts: list[MappedText] = []

    def close() -> None:
        if open_parts:
            first = joined.pop()
            joined.append(replace(first, text=MappedText.join(open_parts)))
            open_parts.clear()

    last: Line | None = None
    for line in lines:
        if last is not None and not (line.tag or last.tag or line.rule) and _goes_on(last, line, width):
            if not open_parts:
                open_parts.append(joined[-1].text)
            if line.text.text[0] not in ",.;:)”’%" or line.text.text.startswith(". "):
                open_parts.append(MappedText(" ", [last.text.ends[-1]], [line.text.offsets[0]]))
            open_parts.append(line.text)
        else:
            close()
            joined.append(line)
        last = line
    close()
    return joined


def _wrap_width(lines: Sequence[Line]) -> int:
    """The width to which a text was wrapped, 0 when it was not: many lines, none longer than a screen."""
    lengths = [len(line.text) for line in lines]
    if len(lengths) < 6 or not 50 <= max(lengths) <= 100:
        return 0
    full = sum(1 for length in lengths if length >= max(lengths) - 15)
    return max(lengths) if full * 2 >= len(lengths) else 0


def _goes_on(last: Line, line: Line, width: int) -> bool:
    before, text = last.text.text, line.text.text
    if BULLET.match(text) or NUMBERED.match(text):
        return False
    if width and not line.gap:
        word = text.split(" ", 1)[0]
        return len(before) + 1 + len(word) > width and not date_line(before)
    if ENDS_SENTENCE.search(before) or before.endswith((":", ";")) or noise_kind(before) or date_line(before):
        return False
    if text[0] in ",;)" or text.startswith(("’s ", "'s ")):
        return True
    if " " in before and before.rsplit(" ", 1)[-1].lower() in _LEADING_ON and not noise_kind(text):
        return True
    # Tags and menus are in small letters too: a sentence has words before its break and begins with a
    # capital.
    return (
        text[0].islower()
        and len(before.split()) >= 3
        and before[0].isupper()
        and not noise_kind(text)
        and not date_line(text)
        and _reads_on(text)
    )


def _reads_on(text: str) -> bool:
    first = text.split(" ", 1)[0]
    return not any(char.isupper() for char in first) and "://" not in first and not first.startswith("www.")


def fold(text: str) -> str:
    """A text for comparison, character for character: case and the shape of quotes and dashes do not
    count."""
    folded = text.translate(_FOLDED)
    lowered = folded.lower()
    if len(lowered) == len(folded):
        return lowered
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in folded)


def classify(line: Line, order: Order | None = None) -> Row:
    """The line with what its own words say it is. `order`: which way round the page writes dates in figures."""
    text = line.text.text
    noise = noise_kind(text)
    found = date_line(text, order) if noise in (None, "furniture") else None
    if line.stamp is not None:
        place = found.found if found else DateFound(0, len(text), None)
        dated = DateFound(place.start, place.end, line.stamp.value)
        return Row(line, Role.DATE, date=DateLine(dated, found.label if found else "plain", True))
    # Figures alone look like prices, a page's word about itself or its source like a notice: they may be its date.
    if noise and not (
        found
        and found.found.value
        and (not found.has_furniture or found.label == "published" or has_clock(text) or published_note(text))
    ):
        return Row(line, Role.NOISE, noise)
    if found:
        return Row(line, Role.DATE, date=found)
    if re.fullmatch(r"h[1-6]", line.tag):
        return Row(line, Role.TITLE)
    bullet = BULLET.match(text)
    if bullet and not line.tag and text.isupper() and _is_titleish(text[bullet.end() :]):
        return Row(line, Role.TITLE)
    if bullet or line.tag == "li":
        return Row(line, Role.ITEM)
    if NUMBERED.match(text):
        return Row(line, Role.TITLE if _is_titleish(text) and (text.isupper() or _is_heading_like(text)) else Role.ITEM)
    return Row(line, Role.TITLE if _is_titleish(text) else Role.BODY)


def _is_titleish(text: str) -> bool:
    if len(text) > 220:
        return False
    words = text.split()
    if len(words) > _MAX_TITLE_WORDS:
        return False
    if text.endswith((":", ",", ";")) or (text[0].islower() and not any(char.isupper() for char in words[0])):
        return False
    if not ENDS_SENTENCE.search(text):
        return True
    if _ABBREVIATED_END.search(text):
        return len(words) <= MAX_HEADING_WORDS
    if text.rstrip("\"”’')")[-1] in "!?":
        return len(words) <= 18 and text[0] not in '“"‘' and not re.search(r"[.!?] ", text)
    return False


def _is_heading_like(text: str) -> bool:
    """A numbered line that is a heading, not a point: short, no colon inside, no sentence."""
    return len(text.split()) <= MAX_HEADING_WORDS and ": " not in text and not text.endswith(";")


def mark_posts(rows: list[Row]) -> None:
    """The words of a post that an article shows head nothing."""
    for above, row in pairwise(rows):
        if above.role is Role.TITLE and row.role is Role.NOISE and is_post_credit(row.text.text):
            above.role = Role.BODY


def mark_bylines(rows: list[Row]) -> None:
    """Names after a lone "By" are noise; so are duplicates of them."""
    for number, row in enumerate(rows):
        if row.noise != "byline":
            continue
        for follower in rows[number + 1 : number + 5]:
            if follower.role is Role.TITLE and is_person_name(follower.text.text):
                follower.role, follower.noise = Role.NOISE, "furniture"
            elif follower.role is not Role.NOISE:
                break


def mark_labels(rows: list[Row]) -> None:
    """A label in a line of its own names the date below it: "Published", "Updated:", "Deadline"."""
    for label, row in pairwise(rows):
        entry, text = row.date, label.text.text
        if entry is None or entry.label != "plain" or row.line.stamp or label.words > 3 or label.role is Role.DATE:
            continue
        if (kind := date_label(text)) is not None:
            row.date = replace(entry, label=kind, has_furniture=True)
            label.role, label.noise = Role.NOISE, "furniture"
        elif is_other_label(text):
            row.role, row.date = Role.BODY, None


def mark_events(rows: list[Row]) -> None:
    """The date in a box that also names a venue is that of an event."""
    boxes = [n for n, row in enumerate(rows) if row.words <= _BOX_WORDS and _VENUE.match(row.text.text)]
    for number in boxes:
        for row in rows[max(0, number - _BOX_REACH) : number + _BOX_REACH + 1]:
            if row.role is Role.DATE and row.line.stamp is None and _WHEN.match(row.text.text):
                row.role, row.date = Role.BODY, None


def mark_pointers(rows: list[Row]) -> None:
    """What stands below a label of other pages or of comments, up to the next title with a text, is no story's own.

    The dates of such a list stand below their titles, or above them: then the last one may be the next story's.
    """
    number = 0
    while number < len(rows):
        label = number
        number += 1
        if rows[label].noise not in ("related", "end"):
            continue
        while number < len(rows) and not (opens := _opens_story(rows, number)) and rows[number].words < _POINTER_WORDS:
            number += 1
        if number < len(rows) and not opens:
            continue
        listed = [row for row in rows[label + 1 : number] if row.role is not Role.NOISE]
        last = [row.role for row in listed[-2:]]
        if (
            number < len(rows)
            and last[-1:] == [Role.DATE]
            and (listed[0].role is not Role.TITLE or last[0] is last[-1])
        ):
            listed.pop()
        for row in listed:
            row.role, row.noise, row.date = Role.NOISE, "furniture", None


def _opens_story(rows: list[Row], number: int) -> bool:
    """Whether a title stands right above a text, or above its date."""
    if rows[number].role is not Role.TITLE or rows[number].words < 3:
        return False
    below = next((row for row in rows[number + 1 : number + 6] if row.role not in (Role.NOISE, Role.DATE)), None)
    return below is not None and below.role is Role.BODY and below.words >= _STORY_WORDS


def sentence_count(row: Row) -> int:
    """How many sentences end in a row."""
    return len(_SENTENCE_END.findall(row.text.text))


def body_words(rows: list[Row], start: int, end: int) -> int:
    """Words of the paragraphs and points of some rows; a text that is cut off by dots is a teaser and counts
    nothing."""
    total = 0
    for row in rows[start:end]:
        if (
            row.role is Role.BODY and not TRUNCATED.search(row.text.text[-40:]) and not is_disclaimer(row.text.text)
        ) or (row.role is Role.ITEM and row.words >= 8):
            total += row.words
    return total


def pick_told_title(rows: list[Row], candidates: list[int]) -> int | None:
    """Of title-like rows at the top of a page the first of some length whose words the first paragraph below takes up:
    the name and the motto of a site say nothing of the news."""
    first = pick_title(rows, candidates, nearest=False)
    body = next((row for row in rows[max(candidates, default=0) :] if row.role in (Role.BODY, Role.ITEM)), None)
    if first is None or body is None or stems(body) & stems(rows[first]):
        return first
    return next((n for n in sorted(candidates) if rows[n].words >= 4 and stems(body) & stems(rows[n])), first)


def stems(row: Row) -> set[str]:
    """The beginnings of the longer words of a row, by which Austria meets Austrian."""
    return {fold(word)[:5] for word in WORD.findall(row.text.text) if len(word) >= 5}


def pick_title(rows: list[Row], candidates: list[int], nearest: bool) -> int | None:
    """Of title-like rows: one that is repeated, else the first (or nearest) of some length, else the
    longest."""
    usable = [row for row in candidates if not is_person_name(rows[row].text.text) or rows[row].words >= 4]
    usable = [row for row in usable if rows[row].words >= 3] or [row for row in usable if rows[row].line.tag == "h1"]
    if not usable:
        return None
    marked = [row for row in usable if rows[row].line.tag == "h1"]
    if marked:
        return min(marked)
    long = [row for row in usable if rows[row].words >= 5]
    if long:
        return long[0] if nearest else min(long)
    return max(usable, key=lambda row: rows[row].words)
