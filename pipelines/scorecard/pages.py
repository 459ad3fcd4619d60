"""How well raw pages are divided into articles and dated, by ingest alone: seconds for a hundred pages."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

from pipelines.ingest.articles import split_articles
from pipelines.ingest.decode import read_document
from pipelines.ingest.discover import SeedFile, scan
from pipelines.ingest.sandbox import Sandbox
from pipelines.scorecard.sentences import Metrics


def score_pages(folder: Path) -> Metrics:
    """Shares over the labelled pages of a folder, `NAME.json` beside `NAME.*`; a page that cannot be read has no
    article.

    `segmentation`: pages with as many articles as labelled. Of the labelled articles, the one of the same number has
    the labelled `publication_date` (or none, where none is told); `publication_date_wrong`: it has another one.
    """
    count: Counter[str] = Counter()
    with Sandbox() as sandbox:
        for seed in scan(folder):
            if not isinstance(seed, SeedFile) or not (label := seed.path.with_suffix(".json")).exists():
                continue
            wanted = json.loads(label.read_text(encoding="utf-8"))["articles"]
            document, _ = read_document(seed, sandbox)
            articles = split_articles(document)[0] if document else []
            found = {article.article_number: article.published for article in articles}
            count["documents"] += 1
            count["segmented"] += len(found) == len(wanted)
            for article in wanted:
                told = date.fromisoformat(article["published"]) if article["published"] else None
                here = article["n"] in found
                count["articles"] += 1
                count["dated"] += here and found[article["n"]] == told
                count["misdated"] += here and found[article["n"]] not in (told, None)
    return {
        "documents": float(count["documents"]),
        "articles": float(count["articles"]),
        "segmentation": round(count["segmented"] / count["documents"], 3),
        "publication_date": round(count["dated"] / count["articles"], 3),
        "publication_date_wrong": round(count["misdated"] / count["articles"], 3),
    }
