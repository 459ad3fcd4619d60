"""`gazette explain` and `gazette diff`: what they show is what the warehouse holds, and it can be checked."""

from __future__ import annotations

import csv
import io
import json
import shutil
import unicodedata
from pathlib import Path

import duckdb
import pytest
from story import Story, query

from pipelines import diff, explain, versions
from pipelines.faults import GazetteError
from pipelines.settings import Settings


@pytest.fixture(scope="module")
def settings(story: Story) -> Settings:
    return Settings.load(story.seeds, story.warehouse)


@pytest.fixture(scope="module")
def busiest(story: Story) -> str:
    """The event with most mentions."""
    found = query(
        story.warehouse, "select event_id from marts.fact_events order by mention_count desc, event_id limit 1"
    )
    return str(found[0][0])


def test_every_event_can_be_explained(settings: Settings) -> None:
    with versions.reading(settings) as connection:
        for (event_id,) in connection.execute("select event_id from marts.fact_events").fetchall():
            known = explain.explanation(connection, event_id)
            assert len(known["mentions"]) == known["event"]["mention_count"]
            assert all(mention["evidence"] for mention in known["mentions"])


def test_explanation_leads_to_the_words_in_the_file(story: Story, settings: Settings, busiest: str) -> None:
    with versions.reading(settings) as connection:
        known = explain.explanation(connection, busiest)
        texts = dict(connection.execute("select seed_path, text from landing.documents").fetchall())
    for mention in known["mentions"]:
        found = texts[mention["seed_path"]][mention["char_start"] : mention["char_end"]]
        assert " ".join(found.split()) == mention["quote"]


def test_explanation_names_each_shown_value_and_the_rule_that_chose_it(settings: Settings, busiest: str) -> None:
    with versions.reading(settings) as connection:
        known = explain.explanation(connection, busiest)
    chosen = {value["field_name"]: value for value in known["values"] if value["is_chosen"]}
    for name in ("event_type", "event_subtype", "status"):
        if known["event"][name] is not None:
            assert chosen[name]["field_value"] == known["event"][name]
            assert chosen[name]["rule"]


def test_explanation_shows_what_was_almost_merged_with_score_and_vetoes(settings: Settings) -> None:
    with versions.reading(settings) as connection:
        pair = connection.execute(
            "select event_id_a, event_id_b, vetoes from quality.merge_decisions where verdict = 'vetoed' limit 1"
        ).fetchone()
        assert pair is not None
        for event_id, other in (pair[:2], pair[1::-1]):
            nearly = {row["other_event_id"]: row for row in explain.explanation(connection, event_id)["nearly_merged"]}
            assert nearly[other]["vetoes"]
            assert nearly[other]["score"] is not None


def test_explanation_as_text_and_as_json_tell_the_same(
    settings: Settings, busiest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    explain.show(settings, busiest, "json")
    (known,) = json.loads(capsys.readouterr().out)
    explain.show(settings, busiest, "text")
    text = capsys.readouterr().out
    for mention in known["mentions"]:
        assert mention["quote"] in text
        assert f"{mention['seed_path']}, article {mention['article_number']}" in text
        assert f"characters {mention['char_start']}-{mention['char_end']}" in text
    for value in known["values"]:
        assert not value["is_chosen"] or value["field_value"] in text


def test_unknown_event_is_one_line(settings: Settings) -> None:
    with pytest.raises(GazetteError, match="no event ev-none"):
        explain.show(settings, "ev-none", "text")


# In version 2 a file was gone; who asks there for one of its events is told by which run.
def test_retracted_event_is_explained_by_the_run_that_retracted_it(story: Story, settings: Settings) -> None:
    gone = {row[0] for row in story.snapshots["first"]["marts.fact_events"]} - {
        row[0] for row in story.snapshots["removed"]["marts.fact_events"]
    }
    run_id = story.summaries["removed"].run_id
    with pytest.raises(GazetteError, match=f"retracted by run {run_id[:8]}"):
        explain.show(settings, str(min(gone, key=str)), "text", "2")


def test_controls_in_a_quote_are_shown_escaped(
    story: Story, busiest: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "gazette.duckdb"
    shutil.copyfile(story.warehouse / "gazette.duckdb", target)
    with duckdb.connect(str(target)) as connection:
        connection.execute("update marts.fact_event_mentions set quote = 'red \x1b[31m text' || chr(8238)")
    explain.show(Settings.load(story.seeds, tmp_path), busiest, "text")
    text = capsys.readouterr().out
    assert "red \\x1b[31m text\\u202e" in text
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]


@pytest.mark.parametrize("event_id", ["' or 1=1 --", "ev-1'; drop table x; --", "$event_id", "\x1b[2J"])
def test_odd_event_ids_are_values_not_sql(settings: Settings, event_id: str) -> None:
    with pytest.raises(GazetteError, match="no event") as caught:
        explain.show(settings, event_id, "text")
    assert "\x1b" not in str(caught.value)


def test_diff_of_a_removal_lists_what_it_retracted(
    story: Story, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = {row[0] for row in story.snapshots["first"]["marts.fact_events"]} - {
        row[0] for row in story.snapshots["removed"]["marts.fact_events"]
    }
    for name in ("2", story.summaries["removed"].run_id, story.summaries["removed"].run_id[:8]):
        diff.show(settings, name, "json")
        rows = json.loads(capsys.readouterr().out)
        assert {row["event_id"] for row in rows if row["change_type"] == "retracted"} == lost
        diff.show(settings, name, "csv")
        assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == len(rows)
        diff.show(settings, name, "text")
        text = capsys.readouterr().out
        assert f"{len(lost)} retracted" in text.splitlines()[0]
        assert all(row["event_id"] in text for row in rows)


def test_diff_without_a_name_is_that_of_the_published_version(
    story: Story, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    diff.show(settings, None, "text")
    assert f"Version 3, run {story.summaries['restored'].run_id[:8]}" in capsys.readouterr().out


def test_diff_of_a_run_that_changed_nothing_says_so(
    story: Story, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    diff.show(settings, story.summaries["again"].run_id, "text")
    assert capsys.readouterr().out.rstrip().endswith("nothing changed")


@pytest.mark.parametrize("name", ["9", "none", "", "x' or 'a'='a"])
def test_diff_of_an_unknown_run_is_one_line(settings: Settings, name: str) -> None:
    with pytest.raises(GazetteError, match="no run or version"):
        diff.show(settings, name, "text")


# A version that a rollback took from readers is told by its own file.
def test_diff_of_a_version_set_aside_can_still_be_seen(
    story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(story.warehouse, tmp_path / "warehouse")
    settings = Settings.load(story.seeds, tmp_path / "warehouse")
    versions.rollback(settings, "1")
    diff.show(settings, "2", "text")
    assert "Version 2, run" in capsys.readouterr().out


# A statement that reads or writes other files, or asks the network for an extension, has no business here.
@pytest.mark.parametrize(
    "sql",
    [
        "copy marts.dim_documents to 'out.csv'",
        "select * from read_text('/etc/hostname')",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "install httpfs",
        "select * from 'https://example.org/x.parquet'",
    ],
)
def test_query_reaches_nothing_but_the_warehouse(settings: Settings, sql: str) -> None:
    from pipelines.query import QueryError, run_query

    with pytest.raises(QueryError):
        run_query(settings, sql)
