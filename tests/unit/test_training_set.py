"""The training set is what its datasheet says: sound labels, and nothing of the golden corpus in it."""

import json
import re
from collections import Counter
from typing import Any

import pytest

from pipelines import codebook
from pipelines.scorecard.measure import GOLDEN
from pipelines.settings import PROJECT_ROOT
from pipelines.vocabulary.loader import load

Rows = list[tuple[str, dict[str, Any]]]
SENTENCES = PROJECT_ROOT / "training" / "sentences"


@pytest.fixture(scope="module")
def rows() -> Rows:
    return [
        (f"{path.stem}:{number}", json.loads(line))
        for path in sorted(SENTENCES.glob("*.jsonl"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def test_every_label_is_words_of_its_sentence_and_a_code_of_the_codebook(rows: Rows) -> None:
    event_types = load().event_types
    for place, row in rows:
        for event in row["e"]:
            event_type, _, subtype = event["y"].partition("/")
            assert subtype in ("", *event_types[event_type].subtypes), place
            assert event["s"] in codebook.STATUSES, place
            assert {role for role, _ in event["r"]} <= set(codebook.ROLES), place
            words = [event["g"], *(span for _, span in event["r"])]
            words += [span for name in ("when", "reported", "amount") for span in event.get(name, [])]
            assert all(span and span in row["t"] for span in words), place


def test_all_types_and_statuses_are_taught_and_quiet_sentences_too(rows: Rows) -> None:
    types = Counter(event["y"].partition("/")[0] for _, row in rows for event in row["e"])
    statuses = Counter(event["s"] for _, row in rows for event in row["e"])
    assert set(types) == set(codebook.EVENT_TYPES) and min(types.values()) >= 400
    assert set(statuses) == set(codebook.STATUSES) and min(statuses.values()) >= 400
    assert 0.3 <= sum(not row["e"] for _, row in rows) / len(rows) <= 0.6


# What is measured on the golden corpus would mean nothing if the detector had been taught on it.
def test_no_golden_sentence_is_taught(rows: Rows) -> None:
    def folded(text: str) -> str:
        return re.sub(r"\W+", " ", text).lower().strip()

    golden = {
        folded(json.loads(line)["text"])
        for path in (GOLDEN / "sentences").glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    documents = [
        folded(path.read_text(encoding="utf-8", errors="replace"))
        for path in (GOLDEN / "articles").rglob("*")
        if path.suffix in {".txt", ".md", ".html", ".jsonl"}
    ]
    text = "\n".join(documents)
    taught = {place: folded(row["t"]) for place, row in rows}
    assert not {place for place, sentence in taught.items() if sentence in golden}
    assert not {place for place, sentence in taught.items() if len(sentence) > 50 and sentence in text}
