"""Texts that are no news and would rather break a reader: a reason for each, nothing false, the rest as it was."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from story import EXTRA_SEED, SEEDS

from pipelines import landing, schemas
from pipelines.build import build_database
from pipelines.settings import Settings

# Processor seconds from file to landed rows; what they take is a tenth of it.
LIMIT = 10.0
SPANISH = "El Ministerio de Hacienda anunció el lunes que multará a las casas de cambio de activos digitales. " * 4
ARABIC = "أعلن البنك المركزي يوم الاثنين أنه سيمنح تراخيص لأمناء الأصول الرقمية ابتداء من العام المقبل. "
HEBREW = "משרד האוצר הודיע ביום שני כי ייתן רישיונות לנאמני נכסים דיגיטליים החל מהשנה הבאה. "
CHINESE = "财政部周一表示，将从明年起向数字资产托管机构发放牌照，此前有四十家公司参与了咨询。"
PRICES = [f"Coin{number}|${number * 3:,}.25|+{number % 9}.3%|fined|launched" for number in range(1000)]
ACT = "the ministry fined the exchange and "

# By file: what is in it, and the reason given for it. A reason of severity info has an article that could be read.
HOSTILE: dict[str, tuple[str, str]] = {
    "megabyte_without_a_full_stop.txt": (ACT * 30_000, "text_too_long"),
    "megabyte_without_a_full_stop.html": (f"<p>{ACT * 30_000}", "text_too_long"),
    "megabyte_without_a_full_stop.jsonl": (json.dumps({"text": ACT * 30_000}), "text_too_long"),
    "megabyte_without_a_space.md": ("x" * 1_000_000, "text_too_long"),
    "nested_quotes.txt": ("“" * 10_000 + ACT + "”" * 10_000, "text_too_long"),
    "nested_quotes_with_words.md": ("“He said ‘she said " * 10_000 + ACT, "text_too_long"),
    "nested_brackets.html": ("(" * 100_000 + ACT + ")" * 100_000, "text_too_long"),
    "lines_of_one_word.txt": ("word\n\n" * 10_000, "text_too_long"),
    "page_of_emoji.txt": ("🚀🌕😀" * 4_000, "no_article"),
    "page_of_emoji.html": (f"<p>{'🚀 🌕 😀 ' * 4_000}</p>", "no_article"),
    "blank_lines.txt": ("\n" * 200_000 + "x", "no_article"),
    "arabic.txt": (ARABIC * 40, "not_english"),
    "arabic_in_one_paragraph.html": (f"<p>{ARABIC}</p>", "not_english"),
    "hebrew.md": (HEBREW, "not_english"),
    "hebrew.jsonl": (json.dumps({"text": HEBREW}), "not_english"),
    "chinese.txt": (CHINESE * 30, "not_english"),
    "spanish.html": (f"<p>{SPANISH}</p><p>{SPANISH}</p>", "not_english"),
    "prices.txt": ("\n".join(PRICES).replace("|", "\t"), "no_article"),
    "prices.md": ("| Coin | Price |\n|---|---|\n" + "".join(f"| {row} |\n" for row in PRICES), "no_article"),
    "prices.html": (f"<table>{'<tr><td>'.join(PRICES)}".replace("|", "<td>"), "text_too_long"),
}


def land(settings: Settings) -> tuple[list[tuple[Any, ...]], dict[str, set[str]]]:
    """Problems as (path, reason, line), and the rows of every landed table as text."""
    with build_database(settings, pytest.fail) as connection:
        landing.sync_documents(connection, settings.seeds_dir)
        landing.sync_articles(connection)
        landing.sync_mentions(connection)
        landing.sync_quarantine(connection)
        problems = connection.execute(
            "select path, reason_code, detail from quality.quarantine order by all"
        ).fetchall()
        rows = {
            table: set(map(str, connection.execute(f"select * from landing.{table}").fetchall()))
            for table in ("documents", "articles", *schemas.EXTRACTED)
        }
    return problems, rows


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, set[str]]]:
    """A build database of one good seed, with every model loaded on the way, and its rows."""
    base = tmp_path_factory.mktemp("quiet")
    (base / "seeds").mkdir()
    (base / "seeds" / "good.txt").write_text(EXTRA_SEED, encoding="utf-8")
    problems, rows = land(Settings.load(base / "seeds", base / "warehouse"))
    assert problems == [] and rows["mentions"]
    return base, rows


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_gives_a_reason_and_nothing_else(
    quiet: tuple[Path, dict[str, set[str]]], tmp_path: Path, name: str
) -> None:
    text, reason = HOSTILE[name]
    shutil.copytree(quiet[0], tmp_path, dirs_exist_ok=True)
    (tmp_path / "seeds" / name).write_text(text, encoding="utf-8")
    started = time.process_time()
    problems, rows = land(Settings.load(tmp_path / "seeds", tmp_path / "warehouse"))
    assert time.process_time() - started < LIMIT
    assert reason in {code for path, code, _ in problems if path == name}
    assert {path for path, _, _ in problems} == {name}
    assert all(detail.isprintable() and len(detail) < 300 for _, _, detail in problems)
    for table, before in quiet[1].items():
        assert before <= rows[table]
        # The document is kept with its article, so that it can be looked up; no event comes out of it.
        assert len(rows[table]) - len(before) <= (table in ("documents", "articles"))


# The other side of the same rules: what has a foreign name in it is still English, and short blocks are not too long.
def test_english_with_foreign_names_is_read(tmp_path: Path) -> None:
    text = f"{SEEDS['executive_order.txt']}\nThe ministry (財政部, وزارة المالية) and the bank (日本銀行) agreed.\n"
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "names.txt").write_text(text, encoding="utf-8")
    problems, rows = land(Settings.load(tmp_path / "seeds", tmp_path / "warehouse"))
    assert problems == [] and rows["mentions"]
