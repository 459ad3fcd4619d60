"""The landing stages on a real database and real files, with a stand-in for the extractor."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
from container_files import BAD_FILES, GOOD_FILES, TITLE

from pipelines import landing, schemas
from pipelines.build import build_database
from pipelines.extract import extractor as extract
from pipelines.extract import identity
from pipelines.ingest import articles as splitting
from pipelines.ingest import decode
from pipelines.ingest.article import Article
from pipelines.problems import Problem
from pipelines.settings import Settings

GOOD = (
    "Regulator grants first licence\n\n3 May 2024\n\n"
    "The Dubai Virtual Assets Regulatory Authority granted a licence to Binance on 2 May 2024. The"
    " authority said that"
    " the exchange had met all conditions. The licence lets the company serve retail customers in the"
    " emirate, and"
    " other companies are waiting for theirs. The regulator was founded in 2022 and has its own rule book.\n"
)


@dataclass
class Extraction:
    """What an extractor returns."""

    rows: dict[str, list[dict[str, Any]]]
    problems: list[Problem] = field(default_factory=list)


class OneMention:
    """Finds exactly one mention in every article, at its first word."""

    name = "one_mention"
    version = "one-1"

    def __init__(self) -> None:
        self.read: list[str] = []

    def extract(self, article: Article) -> Extraction:
        self.read.append(article.article_id)
        if not article.blocks:
            return Extraction({})
        text = article.blocks[0].text
        word = text.text.split()[0]
        start, end = text.raw_span(0, len(word))
        mention = {
            "mention_id": f"{article.article_id}-{start}",
            "article_id": article.article_id,
            "event_type": "licensing",
            "status": "occurred",
            "is_background": False,
            "date_precision": "unresolved",
            "quote": word,
            "char_start": start,
            "char_end": end,
            "sentence_number": 0,
            "is_lede": True,
            "trigger_text": word,
            "extractor": self.name,
            "extractor_version": self.version,
            "confidence": 0.5,
        }
        return Extraction({"mentions": [mention]})


class Bench:
    """A seeds folder, a build database and the stages, run in order by `land`."""

    def __init__(self, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.settings = Settings.load(base / "seeds", base / "warehouse")
        self.seeds = self.settings.seeds_dir
        self.seeds.mkdir()
        self.extractor: Any = OneMention()
        self.parsed: list[str] = []
        monkeypatch.setattr(extract, "default_extractor", lambda: self.extractor)
        monkeypatch.setattr(identity, "extractor_identity", lambda: (self.extractor.name, self.extractor.version))
        monkeypatch.setattr(landing, "SETTLE_SECONDS", 0)
        really_split = splitting.split_articles

        def counting(document: Any) -> Any:
            self.parsed.append(document.seed_path)
            return really_split(document)

        monkeypatch.setattr(splitting, "split_articles", counting)

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.seeds / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def land(self) -> dict[str, int]:
        """Run all stages; returns their counts."""
        counts: dict[str, int] = {}
        self.parsed.clear()
        if isinstance(self.extractor, OneMention):
            self.extractor.read.clear()
        with self.database() as connection:
            counts |= landing.sync_documents(connection, self.seeds).counts
            counts |= landing.sync_articles(connection).counts
            counts |= landing.sync_mentions(connection).counts
            counts |= landing.sync_quarantine(connection).counts
        return counts

    def database(self) -> Any:
        return build_database(self.settings, pytest.fail)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.database() as connection:
            return connection.execute(query).fetchall()

    def quarantine(self) -> list[tuple[str, str, str]]:
        return self.rows("select path, reason_code, severity from quality.quarantine order by all")

    def landed(self) -> dict[str, list[tuple[Any, ...]]]:
        with self.database() as connection:
            return {
                table: connection.execute(f"select * from landing.{table} order by all").fetchall()
                for table in schemas.LANDED
            }


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    yield Bench(tmp_path, monkeypatch)


JSONL = json.dumps({"title": "One", "date": "2024-05-02", "text": GOOD}) + '\n{"title": "Two", "text": \n'

BAD_INPUTS: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "empty_file"),
    "blank.txt": (b" \n\t\n", "empty_file"),
    "binary.txt": (bytes(range(256)) * 40, "binary_content"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "binary_content"),
    "table.csv": (b"a,b\n1,2\n", "unsupported_format"),
}


@pytest.mark.parametrize("name", BAD_INPUTS)
def test_bad_file_is_quarantined_once_and_the_rest_is_untouched(bench: Bench, name: str) -> None:
    bench.write("good.txt", GOOD)
    bench.land()
    before = bench.landed()
    content, reason_code = BAD_INPUTS[name]
    bench.write(name, content)
    bench.land()
    assert bench.quarantine() == [(name, reason_code, "error")]
    assert bench.landed() == before


# One by one they are tried in tests/unit/ingest/test_containers.py.
def test_bad_containers_are_quarantined_and_the_rest_is_untouched(bench: Bench) -> None:
    bench.write("good.txt", GOOD)
    bench.land()
    before = bench.landed()
    for name, (content, _) in BAD_FILES.items():
        bench.write(name, content)
    bench.land()
    errors = [(name, reason_code) for name, reason_code, severity in bench.quarantine() if severity == "error"]
    assert errors == sorted((name, reason_code) for name, (_, reason_code) in BAD_FILES.items())
    assert bench.landed() == before


def test_containers_land_as_one_document_each_with_their_articles(bench: Bench) -> None:
    for name, content in GOOD_FILES.items():
        bench.write(name, content)
    bench.land()
    assert bench.quarantine() == []
    assert len(bench.rows("select * from landing.documents where encoding = 'extracted'")) == len(GOOD_FILES)
    assert {title for (title,) in bench.rows("select title from landing.articles")} == {TITLE}
    assert bench.rows(
        "select count(*) from landing.mentions join landing.articles using (article_id)"
        " join landing.documents using (document_id)"
        " where substr(text, mentions.char_start + 1, mentions.char_end - mentions.char_start) = quote"
    ) == [(len(GOOD_FILES),)]
    before = bench.landed()
    bench.land()
    assert (bench.parsed, bench.landed()) == ([], before)


# A sparse file: 50 MB to whoever asks for its size, nothing on the disk.
def test_huge_file_is_quarantined_without_being_read(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    with (bench.seeds / "huge.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    monkeypatch.setattr(decode, "read_document", lambda *_: pytest.fail("read"))
    bench.land()
    assert bench.quarantine() == [("huge.txt", "file_too_large", "error")]


def test_dangling_link_is_quarantined(bench: Bench) -> None:
    (bench.seeds / "gone.txt").symlink_to(bench.seeds / "nowhere.txt")
    bench.land()
    assert bench.quarantine() == [("gone.txt", "dangling_link", "error")]


# The superuser can read everything, so the refusal of the system is played.
def test_unreadable_file_is_quarantined_and_read_when_it_can_be(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("secret.txt", GOOD)
    bench.write("open.txt", GOOD + "And more.\n")
    really_open = Path.open

    def refusing(path: Path, *args: Any, **options: Any) -> Any:
        if path.name == "secret.txt":
            raise PermissionError(13, "Permission denied")
        return really_open(path, *args, **options)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", refusing)
        bench.land()
    assert bench.quarantine() == [("secret.txt", "unreadable_file", "error")]
    assert bench.rows("select seed_path from landing.documents") == [("open.txt",)]
    bench.land()
    assert bench.quarantine() == []
    assert len(bench.rows("select * from landing.documents")) == 2


def test_same_content_under_two_names_is_one_document_with_a_note(bench: Bench) -> None:
    bench.write("b.txt", GOOD)
    bench.write("a.txt", GOOD)
    bench.land()
    assert bench.rows("select seed_path from landing.documents") == [("a.txt",)]
    assert bench.quarantine() == [("b.txt", "duplicate_content", "info")]
    (bench.seeds / "a.txt").unlink()
    counts = bench.land()
    # The copy takes over; nothing of the article has to be done again.
    assert bench.rows("select seed_path from landing.documents") == [("b.txt",)]
    assert bench.quarantine() == []
    assert counts["parsed_document_count"] == counts["extracted_article_count"] == 0


def test_broken_json_line_is_quarantined_and_the_other_lines_are_used(bench: Bench) -> None:
    bench.write("lines.jsonl", JSONL)
    bench.land()
    assert len(bench.rows("select * from landing.articles")) == 1
    ((path, reason_code, severity),) = bench.quarantine()
    assert (reason_code, severity) == ("broken_json_line", "error")
    assert path.startswith("lines.jsonl")
    bench.land()
    # Nothing was parsed this time; the problem still stands.
    assert bench.parsed == []
    assert len(bench.quarantine()) == 1


def test_mixed_encoding_is_read_with_a_note(bench: Bench) -> None:
    bench.write("mixed.txt", (GOOD + "A café said so.\n").encode() + b"It\x92s true.\n")
    bench.land()
    assert bench.quarantine() == [("mixed.txt", "mixed_encoding_repaired", "info")]
    assert len(bench.rows("select * from landing.articles")) == 1


def test_problem_goes_when_its_cause_goes_and_keeps_its_time_when_it_returns(bench: Bench) -> None:
    path = bench.write("empty.txt", b"")
    bench.land()
    with bench.database() as connection:
        connection.execute("update state.problem_ledger set first_seen_at = timestamp '2001-02-03 04:05:06'")
    path.unlink()
    bench.land()
    assert bench.quarantine() == []
    bench.write("empty.txt", b"")
    bench.land()
    assert bench.rows("select first_seen_at::varchar from quality.quarantine") == [("2001-02-03 04:05:06",)]


def test_problem_inside_a_document_follows_a_rename(bench: Bench) -> None:
    bench.write("old.jsonl", JSONL)
    bench.land()
    (bench.seeds / "old.jsonl").rename(bench.seeds / "new.jsonl")
    bench.land()
    assert bench.parsed == []
    assert [path.split(":")[0] for path, _, _ in bench.quarantine()] == ["new.jsonl"]


# What a file holds depends on what its name says it is.
def test_renaming_to_another_media_type_reads_the_document_again(bench: Bench) -> None:
    bench.write("page.txt", GOOD)
    bench.land()
    (bench.seeds / "page.txt").rename(bench.seeds / "page.md")
    bench.land()
    assert bench.parsed.count("page.md") >= 1
    assert bench.rows("select media_type from landing.documents") == [("text/markdown",)]


def test_second_landing_parses_and_extracts_nothing(bench: Bench) -> None:
    bench.write("good.txt", GOOD)
    first = bench.land()
    assert (first["parsed_document_count"], first["extracted_article_count"]) == (1, 1)
    before = bench.landed()
    second = bench.land()
    assert (second["parsed_document_count"], second["extracted_article_count"]) == (0, 0)
    assert bench.parsed == []
    assert bench.landed() == before


def test_changed_content_replaces_the_document(bench: Bench) -> None:
    bench.write("good.txt", GOOD)
    bench.land()
    (old,) = bench.rows("select document_id from landing.documents")
    bench.write("good.txt", GOOD.replace("first licence", "second licence"))
    counts = bench.land()
    (new,) = bench.rows("select document_id from landing.documents")
    assert old != new
    assert counts["changed_file_count"] == 1
    assert bench.rows("select distinct document_id from landing.articles") == [new]
    assert len(bench.rows("select * from landing.mentions")) == 1


def test_new_extractor_version_extracts_again_without_parsing_anew(bench: Bench) -> None:
    bench.write("good.txt", GOOD)
    bench.land()
    bench.extractor = OneMention()
    bench.extractor.version = "one-2"
    counts = bench.land()
    assert counts["parsed_document_count"] == 0
    assert counts["extracted_article_count"] == 1
    assert bench.rows("select extractor_version from landing.mentions") == [("one-2",)]


def test_new_reading_code_reads_everything_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.write("good.txt", GOOD)
    bench.land()
    monkeypatch.setattr(landing, "ingest_version", lambda: "ingest-next")
    counts = bench.land()
    assert (counts["parsed_document_count"], counts["extracted_article_count"]) == (1, 1)
    assert bench.rows("select ingest_version from landing.articles") == [("ingest-next",)]
    assert bench.land()["parsed_document_count"] == 0


def test_article_that_breaks_the_extractor_costs_only_itself(bench: Bench) -> None:
    class Fragile(OneMention):
        def extract(self, article: Article) -> Extraction:
            if "second" in article.blocks[-1].text.text:
                raise RecursionError("too deep")
            return super().extract(article)

    bench.write("a.txt", GOOD)
    bench.write("b.txt", GOOD + "The second licence will be granted soon.\n")
    bench.extractor = Fragile()
    assert bench.land()["failed_article_count"] == 1
    assert bench.quarantine() == [("b.txt", "extractor_failed", "error")]
    assert len(bench.rows("select * from landing.mentions")) == 1
    # Tried again only by another version.
    assert bench.land()["extracted_article_count"] == 0
    assert bench.quarantine() == [("b.txt", "extractor_failed", "error")]


def test_document_that_breaks_the_reader_costs_only_itself(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    really_split = splitting.split_articles

    def fragile(document: Any) -> Any:
        if document.seed_path == "b.txt":
            raise ValueError("never seen such a page")
        return really_split(document)

    bench.write("a.txt", GOOD)
    bench.write("b.txt", GOOD + "One more line.\n")
    monkeypatch.setattr(splitting, "split_articles", fragile)
    bench.land()
    assert bench.quarantine() == [("b.txt", "reader_failed", "error")]
    assert len(bench.rows("select * from landing.articles")) == 1


def test_row_that_breaks_its_model_rolls_the_whole_stage_back(bench: Bench) -> None:
    class Boaster(OneMention):
        version = "boaster-1"

        def extract(self, article: Article) -> Extraction:
            found = super().extract(article)
            found.rows["mentions"][0]["confidence"] = 1.5
            return found

    bench.write("good.txt", GOOD)
    bench.land()
    before = bench.landed()
    bench.extractor = Boaster()
    with pytest.raises(landing.ContractBrokenError) as caught:
        bench.land()
    assert caught.value.table == "mentions"
    assert caught.value.cases[0]["column"] == "confidence"
    assert bench.landed() == before


def test_row_that_does_not_fit_the_columns_is_a_broken_contract(bench: Bench) -> None:
    class Talker(OneMention):
        def extract(self, article: Article) -> Extraction:
            return Extraction({"mention_topics": [{"mention_id": "m", "topic": "cbdc", "mood": "good"}]})

    bench.write("good.txt", GOOD)
    bench.extractor = Talker()
    with pytest.raises(landing.ContractBrokenError, match="mood"):
        bench.land()


def test_missing_seeds_folder_is_one_clear_line(bench: Bench) -> None:
    bench.seeds.rmdir()
    with pytest.raises(landing.GazetteError, match="no seeds folder at"):
        bench.land()


def test_table_of_an_older_layout_is_filled_again(bench: Bench) -> None:
    bench.write("good.txt", GOOD)
    bench.land()
    before = bench.landed()
    with duckdb.connect(str(bench.settings.build_path)) as connection:
        connection.execute("alter table landing.articles drop column word_count")
    bench.land()
    assert bench.landed() == before
