"""One process for the runs of all tests of faults, and how the long ones are given their time."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from runs import Runs


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runs]:
    if not hasattr(os, "fork"):
        pytest.skip("runs are copies of a process")
    with Runs(tmp_path_factory.mktemp("runs")) as server:
        yield server
