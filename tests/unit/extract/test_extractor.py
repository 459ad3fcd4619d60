"""What comes out of an article: every value with its evidence, the same every time, and nothing from quiet text."""

from datetime import date

import numpy as np
import pytest

from pipelines import schemas
from pipelines.extract.candidate import Candidate
from pipelines.extract.extractor import default_extractor
from pipelines.extract.learned import is_doubtful, sure_subtype
from pipelines.ingest.article import Article, Block, MappedText

TEXT = (
    "The Ruritanian Securities Commission fined Bright Chain Labs 2 million euros on Tuesday for selling tokens "
    "without a licence, the regulator said in a statement."
)


def article(
    *paragraphs: str,
    title: str | None = None,
    published: date | None = date(2025, 5, 28),
    published_span: tuple[int, int] | None = None,
) -> Article:
    """An article of paragraphs that stand one after another in the raw text."""
    blocks, position = [], 0
    for kind, text in (*((("title", title),) if title else ()), *(("paragraph", p) for p in paragraphs)):
        blocks.append(Block(kind, MappedText.of(text, position)))  # type: ignore[arg-type]
        position += len(text) + 1
    return Article("a-001", "a", 1, title, published, None, published_span, "en", 0, position, tuple(blocks))


def rows(*paragraphs: str, **options: object) -> dict[str, list[dict[str, object]]]:
    return default_extractor().extract(article(*paragraphs, **options)).rows  # type: ignore[arg-type]


def test_a_plain_sentence_gives_the_whole_event() -> None:
    found = rows(TEXT)
    (mention,) = found["mentions"]
    assert (mention["event_type"], mention["event_subtype"], mention["status"]) == ("enforcement", "fine", "occurred")
    assert (mention["event_date"], mention["date_precision"]) == (date(2025, 5, 27), "day")
    assert {(row["role"], row["name_as_reported"]) for row in found["mention_actors"]} >= {
        ("initiator", "Ruritanian Securities Commission"),
        ("recipient", "Bright Chain Labs"),
    }
    assert [(row["amount_value"], row["amount_unit"]) for row in found["mention_amounts"]] == [(2e6, "EUR")]


def test_rows_keep_their_models() -> None:
    found = rows(TEXT)
    for table, model in schemas.EXTRACTED.items():
        schemas.validated(model, schemas.frame(model, found.get(table, [])))


def test_every_span_is_the_text_it_claims() -> None:
    found = rows(TEXT)
    for row in found["mention_actors"]:
        assert TEXT[int(row["char_start"]) : int(row["char_end"])] == row["name_as_reported"]  # type: ignore[call-overload]
    for row in found["mention_evidence"]:
        assert 0 <= int(row["char_start"]) < int(row["char_end"]) <= len(TEXT)  # type: ignore[call-overload]


def test_without_a_publication_date_no_date_is_invented() -> None:
    (mention,) = rows(TEXT, published=None)["mentions"]
    assert mention["event_date"] is None
    assert mention["date_text"] == "Tuesday"


def test_the_same_article_gives_the_same_rows() -> None:
    assert rows(TEXT, "The firm may appeal.") == rows(TEXT, "The firm may appeal.")


def test_a_headline_alone_gives_no_event() -> None:
    assert rows(title="Regulator fines exchange 2 million euros").get("mentions", []) == []


@pytest.mark.parametrize(
    "text",
    [
        "A blockchain is a list of records that are linked by cryptography and shared among many computers.",
        "Bitcoin traded at 67,000 dollars in the afternoon, little changed from the day before.",
        "Your recovery phrase should be written down and kept in a safe place.",
        "🚀🚀🚀 🌕 🌕 🌕",
        "٢٠٢٤ كانون الثاني",
    ],
)
def test_quiet_text_stays_quiet(text: str) -> None:
    assert rows(text).get("mentions", []) == []


def test_a_long_text_without_a_full_stop_is_bounded() -> None:
    # One block far over the limit of a paragraph is set aside instead of parsed.
    assert rows("token sale and again " * 60_000).get("mentions", []) == []


# A subtype keeps reports apart, so that a guessed one does harm twice.
@pytest.mark.parametrize(
    ("likely", "told"),
    [
        ([0.6, 0.3, 0.1], "fine"),
        ([0.45, 0.35, 0.2], None),
        ([0.1, 0.2, 0.7], None),  # the type has acts of no subtype
    ],
)
def test_a_subtype_is_told_when_it_is_likelier_than_all_others(likely: list[float], told: str | None) -> None:
    assert sure_subtype(np.array(likely), ["fine", "charge", ""]) == told


# Papers report what happened; a rumour has words of its own.
@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "The Ruritanian Observer, an English language daily newspaper, reported that police have arrested the"
            " founder of Bright Chain.",
            "occurred",
        ),
        ("Bright Chain is in talks to raise money, its chief has confirmed.", "proposed"),
        ("Police have reportedly arrested the founder of Bright Chain.", "rumored"),
        ("The founder of Bright Chain is said to have been arrested in Ruritania.", "rumored"),
        ("Ruritanian police have arrested the founder of Bright Chain, people close to the firm said.", "rumored"),
    ],
)
def test_a_report_is_no_rumour_unless_it_says_so(text: str, status: str) -> None:
    assert [mention["status"] for mention in rows(text)["mentions"]] == [status]


# Nobody is told to have been hacked because of reports that were not filed.
@pytest.mark.parametrize(
    ("event_type", "confidence", "text", "doubtful"),
    [
        ("security_incident", 0.79, "Bright Chain left 3,000 large transfers unreported.", True),
        ("security_incident", 0.79, "Bright Chain was emptied of 3,000 tokens.", False),
        ("security_incident", 0.79, "Thieves left Bright Chain with nothing.", False),
        ("security_incident", 0.79, "The exchange was offline for two hours.", False),
        ("security_incident", 0.95, "A group from abroad had hit Bright Chain.", False),
        ("enforcement", 0.6, "Bright Chain left 3,000 large transfers unreported.", False),
    ],
)
def test_an_incident_is_told_in_words_of_its_own_unless_it_is_sure(
    event_type: str, confidence: float, text: str, doubtful: bool
) -> None:
    act = Candidate(0, 0, 1, event_type, None, "occurred", "", False, False, (), confidence, "")
    assert is_doubtful(act, text) == doubtful
