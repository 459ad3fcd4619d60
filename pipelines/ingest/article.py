"""What ingest hands to extract: documents, articles and text that remembers where it stood in the raw file.

Only the shapes live here. How they are made is in the other modules of this package; what is read out of them is in
`pipelines.extract`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

BlockType = Literal["title", "heading", "paragraph", "list_item"]


@dataclass(frozen=True, slots=True)
class MappedText:
    """A cleaned string whose every character knows its offset in the decoded raw document.

    `offsets[i]` is the raw offset of the first raw character behind `text[i]`, `ends[i]` the offset just after the
    last one; they rise with `i`. A space that replaces a run of white space maps to the whole run.
    """

    text: str
    offsets: Sequence[int]
    ends: Sequence[int]

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.offsets) == len(self.ends):
            raise ValueError("a mapped text needs one raw span for every character")

    def __len__(self) -> int:
        return len(self.text)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw `[char_start, char_end)` that covers `text[start:end]`; the slice must not be empty."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span {start}:{end} is not inside a text of {len(self.text)} characters")
        return self.offsets[start], self.ends[end - 1]

    def slice(self, start: int, end: int) -> MappedText:
        """The part `text[start:end]` with its own map."""
        return MappedText(self.text[start:end], self.offsets[start:end], self.ends[start:end])

    @classmethod
    def of(cls, text: str, start: int = 0) -> MappedText:
        """A string that stands in the raw document character for character, beginning at `start`."""
        positions = range(start, start + len(text))
        return cls(text, positions, range(start + 1, start + len(text) + 1))

    @classmethod
    def join(cls, parts: Iterable[MappedText]) -> MappedText:
        """The parts one after another, in raw order, with nothing between them."""
        found = list(parts)
        return cls(
            "".join(part.text for part in found),
            [offset for part in found for offset in part.offsets],
            [end for part in found for end in part.ends],
        )


@dataclass(frozen=True, slots=True)
class Document:
    """One raw file, decoded. `document_id` is the content hash of its bytes; `seed_path` is relative to the seeds."""

    document_id: str
    seed_path: str
    byte_count: int
    encoding: str
    media_type: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item or title of an article, noise removed."""

    block_type: BlockType
    text: MappedText


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a document, in page order; `article_number` starts at 1.

    `published_rule` names the rule that found `published`, and `published_span` the raw characters it was read from.
    `blocks` holds what extraction may read, in order, the title first when there is one.
    """

    article_id: str
    document_id: str
    article_number: int
    title: str | None
    published: date | None
    published_rule: str | None
    published_span: tuple[int, int] | None
    language: str
    char_start: int
    char_end: int
    blocks: tuple[Block, ...] = field(default=())

    @property
    def word_count(self) -> int:
        """Words in the blocks, the title included."""
        return sum(len(block.text.text.split()) for block in self.blocks)
