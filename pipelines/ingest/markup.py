"""HTML as a tree whose text remembers its raw offsets. Which part of the tree is the article is not decided
here.

An own reader of tags, because no parser at hand reports where each character of the text stood. It reads like a
browser where that matters (implied ends, raw text elements) and is linear in the length of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.ingest.article import MappedText
from pipelines.ingest.entities import unescape

VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_RAW_TEXT = frozenset(["script", "style", "textarea", "title", "noscript", "template", "xmp", "iframe"])
_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6
    header hgroup hr html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul head
    option select button
    """.split()
)
# An element that a start tag of one of these names ends, when it is open.
_ENDED_BY_SIBLING = {
    "li": frozenset(("ul", "ol", "menu")),
    "dt": frozenset(("dl",)),
    "dd": frozenset(("dl",)),
    "tr": frozenset(("table", "tbody", "thead", "tfoot")),
    "td": frozenset(("tr", "table")),
    "th": frozenset(("tr", "table")),
    "option": frozenset(("select",)),
}
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:-]{0,40}")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]{1,80})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_TAG_MARK = re.compile(r"[\"'>]")
# Bounds on one tag, so that a page of broken ones is read in linear time.
_MAX_TAG = 20_000
_MAX_QUOTES = 120
_MAX_DEPTH = 400


@dataclass(slots=True, eq=False)
class Element:
    """One element. `children` are elements and pieces of text, in order; attribute values keep their raw
    text."""

    name: str
    attributes: dict[str, MappedText] = field(default_factory=dict)
    children: list[Element | MappedText] = field(default_factory=list)
    parent: Element | None = None

    def get(self, name: str) -> str:
        """The value of an attribute, or an empty string."""
        value = self.attributes.get(name)
        return value.text if value is not None else ""

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in page order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def own_text(self) -> MappedText:
        """The text right inside this element."""
        return MappedText.join(child for child in self.children if isinstance(child, MappedText))


def is_block(name: str) -> bool:
    """Whether an element of this name stands on lines of its own."""
    return name in _BLOCKS


def parse(source: MappedText) -> Element:
    """The tree of a page or a fragment of one; never raises, whatever the text."""
    return _Parser(source).run()


class _Parser:
    def __init__(self, source: MappedText) -> None:
        self.source = source
        self.text = source.text
        self.lower = source.text.lower() if len(source.text.lower()) == len(source.text) else source.text
        self.root = Element("")
        self.stack = [self.root]
        self.open: dict[str, int] = {}
        self.position = 0
        # Once a closing mark is not found it is nowhere further on either; asking again would cost quadratic
        # time.
        self.absent: set[str] = set()

    def run(self) -> Element:
        while self.position < len(self.text):
            mark = self.text.find("<", self.position)
            if mark < 0:
                mark = len(self.text)
            if mark > self.position:
                self._add_text(self.position, mark)
            if mark == len(self.text):
                break
            self.position = self._tag(mark)
        return self.root

    def _add_text(self, start: int, end: int) -> None:
        self.stack[-1].children.append(unescape(self.source.slice(start, end)))

    def _find(self, mark: str, start: int) -> int:
        if mark in self.absent:
            return -1
        found = self.lower.find(mark, start)
        if found < 0:
            self.absent.add(mark)
        return found

    def _tag(self, mark: int) -> int:
        """Read what begins at `<`; returns where to go on."""
        if self.text.startswith("<!--", mark):
            end = self._find("-->", mark + 4)
            return end + 3 if end >= 0 else len(self.text)
        if self.text.startswith(("<!", "<?"), mark):
            end = self._find(">", mark)
            return end + 1 if end >= 0 else len(self.text)
        closing = self.text.startswith("</", mark)
        found = _NAME.match(self.text, mark + 1 + closing)
        if not found:
            self._add_text(mark, mark + 1)
            return mark + 1
        end = self._tag_end(found.end())
        if end < 0:
            # A tag that never ends is no tag, and there is none before the place to which an end was looked
            # for.
            end = min(len(self.text), found.end() + _MAX_TAG)
            self._add_text(mark, end)
            return end
        name = found.group().lower()
        if closing:
            self._close(name)
            return end + 1
        self._start(name, found.end(), end)
        if name in _RAW_TEXT:
            return self._raw_text(name, end + 1)
        return end + 1

    def _tag_end(self, start: int) -> int:
        """The `>` of a tag; one inside a quoted value does not count, unless the quotes make no sense."""
        position = start
        limit = min(len(self.text), start + _MAX_TAG)
        for number, found in enumerate(_TAG_MARK.finditer(self.text, start, limit)):
            if found.start() < position:
                continue
            if found.group() == ">":
                return found.start()
            if number > _MAX_QUOTES:
                break
            before = self.text[found.start() - 1]
            if before == "=" or before.isspace():
                close = self.text.find(found.group(), found.end(), limit)
                position = close + 1 if close >= 0 else position
        return self.text.find(">", start, limit)

    def _start(self, name: str, start: int, end: int) -> None:
        if name in _BLOCKS and self.open.get("p"):
            self._close_paragraph()
        if name in _ENDED_BY_SIBLING and self.open.get(name):
            self._close_sibling(name, _ENDED_BY_SIBLING[name])
        element = Element(name, self._attributes(start, end) if end > start + 1 else {}, parent=self.stack[-1])
        self.stack[-1].children.append(element)
        if name in VOID or (self.text[end - 1] == "/" and name not in _BLOCKS):
            return
        # Beyond this depth no page is honest; what follows is hung on the last level.
        if len(self.stack) < _MAX_DEPTH:
            self.stack.append(element)
            self.open[name] = self.open.get(name, 0) + 1

    def _close_paragraph(self) -> None:
        """A block ends an open `p` as long as only inline elements are open inside it."""
        for element in reversed(self.stack):
            if element.name == "p":
                self._pop_to(element)
                return
            if element.name in _BLOCKS:
                return

    def _close_sibling(self, name: str, holders: frozenset[str]) -> None:
        for element in reversed(self.stack):
            if element.name == name:
                self._pop_to(element)
                return
            if element.name in holders:
                return

    def _close(self, name: str) -> None:
        if not self.open.get(name):
            return
        for element in reversed(self.stack):
            if element.name == name:
                self._pop_to(element)
                return

    def _pop_to(self, element: Element) -> None:
        while True:
            popped = self.stack.pop()
            self.open[popped.name] -= 1
            if popped is element:
                return

    def _raw_text(self, name: str, start: int) -> int:
        end = self._find(f"</{name}", start)
        if end < 0:
            # An unclosed script swallows the rest in a browser; an unclosed title or noscript is a slip.
            end = len(self.text) if name in ("script", "style") else start
        if end > start:
            inner = self.source.slice(start, end)
            self.stack[-1].children.append(unescape(inner) if name in ("title", "textarea") else inner)
        close = self._tag_end(end) if end < len(self.text) and end > start else -1
        self._close(name)
        return close + 1 if close >= 0 else end

    def _attributes(self, start: int, end: int) -> dict[str, MappedText]:
        found: dict[str, MappedText] = {}
        for match in _ATTRIBUTE.finditer(self.text, start, end):
            group = next((number for number in (2, 3, 4) if match.group(number) is not None), None)
            value = MappedText("", [], []) if group is None else unescape(self.source.slice(*match.span(group)))
            found.setdefault(match.group(1).lower(), value)
        return found
