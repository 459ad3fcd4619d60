"""The reasons of the quarantine: every code that a stage uses is explained, and none is explained for nothing."""

from __future__ import annotations

import ast
import re
from itertools import pairwise
from pathlib import Path

import pipelines
from pipelines.reasons import REASONS, table
from pipelines.settings import PROJECT_ROOT

PACKAGE = Path(pipelines.__file__).parent
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")
# Where problems are made. A code is a constant that is followed by its detail, in a call or in a tuple.
SOURCES = [
    *sorted(path for path in (PACKAGE / "ingest").glob("*.py") if path.name != "noise_lists.py"),
    PACKAGE / "landing.py",
    PACKAGE / "workers.py",
    PACKAGE / "extract" / "notes.py",
    PACKAGE / "extract" / "extractor.py",
]


def is_detail(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and " " in node.value
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Name) and node.id == "detail")


def codes(source: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        items = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
        for item, following in pairwise(items):
            if isinstance(item, ast.Constant) and isinstance(item.value, str) and CODE.fullmatch(item.value):
                found |= {item.value} if is_detail(following) else set()
    return found


def test_every_reason_that_the_code_gives_is_explained() -> None:
    used = {code: path.name for path in SOURCES for code in codes(path.read_text(encoding="utf-8"))}
    assert len(used) > 20
    assert {code: name for code, name in used.items() if code not in REASONS} == {}


def test_no_explained_reason_is_stale() -> None:
    constants = {
        node.value
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert [code for code in REASONS if code not in constants] == []


def test_document_shows_exactly_the_list() -> None:
    assert table() in (PROJECT_ROOT / "docs" / "quarantine.md").read_text(encoding="utf-8")


def test_a_code_nobody_explained_would_be_found() -> None:
    assert codes('Problem(Stage.READ, path, "made_up", f"{x} is odd")') == {"made_up"}
    assert codes('reason_code, detail = "made_up", "it is odd"') == {"made_up"}
    assert codes('row["seed_path"], {"list_item": 1}, ("date_text", value)') == set()
