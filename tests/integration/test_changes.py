"""What a run changed, from the tables before and after: new, revised, merged and retracted told apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.build import QUALITY_TABLES
from pipelines.publish import _record_changes

# event -> its mentions; a mention is its id and the quote it rests on.
World = dict[str, dict[str, str]]
Change = tuple[str, str, str, str | None, str | None]


def fill(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    connection.execute("create schema marts")
    connection.execute("create table marts.fact_events (event_id varchar, summary varchar, mention_count integer)")
    connection.execute(
        "create table marts.fact_event_mentions"
        " (mention_id varchar, event_id varchar, event_type varchar, quote varchar)"
    )
    for event_id, mentions in world.items():
        summary = "; ".join(mentions.values())
        connection.execute("insert into marts.fact_events values (?, ?, ?)", [event_id, summary, len(mentions)])
        for mention_id, quote in mentions.items():
            connection.execute(
                "insert into marts.fact_event_mentions values (?, ?, 'enforcement', ?)", [mention_id, event_id, quote]
            )


class Comparison:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def between(self, before: World, after: World) -> set[Change]:
        path = self.folder / "before.duckdb"
        with duckdb.connect(str(path)) as connection:
            fill(connection, before)
        with duckdb.connect() as connection:
            connection.execute("create schema quality")
            connection.execute(f"create table quality.changes ({QUALITY_TABLES['changes']})")
            fill(connection, after)
            connection.execute(f"attach '{path}' as previous (read_only)")
            _record_changes(connection, "run", has_previous=True)
            rows = connection.execute("select * exclude (run_id) from quality.changes order by all").fetchall()
        path.unlink()
        # Long names would hide the point: event, kind, field, old, new.
        return {(row[0], row[1], row[2], row[3], row[4]) for row in rows}


@pytest.fixture
def changes(tmp_path: Path) -> Iterator[Comparison]:
    yield Comparison(tmp_path)


def test_event_without_predecessor_is_new(changes: Comparison) -> None:
    assert changes.between({}, {"e1": {"m1": "a"}}) == {("e1", "new", "summary", None, "a")}


def test_event_whose_mentions_are_gone_is_retracted(changes: Comparison) -> None:
    assert changes.between({"e1": {"m1": "a"}}, {}) == {("e1", "retracted", "summary", "a", None)}


def test_same_event_is_no_change(changes: Comparison) -> None:
    assert changes.between({"e1": {"m1": "a"}}, {"e1": {"m1": "a"}}) == set()


def test_changed_field_is_revised_with_both_values(changes: Comparison) -> None:
    assert changes.between({"e1": {"m1": "a"}}, {"e1": {"m1": "a", "m2": "b"}}) == {
        ("e1", "revised", "summary", "a", "a; b"),
        ("e1", "revised", "mention_count", "1", "2"),
    }


# Its mentions are still told, by an event that was there: it is not retracted.
def test_event_taken_up_by_another_is_merged_into_it(changes: Comparison) -> None:
    assert changes.between({"e1": {"m1": "a"}, "e2": {"m2": "b"}}, {"e1": {"m1": "a", "m2": "b"}}) == {
        ("e2", "merged", "event_id", "e2", "e1"),
        ("e2", "merged", "summary", "b", "a; b"),
        ("e1", "revised", "summary", "a", "a; b"),
        ("e1", "revised", "mention_count", "1", "2"),
    }


# An earlier report became the founding mention, which names the event.
def test_event_under_a_new_id_is_revised_not_new(changes: Comparison) -> None:
    assert changes.between({"e1": {"m1": "a"}}, {"e0": {"m0": "z", "m1": "a"}}) == {
        ("e0", "revised", "event_id", "e1", "e0"),
        ("e0", "revised", "summary", "a", "z; a"),
        ("e0", "revised", "mention_count", "1", "2"),
    }


def test_two_events_that_go_on_as_one_new_id_are_one_revised_and_one_merged(changes: Comparison) -> None:
    found = changes.between(
        {"e1": {"m1": "a", "m3": "c"}, "e2": {"m2": "b"}}, {"e0": {"m0": "z", "m1": "a", "m2": "b", "m3": "c"}}
    )
    assert ("e0", "revised", "event_id", "e1", "e0") in found
    assert ("e2", "merged", "event_id", "e2", "e0") in found
    assert {change[1] for change in found} == {"revised", "merged"}


# A corrected typo elsewhere gives the document, and with it every mention, a new id.
def test_event_of_an_edited_file_is_known_by_its_quote(changes: Comparison) -> None:
    assert changes.between({"e1": {"m1": "a"}}, {"e9": {"m9": "a"}}) == {("e9", "revised", "event_id", "e1", "e9")}


def test_other_words_in_another_file_are_another_event(changes: Comparison) -> None:
    kinds = {change[:2] for change in changes.between({"e1": {"m1": "a"}}, {"e9": {"m9": "b"}})}
    assert kinds == {("e1", "retracted"), ("e9", "new")}


# The quote of a mention that is still there belongs to that mention.
def test_same_quote_in_a_second_file_does_not_inherit_what_the_first_still_tells(changes: Comparison) -> None:
    kinds = {change[:2] for change in changes.between({"e1": {"m1": "a"}}, {"e1": {"m1": "a"}, "e2": {"m2": "a"}})}
    assert kinds == {("e2", "new")}


# Where the mention went is known by its id; a second place with the same words is no reason to look further.
def test_mention_that_is_still_there_is_followed_by_its_id_not_by_its_words(changes: Comparison) -> None:
    found = changes.between({"e2": {"m2": "b"}}, {"e8": {"m8": "b"}, "e9": {"m2": "b"}})
    assert found == {("e9", "revised", "event_id", "e2", "e9"), ("e8", "new", "summary", None, "b")}


def test_event_that_was_part_of_another_is_new_and_says_of_which(changes: Comparison) -> None:
    assert changes.between({"e1": {"m1": "a", "m2": "b"}}, {"e1": {"m1": "a"}, "e2": {"m2": "b"}}) == {
        ("e1", "revised", "summary", "a; b", "a"),
        ("e1", "revised", "mention_count", "2", "1"),
        ("e2", "new", "summary", None, "b"),
        ("e2", "new", "event_id", "e1", "e2"),
    }
