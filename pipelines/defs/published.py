"""The asset that readers are served: the published warehouse."""

# No `from __future__ import annotations` here: Dagster checks the annotation of `context` itself, not its
# text.

import dagster as dg

from pipelines import publish, versions
from pipelines.defs.marts import models
from pipelines.defs.metadata import FRESHNESS
from pipelines.defs.quality import QUARANTINE
from pipelines.defs.raw import DOCUMENT_LOG
from pipelines.defs.resources import Warehouse

PUBLISHED = dg.AssetKey(["publish", "warehouse"])


@dg.asset(
    key=PUBLISHED,
    deps=[*models.keys, QUARANTINE, DOCUMENT_LOG],
    group_name="publish",
    kinds={"duckdb"},
    freshness_policy=FRESHNESS,
    description="The file that readers open. It is replaced as a whole, only after every check has passed.",
)
def published(context: dg.AssetExecutionContext, warehouse: Warehouse) -> dg.MaterializeResult:
    """Record the run and what it changed, then put the new file in the place of the old one."""
    with warehouse.database() as connection:
        record = publish.record_run(connection, warehouse.settings, context.run.run_id, warehouse.started_at)
    held = record.withheld_version is not None
    size = warehouse.settings.published_path.stat().st_size if held else publish.put_in_place(warehouse.settings)
    notes = {"withheld_version": record.withheld_version, "rolled_back_to_version": record.rolled_back_to}
    return dg.MaterializeResult(
        metadata={
            "path": dg.MetadataValue.path(warehouse.settings.published_path),
            "byte_count": size,
            "warehouse_version": record.warehouse_version,
            **{name: number for name, number in notes.items() if number is not None},
            **record.counts,
            **record.measures,
            **{f"{kind}_event_count": record.changes.get(kind, 0) for kind in versions.CHANGE_TYPES},
        }
    )
