"""A failed run reaches the operator: through the log always, through a webhook when one is set."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import dagster as dg
import pytest

from pipelines import run as headless
from pipelines.alarm import raise_alarm
from pipelines.defs.jobs import failure_alarm
from pipelines.faults import GazetteError
from pipelines.progress import Silence
from pipelines.settings import Settings


class Webhook(HTTPServer):
    """A server on this machine that keeps what it is sent."""

    status = 200

    def __init__(self) -> None:
        self.received: list[dict[str, str]] = []
        super().__init__(("127.0.0.1", 0), Handler)


class Handler(BaseHTTPRequestHandler):
    server: Webhook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        assert self.headers["Content-Type"] == "application/json"
        self.server.received.append(json.loads(body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Iterator[Webhook]:
    with Webhook() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("GAZETTE_WEBHOOK_URL", f"http://127.0.0.1:{server.server_port}/hook?secret=s3cret")
        yield server
        server.shutdown()


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("nothing may be sent")

    monkeypatch.setattr("urllib.request.urlopen", refuse)


def test_webhook_is_told_which_run_failed_and_why(webhook: Webhook) -> None:
    assert raise_alarm("0123456789", ["check schema failed", "second cause"]) is None
    (message,) = webhook.received
    assert message["run_id"] == "0123456789"
    assert "run 01234567 failed" in message["text"]
    assert "check schema failed\nsecond cause" in message["text"]


@pytest.mark.parametrize("address", ["", "  "])
def test_nothing_is_sent_without_a_webhook(monkeypatch: pytest.MonkeyPatch, no_network: None, address: str) -> None:
    monkeypatch.setenv("GAZETTE_WEBHOOK_URL", address)
    assert raise_alarm("run", ["why"]) is None


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "127.0.0.1:80"])
def test_webhook_must_be_http(monkeypatch: pytest.MonkeyPatch, no_network: None, address: str) -> None:
    monkeypatch.setenv("GAZETTE_WEBHOOK_URL", address)
    fault = raise_alarm("run", ["why"])
    assert fault is not None and "no http or https address" in fault and address not in fault


def test_webhook_that_refuses_is_one_line_without_its_address(webhook: Webhook) -> None:
    webhook.status = 500
    fault = raise_alarm("run", ["why"])
    assert fault is not None and "did not take the message" in fault
    assert "s3cret" not in fault and "\n" not in fault


def test_webhook_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        port = closed.server_port
    monkeypatch.setenv("GAZETTE_WEBHOOK_URL", f"http://127.0.0.1:{port}/s3cret")
    fault = raise_alarm("run", ["why"])
    assert fault is not None and "s3cret" not in fault


@dg.op
def breaks() -> None:
    raise dg.Failure("marts: a test did not hold")


@dg.op
def finds_no_seeds() -> None:
    raise GazetteError("no seeds folder at /x")


@dg.job
def breaking_job() -> None:
    breaks()


@dg.job
def seedless_job() -> None:
    finds_no_seeds()


def alarm_for_a_failed_run(job: dg.JobDefinition = breaking_job) -> str:
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False)
        event = next(event for event in result.all_events if event.is_job_failure)
        context = dg.build_run_status_sensor_context(
            sensor_name="failure_alarm",
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            dagster_event=event,
        ).for_run_failure()
        failure_alarm(context)
        return str(result.run_id)


# Started by a timer, nobody sees its screen.
def test_run_that_fails_on_the_command_line_is_told_too(webhook: Webhook, tmp_path: Path) -> None:
    settings = Settings.load(tmp_path / "seeds", tmp_path / "warehouse")
    settings.seeds_dir.mkdir()
    settings.build_dir.mkdir(parents=True)
    holder = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(settings.build_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(headless.RunFailedError, match="open in another program"):
            headless.run(settings, Silence())
        process.communicate()
    (message,) = webhook.received
    assert "open in another program" in message["text"]


def test_run_that_fails_under_the_daemon_is_logged_and_told(
    webhook: Webhook, capfd: pytest.CaptureFixture[str]
) -> None:
    run_id = alarm_for_a_failed_run()
    assert f"run {run_id} failed" in capfd.readouterr().err
    (message,) = webhook.received
    assert message["run_id"] == run_id
    assert "marts: a test did not hold" in message["text"]


# Dagster wraps what a step raises; its own words for that say nothing.
def test_a_fault_of_ours_under_the_daemon_is_told_in_its_own_line(webhook: Webhook) -> None:
    alarm_for_a_failed_run(seedless_job)
    (message,) = webhook.received
    assert "finds_no_seeds: no seeds folder at /x" in message["text"]


def test_run_whose_process_was_killed_is_told_too(webhook: Webhook) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        run = instance.create_run_for_job(breaking_job, status=dg.DagsterRunStatus.STARTED)
        instance.report_run_failed(run, "the process of the run is gone")
        (record,) = instance.all_logs(run.run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
        assert record.dagster_event is not None
        context = dg.build_run_status_sensor_context(
            sensor_name="failure_alarm",
            dagster_instance=instance,
            dagster_run=run,
            dagster_event=record.dagster_event,
        ).for_run_failure()
        failure_alarm(context)
    (message,) = webhook.received
    assert "the process of the run is gone" in message["text"]


def test_run_that_fails_is_logged_without_a_webhook(
    no_network: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GAZETTE_WEBHOOK_URL", raising=False)
    run_id = alarm_for_a_failed_run()
    assert f"run {run_id} failed" in capfd.readouterr().err
