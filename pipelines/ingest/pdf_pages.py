"""From the pages of a PDF to paragraphs: lines are joined again, running heads and page numbers left out.

A PDF holds no paragraphs, only words at places. Where a paragraph ends is told from the space between lines, from
indents, from the size of the letters and from a short last line; columns are read in the order in which the file
draws them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pypdf import PageObject

# A step down of more than this many usual ones, or letters that differ by this many points, begin a paragraph.
_GAP = 1.3
_SIZE_STEP = 1.0
_INDENT = 6.0
# A line this short beside the longest, which ends a sentence, is the last of its paragraph.
_SHORT = 0.7
_SENTENCE_END = re.compile(r"[.!?:][\"”’')\]]{0,2}$")
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page\s)?\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?[-–— ]*$", re.IGNORECASE)
_EDGE_LINES = 2


@dataclass(slots=True)
class _Line:
    text: str
    left: float
    height: float
    size: float


def paragraphs(pages: Iterable[PageObject]) -> list[str]:
    """The paragraphs of all pages in order, each on one line."""
    found = [_lines(page) for page in pages]
    _drop_running_heads(found)
    lines = [line for page in found for line in page]
    steps = Counter(
        round(above.height - below.height)
        for page in found
        for above, below in pairwise(page)
        if 0 < above.height - below.height < 4 * below.size
    )
    usual = min((step for step, count in steps.items() if count == max(steps.values())), default=0)
    margin = Counter(round(line.left) for line in lines).most_common(1)[0][0] if lines else 0
    longest = max((len(line.text) for line in lines), default=0)
    joined: list[str] = []
    for number, line in enumerate(lines):
        previous = lines[number - 1] if number else None
        if previous is None or _begins(previous, line, usual, margin, longest):
            joined.append(line.text)
        elif re.search(r"[a-z]-$", joined[-1]) and line.text[:1].islower():
            joined[-1] = joined[-1][:-1] + line.text
        else:
            joined[-1] += f" {line.text}"
    return joined


def _lines(page: PageObject) -> list[_Line]:
    lines: list[_Line] = []
    pending: _Line | None = None

    def visit(text: str, current: list[float], matrix: list[float], font: Any, size: float) -> None:
        nonlocal pending
        for number, piece in enumerate(text.split("\n")):
            if number and pending is not None:
                lines.append(pending)
                pending = None
            if pending is not None:
                pending.text += piece
            elif piece.strip():
                left = matrix[4] * current[0] + matrix[5] * current[2] + current[4]
                height = matrix[4] * current[1] + matrix[5] * current[3] + current[5]
                scale = abs(matrix[3] * current[3]) or abs(matrix[1] * current[2]) or 1.0
                pending = _Line(piece, left, height, size * scale)

    page.extract_text(visitor_text=visit)
    if pending is not None:
        lines.append(pending)
    for line in lines:
        line.text = " ".join(line.text.split())
    return [line for line in lines if line.text]


def _drop_running_heads(pages: list[list[_Line]]) -> None:
    """Page numbers, and lines at the edge of a page that stand there on half of the pages, digits aside."""
    edges = [{_masked(line) for line in page[:_EDGE_LINES] + page[-_EDGE_LINES:]} for page in pages]
    counts = Counter(text for edge in edges for text in edge)
    running = {text for text, count in counts.items() if count >= max(3, len(pages) / 2)}
    for page in pages:
        last = len(page) - _EDGE_LINES
        page[:] = [
            line
            for number, line in enumerate(page)
            if _EDGE_LINES <= number < last
            or not (_masked(line) in running or (len(pages) > 1 and _PAGE_NUMBER.match(line.text)))
        ]


def _masked(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _begins(previous: _Line, line: _Line, usual: int, margin: int, longest: int) -> bool:
    """Whether a paragraph begins at `line`."""
    ended = bool(_SENTENCE_END.search(previous.text))
    if abs(previous.size - line.size) >= _SIZE_STEP:
        return True
    step = previous.height - line.height
    if step < 0 or step > 20 * line.size:
        # The top of another column or page.
        return ended or not line.text[:1].islower()
    if usual and step > usual * _GAP:
        return True
    indented = margin + _INDENT < line.left < margin + 10 * _INDENT and previous.left < line.left - _INDENT
    return ended and (indented or len(previous.text) < longest * _SHORT)
