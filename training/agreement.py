"""How far two readers agree on the training set: the first labels against `second_reader.jsonl`, row by row.

    python training/agreement.py

Events are paired by type within a row; status, subtype and roles are compared on pairs. Plain Python, no packages.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent


def first_labels() -> dict[str, list[dict[str, object]]]:
    """Labels of every row by `file:line`."""
    found = {}
    for path in sorted((HERE / "sentences").glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            found[f"{path.stem}:{number}"] = json.loads(line)["e"]
    return found


def main() -> None:
    """Print event F1 and, on paired events, agreement of subtype, status and roles."""
    first = first_labels()
    count: Counter[str] = Counter()
    for line in (HERE / "second_reader.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ours, theirs = list(first[row["id"]]), list(row["e"])
        count["rows"] += 1
        count["same_quiet"] += bool(ours) == bool(theirs)
        count["ours"] += len(ours)
        count["theirs"] += len(theirs)
        for event in ours:
            twin = next((e for e in theirs if str(e["y"]).split("/")[0] == str(event["y"]).split("/")[0]), None)
            if twin is None:
                continue
            theirs.remove(twin)
            count["paired"] += 1
            count["subtype"] += twin["y"] == event["y"]
            count["status"] += twin["s"] == event["s"]
            left = {(role, span) for role, span in event["r"]}  # type: ignore[attr-defined]
            right = {(role, span) for role, span in twin["r"]}
            count["roles_both"] += len(left & right)
            count["roles_all"] += len(left) + len(right)
    pairs = max(count["paired"], 1)
    print(f"rows                {count['rows']}")
    print(f"event or none       {count['same_quiet'] / count['rows']:.3f}")
    print(f"event F1            {2 * count['paired'] / max(count['ours'] + count['theirs'], 1):.3f}")
    print(f"subtype, if paired  {count['subtype'] / pairs:.3f}")
    print(f"status, if paired   {count['status'] / pairs:.3f}")
    print(f"role and words F1   {2 * count['roles_both'] / max(count['roles_all'], 1):.3f}")


if __name__ == "__main__":
    main()
