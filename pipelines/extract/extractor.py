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
from pipelines.extract.parse import language
from pipelines.ingest.article import Article
from pipelines.problems import Problem
from pipelines.vocabulary.loader import load

# A block longer than this is no paragraph of prose; the parser's memory grows with its length.
MAX_BLOCK = 20_000
# spaCy reads at most this much of one article.
MAX_ARTICLE = 200_000


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
        blocks = []
        length = 0
        for block in article.blocks:
            length += len(block.text)
            if len(block.text) <= MAX_BLOCK and length <= MAX_ARTICLE:
                blocks.append(block)
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
        return Extraction(rows)


@lru_cache(maxsize=1)
def default_extractor() -> EventExtractor:
    """The extractor that the pipeline uses, loaded once per process (about three seconds)."""
    return EventExtractor(LearnedDetector())
