"""Merging many invented mentions: in whatever order and batches they come, what is left is what a full build makes.

Each order is played on the merge models alone, which hold all that one run carries over to the next. One is played
among the quick tests; `make soak` plays two hundred, and measures how long a hundred thousand take.
"""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import duckdb
import pytest
import synthetic

from pipelines import transform
from pipelines.build import build_database
from pipelines.landing import replace_reference
from pipelines.settings import Settings

MENTIONS = 60
STATE = {
    "events": "select * from intermediate.int_event_members order by all",
    "clusters": "select * from intermediate.int_merge_clusters order by all",
    "pairs": "select * from quality.merge_decisions order by all",
    "keys": "select * from intermediate.int_merge_keys order by all",
}
State = dict[str, list[tuple[object, ...]]]


class Merger:
    """A build database with the landed vocabulary, articles that come and go, and the merge models over them."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings.load(folder / "seeds", folder)
        with build_database(self.settings, pytest.fail) as connection:
            replace_reference(connection)

    def articles(self, seed: int, mentions: int = MENTIONS) -> list[synthetic.Rows]:
        with duckdb.connect(str(self.settings.build_path)) as connection:
            return list(synthetic.articles(connection, seed, mentions))

    def change(self, add: list[synthetic.Rows], remove: list[synthetic.Rows]) -> None:
        with duckdb.connect(str(self.settings.build_path)) as connection:
            synthetic.take_back(connection, remove)
            synthetic.land(connection, add)

    def merge(self, *, anew: bool = False) -> None:
        selection = ["--select", "+merge_decisions", "--exclude-resource-type", "test"]
        assert not transform.build(self.settings, selection, lambda _: None, anew=anew).failures

    def state(self) -> State:
        with duckdb.connect(str(self.settings.build_path)) as connection:
            return {name: connection.execute(query).fetchall() for name, query in STATE.items()}


def _play(order: int, folder: Path) -> None:
    dice = random.Random(order)
    merger = Merger(folder / "in-batches")
    articles = merger.articles(order)
    kept, taken_back = articles[:-2], articles[-2:]
    waiting = dice.sample(articles, len(articles))
    present: list[synthetic.Rows] = []
    while waiting:
        size = dice.randrange(1, len(articles))
        batch, waiting = waiting[:size], waiting[size:]
        # Some of what came earlier goes with this batch and comes back with the next.
        gone = dice.sample(present, len(present) // 4) if waiting else []
        waiting += gone
        merger.change(batch, gone)
        merger.merge()
        present = [article for article in present if article not in gone] + batch
    merger.change([], taken_back)
    merger.merge()
    at_once = Merger(folder / "at-once")
    at_once.change(kept, [])
    at_once.merge()
    assert merger.state() == at_once.state()
    shutil.rmtree(folder)


@pytest.mark.timeout(600)
def test_any_order_and_batching_merges_as_a_full_build_does(tmp_path: Path) -> None:
    _play(0, tmp_path / "order")


@pytest.mark.slow
@pytest.mark.timeout(0)
def test_two_hundred_orders_and_batchings_merge_as_a_full_build_does(tmp_path: Path) -> None:
    for order in range(200):
        _play(order, tmp_path / "order")


@pytest.mark.timeout(600)
def test_changed_vocabulary_reaches_mentions_of_earlier_runs(tmp_path: Path) -> None:
    merger = Merger(tmp_path)
    merger.change(merger.articles(1), [])
    merger.merge()
    before = merger.state()
    with duckdb.connect(str(merger.settings.build_path)) as connection:
        connection.execute(
            "update landing.actors set actor_type = 'company' where actor_id ="
            " (select mode(actor_id) from landing.mention_actors where actor_id not like 'firm-%')"
        )
    merger.merge()
    after = merger.state()
    assert after != before
    merger.merge(anew=True)
    assert merger.state() == after


# Asked of two cores that do nothing else: a minute from nothing, three seconds for news of a day.
@pytest.mark.slow
@pytest.mark.timeout(0)
def test_a_hundred_thousand_mentions_merge_in_a_minute_and_a_hundred_more_in_seconds(tmp_path: Path) -> None:
    merger = Merger(tmp_path)
    articles = merger.articles(1, 100_200)
    news: list[synthetic.Rows] = []
    while sum(len(article["mentions"]) for article in news) < 100:
        news.append(articles.pop())
    transform.manifest_path()  # read once per installation, not once per run
    took = []
    for batch in (articles, news):
        merger.change(batch, [])
        begun = time.monotonic()
        merger.merge()
        took.append(time.monotonic() - begun)
    assert took[0] <= 60 and took[1] <= 3, f"{took[0]:.1f} s from nothing, {took[1]:.1f} s for a hundred more"
