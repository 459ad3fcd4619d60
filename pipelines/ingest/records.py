"""The stored text of a container of several parts (a mail, a crawl), and how articles are read out of it.

Each part is one record: a line with U+001E and the part's media type, `Key: value` lines of what its container says
about it (`URL`, `Title`, `Date`), a blank line, and the decoded part, unchanged but for U+001E itself. The text of a
document is its records in order; offsets count characters of that text, as in any other document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from pipelines.ingest.article import Block, Document, MappedText
from pipelines.ingest.cleaning import clean
from pipelines.ingest.html_reader import read_html
from pipelines.ingest.pages import Draft
from pipelines.ingest.text_reader import read_text
from pipelines.problems import Problem, Severity, Stage

_MARK = "\x1e"
_HEAD = re.compile(rf"{_MARK}([a-z/]+)\n(?:URL: (.*)\n)?(?:Title: (.*)\n)?(?:Date: (.*)\n)?\n")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Record:
    """One readable part. `media_type` is `text/html` or `text/plain`; `published` is what the container vouches for."""

    media_type: str
    text: str
    url: str = ""
    title: str = ""
    published: date | None = None

    def stored(self) -> str:
        """The record as it stands in the text of its document."""
        day = self.published.isoformat() if self.published else ""
        fields = (("URL", self.url), ("Title", self.title), ("Date", day))
        head = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in fields if value.strip())
        return f"{_MARK}{self.media_type}\n{head.replace(_MARK, ' ')}\n{self.text.replace(_MARK, ' ')}\n"


def read_records(document: Document) -> tuple[list[Draft], list[Problem]]:
    """The articles of all records, in order, and a note on records that hold none."""
    drafts: list[Draft] = []
    barren: list[str] = []
    for head, end in _heads(document.text):
        found = _read(document.text, head, end)
        drafts.extend(found)
        if not found:
            barren.append(head.group(2) or head.group(3) or "unnamed")
    problems = []
    if barren and drafts:
        named = ", ".join(barren[:_SHOWN]) + (", ..." if len(barren) > _SHOWN else "")
        detail = f"{len(barren)} parts hold no paragraph of an article: {named[:300]}"
        problems.append(
            Problem(Stage.SEGMENT, document.seed_path, "no_article", detail, Severity.INFO, document.document_id)
        )
    return drafts, problems


def _heads(text: str) -> Iterator[tuple[re.Match[str], int]]:
    """The head of each record and where the record ends."""
    heads = list(_HEAD.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        yield head, following.start() if following else len(text)


def _read(text: str, head: re.Match[str], end: int) -> list[Draft]:
    body = MappedText.of(text[head.end() : end], head.end())
    drafts = read_html(body) if head.group(1) == "text/html" else read_text(body)
    title = clean(MappedText.of(head.group(3) or "", head.start(3)))
    if title.text and len(drafts) == 1 and drafts[0].title is None:
        blocks = [Block("title", title), *drafts[0].blocks]
        drafts = [replace(drafts[0], title=title, blocks=blocks, char_start=head.start(3))]
    if head.group(4):
        day = date.fromisoformat(head.group(4))
        # What a page says about itself is nearer to it than what carried it.
        drafts = [draft if draft.published else draft.date_by(day, "message_date", head.span(4)) for draft in drafts]
    return drafts
