"""An act has the sums that its sentence, or the one that goes on about it, gives it, and no others."""

import pytest

from tests.unit.extract.test_extractor import rows

DEAL = "The Ruritanian finance minister on Tuesday signed an agreement with Bright Chain Labs."


def sums(*paragraphs: str) -> list[tuple[str, float, str]]:
    """Event type, value and unit of every amount of an article, in text order."""
    found = rows(*paragraphs)
    types = {row["mention_id"]: row["event_type"] for row in found["mentions"]}
    return [
        (str(types[row["mention_id"]]), row["amount_value"], str(row["amount_unit"]))  # type: ignore[misc]
        for row in found.get("mention_amounts", [])
    ]


# Prose says first what was agreed and then what it is worth.
@pytest.mark.parametrize(
    ("behind", "wanted"),
    [
        ("The deal is worth up to $2 billion.", [("agreement_signed", 2e9, "USD")]),
        (
            "The accord is worth 2 billion euros ($2.2 billion).",
            [("agreement_signed", 2e9, "EUR"), ("agreement_signed", 2.2e9, "USD")],
        ),
        # Another thing's sum, several sums, a share, a sum told before or for comparison, and a sum too far behind.
        ("The firm is worth up to $2 billion.", []),
        ("The deal covers sums from $2 million to one of $9 million and $4 million more.", []),
        ("The deal covers a stake of 20 percent.", []),
        ("The deal follows one of $2 billion.", []),
        ("It was a quiet day. The deal is worth up to $2 billion.", []),
    ],
)
def test_the_sentence_behind_an_act_gives_the_sum_of_what_it_takes_up(
    behind: str, wanted: list[tuple[str, float, str]]
) -> None:
    assert sums(f"{DEAL} {behind}") == wanted


def test_an_act_with_a_sum_of_its_own_takes_no_other() -> None:
    fined = "The Ruritanian Securities Commission has fined Bright Chain Labs 2 million euros."
    assert sums(f"{fined} Analysts had spoken of $9 million.") == [("enforcement", 2e6, "EUR")]
