"""The way in: an article in, landed rows out. Reads nothing but the article; keeps nothing between articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from pipelines.extract.candidate import Detector
from pipelines.extract.gazetteer import shipped_gazetteer
from pipelines.extract.identity import version_with
from pipelines.extract.learned import LearnedDetector
from pipelines.extract.mentions import Rows, mention_rows
from pipelines.extract.names import NameFinder
from pipelines.extract.notes import notes
from pipelines.extract.parse import language
from pipelines.ingest.article import Article, Block
from pipelines.problems import Problem, Severity, Stage
from pipelines.vocabulary.loader import load

# A block longer than this is no paragraph of prose; the parser's memory grows with its length.
MAX_BLOCK = 20_000
# At most this much of one article is read. A block counts as two hundred characters at least: that is what its parse
# costs however short it is, and a page may be a hundred thousand lines of one word.
MAX_ARTICLE = 200_000
MIN_COST = 200


@dataclass(frozen=True, slots=True)
class Extraction:
    """Rows by landed table, and what was set aside."""

    rows: Rows
    problems: list[Problem] = field(default_factory=list)


class Extractor(Protocol):
    """Reads events out of articles. `version` changes whenever the same article might give other rows."""

    name: str
    version: str

    def extract(self, article: Article) -> Extraction:
        """The events of one article; a pure function of it."""
        ...


class EventExtractor:
    """Parses the blocks, finds the names, lets a detector find the acts, and builds the rows."""

    def __init__(self, detector: Detector) -> None:
        self.detector = detector
        self.vocabulary = load()
        self.finder = NameFinder(self.vocabulary, shipped_gazetteer())
        self.language = language()
        self.name = detector.name
        self.version = version_with(detector.version)

    def extract(self, article: Article) -> Extraction:
        """See `Extractor.extract`."""
        blocks = _within_limits(article.blocks)
        docs = [self.language(block.text.text) for block in blocks]
        readable: Sequence[bool] = [block.block_type in {"paragraph", "list_item"} for block in blocks]
        names = self.finder.find(docs)
        candidates = self.detector.detect(docs, readable, names)
        rows = mention_rows(
            article,
            candidates,
            docs,
            [block.text for block in blocks],
            names,
            self.finder,
            self.name,
            self.version,
        )
        remarks = notes(article, candidates, docs, rows, self.vocabulary)
        return Extraction(rows, [*_left_out(article, blocks), *remarks])


def _within_limits(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    cost = 0
    for block in blocks:
        cost += max(len(block.text), MIN_COST)
        if len(block.text) <= MAX_BLOCK and cost <= MAX_ARTICLE:
            kept.append(block)
    return kept


def _left_out(article: Article, blocks: Sequence[Block]) -> list[Problem]:
    if len(blocks) == len(article.blocks):
        return []
    lost = sum(len(block.text) for block in article.blocks) - sum(len(block.text) for block in blocks)
    detail = (
        f"article {article.article_number}: {lost:,} characters in paragraphs of more than {MAX_BLOCK:,} or beyond the"
        f" first {MAX_ARTICLE:,} were not read for events; check the page, or split it"
    )
    return [Problem(Stage.EXTRACT, "", "text_too_long", detail, Severity.INFO if blocks else Severity.ERROR)]


@lru_cache(maxsize=1)
def default_extractor() -> EventExtractor:
    """The extractor that the pipeline uses, loaded once per process (about three seconds)."""
    return EventExtractor(LearnedDetector())
