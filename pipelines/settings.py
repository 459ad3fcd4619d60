"""Where things are and the switches of the environment, read in one place.

Importing this module turns off the usage reports of the tools underneath, so it is imported before any of
them. No other module reads `os.environ`; no logic belongs here.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipelines.faults import GazetteError

# Nothing leaves the machine: each tool has its own switch and each must be set before that tool is imported.
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"
os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
os.environ["DO_NOT_TRACK"] = "1"

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"

SEEDS_VARIABLE = "GAZETTE_SEEDS"
WAREHOUSE_VARIABLE = "GAZETTE_WAREHOUSE"
# How often, in seconds, the daemon looks at the seeds.
SENSOR_VARIABLE = "GAZETTE_SENSOR_SECONDS"
# dbt's profile reads the path of the build database from this one.
BUILD_VARIABLE = "GAZETTE_BUILD_DB"
KEEP_VARIABLE = "GAZETTE_KEEP_VERSIONS"
DEFAULT_KEPT_VERSIONS = 10
DEFAULT_SENSOR_SECONDS = 30
# Where a failed run is told; nothing is sent when it is empty.
WEBHOOK_VARIABLE = "GAZETTE_WEBHOOK_URL"


def default_seeds_dir() -> Path:
    """The folder of raw files: `GAZETTE_SEEDS`, else `seeds/` of the project."""
    return Path(os.environ.get(SEEDS_VARIABLE) or PROJECT_ROOT / "seeds").expanduser().absolute()


def default_warehouse_dir() -> Path:
    """The folder of the published file: `GAZETTE_WAREHOUSE`, else `warehouse/` of the project."""
    return Path(os.environ.get(WAREHOUSE_VARIABLE) or PROJECT_ROOT / "warehouse").expanduser().absolute()


def webhook_url() -> str | None:
    """Where a failed run is told: `GAZETTE_WEBHOOK_URL`, nowhere when that is empty."""
    return os.environ.get(WEBHOOK_VARIABLE, "").strip() or None


def kept_versions() -> int:
    """How many published warehouses are kept: `GAZETTE_KEEP_VERSIONS`, a number of at least one, else ten."""
    return _whole_number(KEEP_VARIABLE, DEFAULT_KEPT_VERSIONS, 10_000)


def sensor_seconds() -> int:
    """Seconds between two looks of the daemon at the seeds: `GAZETTE_SENSOR_SECONDS`, a number of at least one, else
    30."""
    return _whole_number(SENSOR_VARIABLE, DEFAULT_SENSOR_SECONDS, 86_400)


def _whole_number(variable: str, default: int, most: int) -> int:
    given = os.environ.get(variable, "").strip() or str(default)
    if not (given.isascii() and given.isdigit() and 1 <= int(given) <= most):
        raise GazetteError(f"{variable} must be a number from 1 to {most}, not {given!r}")
    return int(given)


@dataclass(frozen=True, slots=True)
class Settings:
    """The two folders of a run and everything that follows from them. Paths are absolute."""

    seeds_dir: Path
    warehouse_dir: Path
    kept_versions: int = DEFAULT_KEPT_VERSIONS

    @classmethod
    def load(cls, seeds_dir: Path | None = None, warehouse_dir: Path | None = None) -> Settings:
        """Given folders, or the defaults of the environment where one is None."""
        return cls(
            seeds_dir=seeds_dir.expanduser().absolute() if seeds_dir else default_seeds_dir(),
            warehouse_dir=warehouse_dir.expanduser().absolute() if warehouse_dir else default_warehouse_dir(),
            kept_versions=kept_versions(),
        )

    @property
    def published_path(self) -> Path:
        """The file that readers open."""
        return self.warehouse_dir / "gazette.duckdb"

    @property
    def versions_dir(self) -> Path:
        """The last published files, one for each version."""
        return self.warehouse_dir / "versions"

    @property
    def build_dir(self) -> Path:
        """Private state of the pipeline; safe to delete, the next run then starts from the seeds."""
        return self.warehouse_dir / ".build"

    @property
    def build_path(self) -> Path:
        """The database that runs write to; only the holder of the lock opens it."""
        return self.build_dir / "build.duckdb"

    @property
    def lock_path(self) -> Path:
        """Held through the operating system by the process that runs, so a killed one frees it."""
        return self.build_dir / "lock"

    @property
    def holder_path(self) -> Path:
        """Who holds the lock, for the line that a waiting run prints; it proves nothing."""
        return self.build_dir / "holder.json"

    @property
    def dbt_target_dir(self) -> Path:
        """dbt's compiled files and its parse cache, one for each warehouse."""
        return self.build_dir / "dbt"

    @property
    def logs_dir(self) -> Path:
        """What the tools underneath had to say, one file for each run."""
        return self.build_dir / "logs"


@contextmanager
def dbt_environment(settings: Settings) -> Iterator[None]:
    """Inside the block, dbt's profile points at the build database of `settings`."""
    before = os.environ.get(BUILD_VARIABLE)
    os.environ[BUILD_VARIABLE] = str(settings.build_path)
    try:
        yield
    finally:
        if before is None:
            del os.environ[BUILD_VARIABLE]
        else:
            os.environ[BUILD_VARIABLE] = before
