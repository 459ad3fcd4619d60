"""The score counts what a reader would count: it can be perfect, and it can be zero."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipelines.extract.extractor import Extraction
from pipelines.ingest.article import Article
from pipelines.scorecard.matching import judge_date, same_name
from pipelines.scorecard.reliability import reliability
from pipelines.scorecard.sentences import score_sentences


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("CZ", "CZ"),
        ("Zhao Changpeng", "Changpeng Zhao"),
        ("President Macron", "Emmanuel Macron"),
        ("Pakistan Crypto Council", "PCC"),
        ("Pakistan", "Government of Pakistan"),
    ],
)
def test_names_of_one_actor_match(left: str, right: str) -> None:
    assert same_name(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Li Feng", "Li Fei"),
        ("Bank Negara Malaysia", "Bank Negara Indonesia"),
        ("", "X"),
        ("China Banking", "China Futures"),
    ],
)
def test_names_of_two_actors_do_not(left: str, right: str) -> None:
    assert not same_name(left, right)


DAY = date(2025, 5, 26)


@pytest.mark.parametrize(
    ("gold", "found", "verdict"),
    [
        ((DAY, None, "day"), (DAY, None, "day"), "right"),
        ((DAY, None, "day"), (date(2025, 5, 1), None, "month"), "right"),
        ((DAY, None, "day"), (date(2025, 1, 1), None, "year"), "wrong"),  # true, but it says too little
        ((DAY, None, "day"), (date(2025, 5, 20), None, "day"), "wrong"),
        ((DAY, None, "day"), (None, None, "unresolved"), "missing"),
        ((None, None, "unresolved"), (DAY, None, "day"), "invented"),
        ((None, None, "unresolved"), (None, None, "unresolved"), "right"),
    ],
)
def test_dates_are_judged_with_their_precision(
    gold: tuple[date | None, date | None, str], found: tuple[date | None, date | None, str], verdict: str
) -> None:
    assert judge_date(gold, found) == verdict


class Silent:
    """An extractor that finds nothing."""

    name = "silent"
    version = "0"

    def extract(self, article: Article) -> Extraction:
        return Extraction({})


SENTENCE = {
    "id": "x-1",
    "text": "The regulator fined the exchange.",
    "context": None,
    "headline": None,
    "published": None,
    "events": [
        {
            "types": ["enforcement"], "subtype": "fine", "status": ["occurred"], "date": None, "date_end": None,
            "precision": "unresolved", "actors": [], "jurisdictions": [], "amounts": [], "evidence": "fined",
        }
    ],
}  # fmt: skip


def test_silence_scores_nothing_on_events_and_all_on_quiet_text() -> None:
    quiet = {**SENTENCE, "id": "x-2", "events": []}
    metrics = score_sentences([SENTENCE, quiet], Silent())
    assert metrics["event_recall"] == 0
    assert metrics["quiet_kept_quiet"] == 1


def test_golden_files_are_sound() -> None:
    # A label whose evidence is not in its text, or whose codes are not in the codebook, scores nonsense.
    from pipelines import codebook
    from pipelines.scorecard.measure import GOLDEN
    from pipelines.scorecard.sentences import read_sentences

    seen: set[str] = set()
    files: list[Path] = sorted((GOLDEN / "sentences").glob("*.jsonl"))
    for sentence in read_sentences(files):
        assert sentence["id"] not in seen
        seen.add(sentence["id"])
        for event in sentence["events"]:
            assert event["evidence"] in sentence["text"], sentence["id"]
            assert set(event["types"]) <= set(codebook.EVENT_TYPES)
            assert set(event["status"]) <= set(codebook.STATUSES)
            assert {actor["role"] for actor in event["actors"]} <= set(codebook.ROLES)
    assert len(seen) >= 1200


@pytest.mark.parametrize("part", ["tuned", "blind"])
def test_labels_of_documents_and_pages_are_sound(part: str) -> None:
    from pipelines import codebook
    from pipelines.scorecard.measure import GOLDEN

    ids: set[str] = set()
    labels = sorted(path for name in ("articles", "pages") for path in (GOLDEN / name / part).glob("[!_]*.json"))
    for path in labels:
        gold = json.loads(path.read_text(encoding="utf-8"))
        raws = [raw for raw in path.parent.glob(f"{path.stem}*") if raw.suffix != ".json"]
        assert len([raw for raw in raws if raw.stem.removeprefix(path.stem)[:1] in ("", "_")]) == 1, path
        numbers = [article["n"] for article in gold["articles"]]
        assert numbers == list(range(1, len(numbers) + 1)), path
        for event in gold["events"]:
            assert event["id"] not in ids
            ids.add(event["id"])
            assert event["article"] in numbers, event["id"]
            assert set(event["types"]) <= set(codebook.EVENT_TYPES), event["id"]
            assert set(event["status"]) <= set(codebook.STATUSES), event["id"]
            assert {actor["role"] for actor in event["actors"]} <= set(codebook.ROLES), event["id"]
    for path in (GOLDEN / "articles" / part).glob("_same_event*.json"):
        pairs = json.loads(path.read_text(encoding="utf-8"))
        named = {name for group in (*pairs["same_event"], *pairs["near_miss"]) for name in group["ids"]}
        assert named <= ids, named - ids
    assert len(labels) >= 130


def test_a_confidence_that_holds_has_no_calibration_error() -> None:
    judged = [(0.75, True)] * 3 + [(0.75, False)]
    figures = reliability(judged)
    assert figures["calibration_error"] == 0.0
    assert figures["right_from_070"] == 0.75
    assert figures["share_above_080"] == 0.0


# A claim to be surer than one is must show, in the error and in the share of right ones among the sure.
def test_overconfidence_shows() -> None:
    figures = reliability([(0.95, True), (0.95, False)])
    assert figures["calibration_error"] == pytest.approx(0.45)
    assert figures["right_above_080"] == 0.5


def test_nothing_told_is_no_error() -> None:
    assert reliability([]) == {"calibration_error": 0.0, "right_above_080": 0.0, "share_above_080": 0.0}


# The extractors that were not chosen stay comparable: their figures lie beside those of the one that was.
def test_the_candidates_that_lost_keep_their_figures() -> None:
    from pipelines.scorecard.measure import candidates

    figures = {(version, corpus, metric): value for corpus, part, metric, value, version in candidates() if part}
    assert {version for version, _, _ in figures} == {"rules", "rules_and_linear_head"}
    assert len(figures) == len(candidates())
    for version in ("rules", "rules_and_linear_head"):
        for corpus in ("sentences", "articles"):
            assert 0 < figures[version, corpus, "event_f1"] < 1
            assert (version, corpus, "calibration_error") in figures
