"""Kept versions of the warehouse: what they are, going back to one, and what the next run makes of that."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from story import EXTRA_SEED, Rows, Story, query, run_pipeline, snapshot

from pipelines import publish, report, versions
from pipelines.build import build_database
from pipelines.faults import GazetteError
from pipelines.settings import DEFAULT_KEPT_VERSIONS, Settings


@pytest.fixture
def settings(story: Story, tmp_path: Path) -> Settings:
    """A copy of the finished story; links between published and kept file are made anew by the first use."""
    shutil.copytree(story.seeds, tmp_path / "seeds")
    shutil.copytree(story.warehouse, tmp_path / "warehouse")
    return Settings.load(tmp_path / "seeds", tmp_path / "warehouse")


def event_ids(settings: Settings, version: str | None = None) -> set[str]:
    with versions.reading(settings, version) as connection:
        return {row[0] for row in connection.execute("select event_id from marts.fact_events").fetchall()}


def ids(rows: Rows) -> set[object]:
    return {row[0] for row in rows}


def published_version(settings: Settings) -> int:
    found = versions.publication(settings.published_path)
    assert found is not None
    return found.warehouse_version


# first, again (unchanged), removed, restored
def test_run_that_changes_nothing_makes_no_version(story: Story) -> None:
    numbers = {name: summary.counts["warehouse_version"] for name, summary in story.summaries.items()}
    assert numbers == {"first": 1, "again": 1, "removed": 2, "restored": 3}


def test_every_earlier_run_can_be_asked_what_the_warehouse_said(story: Story) -> None:
    settings = Settings.load(story.seeds, story.warehouse)
    for name, summary in story.summaries.items():
        found = event_ids(settings, summary.run_id[:12])
        assert found == ids(story.snapshots[name]["marts.fact_events"]), name
    assert event_ids(settings, "2") != event_ids(settings, "3") == event_ids(settings, "1")


def test_newest_version_is_the_published_file_itself(story: Story) -> None:
    settings = Settings.load(story.seeds, story.warehouse)
    assert versions.kept(settings)[3].samefile(settings.published_path)


@pytest.mark.parametrize("name", ["4", "0", "no-such-run", "99999999", "%", ""])
def test_version_that_is_not_kept_is_one_line(story: Story, name: str) -> None:
    with (
        pytest.raises(GazetteError, match=r"is not kept; kept are 1, 2, 3"),
        versions.reading(Settings.load(story.seeds, story.warehouse), name),
    ):
        pass


def test_history_tells_each_run_its_version_and_what_it_changed(story: Story) -> None:
    rows = [
        dict(zip(versions.HISTORY_COLUMNS, row, strict=True))
        for row in versions.history(Settings.load(story.seeds, story.warehouse))
    ]
    assert [row["version"] for row in rows] == [3, 2, 1, 1]
    assert [row["state"] for row in rows] == ["published", "kept", "kept", "kept"]
    restored, removed, again, first = rows
    assert removed["retracted"] == restored["new"] > 0
    assert first["new"] == first["events"]
    assert again["new"] == again["revised"] == again["merged"] == again["retracted"] == 0


def test_published_and_kept_files_refuse_to_be_written(story: Story) -> None:
    settings = Settings.load(story.seeds, story.warehouse)
    for path in (settings.published_path, *versions.kept(settings).values()):
        assert path.stat().st_mode & 0o222 == 0, path


def test_oldest_versions_beyond_the_number_to_keep_go(settings: Settings) -> None:
    versions.keep(replace(settings, kept_versions=2))
    assert list(versions.kept(settings)) == [2, 3]
    versions.keep(replace(settings, kept_versions=1))
    assert list(versions.kept(settings)) == [3]
    assert [row[1] for row in versions.history(settings)] == ["published", "not kept", "not kept", "not kept"]


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5", "²"])
def test_number_of_versions_to_keep_must_be_a_number(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("GAZETTE_KEEP_VERSIONS", given)
    with pytest.raises(GazetteError, match="GAZETTE_KEEP_VERSIONS must be a number"):
        Settings.load()


def test_number_of_versions_to_keep_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.load().kept_versions == DEFAULT_KEPT_VERSIONS
    monkeypatch.setenv("GAZETTE_KEEP_VERSIONS", "3")
    assert Settings.load().kept_versions == 3


# A kill between the exchange and the keeping.
def test_published_version_that_was_not_kept_yet_is_kept_at_the_next_chance(settings: Settings) -> None:
    versions.kept(settings)[3].unlink()
    versions.rollback(settings, "2")
    assert list(versions.kept(settings)) == [1, 2, 3]


# A disk that is full after the exchange: readers have the new version, so the run did not fail.
def test_version_that_cannot_be_kept_is_published_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(source: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    versions.keep(settings)
    with monkeypatch.context() as patch:
        patch.setattr(versions, "second_name", full)
        publish.amend(settings, lambda connection: connection.execute("delete from quality.scorecard"))
    assert published_version(settings) == 3
    assert not versions.kept(settings)[3].samefile(settings.published_path)
    versions.keep(settings)
    assert versions.kept(settings)[3].samefile(settings.published_path)


def test_rollback_publishes_the_earlier_version_as_it_was(settings: Settings, story: Story) -> None:
    versions.rollback(settings, "2")
    assert snapshot(settings.warehouse_dir) == story.snapshots["removed"]
    states = {row[0]: row[1] for row in versions.history(settings)}
    assert states == {3: "set aside", 2: "published", 1: "kept"}


@pytest.mark.parametrize("where", ["hardlink_to", "replace"])
def test_interrupted_rollback_leaves_the_published_file_and_the_next_one_works(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    versions.keep(settings)
    before = settings.published_path.read_bytes()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, where, killed)
        versions.rollback(settings, "1")
    assert settings.published_path.read_bytes() == before
    versions.rollback(settings, "1")
    assert published_version(settings) == 1


def test_reader_that_has_the_file_open_keeps_its_version_through_a_rollback(settings: Settings) -> None:
    with versions.reading(settings) as reader:
        count = "select count(*) from marts.fact_events"
        before = reader.execute(count).fetchone()
        versions.rollback(settings, "2")
        assert reader.execute(count).fetchone() == before
    assert published_version(settings) == 2


def test_version_published_already_cannot_be_rolled_back_to(settings: Settings) -> None:
    with pytest.raises(GazetteError, match="version 3 is published already"):
        versions.rollback(settings, "3")


def test_damaged_kept_version_is_refused_and_the_published_one_stays(settings: Settings) -> None:
    path = versions.kept(settings)[2]
    path.unlink()
    path.write_bytes(b"not a database")
    with pytest.raises(GazetteError, match="cannot open"):
        versions.rollback(settings, "2")
    assert published_version(settings) == 3


def test_where_there_are_no_hard_links_versions_are_copies(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    versions.rollback(settings, "1")
    assert published_version(settings) == 1
    assert not settings.published_path.samefile(versions.kept(settings)[1])


# What a rollback took from readers must not come back by itself, and must not stand in the way of something new.
def test_runs_after_a_rollback_wait_for_something_new_and_say_so(settings: Settings) -> None:
    versions.rollback(settings, "2")
    held = run_pipeline(settings.seeds_dir, settings.warehouse_dir)
    assert held.counts["withheld_version"] == 3
    assert published_version(settings) == 2
    account = report.account(settings, held)
    assert "Nothing was published: the seeds still give version 3, which was rolled back" in account

    (settings.seeds_dir / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
    renewed = run_pipeline(settings.seeds_dir, settings.warehouse_dir)
    assert "withheld_version" not in renewed.counts
    assert published_version(settings) == renewed.counts["warehouse_version"] == 4
    assert "rolled back to version 2; the seeds now give something new, version 4" in report.account(settings, renewed)
    # The feed goes on from what readers had: what version 2 lacked is new again.
    with versions.reading(settings, "2") as connection:
        lacked = event_ids(settings) - {
            row[0] for row in connection.execute("select event_id from marts.fact_events").fetchall()
        }
    new = query(settings.warehouse_dir, f"select event_id from quality.changes where run_id = '{renewed.run_id}'")
    assert lacked <= ids(new)
    states = [row[:2] for row in versions.history(settings)]
    assert states == [(4, "published"), (2, "kept"), (1, "kept"), (1, "kept")]


def test_figures_landed_later_change_no_version_and_no_other_row(settings: Settings, story: Story) -> None:
    versions.rollback(settings, "2")
    row = "insert into quality.scorecard values (now()::timestamp, 'c', 'p', 'm', 0.5, 'x')"
    publish.amend(settings, lambda connection: connection.execute(row))
    found = snapshot(settings.warehouse_dir)
    assert len(found.pop("quality.scorecard")) == 1
    expected = dict(story.snapshots["removed"])
    expected.pop("quality.scorecard")
    assert found == expected
    assert versions.kept(settings)[2].samefile(settings.published_path)


def restamped(settings: Settings, schema_version: int | None) -> None:
    """The published file as another version of the code would have left it."""
    path = settings.published_path
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content)
    with duckdb.connect(str(path)) as connection:
        if schema_version is None:
            connection.execute("drop table quality.publication")
        else:
            connection.execute("update quality.publication set schema_version = ?", [schema_version])


@pytest.mark.parametrize(
    ("schema_version", "said"),
    [
        (versions.SCHEMA_VERSION + 1, "written by a newer Gazette .* update Gazette"),
        (versions.SCHEMA_VERSION - 1, "written by an older Gazette .* publishes it anew"),
        (None, "written by an older Gazette"),
    ],
)
def test_file_of_another_schema_is_refused_in_one_line_that_says_what_to_do(
    settings: Settings, schema_version: int | None, said: str
) -> None:
    restamped(settings, schema_version)
    with pytest.raises(GazetteError, match=said) as caught, versions.reading(settings):
        pass
    assert "\n" not in str(caught.value)


def test_run_publishes_anew_over_a_file_of_an_older_schema_and_keeps_its_history(settings: Settings) -> None:
    runs = query(settings.warehouse_dir, "select count(*) from quality.runs")[0][0]
    restamped(settings, versions.SCHEMA_VERSION - 1)
    summary = run_pipeline(settings.seeds_dir, settings.warehouse_dir)
    assert summary.counts["warehouse_version"] == 4
    assert query(settings.warehouse_dir, "select count(*) from quality.runs") == [(runs + 1,)]


# Dropping the table, as for one that a stage fills again, would forget what no seed can tell.
def test_history_moves_over_when_its_columns_change(settings: Settings) -> None:
    with duckdb.connect(str(settings.build_path)) as connection:
        before = connection.execute("select run_id, event_count from quality.runs order by all").fetchall()
        connection.execute("alter table quality.runs drop column warehouse_version")
        connection.execute("alter table quality.runs add column of_another_time varchar")
    with build_database(settings, pytest.fail) as connection:
        after = connection.execute("select run_id, event_count from quality.runs order by all").fetchall()
        assert connection.execute("select count(warehouse_version) from quality.runs").fetchone() == (0,)
        assert connection.execute(
            "select count(*) from duckdb_tables() where table_name like '%_before'"
        ).fetchone() == (0,)
    assert after == before


def test_history_is_taken_from_a_published_file_with_other_columns(settings: Settings) -> None:
    content = settings.published_path.read_bytes()
    settings.published_path.unlink()
    settings.published_path.write_bytes(content)
    with duckdb.connect(str(settings.published_path)) as connection:
        runs = connection.execute("select count(*) from quality.runs").fetchone()
        connection.execute("alter table quality.runs add column of_a_later_time varchar")
        connection.execute("alter table quality.runs drop column warehouse_version")
    settings.build_path.unlink()
    with build_database(settings, pytest.fail) as connection:
        assert connection.execute("select count(*) from quality.runs").fetchone() == runs
