"""How the files of two looks compare: new, restored, changed, renamed, removed, unchanged."""

from __future__ import annotations

import pytest

from pipelines.landing import _compare

BEFORE = {"a.txt": "1", "b.txt": "2"}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ({"a.txt": "1", "b.txt": "2"}, {"unchanged": 2}),
        ({"a.txt": "1", "b.txt": "2", "c.txt": "3"}, {"unchanged": 2, "new": 1}),
        ({"a.txt": "1", "b.txt": "9"}, {"unchanged": 1, "changed": 1}),
        ({"a.txt": "1"}, {"unchanged": 1, "removed": 1}),
        ({"a.txt": "1", "c.txt": "2"}, {"unchanged": 1, "renamed": 1}),
        # A second name for what is still there under its first is a new file, not a renamed one.
        ({"a.txt": "1", "b.txt": "2", "c.txt": "2"}, {"unchanged": 2, "new": 1}),
        # Two files that swap their contents have both changed.
        ({"a.txt": "2", "b.txt": "1"}, {"changed": 2}),
        ({}, {"removed": 2}),
        # Content that was read once and went away comes back, under whatever name; what never left does not.
        ({"a.txt": "1", "b.txt": "2", "c.txt": "0"}, {"unchanged": 2, "restored": 1}),
        ({"a.txt": "1", "b.txt": "0"}, {"unchanged": 1, "changed": 1}),
    ],
)
def test_compare_counts_each_file_once(after: dict[str, str], expected: dict[str, int]) -> None:
    counts = _compare(BEFORE, after, frozenset("012"))
    kinds = ("new", "restored", "changed", "renamed", "removed", "unchanged")
    assert {kind: counts[f"{kind}_file_count"] for kind in kinds if counts[f"{kind}_file_count"]} == expected
    assert counts["file_count"] == len(after)
