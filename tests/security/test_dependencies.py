"""What is installed is what was reviewed: every package pinned, every direct one with the reason it is there."""

from __future__ import annotations

import re
import tomllib
from importlib import metadata

import pytest

from pipelines.settings import PROJECT_ROOT

PYPROJECT = (PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8")
PINNED = dict(
    line.split("==")
    for line in (PROJECT_ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed() -> set[str]:
    """The packages that an installation for users brings, all the way down. setuptools comes with the environment."""
    names = {normal(name) for name in PINNED}
    found: set[str] = set()
    queue = list(tomllib.loads(PYPROJECT)["project"]["dependencies"])
    while queue:
        requirement = queue.pop()
        name = normal(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0])
        if name in found or "extra ==" in requirement or ("; " in requirement and name not in names):
            continue
        found.add(name)
        try:
            queue += metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            found.discard(name)
    return found - {"setuptools"}


def test_every_package_that_is_installed_for_users_is_pinned() -> None:
    assert len(needed()) > 60
    assert needed() - {normal(name) for name in PINNED} == set()


def test_installed_versions_are_the_pinned_ones() -> None:
    pinned = {normal(name): version.strip() for name, version in PINNED.items()}
    assert {name: metadata.version(name) for name in needed()} == {name: pinned[name] for name in needed()}


@pytest.mark.parametrize("name", sorted(tomllib.loads(PYPROJECT)["project"]["dependencies"]))
def test_direct_dependency_says_why_it_is_there(name: str) -> None:
    (line,) = (line for line in PYPROJECT.splitlines() if line.strip().startswith(f'"{name}"'))
    assert len(line.split("#", 1)[-1].split()) >= 3 and "#" in line
