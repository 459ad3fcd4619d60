"""Assets of the reference stage: the curated vocabulary as tables."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipelines import schemas
from pipelines.defs.metadata import broken_result, check_spec, landed_results, table_spec
from pipelines.defs.resources import Warehouse
from pipelines.landing import ContractBrokenError, replace_reference


@dg.multi_asset(
    specs=[
        table_spec(table, model, group="reference", kinds={"yaml", "duckdb"})
        for table, model in schemas.REFERENCE.items()
    ],
    check_specs=[check_spec(table) for table in schemas.REFERENCE],
)
def reference(warehouse: Warehouse) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Replace the reference tables by the vocabulary as it is now."""
    try:
        with warehouse.database() as connection:
            landed = replace_reference(connection)
    except ContractBrokenError as error:
        yield broken_result(error)
        return
    yield from landed_results(landed, schemas.REFERENCE)
