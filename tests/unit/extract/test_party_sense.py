"""The parties of an act tell a firm's treasury from a state's, an interview from a talk, who pays from who fines."""

import pytest

from pipelines.extract.act import Act
from pipelines.extract.actors import Actor, Reference
from pipelines.extract.candidate import Candidate
from pipelines.extract.parse import language
from pipelines.extract.party_sense import with_sense

Told = tuple[str, dict[str, str]]


def sense(*told: Told) -> list[tuple[str, dict[str, str]]]:
    """Type/subtype and {party's type: role} of the acts that stay, of acts told by type/subtype and such parties."""
    (sentence,) = language()("It was done.").sents
    acts = []
    for kind, parties in told:
        event_type, _, subtype = kind.partition("/")
        candidate = Candidate(0, 0, 2, event_type, subtype or None, "occurred", "", False, False, (), 0.9, "")
        roles = [(role, Reference(Actor(name, "", name, None, False), "", 0, 0, "")) for name, role in parties.items()]
        acts.append(Act(candidate, sentence[0], sentence, 0, roles))
    return [
        (
            f"{act.candidate.event_type}/{act.candidate.event_subtype or ''}",
            {ref.actor.actor_type: role for role, ref in act.roles},
        )
        for act in with_sense(acts)
    ]


RESERVE = "state_allocation/reserve_purchase"


@pytest.mark.parametrize(
    ("told", "types"),
    [
        ([(RESERVE, {"company": "initiator"})], ["funding/investment"]),
        # A later sentence that names no holder speaks of the same treasury.
        ([(RESERVE, {"company": "initiator"}), (RESERVE, {})], ["funding/investment"] * 2),
        ([(RESERVE, {"government": "initiator"})], [RESERVE]),
        ([(RESERVE, {})], [RESERVE]),
        # A state company is the state, and where a state holds too nothing is said of the nameless.
        ([(RESERVE, {"state_agency_soe": "initiator"})], [RESERVE]),
        (
            [(RESERVE, {"company": "initiator"}), (RESERVE, {"government": "initiator"}), (RESERVE, {})],
            ["funding/investment", RESERVE, RESERVE],
        ),
        # An auctioneer sells what is the state's.
        (
            [
                ("state_allocation/reserve_sale", {"company": "initiator"}),
                ("state_allocation/reserve_sale", {"government": "initiator"}),
            ],
            ["state_allocation/reserve_sale"] * 2,
        ),
        # What the state allots to a firm stays the state's.
        ([(RESERVE, {"ministry": "initiator", "company": "recipient"})], [RESERVE]),
        ([("state_allocation/power_allocated", {"company": "recipient"})], ["state_allocation/power_allocated"]),
    ],
)
def test_a_company_fills_its_treasury_with_its_own_funds(told: list[Told], types: list[str]) -> None:
    assert [kind for kind, _ in sense(*told)] == types


def test_an_interview_is_no_meeting() -> None:
    assert sense(("meeting/bilateral", {"person": "participant", "media_outlet": "participant"})) == []
    assert len(sense(("meeting/bilateral", {"person": "participant", "company": "participant"}))) == 1


def test_the_press_is_no_side_of_an_act_but_may_suffer_one() -> None:
    assert sense(("statement/", {"person": "speaker", "media_outlet": "participant"})) == [
        ("statement/", {"person": "speaker"})
    ]
    assert sense(("restriction/block", {"media_outlet": "affected"})) == [
        ("restriction/block", {"media_outlet": "affected"})
    ]


@pytest.mark.parametrize(
    ("kind", "parties", "role"),
    [
        ("enforcement/settlement", {"exchange": "initiator"}, "recipient"),
        ("enforcement/settlement", {"regulator": "initiator"}, "initiator"),
        ("litigation/filed", {"exchange": "initiator"}, "initiator"),
        ("enforcement/settlement", {"exchange": "initiator", "company": "recipient"}, "initiator"),
    ],
)
def test_the_firm_that_settles_is_the_one_acted_against(kind: str, parties: dict[str, str], role: str) -> None:
    ((_, roles),) = sense((kind, parties))
    assert roles[next(iter(parties))] == role
