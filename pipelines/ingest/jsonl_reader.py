"""Reads JSON Lines: one article a line; offsets lead through the string escapes into the raw line."""

from __future__ import annotations

import json
import re
from typing import Any

from pipelines.ingest.article import Document, MappedText
from pipelines.ingest.cleaning import clean, strip
from pipelines.ingest.html_reader import html_lines, looks_like_html
from pipelines.ingest.pages import Draft, split_page
from pipelines.ingest.published import parse_stamp
from pipelines.ingest.rows import plain_lines
from pipelines.problems import Problem, Severity, Stage

_TEXT_KEYS = ("text", "body", "content", "article", "full_text")
_TITLE_KEYS = ("title", "headline")
_DATE_KEYS = (
    "published_at",
    "published",
    "date_published",
    "publish_date",
    "pub_date",
    "date",
    "published_date",
)
_DECODER = json.JSONDecoder()
_BLANK = re.compile(r"[ \t\r\n]*")
_ESCAPE = re.compile(r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
# After this many broken lines the rest is counted in one problem: a file of a million broken lines is one
# message.
_MAX_LINE_PROBLEMS = 50


def read_jsonl(document: Document) -> tuple[list[Draft], list[Problem]]:
    """The articles of a JSON Lines document, and one problem per line that holds none."""
    drafts: list[Draft] = []
    problems: list[Problem] = []
    left_out = 0
    position = 0
    for number, written in enumerate(document.text.split("\n"), start=1):
        start, position = position, position + len(written) + 1
        if not written.strip("\ufeff \t\r"):
            continue
        draft, reason, detail = _read_line(document.text, start, start + len(written))
        if draft is not None:
            drafts.append(draft)
        elif len(problems) < _MAX_LINE_PROBLEMS:
            problems.append(_problem(document, reason, f"line {number}: {detail}"))
        else:
            left_out += 1
    if left_out:
        problems.append(_problem(document, "broken_json_line", f"{left_out} further lines hold no article either"))
    return drafts, problems


def _read_line(text: str, start: int, end: int) -> tuple[Draft | None, str, str]:
    try:
        fields = _fields(text[start:end])
    except (ValueError, RecursionError) as error:
        return None, "broken_json_line", f"not a JSON object ({str(error)[:80]}); repair or remove the line"
    source = _first(fields, _TEXT_KEYS, text, start)
    if source is None or not source.text.strip():
        return (
            None,
            "missing_text",
            f"none of {', '.join(_TEXT_KEYS[:3])} holds a text; add one or remove the line",
        )
    title = _first(fields, _TITLE_KEYS, text, start)
    headline = clean(title) if title is not None else None
    lines = html_lines(source) if looks_like_html(source.text) else plain_lines(source)
    drafts = split_page(lines, single=True, whole=True, title=headline if headline and headline.text else None)
    if not drafts:
        return None, "missing_text", "the text holds nothing that can be read; add a text or remove the line"
    draft = drafts[0]
    for key in _DATE_KEYS:
        stamp = _first(fields, (key,), text, start)
        value = parse_stamp(stamp.text) if stamp is not None else None
        if stamp is not None and value is not None:
            draft = draft.date_by(value, "json_field", stamp.raw_span(0, len(stamp)))
            break
    return draft, "", ""


def _fields(line: str) -> dict[str, tuple[Any, int, int]]:
    """Key -> value and where it is written in the line. Raises ValueError where the line is no JSON
    object."""
    position = _skip(line, 0, "\ufeff")
    if line[position : position + 1] != "{":
        raise ValueError("no object")
    position = _skip(line, position + 1)
    fields: dict[str, tuple[Any, int, int]] = {}
    while line[position : position + 1] != "}":
        key, position = _DECODER.raw_decode(line, position)
        position = _skip(line, position)
        if not isinstance(key, str) or line[position : position + 1] != ":":
            raise ValueError("a key is missing")
        start = _skip(line, position + 1)
        value, position = _DECODER.raw_decode(line, start)
        fields[key.strip().lower()] = (value, start, position)
        position = _skip(line, position)
        if line[position : position + 1] == ",":
            position = _skip(line, position + 1)
        elif line[position : position + 1] != "}":
            raise ValueError("it is cut off")
    if line[_skip(line, position + 1) :]:
        raise ValueError("something follows the object")
    return fields


def _skip(line: str, position: int, also: str = "") -> int:
    while also and line[position : position + 1] == also:
        position += 1
    found = _BLANK.match(line, position)
    return found.end() if found else position


def _first(fields: dict[str, tuple[Any, int, int]], keys: tuple[str, ...], text: str, start: int) -> MappedText | None:
    for key in keys:
        if key in fields:
            value, begin, end = fields[key]
            if isinstance(value, str) and value.strip():
                return _unescaped(text, start + begin + 1, start + end - 1)
    return None


def _unescaped(text: str, start: int, end: int) -> MappedText:
    """The string written between two quotes at `start` and `end`, each escape mapped to its whole source; half of a
    pair of code units stands for no character."""
    parts: list[MappedText] = []
    position = start
    for found in _ESCAPE.finditer(text, start, end):
        parts.append(MappedText.of(text[position : found.start()], position))
        value = _LONE_SURROGATE.sub("\ufffd", json.loads(f'"{found.group()}"'))
        parts.append(MappedText(value, [found.start()] * len(value), [found.end()] * len(value)))
        position = found.end()
    parts.append(MappedText.of(text[position:end], position))
    return strip(MappedText.join(parts))


def _problem(document: Document, reason_code: str, detail: str) -> Problem:
    return Problem(Stage.READ, document.seed_path, reason_code, detail, Severity.ERROR, document.document_id)
