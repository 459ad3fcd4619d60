"""The asset graph as Dagster sees it: which assets there are, how they hang together, what guards them."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
import yaml

import pipelines
from pipelines import schemas
from pipelines.definitions import defs
from pipelines.defs.published import PUBLISHED

LANDED = {f"landing/{table}" for table in schemas.LANDED}
QUALITY = {"quality/document_log", "quality/quarantine", "quality/merge_decisions", "quality/event_values"}
MARTS = {
    f"marts/{table}"
    for table in [
        "fact_events",
        "fact_event_mentions",
        "fact_event_evidence",
        "fact_event_amounts",
        "bridge_event_actors",
        "bridge_event_jurisdictions",
        "bridge_event_topics",
        "dim_event_types",
        "dim_actors",
        "dim_actor_aliases",
        "dim_actor_roles",
        "dim_jurisdictions",
        "bridge_jurisdiction_blocs",
        "dim_documents",
        "dim_articles",
        "jurisdiction_status",
    ]
}


@pytest.fixture(scope="module")
def graph() -> dg.AssetGraph:
    return defs.resolve_asset_graph()


# A module may lose its assets without any error, for instance when it also defines a `@dg.definitions`
# function.
def test_asset_keys_are_pinned(graph: dg.AssetGraph) -> None:
    keys = {key.to_user_string() for key in graph.materializable_asset_keys}
    helpers = {key for key in keys if key.startswith(("staging/", "intermediate/"))}
    assert keys - helpers == LANDED | QUALITY | MARTS | {"publish/warehouse"}
    assert {key for key in helpers if key.startswith("staging/")} >= {
        f"staging/stg_{table}" for table in ("documents", "articles", "mentions", "mention_actors")
    }
    assert any(key.startswith("intermediate/") for key in helpers)


# A dbt source without an asset behind it would be read before, or without, being written.
def test_every_dbt_source_is_an_asset_of_ours(graph: dg.AssetGraph) -> None:
    assert graph.external_asset_keys == set()


def test_every_asset_has_a_group_a_description_and_a_kind(graph: dg.AssetGraph) -> None:
    groups = {"ingest", "extract", "reference", "staging", "intermediate", "marts", "quality", "publish"}
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert node.group_name in groups, key
        assert node.description, key
        assert node.kinds, key


def test_every_landed_table_has_a_blocking_schema_check(graph: dg.AssetGraph) -> None:
    for table in schemas.LANDED:
        key = dg.AssetCheckKey(dg.AssetKey(["landing", table]), "schema")
        assert graph.get_check_spec(key).blocking, table


def test_publishing_waits_for_every_other_asset(graph: dg.AssetGraph) -> None:
    upstream = graph.get_ancestor_asset_keys(PUBLISHED) - {PUBLISHED}
    assert upstream == graph.materializable_asset_keys - {PUBLISHED}


def test_the_one_job_materialises_everything(graph: dg.AssetGraph) -> None:
    job = defs.resolve_job_def("gazette_job")
    assert set(job.asset_layer.executable_asset_keys) == graph.materializable_asset_keys
    assert job.executor_def.name == "in_process"


def test_what_is_started_asset_by_asset_also_runs_in_one_process() -> None:
    assert defs.executor is dg.in_process_executor


def test_sensor_and_schedule_run_without_being_switched_on() -> None:
    assert defs.resolve_sensor_def("seeds_sensor").default_status is dg.DefaultSensorStatus.RUNNING
    assert defs.resolve_schedule_def("daily_schedule").default_status is dg.DefaultScheduleStatus.RUNNING
    assert defs.resolve_sensor_def("failure_alarm").default_status is dg.DefaultSensorStatus.RUNNING


# What readers see is expected to be new every day; the daemon only looks when the instance says so.
def test_marts_and_the_published_file_have_a_freshness_policy(graph: dg.AssetGraph) -> None:
    watched = {
        key.to_user_string() for key in graph.materializable_asset_keys if graph.get(key).freshness_policy is not None
    }
    assert watched == MARTS | {"publish/warehouse"}
    instance = yaml.safe_load((Path(pipelines.__file__).parent / "dagster.yaml").read_text(encoding="utf-8"))
    assert instance["freshness"] == {"enabled": True}
