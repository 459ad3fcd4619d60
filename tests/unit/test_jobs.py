"""The sensor on the seeds folder: when it starts a run and when it waits."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.events import EngineEventData

from pipelines.definitions import defs
from pipelines.defs.jobs import MOST_LAUNCHES, dead_runs, seeds_digest, seeds_sensor

Tick = Callable[[], list[str]]


@pytest.fixture
def seeds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "a.txt").write_text("first", encoding="utf-8")
    monkeypatch.setenv("GAZETTE_SEEDS", str(folder))
    return folder


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as ephemeral:
        yield ephemeral


@pytest.fixture
def tick(instance: dg.DagsterInstance) -> Tick:
    """Let the sensor look once; returns the keys of the runs it asks for, and remembers its cursor."""
    cursor: list[str | None] = [None]

    def look() -> list[str]:
        context = dg.build_sensor_context(cursor=cursor[0], instance=instance)
        result = seeds_sensor(context)
        if isinstance(result, dg.SkipReason):
            return []
        assert isinstance(result, dg.SensorResult)
        cursor[0] = result.cursor or cursor[0]
        return [str(request.run_key) for request in result.run_requests or []]

    return look


def test_sensor_starts_one_run_when_two_looks_agree(seeds: Path, tick: Tick) -> None:
    assert tick() == []
    assert len(tick()) == 1
    assert tick() == []


def test_sensor_waits_while_a_file_grows(seeds: Path, tick: Tick) -> None:
    for length in (1, 10, 100):
        (seeds / "a.txt").write_text("x" * length, encoding="utf-8")
        assert tick() == []
    assert len(tick()) == 1


@pytest.mark.parametrize("change", ["added", "changed", "removed"])
def test_sensor_notices_what_happens_to_files(seeds: Path, tick: Tick, change: str) -> None:
    tick()
    tick()
    if change == "added":
        (seeds / "b.txt").write_text("second", encoding="utf-8")
    elif change == "changed":
        (seeds / "a.txt").write_text("other text", encoding="utf-8")
    else:
        (seeds / "a.txt").unlink()
    assert tick() == []
    assert len(tick()) == 1


# Dagster starts no second run for a key it knows, and seeds that return to an earlier state are a change.
def test_sensor_asks_under_a_new_key_when_seeds_return_to_what_they_were(seeds: Path, tick: Tick) -> None:
    status = (seeds / "a.txt").stat()
    tick()
    (first,) = tick()
    (seeds / "a.txt").write_text("other", encoding="utf-8")
    tick()
    (second,) = tick()
    (seeds / "a.txt").write_text("first", encoding="utf-8")
    os.utime(seeds / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    tick()
    (third,) = tick()
    assert len({first, second, third}) == 3
    assert first.split("-")[0] == third.split("-")[0]


def fail(instance: dg.DagsterInstance, run_key: str, *, started: bool) -> None:
    """A run asked for under a key, as it is remembered once it has failed."""
    job = defs.resolve_job_def("gazette_job")
    run = instance.create_run_for_job(job, tags={"dagster/run_key": run_key})
    if started:
        instance.report_dagster_event(dg.DagsterEvent("PIPELINE_START", run.job_name), run.run_id)
    instance.report_run_failed(run, "gone")


# On a machine too busy to launch it in time a run fails before it begins; the new seeds would never be read.
def test_sensor_asks_again_for_a_run_that_never_started(seeds: Path, tick: Tick, instance: dg.DagsterInstance) -> None:
    tick()
    (first,) = tick()
    fail(instance, first, started=False)
    (second,) = tick()
    assert second != first
    assert tick() == []


def test_sensor_leaves_a_run_alone_that_started_and_failed(
    seeds: Path, tick: Tick, instance: dg.DagsterInstance
) -> None:
    tick()
    (first,) = tick()
    fail(instance, first, started=True)
    assert tick() == tick() == []


def test_sensor_gives_up_on_runs_that_cannot_be_launched(seeds: Path, tick: Tick, instance: dg.DagsterInstance) -> None:
    tick()
    asked = 0
    for _ in range(2 * MOST_LAUNCHES):
        for key in tick():
            fail(instance, key, started=False)
            asked += 1
    assert asked == MOST_LAUNCHES


def test_sensor_does_not_start_runs_for_ignored_files(seeds: Path, tick: Tick) -> None:
    tick()
    tick()
    (seeds / "download.txt.part").write_text("half", encoding="utf-8")
    (seeds / ".hidden").write_text("no", encoding="utf-8")
    assert tick() == tick() == []


def test_sensor_skips_when_there_is_no_folder(seeds: Path, tick: Tick) -> None:
    (seeds / "a.txt").unlink()
    seeds.rmdir()
    assert tick() == tick() == []


def test_digest_depends_on_names_sizes_and_times_only(seeds: Path) -> None:
    before = seeds_digest(seeds)
    status = (seeds / "a.txt").stat()
    (seeds / "a.txt").write_text("tsrif", encoding="utf-8")
    os.utime(seeds / "a.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert seeds_digest(seeds) == before
    (seeds / "a.txt").rename(seeds / "z.txt")
    assert seeds_digest(seeds) != before


# After a power cut a run is still called started, and with one run at a time nothing would ever run again.
@pytest.mark.parametrize(("alive", "status"), [(True, "STARTED"), (False, "FAILURE")])
def test_run_whose_process_is_gone_is_marked_as_failed(alive: bool, status: str) -> None:
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    pid = os.getpid() if alive else ended.pid
    with dg.DagsterInstance.ephemeral() as instance:
        job = defs.resolve_job_def("gazette_job")
        run = instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED)
        metadata = {"pid": dg.MetadataValue.text(str(pid))}
        instance.report_engine_event("Started process", run, EngineEventData(metadata))
        dead_runs(dg.build_sensor_context(instance=instance))
        found = instance.get_run_by_id(run.run_id)
        assert found is not None and found.status.value == status
