"""The quarantine: what could not be used, of the seeds as they are now."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipelines import schemas
from pipelines.defs.metadata import broken_result, check_spec, landed_results, table_spec
from pipelines.defs.raw import ARTICLES, DOCUMENTS
from pipelines.defs.resources import Warehouse
from pipelines.landing import ContractBrokenError, sync_quarantine

QUARANTINE = dg.AssetKey(["quality", "quarantine"])


@dg.multi_asset(
    specs=[
        table_spec(
            "quarantine",
            schemas.Quarantine,
            schema="quality",
            group="quality",
            deps=[DOCUMENTS, ARTICLES, dg.AssetKey(["landing", "mentions"])],
        )
    ],
    check_specs=[check_spec("quarantine", schema="quality")],
)
def quarantine(warehouse: Warehouse) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Collect the problems that the stages met."""
    try:
        with warehouse.database() as connection:
            landed = sync_quarantine(connection)
    except ContractBrokenError as error:
        yield broken_result(error, schema="quality")
        return
    yield from landed_results(landed, ["quarantine"], schema="quality")
