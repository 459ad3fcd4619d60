"""A party has the role that the codebook gives it in an act of the type, by what it is."""

import pytest
from reading import names_of

from pipelines.extract.candidate import Argument, Candidate
from pipelines.extract.references import References
from pipelines.extract.roles import roles_of


def roles(event_type: str, text: str, trigger: str, *marked: tuple[str, str]) -> dict[str, str]:
    """Actor id -> role of an act at `trigger`, from phrases that the detector marked with roles."""
    finder, names, docs = names_of(text)
    arguments = tuple(Argument(role, text.index(words), text.index(words) + len(words)) for role, words in marked)
    start = text.index(trigger)
    candidate = Candidate(
        block=0,
        start=start,
        end=start + len(trigger),
        event_type=event_type,
        event_subtype=None,
        status="occurred",
        status_rule="told",
        ahead=False,
        is_background=False,
        arguments=arguments,
        confidence=0.9,
        rule="told",
    )
    return {
        ref.actor.actor_id: role for role, ref in roles_of(candidate, docs[0], References(finder, names, docs, None))
    }


@pytest.mark.parametrize(
    ("event_type", "text", "marked", "found"),
    [
        ("restriction", "Kenya blocked Binance.", ("affected", "Binance"), {"binance": "recipient"}),
        ("restriction", "Kenya blocked Welsh miners.", ("recipient", "Welsh miners"), {"welsh-miners": "affected"}),
        ("legal_relief", "Kenya blocked Binance.", ("recipient", "Binance"), {"binance": "beneficiary"}),
        ("agreement_signed", "Kenya blocked Binance.", ("recipient", "Binance"), {"binance": "participant"}),
        ("statement", "Kenya blocked Binance.", ("initiator", "Binance"), {"binance": "speaker"}),
        # Where words alone decide, they do.
        ("funding", "Kenya blocked Binance.", ("beneficiary", "Binance"), {"binance": "beneficiary"}),
        ("restriction", "Kenya blocked Binance.", ("initiator", "Binance"), {"binance": "initiator"}),
        ("meeting", "Kenya blocked Binance.", ("host", "Binance"), {"binance": "host"}),
    ],
)
def test_what_a_party_is_decides_its_role_in_an_act(
    event_type: str, text: str, marked: tuple[str, str], found: dict[str, str]
) -> None:
    assert roles(event_type, text, "blocked", marked) == found


# The detector often marks only the second of two names.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kraken and Binance launched a coin.", ["kraken", "binance"]),
        ("Kraken and its rival Binance launched a coin.", ["kraken", "binance"]),
        ("The regulator sued Kraken, and Binance launched a coin.", ["binance"]),
        ("Kraken left, and Binance launched a coin.", ["binance"]),
        ("A rival of Kraken, Binance launched a coin.", ["binance"]),
    ],
)
def test_who_is_joined_to_a_party_by_and_is_one_too(text: str, found: list[str]) -> None:
    assert list(roles("launch", text, "launched", ("initiator", "Binance"))) == found


@pytest.mark.parametrize(
    ("event_type", "marked", "found"),
    [
        ("enforcement", (("recipient", "Marathon"),), {"securities-and-exchange-commission-us": "initiator"}),
        ("enforcement", (("initiator", "Marathon"),), {}),  # somebody is said to act
        ("funding", (), {}),
    ],
)
def test_an_authority_named_with_an_act_does_it_unless_another_does(
    event_type: str, marked: tuple[tuple[str, str], ...], found: dict[str, str]
) -> None:
    text = "Marathon had an SEC subpoena in the United States."
    assert found.items() <= roles(event_type, text, "subpoena", *marked).items()
    assert ("securities-and-exchange-commission-us" in roles(event_type, text, "subpoena", *marked)) == bool(found)


def test_a_place_of_a_list_is_no_second_party() -> None:
    text = "Regulators in France and Spain sued."
    assert set(roles("litigation", text, "sued", ("initiator", "Regulators"), ("initiator", "Spain"))) == {
        "regulators-of-france",
        "regulators-of-spain",
    }
    assert "government-of-spain" in roles("litigation", "Texas and Spain sued.", "sued", ("initiator", "Spain"))


@pytest.mark.parametrize(
    ("event_type", "text", "trigger", "marked", "found"),
    [
        ("state_allocation", "Kenya's decision to sell its coins moved prices.", "sell", (),
         {"government-of-kenya": "initiator"}),
        ("criticism", "Binance's move to accuse Kraken fell flat.", "accuse", (("recipient", "Kraken"),),
         {"binance": "speaker", "kraken": "recipient"}),
        ("enforcement", "Sam Bankman-Fried's arrest moved prices.", "arrest", (),
         {"sam-bankman-fried": "recipient"}),
        # A possessor is nobody's doer by itself, an authority is not arrested, and who is told stays.
        ("state_allocation", "Kenya's coins sell well.", "sell", (), {}),
        ("enforcement", "The FBI's arrest moved prices.", "arrest", (),
         {"federal-bureau-of-investigation": "initiator"}),
        ("funding", "Sam Bankman-Fried's release moved prices.", "release", (), {}),
        ("enforcement", "Sam Bankman-Fried's arrest of Do Kwon moved prices.", "arrest", (("recipient", "Do Kwon"),),
         {"do-kwon": "recipient"}),
    ],
)  # fmt: skip
def test_a_possessor_takes_part_where_the_noun_says_how(
    event_type: str, text: str, trigger: str, marked: tuple[tuple[str, str], ...], found: dict[str, str]
) -> None:
    assert roles(event_type, text, trigger, *marked) == found


@pytest.mark.parametrize(
    ("event_type", "text", "trigger", "marked", "found"),
    [
        # Thieves take from their victim, wherever the detector saw it, also by way of what is the victim's.
        (
            "security_incident",
            "Coins were taken from Upbit.",
            "taken",
            (("initiator", "Upbit"),),
            {"upbit": "affected"},
        ),
        (
            "security_incident",
            "Thieves drained coins from a hot wallet of Upbit.",
            "drained",
            (),
            {"upbit": "affected"},
        ),
        ("security_incident", "Thieves drained coins with a tool of Upbit.", "drained", (), {}),
        (
            "security_incident",
            "North Korea attacked Upbit.",
            "attacked",
            (("initiator", "North Korea"), ("affected", "Upbit")),
            {"government-of-north-korea": "initiator", "upbit": "affected"},
        ),
        # A group that nobody knows is what every theft has; a known one is a party.
        (
            "security_incident",
            "A North Korean group robbed Upbit.",
            "robbed",
            (("initiator", "A North Korean group"), ("affected", "Upbit")),
            {"upbit": "affected"},
        ),
        (
            "security_incident",
            "Lazarus Group robbed Upbit.",
            "robbed",
            (("initiator", "Lazarus Group"), ("affected", "Upbit")),
            {"lazarus-group": "initiator", "upbit": "affected"},
        ),
        # Who has something done acts, and not those who carry it out; a request orders nothing.
        (
            "restriction",
            "Binance blocked users on the order of the CFTC.",
            "blocked",
            (("initiator", "Binance"),),
            {"commodity-futures-trading-commission": "initiator"},
        ),
        (
            "restriction",
            "Binance blocked users at the request of the CFTC.",
            "blocked",
            (("initiator", "Binance"),),
            {"binance": "initiator"},
        ),
        # A government says nothing beside its own body in the same role, and something beside another's.
        (
            "restriction",
            "Thirteen Chinese authorities led by the PBOC banned it.",
            "banned",
            (("initiator", "Thirteen Chinese authorities"), ("initiator", "PBOC")),
            {"people-s-bank-of-china": "initiator"},
        ),
        (
            "restriction",
            "Kenya and the PBOC banned it.",
            "banned",
            (("initiator", "Kenya"), ("initiator", "PBOC")),
            {"government-of-kenya": "initiator", "people-s-bank-of-china": "initiator"},
        ),
        # Persons join, what they join is joined; judges find for one and against another.
        (
            "personnel_change",
            "Bo Hines signed up with Upbit.",
            "signed",
            (("participant", "Bo Hines"), ("appointee", "Upbit")),
            {"bo-hines": "appointee", "upbit": "recipient"},
        ),
        (
            "court_ruling",
            "Judges found for Upbit against Binance.",
            "found",
            (("recipient", "Upbit"), ("recipient", "Binance")),
            {"upbit": "beneficiary", "binance": "recipient"},
        ),
    ],
)
def test_grammar_says_who_acts_and_who_undergoes(
    event_type: str, text: str, trigger: str, marked: tuple[tuple[str, str], ...], found: dict[str, str]
) -> None:
    assert roles(event_type, text, trigger, *marked) == found


# A regulator fines and warns; it has no market to leave, so that "it" means the firm told of before.
@pytest.mark.parametrize(
    ("event_type", "who"),
    [
        ("market_access", {"binance": "initiator"}),
        ("warning", {"central-bank-of-ireland": "initiator"}),
    ],
)
def test_no_authority_leaves_a_market(event_type: str, who: dict[str, str]) -> None:
    text = "The Central Bank of Ireland fined Binance. It left after a notice."
    assert roles(event_type, text, "left", ("initiator", "It")) == who
