"""The one job and what starts it: a sensor on the seeds folder and a daily schedule as a safety net."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import dagster as dg

from pipelines.alarm import raise_alarm
from pipelines.failures import failure_lines
from pipelines.ingest.discover import SeedFile, scan
from pipelines.settings import Settings, sensor_seconds

gazette_job = dg.define_asset_job(
    "gazette_job",
    selection=dg.AssetSelection.all(),
    description="Raw files to published warehouse: everything, in one process.",
    executor_def=dg.in_process_executor,
)

daily_schedule = dg.ScheduleDefinition(
    name="daily_schedule",
    job=gazette_job,
    cron_schedule="15 5 * * *",
    execution_timezone="UTC",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Catches what the sensor missed, for instance seeds that changed while nothing was watching.",
)


@dg.run_failure_sensor(
    name="failure_alarm",
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=30,
    description="Logs every failed run, and tells the webhook of GAZETTE_WEBHOOK_URL when there is one.",
)
def failure_alarm(context: dg.RunFailureSensorContext) -> None:
    """One message for each failed run that the daemon or the UI started, also for one whose process was killed."""
    run_id = context.dagster_run.run_id
    records = context.instance.all_logs(run_id)
    events = [entry.dagster_event for entry in records if entry.dagster_event is not None]
    lines = failure_lines(events, "details in the log of the run")
    context.log.error(f"run {run_id} failed: {' | '.join(lines)}")
    if (fault := raise_alarm(run_id, lines)) is not None:
        context.log.error(fault)


@dg.sensor(
    name="dead_runs",
    default_status=dg.DefaultSensorStatus.RUNNING,
    minimum_interval_seconds=sensor_seconds(),
    description="Marks a run as failed whose process is gone, so that the runs behind it are not held up for ever.",
)
def dead_runs(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """After a power cut nobody is left to report the run that was going on, and Dagster's own look misses it."""
    started = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED])
    gone = [run for run in context.instance.get_runs(started) if _process_is_gone(context.instance, run.run_id)]
    for run in gone:
        context.instance.report_run_failed(run, "the process of the run is gone: killed, or the machine went down")
    return dg.SkipReason(f"{len(gone)} dead runs")


def _process_is_gone(instance: dg.DagsterInstance, run_id: str) -> bool:
    events = [entry.dagster_event for entry in instance.all_logs(run_id, of_type=dg.DagsterEventType.ENGINE_EVENT)]
    numbers = [event.event_specific_data.metadata.get("pid") for event in events if event]  # type: ignore[union-attr]
    told = [int(str(number.value)) for number in numbers if number is not None]
    try:
        if told:
            os.kill(told[-1], 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def seeds_digest(seeds_dir: Path) -> str:
    """A name for the set of (path, size, modification time) below the folder and for its bad files."""
    digest = hashlib.sha256()
    for entry in scan(seeds_dir):
        if isinstance(entry, SeedFile):
            digest.update(f"{entry.seed_path}\0{entry.byte_count}\0{entry.mtime_ns}\n".encode())
        else:
            digest.update(f"{entry.path}\0{entry.reason_code}\0{entry.detail}\n".encode())
    return digest.hexdigest()[:16]


# How often a run is asked for that cannot be launched; after that a person has been told as often.
MOST_LAUNCHES = 5


def _never_started(instance: dg.DagsterInstance, run_key: str) -> bool:
    """Whether the run asked for under a key failed before its process was up."""
    wanted = dg.RunsFilter(tags={"dagster/run_key": run_key}, statuses=[dg.DagsterRunStatus.FAILURE])
    return any(record.start_time is None for record in instance.get_run_records(wanted, limit=1))


@dg.sensor(
    job=gazette_job,
    minimum_interval_seconds=sensor_seconds(),
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Starts a run when seeds were added, changed or removed and have stood still for two looks.",
)
def seeds_sensor(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Compare the seeds with those of the last look and of the last run; the cursor remembers both.

    A run that never came to start (the machine was too busy to launch it) read nothing, and is asked for again.
    """
    cursor = {"seen": None, "started": None, "run_number": 0, "launches": 0} | json.loads(context.cursor or "{}")
    try:
        digest = seeds_digest(Settings.load().seeds_dir)
    except NotADirectoryError as error:
        return dg.SkipReason(str(error))
    again = (
        digest == cursor["started"]
        and cursor["launches"] < MOST_LAUNCHES
        and _never_started(context.instance, f"{digest}-{cursor['run_number']}")
    )
    if digest == cursor["started"] and not again:
        return dg.SensorResult(
            skip_reason="the seeds have not changed since the last run",
            cursor=json.dumps(cursor | {"seen": digest}),
        )
    if digest != cursor["seen"]:
        # A file may still be on its way; it is read once two looks agree.
        return dg.SensorResult(
            skip_reason="the seeds changed; waiting until they stand still",
            cursor=json.dumps(cursor | {"seen": digest}),
        )
    run_number = cursor["run_number"] + 1
    return dg.SensorResult(
        # The number makes the key new when seeds return to what they were: that is a change too.
        run_requests=[dg.RunRequest(run_key=f"{digest}-{run_number}")],
        cursor=json.dumps(
            {
                "seen": digest,
                "started": digest,
                "run_number": run_number,
                "launches": cursor["launches"] + 1 if again else 1,
            }
        ),
    )
