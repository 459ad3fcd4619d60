"""Claims about lost line breaks: where they were, and names that only look like them."""

from __future__ import annotations

import pytest
from effort import is_linear

from pipelines.ingest.article import MappedText
from pipelines.ingest.glue import Names, unglue


def pieces(text: str) -> list[tuple[str, str]]:
    return [(piece.block_type, piece.text.text) for piece in unglue(MappedText.of(text), Names(text))]


def paragraphs(*texts: str) -> list[tuple[str, str]]:
    return [("paragraph", text) for text in texts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The act was signed.The bank said no.", paragraphs("The act was signed.", "The bank said no.")),
        ("“It is late.”Then he left.", paragraphs("“It is late.”", "Then he left.")),
        ("He said it was late.“We go,” he said.", paragraphs("He said it was late.", "“We go,” he said.")),
        ("Was it late?Nobody knew!Tradely did.", paragraphs("Was it late?", "Nobody knew!", "Tradely did.")),
        ("It fell (by 5%).Traders shrugged.", paragraphs("It fell (by 5%).", "Traders shrugged.")),
        ("It came from the U.S.The bank said no.", paragraphs("It came from the U.S.", "The bank said no.")),
        (
            "It was signed by Brook.The bank said no.",
            paragraphs("It was signed by Brook.", "The bank said no."),
        ),
    ],
)
def test_unglue_splits_at_a_sentence_end_without_a_space(text: str, expected: list[tuple[str, str]]) -> None:
    assert pieces(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The bank bought shares of BlackRock, PayPal and MicroStrategy from StarkWare and DeFi funds.",
        "PayPal said on Monday that it will leave.",
        "LinkedIn said on Monday that it will leave.",
        "TikTok and YouTube were named too.",
        "The eToro, dYdX and bitFlyer apps were named too.",
        "The U.S.Treasury and the U.S. Congress disagree.",
        "Mr.Brook and Dr.Field disagree.",
        "The site Tayaba.org and Booking.Com were named.",
        "Analyst AB Kuai.Field wrote it, and AB Kuai.Field deleted it.",
        "It costs 4.5 million, no.5 in the list, vs.The rest",
        "The plan of J.P.Brook came late.",
        "Crypto.Com and Gate.Io left the country.",
        "The court named TRADELY.COM and LAKE.IO among five exchanges.",
        "Law No.14 was signed.",
        "The firm, based in the UAE, left.",
        "McDonald and MacArthur left.",
        "The iPhone and the MiCA rules left.",
        "A StableCoin is not a DepositToken.",
        "A group that calls itself GhostHackers broke in on May 4.",
    ],
)
def test_unglue_leaves_names_whole(text: str) -> None:
    assert pieces(text) == paragraphs(text)


@pytest.mark.parametrize(
    ("text", "heading", "rest"),
    [
        (
            "Using surplus powerAt the time, nobody cared.",
            "Using surplus power",
            "At the time, nobody cared.",
        ),
        ("Crypto taxesGovernments may not care.", "Crypto taxes", "Governments may not care."),
        ("Lack of clarityThat’s what the paper said.", "Lack of clarity", "That’s what the paper said."),
        (
            "Tokens and RWAs bannedConsequently, banks left.",
            "Tokens and RWAs banned",
            "Consequently, banks left.",
        ),
        (
            "The ‘30 under 30’ listIn this role, he spoke.",
            "The ‘30 under 30’ list",
            "In this role, he spoke.",
        ),
        ("BackgroundThe case began in May.", "Background", "The case began in May."),
        (
            "Old feud resurfacesTradely sued the bank in May.",
            "Old feud resurfaces",
            "Tradely sued the bank in May.",
        ),
        ("A deal with the UAEThe talks began in May.", "A deal with the UAE", "The talks began in May."),
        ("Ten million coins goneHackers broke in on May 4.", "Ten million coins gone", "Hackers broke in on May 4."),
    ],
)
def test_unglue_finds_headings_joined_to_a_sentence(text: str, heading: str, rest: str) -> None:
    assert pieces(text) == [("heading", heading), ("paragraph", rest)]
    assert pieces(f"It was late. {text}") == [
        ("paragraph", "It was late."),
        ("heading", heading),
        ("paragraph", rest),
    ]
    assert pieces(f"It was late.{text}") == [
        ("paragraph", "It was late."),
        ("heading", heading),
        ("paragraph", rest),
    ]


def test_unglue_cuts_credits_and_keeps_their_sides_apart() -> None:
    text = "The act bans mining.Photo by Ada Brook on UnsplashOn May 26 it was signed.Lack of clarityThat’s all."
    assert pieces(text) == [
        ("paragraph", "The act bans mining."),
        ("paragraph", "On May 26 it was signed."),
        ("heading", "Lack of clarity"),
        ("paragraph", "That’s all."),
    ]


def test_unglue_drops_a_pointer_to_another_article() -> None:
    assert pieces("The act was signed.Also read: Ten tokens nobody wanted") == paragraphs("The act was signed.")


def test_unglue_splits_bullets_inside_a_line() -> None:
    assert pieces("The act has two parts: • It bans mining. • It taxes trade.") == [
        ("paragraph", "The act has two parts:"),
        ("list_item", "It bans mining."),
        ("list_item", "It taxes trade."),
    ]


def test_unglue_keeps_raw_offsets() -> None:
    text = "The act was signed.Crypto taxesGovernments may not care."
    for piece in unglue(MappedText.of(text, 100), Names(text)):
        start, end = piece.text.raw_span(0, len(piece.text))
        assert text[start - 100 : end - 100] == piece.text.text


@pytest.mark.parametrize("unit", ["aB", "a.B", "Aa ", ". A", "a. Ab", "Photo by ", "• ", "“.”", "Also read: ", "U.S."])
def test_unglue_is_linear_on_a_line_without_end(unit: str) -> None:
    assert is_linear(lambda text: unglue(MappedText.of(text), Names(text)), unit, 80_000)


@pytest.mark.parametrize(
    ("text", "heading", "rest"),
    [
        (
            "Ban Only Applies to Banks The remarks of the governor follow a directive of February.",
            "Ban Only Applies to Banks",
            "The remarks of the governor follow a directive of February.",
        ),
        (
            "Regulator Demands Registration of All Firms in Ruritania Starting from May 1, any firm must file papers.",
            "Regulator Demands Registration of All Firms in Ruritania",
            "Starting from May 1, any firm must file papers.",
        ),
        (
            "Brook to Get $5 Million a Year Under the terms of the contract the town will receive the money.",
            "Brook to Get $5 Million a Year",
            "Under the terms of the contract the town will receive the money.",
        ),
    ],
)
def test_unglue_finds_a_heading_in_capitals_before_a_sentence(text: str, heading: str, rest: str) -> None:
    before = "The bank said no. "
    assert pieces(before + text) == [("paragraph", before.strip()), ("heading", heading), ("paragraph", rest)]


# A name in capitals goes on, and a headline stays one piece whatever word stands in it.
@pytest.mark.parametrize(
    "text",
    [
        "President Ada Brook On Friday signed the bill into law and thanked the chamber.",
        "Brook Signs The Digital Asset Act Into Law After Months of Talks",
        "Ruritania Securities and Exchange Commission chair Ada Brook, who The Daily Field interviewed, left.",
        "The Bank of The Gambia and the Ministry of Finance signed an accord with lenders.",
    ],
)
def test_unglue_takes_no_name_for_a_heading(text: str) -> None:
    assert pieces(text) == paragraphs(text)


def test_unglue_cuts_the_note_of_a_feed() -> None:
    text = "The post Brook Signs Bill appeared first on Coin Daily News The bank said no."
    assert pieces(text) == paragraphs("The bank said no.")
