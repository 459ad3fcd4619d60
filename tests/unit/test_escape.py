"""Nothing that a text holds may steer the terminal it is shown on."""

from __future__ import annotations

import io
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.escape import escaped, json_escaped
from pipelines.query import WRITERS

NASTY = "a\x1b[31mb\x9b2Jc\u202ed\x00e\rf\u2028g\ud800"


@given(st.text(alphabet=st.characters()))
def test_shown_text_has_no_control_and_no_direction_mark(text: str) -> None:
    shown = escaped(text)
    assert not [c for c in shown if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"}]
    assert not [c for c in shown if unicodedata.bidirectional(c) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI"}]


@pytest.mark.parametrize("text", ["", "Zürich – 東京 “quoted” 5 €", "नमस्ते", "👩‍💻"])
def test_ordinary_text_is_shown_as_it_is(text: str) -> None:
    assert escaped(text) == text


def test_line_breaks_stay_where_the_layout_can_hold_them() -> None:
    assert escaped("a\nb\tc", keep="\n") == "a\nb\\tc"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_escaped_json_means_the_same(text: str) -> None:
    assert json.loads(json_escaped(json.dumps({"k": text}, ensure_ascii=False))) == {"k": text}


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("output_format", sorted(WRITERS))
def test_every_format_is_harmless_on_a_terminal(output_format: str) -> None:
    stream = Terminal()
    WRITERS[output_format](["name\x1b]0;x"], [(NASTY,), (None,)], stream)
    # The table draws its own bold header; what is left after that is ours.
    text = stream.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
    assert "\u202e" not in text


def test_csv_into_a_file_keeps_every_character() -> None:
    stream = io.StringIO()
    WRITERS["csv"](["name"], [("a\x1bb",)], stream)
    assert stream.getvalue() == "name\na\x1bb\n"
