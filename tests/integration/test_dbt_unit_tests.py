"""dbt's own unit tests, which runs leave out because they do not depend on the data."""

from __future__ import annotations

import shutil
from pathlib import Path

from story import Story

from pipelines.settings import DBT_PROJECT_DIR, Settings, dbt_environment


# The tables of a finished run lend the unit tests their column types; a copy, because dbt opens it for
# writing.
def test_dbt_unit_tests_pass(story: Story, tmp_path: Path) -> None:
    from dbt.cli.main import dbtRunner

    settings = Settings.load(story.seeds, tmp_path)
    settings.build_dir.mkdir()
    shutil.copyfile(Settings.load(story.seeds, story.warehouse).build_path, settings.build_path)
    folder = str(DBT_PROJECT_DIR)
    target = str(tmp_path / "target")
    options = [
        "--project-dir",
        folder,
        "--profiles-dir",
        folder,
        "--target-path",
        target,
        "--log-path",
        target,
    ]
    with dbt_environment(settings):
        outcome = dbtRunner().invoke(["test", "--select", "test_type:unit", "--quiet", *options])
    assert outcome.exception is None
    failed = {result.node.name: result.message for result in outcome.result if result.status != "pass"}
    assert failed == {}
    # A selection that matches nothing would pass as well.
    assert len(list(outcome.result)) >= 10
