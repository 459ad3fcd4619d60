"""The `gazette` command: parses options, calls one function, turns faults into one line and an exit code.

Everything heavier than click is imported by the command that needs it.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import click

from pipelines.escape import escaped
from pipelines.faults import GazetteError
from pipelines.settings import Settings

_FOLDER = click.Path(file_okay=False, path_type=Path)
_WAREHOUSE = click.option(
    "--warehouse",
    type=_FOLDER,
    help="Folder of the published file. Default: GAZETTE_WAREHOUSE, else warehouse/.",
)
_SEEDS = click.option("--seeds", type=_FOLDER, help="Folder of raw files. Default: GAZETTE_SEEDS, else seeds/.")
_VERSION = click.option("--version", "version", metavar="VERSION|RUN", help="A kept version instead of the published.")


def _format(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--format", "output_format", type=click.Choice(names), default=names[0], show_default=True)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="gazette", prog_name="gazette")
def cli() -> None:
    """Raw news about governments and crypto in, a DuckDB warehouse of evidenced events out."""


@cli.command()
@_SEEDS
@_WAREHOUSE
def run(seeds: Path | None, warehouse: Path | None) -> None:
    """Read the seeds, build and test the marts, publish the warehouse."""
    settings = Settings.load(seeds, warehouse)
    from pipelines import display, invocation, report
    from pipelines import run as headless

    screen = display.for_stream()
    screen.say(f"Reading {invocation.shown(settings.seeds_dir)} into {invocation.shown(settings.published_path)}")
    try:
        summary = headless.run(settings, screen)
    except headless.RunFailedError as error:
        click.echo("gazette: the run failed and nothing was published:", err=True)
        for line in str(error).splitlines():
            click.echo(f"  {escaped(line)}", err=True)
        raise SystemExit(1) from None
    click.echo(report.account(settings, summary))


@cli.command()
@click.argument("sql")
@_format("table", "csv", "json")
@_VERSION
@_WAREHOUSE
def query(sql: str, output_format: str, version: str | None, warehouse: Path | None) -> None:
    """Run SQL on the published warehouse or a kept version of it, read-only."""
    from pipelines.query import show

    show(Settings.load(warehouse_dir=warehouse), sql, output_format, version)


@cli.command()
@click.argument("event_id")
@_format("text", "json")
@_VERSION
@_WAREHOUSE
def explain(event_id: str, output_format: str, version: str | None, warehouse: Path | None) -> None:
    """Show where an event comes from, which values it was given, and what was almost merged with it."""
    from pipelines.explain import show

    show(Settings.load(warehouse_dir=warehouse), event_id, output_format, version)


@cli.command()
@click.argument("name", metavar="[RUN|VERSION]", required=False)
@_format("text", "csv", "json")
@_WAREHOUSE
def diff(name: str | None, output_format: str, warehouse: Path | None) -> None:
    """Show what a run or version made new, revised, merged or retracted; the published one without an argument."""
    from pipelines.diff import show

    show(Settings.load(warehouse_dir=warehouse), name, output_format)


@cli.command()
@_format("table", "csv", "json")
@_WAREHOUSE
def history(output_format: str, warehouse: Path | None) -> None:
    """List the runs that published, newest first, with the version each made and what it changed."""
    from pipelines import versions
    from pipelines.query import WRITERS

    rows = versions.history(Settings.load(warehouse_dir=warehouse))
    WRITERS[output_format](versions.HISTORY_COLUMNS, rows, sys.stdout)


@cli.command()
@click.argument("version", metavar="VERSION|RUN")
@_WAREHOUSE
def rollback(version: str, warehouse: Path | None) -> None:
    """Publish a kept version again; runs leave it alone until the seeds give something new."""
    settings = Settings.load(warehouse_dir=warehouse)
    from pipelines import build, display, invocation, versions

    with build.run_lock(settings, display.for_stream().say):
        now, before = versions.rollback(settings, version)
    was = f" instead of version {before.warehouse_version}" if before else ""
    click.echo(f"Version {now.warehouse_version} of {now.published_at} UTC is published again{was}.")
    if before and before.warehouse_version > now.warehouse_version:
        click.echo(
            f"Runs publish nothing while the seeds still give version {before.warehouse_version};"
            f" `{invocation.command(f'rollback {before.warehouse_version}', settings)}` takes this back."
        )


@cli.command()
@click.option("--severity", type=click.Choice(["error", "info"]), help="Only what is missing, or only the remarks.")
@click.option("--reason", help="Only this reason_code.")
@click.option("--path", help="Only this file, by its path in the seeds folder.")
@click.option("--retry", is_flag=True, help="Have the next run read the listed files again.")
@click.option("--reasons", is_flag=True, help="Show what each reason means and what to do.")
@_format("table", "csv", "json")
@_WAREHOUSE
def quarantine(
    severity: str | None,
    reason: str | None,
    path: str | None,
    retry: bool,
    reasons: bool,
    output_format: str,
    warehouse: Path | None,
) -> None:
    """List what could not be used (error) or only with a remark (info), why, and what to do."""
    from pipelines import quarantine as shelf

    if reasons:
        from pipelines.query import WRITERS
        from pipelines.reasons import REASONS

        rows = [(code, *what) for code, what in REASONS.items()]
        WRITERS[output_format](["reason_code", "meaning", "remedy"], rows, sys.stdout)
        return
    settings = Settings.load(warehouse_dir=warehouse)
    found = shelf.listed(settings, severity, reason, path)
    shelf.show(found, output_format)
    if retry and found:
        from pipelines import build, display

        with build.run_lock(settings, display.for_stream().say):
            count = shelf.retry(settings, found)
        click.echo(f"The next run reads {count} file{'' if count == 1 else 's'} again.", err=True)


@cli.command()
@_WAREHOUSE
def score(warehouse: Path | None) -> None:
    """Measure the extractor on the golden corpus; lands the figures in quality.scorecard when there is a warehouse."""
    settings = Settings.load(warehouse_dir=warehouse)
    from pipelines import display
    from pipelines.scorecard import measure

    screen = display.for_stream()
    measured = list(measure.measure(measure.GOLDEN, screen))
    for part in measured:
        click.echo(f"\n{part.corpus}, {part.part}")
        for metric, value in part.metrics.items():
            click.echo(f"  {metric:20} {value:g}")
    if settings.published_path.is_file():
        measure.land(settings, measured, screen)
        click.echo(f"\nFigures landed in quality.scorecard of {settings.published_path}")


def main() -> None:
    """Entry point: exit code 0 when done, 1 for a fault, 2 for wrong usage, 130 when interrupted."""
    try:
        cli.main(prog_name="gazette", standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("gazette: stopped; what was published before is untouched", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has had enough; there is nobody left to tell.
        sys.stderr.close()
        sys.exit(0)
    except GazetteError as error:
        click.echo(f"gazette: {escaped(str(error))}", err=True)
        sys.exit(1)
    except Exception as error:
        click.echo(f"gazette: {_write_trace(error)}", err=True)
        sys.exit(1)


def _write_trace(error: Exception) -> str:
    from pipelines.run import new_log

    line = " ".join(f"{type(error).__name__}: {error}".split())[:200]
    try:
        path = new_log(Settings.load())
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except (GazetteError, OSError):
        return f"unexpected fault ({line}), and no log file could be written"
    return f"unexpected fault ({line}); details in {path}"


if __name__ == "__main__":
    main()
