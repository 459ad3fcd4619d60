"""Topics of a sentence by the words of `vocabulary/topics.yml`, whole words only; `*` ends a stem."""

from __future__ import annotations

import re
from functools import lru_cache

from pipelines.vocabulary.loader import load


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    def one(word: str) -> str:
        stem = re.escape(word.rstrip("*")).replace(r"\ ", r"[\s-]")
        return stem + (r"\w*" if word.endswith("*") else r"\b")

    return tuple(
        (topic, re.compile(r"\b(?:" + "|".join(one(word) for word in words) + ")", re.IGNORECASE))
        for topic, words in load().topics.items()
    )


def topics_of(text: str) -> list[str]:
    """The topics a text speaks of, in codebook order."""
    return [topic for topic, pattern in _patterns() if pattern.search(text)]
