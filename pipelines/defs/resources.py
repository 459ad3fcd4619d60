"""The one resource: the warehouse a run works on, held by this process for as long as the run lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import dagster as dg
import duckdb
from pydantic import PrivateAttr

from pipelines import progress
from pipelines.build import build_database, run_lock, utc_now
from pipelines.settings import Settings, default_seeds_dir, default_warehouse_dir


class Warehouse(dg.ConfigurableResource):
    """The folders of a run. Dagster sets it up once for each run, which is when the lock is taken.

    All steps of a run execute in one process, so the lock covers the run whoever started it: the command
    line, the UI, the sensor or the schedule. The database is opened and closed by each asset, because dbt
    opens it too.
    """

    seeds_dir: str = str(default_seeds_dir())
    warehouse_dir: str = str(default_warehouse_dir())
    _held: ExitStack = PrivateAttr()
    _started_at: datetime = PrivateAttr()

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Take the lock, waiting for a run that holds it."""

        def tell(line: str) -> None:
            progress.say(line)
            if context.log:
                context.log.info(line)

        self._held = ExitStack()
        self._held.enter_context(run_lock(self.settings, tell))
        self._started_at = utc_now()

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        """Give the lock back."""
        self._held.close()

    @property
    def settings(self) -> Settings:
        """The paths that follow from the two folders."""
        return Settings.load(Path(self.seeds_dir), Path(self.warehouse_dir))

    @property
    def started_at(self) -> datetime:
        """When this run began its work, in UTC."""
        return self._started_at

    @contextmanager
    def database(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The build database, open for writing inside the block."""
        with build_database(self.settings, progress.say) as connection:
            yield connection
