"""The connection recipes of docs/operations.md, as they stand there: they read, and they cannot write."""

from __future__ import annotations

import re

import duckdb
import pytest
from story import Story

from pipelines.settings import PROJECT_ROOT

DOCUMENT = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
PYTHON = re.findall(r"```python\n(.*?)```", DOCUMENT, re.DOTALL)
SQL = re.findall(r"```sql\n(.*?)```", DOCUMENT, re.DOTALL)


@pytest.fixture
def beside_the_warehouse(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(story.warehouse.parent)


def test_python_recipes_read_events_and_refuse_to_write(beside_the_warehouse: None, story: Story) -> None:
    assert len(PYTHON) == 2
    for recipe in PYTHON:
        names: dict[str, object] = {"duckdb": duckdb}
        exec(recipe, names)
        assert "events" in names
        opened = re.search(r"duckdb\.connect\(.*\)(?= as|\n)", recipe)
        assert opened is not None
        if isinstance(held := names["connection"], duckdb.DuckDBPyConnection):
            held.close()
        with eval(opened[0]) as connection, pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("delete from marts.fact_events")


def test_versions_can_be_compared_side_by_side(beside_the_warehouse: None) -> None:
    (recipe,) = SQL
    with duckdb.connect() as connection:
        for statement in recipe.replace("0003", "0002").split(";")[:-1]:
            rows = connection.execute(statement).fetchall()
        assert rows
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("delete from now.marts.fact_events")


def test_every_proof_named_in_the_document_exists() -> None:
    proofs = re.findall(r"`(tests/[\w/]+\.py)(?: -k \"?([\w ]+)\"?)?`", DOCUMENT)
    assert len(proofs) > 20
    for path, expression in proofs:
        source = (PROJECT_ROOT / path).read_text(encoding="utf-8") if (PROJECT_ROOT / path).exists() else ""
        names = re.findall(r"def (test_\w+)", source)
        assert names, path
        for words in expression.split(" or ") if expression else []:
            assert any(words in name for name in names), f"{path} -k {words}"
