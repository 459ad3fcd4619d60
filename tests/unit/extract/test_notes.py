"""What was told but became no value is listed; what became one is not."""

from __future__ import annotations

from datetime import date

import pytest
from test_extractor import TEXT, article

from pipelines.extract.extractor import default_extractor
from pipelines.problems import Severity, Stage


def noted(*paragraphs: str, published: date | None = date(2025, 5, 28)) -> dict[str, str]:
    problems = default_extractor().extract(article(*paragraphs, published=published)).problems
    assert all((problem.stage, problem.severity) == (Stage.EXTRACT, Severity.INFO) for problem in problems)
    assert all(len(problem.detail) < 250 and "\n" not in problem.detail for problem in problems)
    return {problem.reason_code: problem.detail for problem in problems}


def test_plain_event_leaves_no_note() -> None:
    assert noted(TEXT) == {}


def test_date_that_cannot_be_settled_is_noted_with_its_words() -> None:
    found = noted(TEXT, published=None)
    assert found == {
        "unparsed_date": 'article 1: "Tuesday" could not be settled, and the article has no publication date'
    }


def test_acronym_that_acts_and_means_nothing_to_us_is_noted() -> None:
    found = noted("QZXV fined Bright Chain Labs 2 million euros on 27 May 2025 for selling tokens without a licence.")
    assert found == {"unknown_acronym": 'article 1: "QZXV" acts here and no name is known for it'}


@pytest.mark.parametrize(
    "name", ["FINTRAC", "The SEC of the United States", "The Ruritanian Securities Commission (RSC)"]
)
def test_acronym_with_a_name_is_not_noted(name: str) -> None:
    assert "unknown_acronym" not in noted(
        f"{name} fined Bright Chain Labs 2 million dollars on 27 May 2025 for selling tokens without a licence."
    )


def test_acronym_that_is_the_curated_name_itself_is_not_noted() -> None:
    assert noted(TEXT.replace("Bright Chain Labs", "OKX")) == {}


# A question tells nothing, and says so.
def test_article_with_triggers_but_no_event_is_noted_with_the_words() -> None:
    found = noted("Has the Ruritanian Securities Commission fined Bright Chain Labs 2 million euros this week?")
    assert list(found) == ["no_event"]
    assert "fined" in found["no_event"]


def test_text_without_acts_leaves_no_note() -> None:
    assert noted("A blockchain is a list of records that grows over time and is kept by many computers at once.") == {}
