"""Whole runs, one after another, on the same seeds."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from story import EXTRA_SEED, SEEDS, Rows, Story, query, run_pipeline, snapshot, write_seeds

from pipelines import landing, publish
from pipelines import run as headless
from pipelines.build import build_database, utc_now
from pipelines.settings import Settings

MARTS = ("marts.fact_events", "marts.fact_event_mentions", "marts.dim_documents", "marts.dim_articles")


def differences(one: dict[str, Rows], other: dict[str, Rows]) -> list[str]:
    return [table for table in sorted(one.keys() | other.keys()) if one.get(table) != other.get(table)]


def test_first_run_fills_the_marts(story: Story) -> None:
    found = story.snapshots["first"]
    assert len(found["marts.dim_documents"]) == 4
    assert len(found["marts.dim_articles"]) == 6
    # Six articles tell at least one event each; fewer than that many events means that a stage lost
    # something.
    assert len(found["marts.fact_events"]) >= 6
    assert story.summaries["first"].counts["new_event_count"] == len(found["marts.fact_events"])


def test_second_run_changes_no_row(story: Story) -> None:
    assert differences(story.snapshots["first"], story.snapshots["again"]) == []
    assert query(
        story.warehouse,
        f"select count(*) from quality.changes where run_id = '{story.summaries['again'].run_id}'",
    ) == [(0,)]


def test_second_run_reads_nothing_again(story: Story) -> None:
    counts = story.summaries["again"].counts
    assert counts["unchanged_file_count"] == 4
    assert counts["new_file_count"] == counts["changed_file_count"] == counts["removed_file_count"] == 0
    assert counts["parsed_document_count"] == 0
    assert counts["extracted_article_count"] == 0


def test_every_run_is_recorded_even_when_nothing_changed(story: Story) -> None:
    runs = query(story.warehouse, "select run_id from quality.runs")
    assert {summary.run_id for summary in story.summaries.values()} <= {run_id for (run_id,) in runs}


# Numbers are what the UI draws over time; a word would only be shown.
def test_published_asset_carries_counts_durations_quarantine_rate_and_scores_as_numbers(
    story: Story, tmp_path: Path
) -> None:
    settings = Settings.load(story.seeds, tmp_path / "warehouse")
    settings.build_dir.mkdir(parents=True)
    shutil.copyfile(Settings.load(story.seeds, story.warehouse).build_path, settings.build_path)
    with build_database(settings, pytest.fail) as connection:
        scored = "(now()::timestamp, 'articles', 'blind', 'f1', 0.5, 'x')"
        connection.execute(f"insert into quality.scorecard values {scored}")
        connection.execute("insert into quality.quarantine (path, severity) values ('bad.txt', 'error')")
        # A file that was read, but for some lines, is one file and not two.
        connection.execute(
            "insert into quality.quarantine (path, severity) select min(seed_path), 'error' from marts.dim_documents"
        )
        record = publish.record_run(connection, settings, "watched", utc_now() - timedelta(seconds=7))
    assert record.counts["event_count"] == len(story.snapshots["restored"]["marts.fact_events"])
    assert 7 <= record.measures["run_seconds"] < 120
    assert record.measures["quarantine_rate"] == 0.4
    assert record.measures["articles_blind_f1"] == 0.5


def test_removing_a_file_removes_its_rows_and_no_others(story: Story) -> None:
    before, after = story.snapshots["first"], story.snapshots["removed"]
    (document_id,) = ids(before["marts.dim_documents"]) - ids(after["marts.dim_documents"])
    gone = {row[0] for row in before["landing.articles"] if row[1] == document_id}
    assert len(gone) == 2
    # Mentions name their article in the second column; everything else is named by one or the other in the first.
    gone |= {row[0] for row in before["landing.mentions"] if row[1] in gone}
    for table in ("articles", "mentions", "mention_actors", "mention_evidence", "actor_sightings"):
        kept = [row for row in before[f"landing.{table}"] if row[0] not in gone]
        assert after[f"landing.{table}"] == kept, table
        assert len(kept) < len(before[f"landing.{table}"]), table


def test_renaming_a_file_reads_nothing_again(story: Story) -> None:
    counts = story.summaries["removed"].counts
    assert counts["renamed_file_count"] == 1
    assert counts["removed_file_count"] == 1
    assert counts["parsed_document_count"] == counts["extracted_article_count"] == 0
    assert "renamed.jsonl" in {row[1] for row in story.snapshots["removed"]["marts.dim_documents"]}


def test_restoring_a_file_restores_every_row_and_id(story: Story) -> None:
    assert differences(story.snapshots["first"], story.snapshots["restored"]) == []


# The log remembers a document that went, so that what comes back is not called new.
def test_restored_document_keeps_the_time_it_was_first_seen(story: Story) -> None:
    seen = query(story.warehouse, "select count(*), count(distinct document_id) from quality.document_log")
    assert seen == [(4, 4)]


def test_changes_tell_what_a_removal_retracted(story: Story) -> None:
    retracted = query(
        story.warehouse,
        "select count(*) from quality.changes where change_type = 'retracted' and run_id ="
        f" '{story.summaries['removed'].run_id}'",
    )
    lost = {row[0] for row in story.snapshots["first"]["marts.fact_events"]} - {
        row[0] for row in story.snapshots["removed"]["marts.fact_events"]
    }
    assert retracted == [(len(lost),)]
    assert lost


def test_reader_meets_no_error_and_no_mixed_version_while_runs_publish(story: Story) -> None:
    report = story.reader_reports["opener"]
    # What a failing reader prints is its stack trace, which belongs in the message of this assertion.
    assert report and report[0].isdigit(), " ".join(report)
    opens, mixed, *versions = (int(word) for word in report)
    assert opens > 20
    assert mixed == 0
    # The version before and the three that were published while it looked. The last may come after its last look.
    assert versions in ([1, 2, 3], [1, 2, 3, 4])


def test_reader_that_keeps_the_file_open_keeps_its_version(story: Story) -> None:
    report = story.reader_reports["keeper"]
    assert report and report[0].isdigit(), " ".join(report)
    looks, moved, runs = (int(word) for word in report)
    assert looks > 20
    assert (moved, runs) == (0, 1)


# Some files land first, in another order and by themselves; the rest arrives later.
def test_order_of_arrival_changes_nothing(story: Story, tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "seeds", tmp_path / "warehouse")
    for name in sorted(SEEDS, reverse=True)[:3]:
        write_seeds(settings.seeds_dir, {name: SEEDS[name]})
        with build_database(settings, pytest.fail) as connection:
            landing.sync_documents(connection, settings.seeds_dir)
            landing.sync_articles(connection)
            landing.sync_mentions(connection)
    write_seeds(settings.seeds_dir)
    run_pipeline(settings.seeds_dir, settings.warehouse_dir)
    assert differences(story.snapshots["first"], snapshot(settings.warehouse_dir)) == []


def ids(rows: Rows) -> set[object]:
    return {row[0] for row in rows}


def file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_failing_dbt_test_publishes_nothing_and_is_named(branch: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.extract import extractor as extract
    from pipelines.extract import identity

    class Inventor:
        """Quotes what no document says: pandera cannot know, a dbt test can."""

        name = "inventor"
        version = "inventor-1"

        def extract(self, article: object) -> object:
            extraction = extract.default_extractor_really().extract(article)  # type: ignore[attr-defined]
            for row in extraction.rows["mentions"]:
                row["quote"] = "words that nobody wrote"
            return extraction

    monkeypatch.setattr(extract, "default_extractor_really", extract.default_extractor, raising=False)
    monkeypatch.setattr(extract, "default_extractor", Inventor)
    monkeypatch.setattr(identity, "extractor_identity", lambda: (Inventor.name, Inventor.version))
    before = file_hash(branch.warehouse / "gazette.duckdb")
    with pytest.raises(headless.RunFailedError, match="assert_quotes_lie_in_their_document"):
        run_pipeline(branch.seeds, branch.warehouse)
    assert file_hash(branch.warehouse / "gazette.duckdb") == before


def test_broken_contract_publishes_nothing_and_shows_the_rows(branch: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.extract import extractor as extract
    from pipelines.extract import identity

    class Boaster:
        """More confident than certainty allows."""

        name = "boaster"
        version = "boaster-1"

        def extract(self, article: object) -> object:
            extraction = extract.default_extractor_really().extract(article)  # type: ignore[attr-defined]
            for row in extraction.rows["mentions"]:
                row["confidence"] = 1.5
            return extraction

    monkeypatch.setattr(extract, "default_extractor_really", extract.default_extractor, raising=False)
    monkeypatch.setattr(extract, "default_extractor", Boaster)
    monkeypatch.setattr(identity, "extractor_identity", lambda: (Boaster.name, Boaster.version))
    before = file_hash(branch.warehouse / "gazette.duckdb")
    with pytest.raises(headless.RunFailedError, match=r"check schema on landing/mentions failed.*confidence"):
        run_pipeline(branch.seeds, branch.warehouse)
    assert file_hash(branch.warehouse / "gazette.duckdb") == before


# Stopped from the keyboard: no failure of ours, no trace, and the exit code that shells know.
def test_interrupted_run_says_so_and_publishes_nothing(branch: Story) -> None:
    published = branch.warehouse / "gazette.duckdb"
    before = file_hash(published)
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    command += ["--seeds", str(branch.seeds), "--warehouse", str(branch.warehouse)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        lines = []
        for line in process.stderr:
            lines.append(line)
            if line.startswith("Building and testing"):
                process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
    assert lines[-1] == "gazette: stopped; what was published before is untouched\n"
    assert process.returncode == 130
    assert file_hash(published) == before


# Killed at its worst moment: after the landed tables were written, while dbt builds the marts.
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_killed_run_leaves_the_published_file_whole_and_the_next_run_works(branch: Story) -> None:
    (branch.seeds / "bahamas.txt").write_text(EXTRA_SEED, encoding="utf-8")
    published = branch.warehouse / "gazette.duckdb"
    before = file_hash(published)
    command = [sys.executable, "-m", "pipelines.cli", "run"]
    command += ["--seeds", str(branch.seeds), "--warehouse", str(branch.warehouse)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("Building and testing"):
                os.kill(process.pid, signal.SIGKILL)
                break
        process.wait(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert file_hash(published) == before
    assert snapshot(branch.warehouse) == branch.snapshots["restored"]

    # The next run, as a user would start it and with files that no run can use, picks up the pieces.
    (branch.seeds / "empty.txt").touch()
    (branch.seeds / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "empty.txt: empty_file" in result.stdout
    assert "picture.txt: binary_content" in result.stdout
    assert "Warehouse: " in result.stdout
    assert len(result.stdout.splitlines()) < 40
    assert "Building and testing marts" in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    after = snapshot(branch.warehouse)
    assert len(after["marts.dim_documents"]) == 5
    assert ids(branch.snapshots["restored"]["landing.mentions"]) <= ids(after["landing.mentions"])
