"""SQL is made of our own words: values are bound, and what is put into a statement is a name that we chose."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipelines

ROOT = Path(pipelines.__file__).parent
# Each was looked at: names of our own tables and columns, or a text that `build.quoted` makes a literal of. A value
# from a seed or from the command line is bound with `?` instead; `attach` alone takes no parameters.
REVIEWED = {
    *("table", "schema", "view", "name", "column", "columns", "target", "shared", "source", "statement", "database"),
    *("listed", "'.'.join(source)", "', '.join(values)", "', '.join('?' * len(values))", "quoted(published_path)"),
}
# Statements that are made elsewhere, there of the same parts; `sql` is what the user of `gazette query` typed, run
# read-only and without access to files.
PASSED_ON = {"sql", "query", "known", "statement", "named.sub('', sql)"}


def statements() -> Iterator[tuple[str, ast.expr]]:
    """The first argument of everything that runs SQL, with where it stands."""
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in ("execute", "executemany", "sql")
                and node.args
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.args[0]


def unreviewed(statement: ast.expr) -> list[str]:
    """What is put into a statement without being one of our names."""
    if isinstance(statement, ast.Constant):
        return []
    if isinstance(statement, ast.JoinedStr):
        parts = [ast.unparse(part.value) for part in statement.values if isinstance(part, ast.FormattedValue)]
        return [part for part in parts if part not in REVIEWED]
    if isinstance(statement, ast.BinOp) and isinstance(statement.op, ast.Add):
        return unreviewed(statement.left) + unreviewed(statement.right)
    text = ast.unparse(statement)
    rewritten = isinstance(statement, ast.Call) and text.startswith("re.sub(") and "named.sub('', sql)" in text
    return [] if text in PASSED_ON or text.strip("_").isupper() or rewritten else [text]


def test_statements_are_made_of_reviewed_names_only() -> None:
    found = {place: unreviewed(statement) for place, statement in statements()}
    assert len(found) > 60
    assert {place: parts for place, parts in found.items() if parts} == {}


@pytest.mark.parametrize(
    "source",
    ["f'select {title}'", "'select ' + title", "'select %s' % title", "'select {}'.format(title)", "f'{a}' + 'b'"],
)
def test_value_put_into_a_statement_would_be_noticed(source: str) -> None:
    assert unreviewed(ast.parse(source, mode="eval").body)
