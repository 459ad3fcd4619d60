"""What every landed table shows in the UI: its schema, its row counts and the result of its contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

import dagster as dg

from pipelines import schemas
from pipelines.escape import markdown_escaped
from pipelines.landing import ContractBrokenError, Landed

CHECK = "schema"
# The schedule runs every day; a day and a half without a new table means that it does not, or that runs fail.
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=36), warn_window=timedelta(hours=26))


def description(model: type[schemas.LandedTable]) -> str:
    """The model's own words on its grain."""
    return " ".join((model.__doc__ or "").split())


def column_schema(model: type[schemas.LandedTable]) -> dg.TableSchema:
    """Columns of a landed table with their types and whether they may be null."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                name=name,
                type=str(column.dtype),
                constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=column.unique),
            )
            for name, column in model.to_schema().columns.items()
        ]
    )


def table_spec(
    table: str,
    model: type[schemas.LandedTable],
    *,
    schema: str = "landing",
    group: str,
    deps: Iterable[dg.AssetKey] = (),
    kinds: set[str] | None = None,
) -> dg.AssetSpec:
    """The asset of one landed table; key, table and model share one name."""
    return dg.AssetSpec(
        dg.AssetKey([schema, table]),
        deps=list(deps),
        description=description(model),
        group_name=group,
        kinds=kinds or {"python", "duckdb"},
        metadata={"dagster/column_schema": column_schema(model), "dagster/table_name": f"{schema}.{table}"},
    )


def check_spec(table: str, schema: str = "landing") -> dg.AssetCheckSpec:
    """The check that the rows written keep the pandera model; nothing downstream runs when they do not."""
    return dg.AssetCheckSpec(
        name=CHECK,
        asset=dg.AssetKey([schema, table]),
        description="Every row written keeps the table's pandera model; else nothing is written.",
        blocking=True,
    )


def landed_results(landed: Landed, tables: Iterable[str], schema: str = "landing") -> Iterator[dg.MaterializeResult]:
    """The materialisations of a stage's tables, each with its passed check. Counts go with every table."""
    for table in tables:
        yield dg.MaterializeResult(
            asset_key=dg.AssetKey([schema, table]),
            metadata={
                "dagster/row_count": landed.total[table],
                "rows_written": landed.written[table],
                **landed.counts,
            },
            check_results=[
                dg.AssetCheckResult(
                    asset_key=dg.AssetKey([schema, table]),
                    check_name=CHECK,
                    passed=True,
                    metadata={"rows_validated": landed.written[table]},
                )
            ],
        )


def broken_result(error: ContractBrokenError, schema: str = "landing") -> dg.AssetCheckResult:
    """The failed check of the table that broke its contract, with the first failing cases as a table."""
    lines = ["| column | check | failing value | row |", "|---|---|---|---|"]
    for case in error.cases:
        cells = (str(case.get(name, ""))[:200] for name in ("column", "check", "failure_case", "index"))
        lines.append("| " + " | ".join(map(markdown_escaped, cells)) + " |")
    return dg.AssetCheckResult(
        asset_key=dg.AssetKey([schema, error.table]),
        check_name=CHECK,
        passed=False,
        severity=dg.AssetCheckSeverity.ERROR,
        description=str(error),
        metadata={
            "failing_case_count": error.case_count,
            "failing_cases": dg.MetadataValue.md("\n".join(lines)),
        },
    )
