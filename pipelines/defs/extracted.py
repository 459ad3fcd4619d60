"""Assets of the extract stage: what articles tell, one table for each kind of row, made together."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipelines import schemas
from pipelines.defs.metadata import broken_result, check_spec, landed_results, table_spec
from pipelines.defs.raw import ARTICLES, DOCUMENTS
from pipelines.defs.resources import Warehouse
from pipelines.landing import ContractBrokenError, sync_mentions


@dg.multi_asset(
    specs=[
        table_spec(table, model, group="extract", deps=[ARTICLES, DOCUMENTS], kinds={"python", "spacy", "duckdb"})
        for table, model in schemas.EXTRACTED.items()
    ],
    check_specs=[check_spec(table) for table in schemas.EXTRACTED],
)
def mentions(warehouse: Warehouse) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Extract the articles that the current extractor has not read yet."""
    try:
        with warehouse.database() as connection:
            landed = sync_mentions(connection)
    except ContractBrokenError as error:
        yield broken_result(error)
        return
    yield from landed_results(landed, schemas.EXTRACTED)
