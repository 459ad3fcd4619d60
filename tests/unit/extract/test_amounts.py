"""Amounts keep value, unit and qualifier; numbers that count something else are no amounts."""

import pytest

from pipelines.extract.amounts import SCALES, find_amounts, in_currency_of


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("over $120 million in losses", [(120e6, None, "USD", "over")]),
        ("8 billion yuan ($1.1 billion)", [(8e9, None, "CNY", "exact"), (1.1e9, None, "USD", "exact")]),
        ("2,000 megawatts of power", [(2000, None, "MW", "exact")]),
        ("raising 5,000 ETH", [(5000, None, "ETH", "exact")]),
        ("Rs. 6 lakh crore", [(6e12, None, "INR", "exact")]),
        ("US$1.4bn", [(1.4e9, None, "USD", "exact")]),
        ("valued at up to $2 billion", [(2e9, None, "USD", "up_to")]),
        ("S$2.5m", [(2.5e6, None, "SGD", "exact")]),
        ("RM50 million", [(50e6, None, "MYR", "exact")]),
        ("£3,502,887", [(3502887, None, "GBP", "exact")]),
        ("KRW 35.2 billion", [(35.2e9, None, "KRW", "exact")]),
        ("half a billion dollars", [(5e8, None, "USD", "exact")]),
        ("between $5 million and $10 million", [(5e6, 10e6, "USD", "range")]),
        ("$5 million and $10 million", [(5e6, None, "USD", "exact"), (10e6, None, "USD", "exact")]),
        ("$10-15 million", [(10e6, 15e6, "USD", "range")]),
        ("$5 tln", [(5e12, None, "USD", "exact")]),
        ("$1.2 trln", [(1.2e12, None, "USD", "exact")]),
        ("Rs 2 lakh crore", [(2e12, None, "INR", "exact")]),
        ("a tax of 30%", [(30, None, "percent", "exact")]),
        ("50,000 Hong Kong dollars", [(50e3, None, "HKD", "exact")]),
        ("20 million Pakistani rupees", [(20e6, None, "PKR", "exact")]),
        ("at least 1,500 Bitcoin", [(1500, None, "BTC", "at_least")]),
    ],
)
def test_amounts_are_read_with_unit_and_qualifier(
    text: str, wanted: list[tuple[float, float | None, str, str]]
) -> None:
    found = [(a.value, a.value_max, a.unit, a.qualifier) for a in find_amounts(text)]
    assert found == wanted


@pytest.mark.parametrize(
    "text",
    [
        "the bitcoin ETF",
        "Rule 4(6)",
        "34 won the vote",
        "more than 2,000 professionals",
        "Ethereum 2.0",
        "in 2024",
        "Web3",
    ],
)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert find_amounts(text) == []


# A word that the pattern knows and the table does not would cost an article all its events.
@pytest.mark.parametrize("scale", [*SCALES, *(scale.upper() for scale in SCALES)])
def test_every_word_of_scale_is_worth_something(scale: str) -> None:
    (found,) = find_amounts(f"fined $2 {scale}, it said")
    assert found.value == 2 * SCALES[scale.lower()]


def test_every_amount_stands_where_it_says() -> None:
    text = "It paid $4.3 billion, or 92,000 BTC, plus 5% a year."
    assert [text[a.start : a.end] for a in find_amounts(text)] == [a.text for a in find_amounts(text)]


@pytest.mark.parametrize(
    ("text", "countries", "wanted"),
    [
        ("about 14 million kwacha", ["ZM"], "ZMW"),
        ("about 14 million kwacha", ["GB", "MW"], "MWK"),
        ("about K14 million", ["ZM"], "ZMW"),
        ("about K14 million", ["GB"], None),
        ("a fine of P5 million", ["PH"], "PHP"),
        ("a fine of P5 million", ["BW"], "BWP"),
        ("a fine of P5 million", ["GB"], None),
        ("a fine of Php 5 million", ["GB"], "PHP"),
        ("some GH¢5 million", ["GB"], "GHS"),
        ("some 5 million zlotys", ["GB"], "PLN"),
        ("102 million soums", ["KG"], "UZS"),
        ("102 million som", ["UZ"], "UZS"),
        ("102 million som", ["GB"], "KGS"),
        ("fined 3 million pesos", ["AR"], "ARS"),
        ("fined 3 million Mexican pesos", ["AR"], "MXN"),  # its own adjective says whose
        ("fined 3 million pounds", ["EG", "GB"], "EGP"),  # the nearer country first
        ("fined 3 million pounds", ["FR"], "GBP"),
        ("a fine of Shs 15bn", ["UG"], "UGX"),
        ("R16.4m of its money", ["ZA"], "ZAR"),
        ("a fine of $3 million", ["AR"], "USD"),
        ("fined 3 million pesos", [], None),  # whose is not said
    ],
)
def test_a_shared_word_is_the_currency_of_the_country_told_of(
    text: str, countries: list[str], wanted: str | None
) -> None:
    (amount,) = find_amounts(text)
    known = in_currency_of(amount, countries)
    assert (known.unit if known else None) == wanted


def test_a_mountain_is_no_sum_of_kwacha() -> None:
    assert find_amounts("They climbed K2 and ate Special K 3 times.") == []
    assert find_amounts("The P5 met on P2P lending, page P 3.") == []


def test_the_firm_r3_is_no_sum_of_rand() -> None:
    assert find_amounts("R3 and 12 banks tested it") == []


def test_a_range_with_its_scale_said_twice_is_one_amount() -> None:
    (amount,) = find_amounts("for between 100 billion and 140 billion won")
    assert (amount.value, amount.value_max, amount.unit) == (1e11, 1.4e11, "KRW")
    assert [a.value for a in find_amounts("it lost 100 million euros and 140 million euros")] == [1e8, 1.4e8]
