"""Where things are: options before environment before the project's own folders."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.faults import GazetteError
from pipelines.settings import (
    KEEP_VARIABLE,
    PROJECT_ROOT,
    SENSOR_VARIABLE,
    Settings,
    dbt_environment,
    kept_versions,
    sensor_seconds,
)


def test_defaults_are_the_folders_of_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GAZETTE_SEEDS", raising=False)
    monkeypatch.delenv("GAZETTE_WAREHOUSE", raising=False)
    settings = Settings.load()
    assert settings.seeds_dir == PROJECT_ROOT / "seeds"
    assert settings.published_path == PROJECT_ROOT / "warehouse" / "gazette.duckdb"


def test_environment_replaces_defaults_and_options_replace_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GAZETTE_SEEDS", str(tmp_path / "a"))
    monkeypatch.setenv("GAZETTE_WAREHOUSE", str(tmp_path / "b"))
    assert Settings.load().seeds_dir == tmp_path / "a"
    assert Settings.load(warehouse_dir=tmp_path / "c").warehouse_dir == tmp_path / "c"


def test_relative_folders_become_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.load(Path("s"), Path("w")) == Settings(tmp_path / "s", tmp_path / "w")


@pytest.mark.parametrize("given", ["abc", "0", "-5", "1.5", "²"])
@pytest.mark.parametrize("read", [kept_versions, sensor_seconds])
def test_a_setting_that_is_no_count_is_one_clear_line(
    monkeypatch: pytest.MonkeyPatch, given: str, read: Callable[[], int]
) -> None:
    for variable in (KEEP_VARIABLE, SENSOR_VARIABLE):
        monkeypatch.setenv(variable, given)
    with pytest.raises(GazetteError, match="must be a number from 1 to"):
        read()


def test_dbt_sees_the_build_database_only_while_it_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GAZETTE_BUILD_DB", raising=False)
    settings = Settings.load(tmp_path, tmp_path)
    with dbt_environment(settings):
        assert os.environ["GAZETTE_BUILD_DB"] == str(settings.build_path)
    assert "GAZETTE_BUILD_DB" not in os.environ


@pytest.mark.parametrize("switch", ["DAGSTER_DISABLE_TELEMETRY", "DBT_SEND_ANONYMOUS_USAGE_STATS", "DO_NOT_TRACK"])
def test_usage_reports_are_switched_off(switch: str) -> None:
    assert os.environ[switch] in {"1", "false"}
