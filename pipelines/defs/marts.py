"""The dbt models and their tests as assets and checks, built by one dbt invocation in this process."""

# No `from __future__ import annotations` here: Dagster checks the annotation of `context` itself, not its
# text.

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, dbt_assets
from dagster_dbt.asset_utils import get_subset_selection_for_context
from dagster_dbt.core.dbt_cli_event import DbtCoreCliEventMessage

from pipelines import progress, transform
from pipelines.build import BUILT_WITH, VERIFIED, get_flag, set_flag
from pipelines.defs.metadata import FRESHNESS
from pipelines.defs.resources import Warehouse
from pipelines.escape import markdown_escaped

MANIFEST: dict[str, Any] = json.loads(transform.manifest_path().read_bytes())


class Translator(DagsterDbtTranslator):
    """dagster-dbt's own keys, with the schema of a model, which is its folder, as group."""

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str:
        """The schema: staging, intermediate, marts or quality."""
        return str(dbt_resource_props["schema"])

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: Any) -> dg.AssetSpec:
        """dagster-dbt's own specification; what readers see is expected to be fresh."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        return spec.replace_attributes(freshness_policy=FRESHNESS) if spec.group_name == "marts" else spec


# One for all: it remembers what it has worked out about each node.
TRANSLATOR = Translator()


@dbt_assets(manifest=MANIFEST, dagster_dbt_translator=TRANSLATOR, name="dbt")
def models(context: dg.AssetExecutionContext, warehouse: Warehouse) -> Iterator[Any]:
    """`dbt build` of the selected models with their tests; a failed test fails the step."""
    selection, _ = get_subset_selection_for_context(
        context=context,
        manifest=MANIFEST,
        select=None,
        exclude=None,
        selector=None,
        dagster_dbt_translator=TRANSLATOR,
        current_dbt_indirect_selection_env=None,
    )
    # What incremental models hold may be built upon after a whole build of the same SQL that went well, else not.
    fingerprint = transform.fingerprint()
    with warehouse.database() as connection:
        anew = context.is_subset or get_flag(connection, BUILT_WITH) != fingerprint
        set_flag(connection, BUILT_WITH, "")
        set_flag(connection, VERIFIED, "no")
    with progress.track("Building and testing marts", transform.node_count(MANIFEST)) as advance:
        run = transform.build(warehouse.settings, selection, advance, anew=anew)
    with warehouse.database() as connection:
        if not run.failures and not context.is_subset:
            set_flag(connection, VERIFIED, "yes")
            set_flag(connection, BUILT_WITH, fingerprint)
        row_counts = transform.row_counts(connection)
    for event in run.events:
        yield from _asset_events(context, event, row_counts)
    if run.failures:
        raise dg.Failure(
            description="\n".join(run.failures),
            metadata={
                "failures": dg.MetadataValue.md("\n".join(f"- {markdown_escaped(line)}" for line in run.failures))
            },
            allow_retries=False,
        )


def _asset_events(
    context: dg.AssetExecutionContext, event: dict[str, Any], row_counts: dict[str, int]
) -> Iterator[Any]:
    """dagster-dbt's reading of one dbt log event, with the row count of the table when there is one."""
    message = DbtCoreCliEventMessage(raw_event=event, event_history_metadata={})
    for asset_event in message.to_default_asset_events(
        manifest=MANIFEST, dagster_dbt_translator=TRANSLATOR, context=context
    ):
        if isinstance(asset_event, dg.Output):
            node = MANIFEST["nodes"][event["data"]["node_info"]["unique_id"]]
            count = row_counts.get(f"{node['schema']}.{node['name']}")
            if count is not None:
                context.add_output_metadata({"dagster/row_count": count}, output_name=asset_event.output_name)
        yield asset_event
