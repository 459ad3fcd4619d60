"""Measures the pipeline on the golden corpus and lands the figures as `quality.scorecard`.

Pages are only divided and dated, sentences go straight through the extractor; raw documents go through the whole
pipeline into a warehouse of their own, which is read back through the contract. The tuned part may be looked at while
rules are made; the blind part may not: of it only figures are shown.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines import build, progress, publish, versions
from pipelines import run as headless
from pipelines.extract.extractor import default_extractor
from pipelines.faults import GazetteError
from pipelines.scorecard.articles import score_articles
from pipelines.scorecard.pages import score_pages
from pipelines.scorecard.sentences import Metrics, read_sentences, score_sentences
from pipelines.settings import PROJECT_ROOT, Settings

GOLDEN = PROJECT_ROOT / "tests" / "golden"
PARTS = ("tuned", "blind")
CANDIDATES = Path(__file__).with_name("candidates.csv")
CANDIDATES_MEASURED = datetime(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Measured:
    """The metrics of one part of one corpus."""

    corpus: str
    part: str
    metrics: Metrics


def measure(golden: Path, display: progress.Display) -> Iterator[Measured]:
    """Pages, sentences and articles, tuned and blind; minutes, not seconds. Raises `GazetteError` without a corpus."""
    if not (golden / "sentences").is_dir():
        raise GazetteError(f"no golden corpus at {golden}: run this in a checkout of the project")
    for part in PARTS:
        display.say(f"Scoring pages, {part}")
        yield Measured("pages", part, score_pages(golden / "pages" / part))
    extractor = default_extractor()
    for part in PARTS:
        display.say(f"Scoring sentences, {part}")
        sentences = read_sentences((golden / "sentences").glob(f"{part}_*.jsonl"))
        yield Measured("sentences", part, score_sentences(sentences, extractor))
    for part in PARTS:
        display.say(f"Scoring articles, {part}")
        with tempfile.TemporaryDirectory(prefix="gazette-score-") as folder:
            settings = Settings(seeds_dir=Path(folder) / "seeds", warehouse_dir=Path(folder) / "warehouse")
            copy_documents(golden / "articles" / part, settings.seeds_dir)
            headless.run(settings, progress.Silence())
            yield Measured("articles", part, score_articles(settings.published_path, golden / "articles" / part))


def copy_documents(source: Path, target: Path) -> None:
    """The raw documents of a labelled folder, without their labels, into a new seeds folder."""
    target.mkdir(parents=True)
    for path in sorted(source.iterdir()):
        if path.suffix != ".json":  # labels lie beside the documents
            (target / path.name).write_bytes(path.read_bytes())


def candidates() -> list[tuple[str, str, str, float, str]]:
    """Corpus, part, metric, value and name of each extractor that was tried and not chosen (`docs/extractors.md`).

    Their code is no longer in the tree: these figures were measured once, on the day in `CANDIDATES_MEASURED`.
    """
    with CANDIDATES.open(encoding="utf-8", newline="") as lines:
        return [
            (row["corpus"], row["part"], row["metric"], float(row["value"]), row["extractor_version"])
            for row in csv.DictReader(lines)
        ]


def land(settings: Settings, measured: list[Measured], display: progress.Display) -> None:
    """Replace the figures of this extractor and of the candidates in `quality.scorecard` and publish again, rows
    otherwise unchanged."""
    version = default_extractor().version
    now = build.utc_now()
    rows = [
        *((CANDIDATES_MEASURED, *candidate) for candidate in candidates()),
        *(
            (now, part.corpus, part.part, metric, value, version)
            for part in measured
            for metric, value in part.metrics.items()
        ),
    ]
    versions_measured = sorted({row[-1] for row in rows})

    def write(connection: duckdb.DuckDBPyConnection) -> None:
        connection.execute(
            "delete from quality.scorecard where list_contains(?::varchar[], extractor_version)", [versions_measured]
        )
        connection.executemany("insert into quality.scorecard values (?, ?, ?, ?, ?, ?)", rows)

    with build.run_lock(settings, display.say):
        with versions.reading(settings):
            pass  # a file of another schema is refused before anything is written
        # The build database may be ahead of what readers have; it only takes the figures along.
        with build.build_database(settings, display.say) as connection, build.transaction(connection):
            write(connection)
        publish.amend(settings, write)
