"""Every regular expression that meets a text of the world answers in time that grows with the text, not faster."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import pipelines.extract
import pipelines.ingest

LENGTH = 2_000
# Processor seconds for a text of that length. What is linear takes a millisecond, what is quadratic a tenth of it.
LIMIT = 0.3
UNITS = (
    *(
        "a",
        "A",
        "aA",
        "a ",
        "A ",
        " ",
        "\n",
        "\t",
        "\u00a0",
        "1",
        "1,",
        "1.",
        "1 ",
        "0",
        "-",
        "--",
        ".",
        ". ",
        "..",
        "…",
    ),
    *(
        "(",
        ")",
        "[",
        "]",
        "[a](",
        "<",
        "<a ",
        "</",
        "&",
        "&#",
        "&amp;",
        "`",
        "*",
        "**",
        "_a",
        "#",
        ">",
        "|",
        "||",
        "~",
        "=",
    ),
    *(
        '"',
        "'",
        "’",
        "’s ",
        "“",
        "” ",
        "/",
        "//",
        "http://",
        "a@",
        "@",
        ":",
        ": ",
        ";",
        "$",
        "$1",
        "$1 ",
        "€1m ",
        "%",
        "1% ",
    ),
    *(
        "May ",
        "May 1",
        "May 1, ",
        "1 May ",
        "20",
        "2024 ",
        "2024-",
        "1/1/",
        "12:",
        "12:00 ",
        "Monday ",
        "last ",
        "of the ",
    ),
    *(
        "by ",
        "By A ",
        "and ",
        "or ",
        "A, ",
        "a, ",
        "A. ",
        "U.S. ",
        "St. ",
        "Mr. A ",
        "the A ",
        "The ",
        "de la ",
        "A-",
        "A&",
    ),
    *(
        "million ",
        "1 million ",
        "to ",
        "from 1 to ",
        "\\u00",
        "\\",
        '{"',
        "é",
        "\u0301",
        "\u200b",
        "😀",
        "財",
        "و",
        "\r\n",
    ),
)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Each compiled pattern for text that a module of the reading packages holds, alone or in a container."""
    for package in (pipelines.ingest, pipelines.extract):
        for found in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                for number, pattern in enumerate(inside(value)):
                    if isinstance(pattern.pattern, str):
                        yield f"{found.name.removeprefix('pipelines.')}.{name}.{number}", pattern


def inside(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        for part in value.items():
            yield from inside(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from inside(part)


PATTERNS = dict(patterns())


def seconds(pattern: re.Pattern[str], text: str) -> float:
    started = time.process_time()
    pattern.search(text)
    return time.process_time() - started


def test_unbounded_pattern_would_be_noticed() -> None:
    assert seconds(re.compile(r"(a+)+$"), f"{'a' * 25}\x00") > LIMIT


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 100


@pytest.mark.parametrize("name", PATTERNS)
def test_pattern_is_bounded(name: str) -> None:
    pattern = PATTERNS[name]
    for unit in UNITS:
        # As it is, and with an end that nothing expects, so that every way to match is tried in vain.
        for text in (unit * (LENGTH // len(unit)), f"x{unit * (LENGTH // len(unit))}\x00"):
            spent = seconds(pattern, text)
            assert spent < LIMIT, f"{unit!r} repeated: {spent:.2f} s"
