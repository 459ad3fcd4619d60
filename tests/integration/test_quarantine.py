"""`gazette quarantine`: what is listed, and that what is retried is read again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from story import SEEDS, write_seeds

from pipelines import landing, quarantine, versions
from pipelines.build import build_database
from pipelines.faults import GazetteError
from pipelines.reasons import REASONS
from pipelines.settings import Settings

ROWS = [
    ("discover", "empty.txt", "empty_file", "the file has 0 bytes\x1b[2J", "error", None),
    ("extract", "executive_order.txt", "unparsed_date", 'article 1: "some day"', "info", "d1"),
    ("segment", "gone.txt", "from_the_future", "a reason of other code", "info", "d2"),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Landed seeds and a published file that holds only a quarantine."""
    base = tmp_path_factory.mktemp("quarantine")
    settings = Settings.load(base / "seeds", base / "warehouse")
    write_seeds(settings.seeds_dir, {"executive_order.txt": SEEDS["executive_order.txt"]})
    (settings.seeds_dir / "empty.txt").touch()
    sync(settings)
    with duckdb.connect(str(settings.published_path)) as connection:
        connection.execute("create schema quality")
        connection.execute("create table quality.publication (schema_version bigint)")
        connection.execute("insert into quality.publication values (?)", [versions.SCHEMA_VERSION])
        connection.execute(
            "create table quality.quarantine (stage varchar, path varchar, reason_code varchar, detail varchar,"
            " severity varchar, document_id varchar, first_seen_at timestamp)"
        )
        connection.executemany("insert into quality.quarantine values (?, ?, ?, ?, ?, ?, timestamp '2026-01-01')", ROWS)
    yield settings


def sync(settings: Settings) -> tuple[int, int, int]:
    """Land the seeds; returns documents written, documents parsed and articles extracted."""
    with build_database(settings, pytest.fail) as connection:
        documents = landing.sync_documents(connection, settings.seeds_dir).written["documents"]
        parsed = landing.sync_articles(connection).counts["parsed_document_count"]
        return documents, parsed, landing.sync_mentions(connection).counts["extracted_article_count"]


def test_listing_shows_each_row_with_what_to_do(settings: Settings) -> None:
    found = {str(row[2]): row for row in quarantine.listed(settings, None, None, None)}
    assert set(found) == {"empty_file", "unparsed_date", "from_the_future"}
    assert found["empty_file"][5] == REASONS["empty_file"].remedy
    # A reason that this code does not know is listed all the same.
    assert found["from_the_future"][5] is None


@pytest.mark.parametrize(
    ("severity", "reason", "path", "expected"),
    [
        ("error", None, None, {"empty.txt"}),
        ("info", None, None, {"executive_order.txt", "gone.txt"}),
        (None, "unparsed_date", None, {"executive_order.txt"}),
        (None, None, "gone.txt", {"gone.txt"}),
        ("error", "unparsed_date", None, set()),
        (None, None, "' or 1=1 --", set()),
    ],
)
def test_filters_narrow_the_listing(
    settings: Settings, severity: str | None, reason: str | None, path: str | None, expected: set[str]
) -> None:
    assert {row[1] for row in quarantine.listed(settings, severity, reason, path)} == expected


def test_unknown_reason_is_one_line(settings: Settings) -> None:
    with pytest.raises(GazetteError, match="no reason typo"):
        quarantine.listed(settings, None, "typo", None)


@pytest.mark.parametrize("output_format", ["table", "csv", "json"])
def test_every_format_lists_every_row(
    settings: Settings, capsys: pytest.CaptureFixture[str], output_format: str
) -> None:
    quarantine.show(quarantine.listed(settings, None, None, None), output_format)
    text = capsys.readouterr().out
    assert all(path in text for _, path, *_ in ROWS)
    if output_format == "json":
        assert {row["document_id"] for row in json.loads(text)} == {None, "d1", "d2"}
    if output_format == "table":
        assert "\\x1b[2J" in text and "\x1b" not in text


def test_retried_file_is_read_again_once_by_the_next_run(settings: Settings) -> None:
    assert sync(settings) == (0, 0, 0)
    rows = quarantine.listed(settings, None, "unparsed_date", None)
    assert quarantine.retry(settings, rows) == 1
    assert sync(settings) == (1, 1, 1)
    assert sync(settings) == (0, 0, 0)


def test_retry_leaves_the_tables_as_they_are_until_the_next_run(settings: Settings) -> None:
    def landed() -> list[tuple[object, ...]]:
        with build_database(settings, pytest.fail) as connection:
            return connection.execute("select mention_id from landing.mentions order by all").fetchall()

    before = landed()
    quarantine.retry(settings, quarantine.listed(settings, None, None, None))
    assert landed() == before
    sync(settings)
    assert landed() == before


def test_retry_of_what_is_no_longer_in_the_seeds_reads_nothing(settings: Settings) -> None:
    assert quarantine.retry(settings, quarantine.listed(settings, None, None, "gone.txt")) == 0
    assert sync(settings) == (0, 0, 0)


def test_damaged_warehouse_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "gazette.duckdb").write_bytes(b"not a database at all")
    with pytest.raises(GazetteError, match=r"cannot open .*rebuilds it from the seeds"):
        quarantine.listed(Settings.load(None, tmp_path), None, None, None)
