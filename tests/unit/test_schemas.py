"""The contract of the landed tables holds on values, not only on column names."""

import polars as pl
import pytest
from pandera.errors import SchemaErrors

from pipelines import schemas

MENTION: dict[str, object] = {
    "mention_id": "m1",
    "article_id": "a1",
    "event_type": "meeting",
    "status": "occurred",
    "is_background": False,
    "date_precision": "unresolved",
    "quote": "They met.",
    "char_start": 0,
    "char_end": 9,
    "sentence_number": 0,
    "is_lede": True,
    "trigger_text": "met",
    "extractor": "rules",
    "extractor_version": "1",
    "confidence": 0.5,
}


def test_a_sound_row_passes() -> None:
    frame = schemas.frame(schemas.Mentions, [MENTION])
    assert schemas.validated(schemas.Mentions, frame).height == 1


@pytest.mark.parametrize(
    "fault",
    [
        {"event_type": "party"},
        {"status": "maybe"},
        {"confidence": 1.2},
        {"char_end": 0},
        {"date_precision": "day"},  # a precision without a date
    ],
)
def test_a_bad_value_is_caught(fault: dict[str, object]) -> None:
    with pytest.raises(SchemaErrors):
        schemas.validated(schemas.Mentions, schemas.frame(schemas.Mentions, [MENTION | fault]))


def test_doubled_ids_are_caught() -> None:
    with pytest.raises(SchemaErrors):
        schemas.validated(schemas.Mentions, schemas.frame(schemas.Mentions, [MENTION, MENTION]))


def test_an_unknown_column_raises() -> None:
    with pytest.raises(KeyError):
        schemas.frame(schemas.Mentions, [MENTION | {"colour": "red"}])


def test_every_model_makes_an_empty_frame_that_keeps_it() -> None:
    for model in schemas.LANDED.values():
        frame = schemas.validated(model, schemas.frame(model, []))
        assert isinstance(frame, pl.DataFrame)
        assert frame.height == 0
