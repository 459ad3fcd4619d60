"""Readers and publishing: whoever opens the file, and whenever, finds one whole version."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest
from story import KEEPER, OPENER, Story, heard, query

from pipelines.build import build_database
from pipelines.publish import put_in_place, record_run
from pipelines.settings import Settings

# Each version has one event more than the one before, so that none can pass for another.
ONE_MORE = "insert into marts.fact_events select * replace (? as event_id) from marts.fact_events limit 1"


def test_five_readers_meet_no_error_and_no_mixed_version_through_ten_publishes(branch: Story) -> None:
    settings = Settings.load(branch.seeds, branch.warehouse)
    stop = branch.warehouse.parent / "stop"
    before = query(branch.warehouse, "select count(*) from quality.runs")[0][0]
    arguments = [str(settings.published_path), str(stop)]
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for code in (OPENER, OPENER, OPENER, OPENER, KEEPER)
    ]
    try:
        time.sleep(2)
        for number in range(10):
            with build_database(settings, pytest.fail) as connection:
                connection.execute(ONE_MORE, [f"event-{number}"])
                started = datetime(2100, 1, 1) + timedelta(minutes=number)
                record_run(connection, settings, f"run-{number}", started)
                connection.execute(
                    "update quality.runs set finished_at = started_at where run_id = ?", [f"run-{number}"]
                )
            put_in_place(settings)
            time.sleep(0.5)
    finally:
        stop.touch()
        reports = [heard(reader) for reader in readers]
    assert query(branch.warehouse, "select count(*) from quality.runs") == [(before + 10,)]
    seen = set()
    for report in reports:
        # What a failing reader died of belongs in the message of this assertion.
        assert len(report) >= 3 and report[0].isdigit(), " ".join(report)
        assert int(report[0]) > 5
        assert report[1] == "0"
        seen |= {int(version) for version in report[2:]}
    # Between them they have looked at most versions, or this proves little.
    assert len(seen) >= 6
