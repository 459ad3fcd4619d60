"""What an article told that did not become a value: listed, so that nothing vanishes. Changes no row.

The article was read and its events are in the warehouse; these are remarks (severity info) for whoever looks after the
vocabulary and the corpus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from spacy.tokens import Doc

from pipelines.extract.candidate import Candidate
from pipelines.extract.mentions import Rows
from pipelines.ingest.article import Article
from pipelines.problems import Problem, Severity, Stage
from pipelines.vocabulary.loader import Vocabulary

# Not more than this many words of a text go into a remark.
SHOWN_CHARACTERS = 80
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.-]{1,9}")


def notes(
    article: Article, candidates: Sequence[Candidate], docs: Sequence[Doc], rows: Rows, vocabulary: Vocabulary
) -> list[Problem]:
    """The remarks on one article, given its acts, its parsed blocks and its rows.

    `path` stays empty: an article does not know its file.
    """
    found = []
    mentions = rows.get("mentions", [])
    if candidates and not mentions:
        words = sorted({docs[act.block].text[act.start : act.end] for act in candidates})
        found.append(("no_event", f"{_quoted(', '.join(words))} may tell an act, but no event was made of it"))
    dates = {str(row["date_text"]) for row in mentions if row["date_text"] and row["event_date"] is None}
    without = "" if article.published else ", and the article has no publication date"
    found += [("unparsed_date", f"{_quoted(text)} could not be settled{without}") for text in sorted(dates)]
    acronyms = {
        str(row["actor_name"])
        for row in rows.get("actor_sightings", [])
        if _ACRONYM.fullmatch(str(row["actor_name"])) and vocabulary.actor_type(str(row["actor_id"])) is None
    }
    found += [
        ("unknown_acronym", f"{_quoted(text)} acts here and no name is known for it") for text in sorted(acronyms)
    ]
    return [
        Problem(Stage.EXTRACT, "", code, f"article {article.article_number}: {detail}", Severity.INFO)
        for code, detail in found
    ]


def _quoted(text: str) -> str:
    folded = " ".join(text.split())
    cut = folded if len(folded) <= SHOWN_CHARACTERS else folded[: SHOWN_CHARACTERS - 1] + "…"
    return f'"{cut}"'
