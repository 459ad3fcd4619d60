"""The blind part of the golden corpus, scored whole: floors a little under the last measured figures.

Only figures are asserted and shown; which sentence was missed is never printed, so that no rule is written for one.
"""

from pathlib import Path

import pytest

from pipelines import progress
from pipelines import run as headless
from pipelines.extract.extractor import default_extractor
from pipelines.scorecard.articles import score_articles
from pipelines.scorecard.measure import GOLDEN, copy_documents
from pipelines.scorecard.sentences import Metrics, read_sentences, score_sentences
from pipelines.settings import Settings

# metric -> (at least, or at most for shares of errors); last measured figure in the comment.
SENTENCES = {
    "event_f1": 0.75,  # 0.765
    "type_macro_f1": 0.74,  # 0.759
    "quiet_kept_quiet": 0.85,  # 0.869
    "status_accuracy": 0.905,  # 0.921
    "date_right": 0.90,  # 0.919
    "actor_f1": 0.80,  # 0.815
    "argument_f1": 0.555,  # 0.573
    "role_accuracy": 0.88,  # 0.898
    "jurisdiction_f1": 0.885,  # 0.900
    "amount_recall": 0.81,  # 0.823
    "right_above_080": 0.90,  # 0.910
}
ARTICLES = {
    "segmentation": 0.90,  # 0.918
    "publication_date": 0.85,  # 0.870
    "event_precision": 0.85,  # 0.869
    "event_recall_core": 0.86,  # 0.879
    "event_recall": 0.80,  # 0.817
    "status_accuracy": 0.95,  # 0.969
    "date_right": 0.75,  # 0.769
    "actor_f1": 0.775,  # 0.793
    "role_accuracy": 0.895,  # 0.913
    "jurisdiction_f1": 0.825,  # 0.842
    "amount_recall": 0.85,  # 0.869
    "merge_recall": 0.32,  # 0.343
    "kept_apart": 0.97,  # 0.986
    "right_above_080": 0.93,  # 0.945
}
CEILINGS = {
    "sentences": {"date_wrong": 0.045, "false_occurred": 0.04, "calibration_error": 0.055},  # 0.038, 0.032, 0.049
    "articles": {"date_wrong": 0.11, "false_occurred": 0.02, "calibration_error": 0.05},  # 0.097, 0.011, 0.040
}


@pytest.fixture(scope="module")
def sentences() -> Metrics:
    return score_sentences(read_sentences((GOLDEN / "sentences").glob("blind_*.jsonl")), default_extractor())


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Metrics:
    folder: Path = tmp_path_factory.mktemp("blind")
    settings = Settings(seeds_dir=folder / "seeds", warehouse_dir=folder / "warehouse")
    copy_documents(GOLDEN / "articles" / "blind", settings.seeds_dir)
    headless.run(settings, progress.Silence())
    return score_articles(settings.published_path, GOLDEN / "articles" / "blind")


@pytest.mark.parametrize("metric", SENTENCES)
def test_blind_sentences_stay_above_their_floor(sentences: Metrics, metric: str) -> None:
    assert sentences[metric] >= SENTENCES[metric]


@pytest.mark.parametrize("metric", ARTICLES)
def test_blind_articles_stay_above_their_floor(articles: Metrics, metric: str) -> None:
    assert articles[metric] >= ARTICLES[metric]


@pytest.mark.parametrize("metric", CEILINGS["sentences"])
def test_blind_sentences_stay_below_their_ceiling(sentences: Metrics, metric: str) -> None:
    assert sentences[metric] <= CEILINGS["sentences"][metric]


@pytest.mark.parametrize("metric", CEILINGS["articles"])
def test_blind_articles_stay_below_their_ceiling(articles: Metrics, metric: str) -> None:
    assert articles[metric] <= CEILINGS["articles"][metric]
