"""The parties of an act tell a firm's treasury from a state's, an interview from a talk, who pays from who fines."""

import pytest

from pipelines.extract.act import Act
from pipelines.extract.actors import Actor, Reference
from pipelines.extract.candidate import Candidate
from pipelines.extract.parse import language
from pipelines.extract.party_sense import with_sense

Told = tuple[str, dict[str, str]]


def sense(*told: Told, text: str = "It brought it.", rule: str = "") -> list[tuple[str, dict[str, str]]]:
    """Type/subtype and {party's type: role} of the acts that stay of those told, whose parties `rule` has found."""
    (sentence,) = language()(text).sents
    acts = []
    for kind, parties in told:
        event_type, _, subtype = kind.partition("/")
        candidate = Candidate(0, 0, 2, event_type, subtype or None, "occurred", "", False, False, (), 0.9, "")
        roles = [
            (role, Reference(Actor(name, "", name, None, False), "", 0, 0, rule)) for name, role in parties.items()
        ]
        acts.append(Act(candidate, sentence.root, sentence, 0, roles))
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
    talk = ("meeting/bilateral", {"person": "participant"})
    assert sense(talk, text="The interview.") == []
    assert len(sense(talk, text="The talk.")) == 1


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


# The state prosecutes; a founder who goes to law against his partner does not, and who was charged even less.
@pytest.mark.parametrize(
    ("kind", "parties", "text", "seen"),
    [
        ("enforcement/charge", {"executive_founder": "initiator"}, "He went to law.", "litigation/filed"),
        ("enforcement/charge", {"person": "initiator", "company": "recipient"}, "He sued it.", "litigation/filed"),
        ("enforcement/charge", {"person": "initiator"}, "He was charged.", "enforcement/charge"),
        ("enforcement/charge", {"person": "initiator", "regulator": "initiator"}, "They sued.", "enforcement/charge"),
        ("enforcement/charge", {"regulator": "initiator"}, "It sued.", "enforcement/charge"),
        ("enforcement/charge", {"person": "recipient"}, "It sued him.", "enforcement/charge"),
        ("enforcement/fine", {"person": "initiator"}, "He signed the order.", "enforcement/fine"),
    ],
)
def test_only_an_authority_prosecutes(kind: str, parties: dict[str, str], text: str, seen: str) -> None:
    assert [found for found, _ in sense((kind, parties), text=text)] == [seen]


# A visit to a capital is no meeting with its government; the house that a government owns is its host.
@pytest.mark.parametrize(
    ("rule", "role", "stays"),
    [
        ("government_by_seat", "host", False),
        ("government_by_name", "host", False),
        ("vocabulary_name", "host", True),
        ("government_by_seat", "participant", True),
    ],
)
def test_where_an_act_is_set_takes_no_part_in_it(rule: str, role: str, stays: bool) -> None:
    ((_, parties),) = sense(("meeting/visit", {"government": role}), rule=rule)
    assert bool(parties) == stays


@pytest.mark.parametrize(
    ("text", "kind", "role"),
    [
        ("Charges were unsealed.", "enforcement/charge", "recipient"),
        ("An indictment released in Brooklyn.", "enforcement/charge", "recipient"),
        # Who is let off, and what else comes out.
        ("Charges were dropped.", "legal_relief/charges_dropped", "beneficiary"),
        ("The founder was released.", "legal_relief/charges_dropped", "beneficiary"),
    ],
)
def test_charges_that_come_to_light_are_brought(text: str, kind: str, role: str) -> None:
    (sentence,) = language()(text).sents
    word = next(token for token in sentence if token.tag_ in {"VBN", "VBD"} and token.lemma_ != "be")
    candidate = Candidate(0, 0, 2, "legal_relief", "charges_dropped", "occurred", "", False, False, (), 0.9, "")
    accused = Reference(Actor("", "", "person", None, False), "", 0, 0, "")
    (act,) = with_sense([Act(candidate, word, sentence, 0, [("beneficiary", accused)])])
    assert f"{act.candidate.event_type}/{act.candidate.event_subtype}" == kind
    assert [held for held, _ in act.roles] == [role]
