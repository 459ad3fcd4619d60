"""Who may import whom: pure stages know neither Dagster nor the database, commands start quickly."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import pipelines

PACKAGE = Path(pipelines.__file__).parent

FORBIDDEN = {
    "ingest": {"dagster", "dagster_dbt", "dbt", "duckdb", "pandera", "polars", "spacy"},
    "extract": {"dagster", "dagster_dbt", "dbt", "duckdb", "pandera", "polars"},
    "vocabulary": {"dagster", "dagster_dbt", "dbt", "duckdb", "pandera", "polars"},
    "landing.py": {"dagster", "dagster_dbt", "dbt", "spacy"},
    "publish.py": {"dagster", "dagster_dbt", "dbt", "spacy"},
    "build.py": {"dagster", "dagster_dbt", "dbt", "spacy"},
    "transform.py": {"dagster", "dagster_dbt"},
    "workers.py": {"dagster", "dagster_dbt", "dbt", "duckdb", "pandera", "polars"},
}


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("part", FORBIDDEN)
def test_part_imports_nothing_above_its_layer(part: str) -> None:
    target = PACKAGE / part
    files = sorted(target.rglob("*.py")) if target.is_dir() else [target]
    assert files
    wrong = {path.name: found for path in files if (found := imports(path) & FORBIDDEN[part])}
    assert wrong == {}


# `gazette query` and a worker process would otherwise wait for seconds of imports they never use.
@pytest.mark.parametrize("module", ["pipelines.cli", "pipelines.query", "pipelines.workers"])
def test_light_module_does_not_load_the_heavy_libraries(module: str) -> None:
    heavy = {"dagster", "dagster_dbt", "dbt", "spacy", "pandera", "polars"}
    code = f"import sys, {module}; print(*(name for name in {sorted(heavy)} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
