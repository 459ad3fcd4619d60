"""The entry point for Dagster: all of `pipelines.defs`, named one by one so that nothing goes missing."""

from __future__ import annotations

import dagster as dg

from pipelines.defs import extracted, jobs, marts, published, quality, raw, reference
from pipelines.defs.resources import Warehouse

defs = dg.Definitions(
    assets=[
        raw.documents,
        raw.articles,
        extracted.mentions,
        reference.reference,
        quality.quarantine,
        marts.models,
        published.published,
    ],
    jobs=[jobs.gazette_job],
    schedules=[jobs.daily_schedule],
    sensors=[jobs.seeds_sensor, jobs.dead_runs, jobs.failure_alarm],
    resources={"warehouse": Warehouse()},
    # Also for what is started asset by asset in the UI: one process writes, and it holds the lock for the
    # whole run.
    executor=dg.in_process_executor,
)
