"""Reads plain text and Markdown: front matter, crawler headers and markup go, the words and their offsets
stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.ingest.article import MappedText
from pipelines.ingest.cleaning import clean, lines_of, strip
from pipelines.ingest.entities import unescape
from pipelines.ingest.heads import MIN_BODY_WORDS
from pipelines.ingest.pages import Draft, split_page
from pipelines.ingest.published import Stamp, parse_stamp
from pipelines.ingest.rows import Line, join_broken

_FRONT_KEY = re.compile(r"\s*[\"']?([A-Za-z][\w .-]{0,40})[\"']?\s*[:=]\s*(.*)$")
_FRONT_MARKS = {"---": "---", "+++": "+++"}
_FRONT_LINES = 80
_DATE_KEYS = (
    "date",
    "published",
    "publisheddate",
    "publishedat",
    "publishedon",
    "posted",
    "postedon",
    "dateposted",
    "dateissued",
    "releasedate",
    "publishedtime",
    "publicationdate",
    "pubdate",
    "publishdate",
    "datepublished",
    "postdate",
    "created",
    "createdat",
    "sent",
)
_HEADER_KEYS = {
    "title",
    "headline",
    "url",
    "urlsource",
    "source",
    "link",
    "author",
    "authors",
    "byline",
    "site",
    "sitename",
    "publisher",
    "description",
    "summary",
    "language",
    "lang",
    "markdowncontent",
    "text",
    "content",
    "body",
    "tags",
    "category",
    "id",
    "domain",
    "warning",
    "from",
    "to",
    "cc",
    "subject",
    *_DATE_KEYS,
}
_TITLE_KEYS = {"title", "headline", "subject"}
_BODY_KEYS = {"markdowncontent", "text", "content", "body"}
# The text itself where nothing follows.
_SUMMARY_KEYS = {"description", "summary"}
_HEADER_LINES = 14
_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(?=\S)")
_ATX_TAIL = re.compile(r"\s#{1,6}\s*$")
_SETEXT = re.compile(r"\s{0,3}(?:=+|-{3,})\s*$")
_RULE = re.compile(r"\s{0,3}(?:(?:[-*_=~–—―─━═▬•·●○◆◇♦■□#+|⁂※^<>/\\]\s?){3,}|--)\s*$")
# What a desk puts below a text is as good as a line across the page.
_END_MARK = re.compile(
    r"[\s\-–—*#(\[/]*(?:ends?|-30-|the end|end of (?:the )?(?:article|story|document|text|message|release|item|report))"
    r"[\s\-–—*#)\]./]*$",
    re.IGNORECASE,
)
# A page as a screen reader says it: each part with the name of its kind.
_SPOKEN_HEADING = re.compile(r"\s{0,3}heading level ([1-6]),?\s+(?=\S)", re.IGNORECASE)
_SPOKEN_PART = re.compile(
    r"\s{0,3}(?:(?:visited |same page )?link|button|image|graphic|figure|edit|search|check ?box|separator|list"
    r"|out of|end of|banner|navigation|main|complementary|content ?info(?:rmation)?|form|region|footer|landmark)"
    r"(?:,|\s+(?:landmark|list|with \d+ items)\b|\s*$)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"\s{0,3}(?:>\s?)+")
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_MARKUP = re.compile(
    r"!\[[^\[\]]{0,400}\]\([^()\s]{0,800}(?:\s[^()]{0,200})?\)"
    r"|\[!\[[^\[\]]{0,400}\]\([^()]{0,900}\)\]\([^()]{0,900}\)"
    r"|(?P<open>\[)(?=[^\[\]]{1,400}\](?:\([^()\s]{0,800}(?:\s[^()]{0,200})?\)|\[[\w -]{0,40}\]))"
    r"|(?P<close>\](?:\([^()\s]{0,800}(?:\s[^()]{0,200})?\)|\[[\w -]{0,40}\]))"
    r"|\[\^\w{1,20}\]"
    r"|\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,!?])[*_](?!\w)|`"
    r"|</?(?:p|br|div|span|strong|em|b|i|a|h[1-6]|ul|ol|li|blockquote|img|figure|figcaption|table|tr|td|th"
    r"|iframe|sup|sub|u|center)\b[^<>]{0,600}>"
    r"|<!--[^<>]{0,600}-->"
)


@dataclass(frozen=True, slots=True)
class _Fields:
    """What a header block says, and the line at which the text begins."""

    first_line: int
    title: MappedText | None = None
    date: MappedText | None = None
    rule: str = ""
    is_mail: bool = False


def read_text(source: MappedText, is_markdown: bool = False) -> list[Draft]:
    """The articles of a plain text or Markdown document."""
    raw_lines = list(lines_of(source))
    records = _records(raw_lines)
    return [draft for record in records for draft in _read_record(record, is_markdown, is_last=record is records[-1])]


def _read_record(raw_lines: list[MappedText], is_markdown: bool, is_last: bool = True) -> list[Draft]:
    fields = _front_matter(raw_lines) or _header(raw_lines)
    lines = _lines(raw_lines[fields.first_line :], is_markdown)
    # A few words above a mail that is passed on are no article.
    if fields.is_mail and not is_last and sum(len(line.text.text.split()) for line in lines) < MIN_BODY_WORDS:
        return []
    value = parse_stamp(fields.date.text) if fields.date is not None else None
    stamp = Stamp(value, fields.rule, fields.date.raw_span(0, len(fields.date))) if fields.date and value else None
    # The day on which a mail was sent is that of the text in it where the text shows none.
    if fields.is_mail:
        return split_page(lines, title=fields.title, fallback=stamp)
    return split_page(lines, title=fields.title, stamp=stamp)


def _records(lines: list[MappedText]) -> list[list[MappedText]]:
    """The parts of a text that is made of records, each of which opens with `Title: ...` among other such lines."""
    keys = [_key(found.group(1)) if (found := _FRONT_KEY.match(line.text[:400])) else "" for line in lines]
    starts: list[int] = []
    block = 0
    for number, key in enumerate(keys):
        if number and keys[number - 1] not in _HEADER_KEYS:
            block = number
        is_titled = key in _TITLE_KEYS and not (starts and starts[-1] == block)
        if is_titled and (number > block or (keys[number + 1 : number + 2] and keys[number + 1] in _HEADER_KEYS)):
            starts.append(block)
    if len(starts) == 1 and "from" in keys[starts[0] : starts[0] + _HEADER_LINES]:
        # A mail that is passed on, below a line or a word of who does so.
        above = sum(len(line.text.split()) for line in lines[: starts[0]])
        return [lines[starts[0] :]] if above < MIN_BODY_WORDS else [lines]
    if len(starts) < 2:
        return [lines]
    return [lines[first:last] for first, last in pairwise([*starts, len(lines)])]


def _lines(raw_lines: list[MappedText], is_markdown: bool) -> list[Line]:
    lines: list[Line] = []
    fenced = gap = rule = False
    is_spoken = any(_SPOKEN_HEADING.match(raw.text) for raw in raw_lines)
    for raw in raw_lines:
        if is_spoken and _SPOKEN_PART.match(raw.text):
            continue
        if is_markdown and _FENCE.match(raw.text[:12]):
            fenced = not fenced
            continue
        if fenced:
            continue
        if is_markdown and lines and _SETEXT.match(raw.text[:200]) and not lines[-1].tag and len(lines[-1].text) < 200:
            level = "h1" if "=" in raw.text[:8] else "h2"
            # A rule below a blank line ends a block; only one right below its words underlines them.
            if not gap:
                lines[-1] = replace(lines[-1], tag=level)
            else:
                rule = True
            continue
        if len(raw.text) < 200 and (_RULE.match(raw.text) or (len(raw.text) < 40 and _END_MARK.match(raw.text))):
            rule = True
            continue
        tag = ""
        quote = _QUOTE.match(raw.text) if is_markdown else None
        if quote:
            raw = raw.slice(quote.end(), len(raw))
        atx = _ATX.match(raw.text[:40])
        if atx:
            tag = f"h{len(atx.group(1))}"
            tail = _ATX_TAIL.search(raw.text[-20:])
            raw = raw.slice(atx.end(), len(raw) - (len(tail.group()) if tail else 0))
        spoken = _SPOKEN_HEADING.match(raw.text) if is_spoken else None
        if spoken:
            tag = f"h{spoken[1]}"
            raw = raw.slice(spoken.end(), len(raw))
        text = clean(without_markup(raw)) if raw.text else raw
        if text.text:
            lines.append(Line(text, tag, gap, rule))
            rule = False
        gap = not text.text
    return join_broken(lines)


def without_markup(source: MappedText) -> MappedText:
    """The text without Markdown and HTML markup; character references become the characters they stand
    for."""
    text = source.text
    if not any(mark in text for mark in "[*_`<&"):
        return source
    parts: list[MappedText] = []
    position = 0
    for found in _MARKUP.finditer(text):
        if found.group("close") and not parts:
            # A closing bracket that nothing opened: words, not markup.
            continue
        parts.append(source.slice(position, found.start()))
        position = found.end()
    parts.append(source.slice(position, len(text)))
    return unescape(MappedText.join(parts) if len(parts) > 1 else source)


def _front_matter(lines: list[MappedText]) -> _Fields | None:
    """A block of `key: value` lines between `---` (or `+++`) marks at the very top."""
    first = next((number for number, line in enumerate(lines[:3]) if line.text.strip("\ufeff \t")), None)
    if first is None:
        return None
    closing = _FRONT_MARKS.get(lines[first].text.strip("\ufeff \t"))
    if closing is None:
        return None
    for last in range(first + 1, min(len(lines), first + _FRONT_LINES)):
        if lines[last].text.strip() == closing:
            inner = [line for line in lines[first + 1 : last] if line.text.strip()]
            keyed = sum(1 for line in inner if _FRONT_KEY.match(line.text[:400]))
            if inner and keyed * 2 >= len(inner):
                title, date = _read_fields(inner)
                return _Fields(last + 1, title, date, "front_matter")
            return None
    return None


def _header(lines: list[MappedText]) -> _Fields:
    """A block of `Key: value` lines that a crawler wrote above the text; two known keys make one."""
    keyed: list[MappedText] = []
    end = 0
    for number, line in enumerate(lines[:_HEADER_LINES]):
        if not line.text.strip():
            continue
        found = _FRONT_KEY.match(line.text[:400])
        key = _key(found.group(1)) if found else ""
        if not found or key not in _HEADER_KEYS:
            break
        is_all = key in _SUMMARY_KEYS and not any(other.text.strip() for other in lines[number + 1 :])
        if key in _BODY_KEYS or is_all:
            if not keyed:
                break
            rest = strip(line.slice(found.start(2), len(line)))
            lines[number] = rest
            end = number
            keyed.append(line)
            break
        keyed.append(line)
        end = number + 1
    keys = {_key(found.group(1)) for line in keyed if (found := _FRONT_KEY.match(line.text[:400]))}
    if len(keyed) < 2 or not keys & {"title", "headline", "url", "urlsource", "markdowncontent", "link", "subject"}:
        return _Fields(0)
    title, date = _read_fields(keyed)
    return _Fields(end, title, date, "header_field", is_mail="from" in keys and bool(keys & {"to", "subject"}))


def _read_fields(lines: list[MappedText]) -> tuple[MappedText | None, MappedText | None]:
    title: MappedText | None = None
    dates: dict[str, MappedText] = {}
    for line in lines:
        found = _FRONT_KEY.match(line.text)
        if not found:
            continue
        key = _key(found.group(1))
        value = strip(clean(line.slice(found.start(2), len(line))), "\"' ")
        if key in _TITLE_KEYS and title is None and value.text:
            title = clean(without_markup(value))
        elif key in _DATE_KEYS and value.text:
            dates.setdefault(key, value)
    return title, next((dates[key] for key in _DATE_KEYS if key in dates), None)


def _key(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
