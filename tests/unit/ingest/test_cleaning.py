"""Claims about character-level cleaning and the way back to the raw text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest.article import MappedText
from pipelines.ingest.cleaning import clean, has_mojibake, lines_of
from pipelines.ingest.entities import unescape


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\u00a0b", "a b"),
        ("a \u00a0\t b", "a b"),
        ("\u2003a\u202fb\u3000", "a b"),
        ("a\u200bb", "ab"),
        ("a\u200b \u200bb", "a b"),
        ("soft\u00adware", "software"),
        ("\ufeffa\u200e", "a"),
        ("a\x00b\x07", "ab"),
        ("itâ€™s â€œlateâ€\x9d", "it’s “late”"),
        ("cafÃ© Â£5Â\u00a0more", "café £5 more"),
        # Letters that only look like the halves of others stay: this is French and Portuguese.
        ("â la carte, CÂMARA, Ãrea", "â la carte, CÂMARA, Ãrea"),
        ("“curly” – dashes… stay", "“curly” – dashes… stay"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(MappedText.of(raw)).text == cleaned


def test_a_space_maps_to_the_whole_run_it_replaces() -> None:
    cleaned = clean(MappedText.of("a \u00a0\t b", 10))
    assert cleaned.raw_span(1, 2) == (11, 15)
    assert cleaned.raw_span(0, 3) == (10, 16)


def test_a_repaired_character_maps_to_all_its_parts() -> None:
    cleaned = clean(MappedText.of("itâ€™s"))
    assert cleaned.raw_span(2, 3) == (2, 5)


def test_has_mojibake() -> None:
    assert has_mojibake("The ministerâ€™s plan")
    assert not has_mojibake("The minister’s plan for CÂMARA")


def test_lines_of_splits_at_a_wide_gap_and_at_no_other() -> None:
    wide = " " * 12
    assert [line.text for line in lines_of(MappedText.of(f"a{wide}b\n{wide}c   d{wide}"))] == [
        "a",
        "b",
        f"{wide}c   d{wide}",
    ]


def test_lines_of_splits_at_every_kind_of_break() -> None:
    assert [line.text for line in lines_of(MappedText.of("a\r\nb\rc\n\nd\u2028e"))] == [
        "a",
        "b",
        "c",
        "",
        "d",
        "e",
    ]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a &amp; b", "a & b"),
        ("&lt;p&gt;", "<p>"),
        ("it&#8217;s &#x2014; late", "it’s — late"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("&nosuchthing; stays", "&nosuchthing; stays"),
        ("a &amp b", "a & b"),
        ("x?a=1&copy=2", "x?a=1©=2"),
    ],
)
def test_unescape(raw: str, text: str) -> None:
    assert unescape(MappedText.of(raw)).text == text


ODD = st.text(alphabet=st.sampled_from("aBé ’\u00a0\u200b\t\r\n\u2028\ufeff.â€™Ã©&#;x"), max_size=60)


@settings(max_examples=300, deadline=None)
@given(ODD)
def test_cleaned_characters_stand_in_the_raw_text_in_order(raw: str) -> None:
    cleaned = clean(MappedText.of(raw))
    assert cleaned.text == cleaned.text.strip()
    assert "  " not in cleaned.text
    spans = list(zip(cleaned.offsets, cleaned.ends, strict=True))
    for (start, end), character in zip(spans, cleaned.text, strict=True):
        assert raw[start:end] == character or character == " " or len(raw[start:end]) > 1
    assert all(one[1] <= two[0] for one, two in pairwise(spans))


# A repaired character that is a space of its own must not double the space beside it.
def test_a_repaired_space_beside_a_space_is_one_space() -> None:
    cleaned = clean(MappedText.of("; \u00e2\u20ac\u20ac;"))
    assert cleaned.text == "; ;"
    assert cleaned.raw_span(1, 2) == (1, 5)
