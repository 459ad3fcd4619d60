"""Assets of the ingest stage: the documents of the seeds folder and the articles in them."""

from __future__ import annotations

from collections.abc import Iterator

import dagster as dg

from pipelines import schemas
from pipelines.defs.metadata import broken_result, check_spec, landed_results, table_spec
from pipelines.defs.resources import Warehouse
from pipelines.landing import ContractBrokenError, sync_articles, sync_documents

DOCUMENTS = dg.AssetKey(["landing", "documents"])
ARTICLES = dg.AssetKey(["landing", "articles"])
DOCUMENT_LOG = dg.AssetKey(["quality", "document_log"])


@dg.multi_asset(
    specs=[
        table_spec("documents", schemas.Documents, group="ingest"),
        dg.AssetSpec(
            DOCUMENT_LOG,
            deps=[DOCUMENTS],
            description="One row per document ever seen, with when. Rows stay when a document goes.",
            group_name="ingest",
            kinds={"python", "duckdb"},
            metadata={"dagster/table_name": "quality.document_log"},
        ),
    ],
    check_specs=[check_spec("documents")],
)
def documents(warehouse: Warehouse) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Read new and changed seed files; drop the rows of removed ones."""
    try:
        with warehouse.database() as connection:
            landed = sync_documents(connection, warehouse.settings.seeds_dir)
    except ContractBrokenError as error:
        yield broken_result(error)
        return
    yield from landed_results(landed, ["documents"])
    yield dg.MaterializeResult(asset_key=DOCUMENT_LOG, metadata={"dagster/row_count": landed.total["document_log"]})


@dg.multi_asset(
    specs=[table_spec("articles", schemas.Articles, group="ingest", deps=[DOCUMENTS])],
    check_specs=[check_spec("articles")],
)
def articles(warehouse: Warehouse) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Split documents that this code has not read yet into articles."""
    try:
        with warehouse.database() as connection:
            landed = sync_articles(connection)
    except ContractBrokenError as error:
        yield broken_result(error)
        return
    yield from landed_results(landed, ["articles"])
