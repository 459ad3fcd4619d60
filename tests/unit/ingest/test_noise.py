"""Claims about which lines are no part of an article, and which only look as if they were not."""

from __future__ import annotations

import pytest

from pipelines.ingest.article import MappedText
from pipelines.ingest.noise import cut_credits, is_author_bio, is_disclaimer, is_person_name, noise_kind


@pytest.mark.parametrize(
    "line",
    [
        "By",
        "By Ada Brook",
        "By Ada Brook, Reporter",
        "By Ada Brook and Ben Field, Staff Writers",
        "Written by Ada Brook",
        "Edited by Ben Field",
        "Author: Ada Brook",
        "Reporting by Ada Brook in Lakeport; Editing by Ben Field",
        "Share",
        "Share this article",
        "Share on Facebook",
        "Tweet this",
        "Copy link",
        "Follow",
        "Follow us on Google News",
        "Follow us on X and Telegram",
        "Subscribe",
        "Subscribe to our daily newsletter",
        "Sign up for our newsletter to get the week in tokens",
        "Get the latest news in your inbox",
        "Enter your email address",
        "Don't miss a beat: subscribe to get alerts",
        "Join our Telegram channel",
        "Read more",
        "Read More:",
        "Read more: The bank that went quiet",
        "Also read: Ten tokens that nobody asked for",
        "Also Read | Ten tokens that nobody asked for",
        "Related: Why the lake froze",
        "See also: Why the lake froze",
        "Related articles",
        "Related links",
        "You may also like",
        "More to Read",
        "View All",
        "Latest news",
        "Photo by Ada Brook on Unsplash",
        "Image: Shutterstock",
        "Featured image from Shutterstock",
        "Image source: Newsdesk",
        "Source: ChartView",
        "(Photo: Newswire)",
        "Ada Brook/Getty Images",
        "— Ada Brook (@adabrook) January 11, 2025",
        "– Lakeport Fire Watch (@lake_watch) 3 May 2025",
        "-- Ben Field (@bf)",
        "custody exchange lakeland tradely",
        "About us > News centre > Media releases > Tradely",
        "Front page :: Politics :: Business :: Culture",
        "Latest | Law | Markets | Podcasts",
        "By Ada Brook in Lakeport",
        "By Ada Brook and Ben Field in Lakeport and Hillton",
        "Reporting: Ada Brook, Ben Field",
        "Share: Facebook | X | Email",
        "View this email in your browser | Forward to a colleague",
        "Having trouble reading this? Open in browser.",
        "bank fines lakeport licence 2025-11-03",
        "The minister at the fair last week. Source: LNN",
        "The skyline of Lakeport; Photo: Unsplash",
        "https://img.news.example/a/b.webp",
        "lake-640x480.jpg",
        "[Image]",
        "5 min read",
        "Reading time: 4 minutes",
        "3 minute read",
        "1,204 views",
        "12 comments",
        "Tags: law, banks, custody",
        "Categories: Policy",
        "#law #banks #custody",
        "Filed under Policy",
        "We use cookies to improve your experience on our site.",
        "This website uses cookies. By staying you accept them.",
        "Accept all cookies",
        "BTC $67,012 +1.2%",
        "Bitcoin BTC $67,012.10 1.20% Ethereum ETH $3,501 -0.4%",
        "BTC $67,012",
        "+1.2%",
        "© 2025 Newsdesk Ltd. All rights reserved.",
        "Copyright 2025 Newsdesk",
        "Quick Take",
        "Key Takeaways",
        "Key Takeaways:",
        "Summary is AI generated, newsroom reviewed.",
        "Show Quick Read",
        "Home > News > Policy",
        "Home / Markets / Lakeland",
        "Policy & Regulation·",
        "Law & Order·",
        "Loading...",
        "Advertisement",
        "Leave a comment",
        "What do you think? Tell us in the comments",
        "Your email address will not be published.",
        "0",
        "•",
        "* * *",
        "The post A lake froze appeared first on Newsdesk.",
        "lakenews.example.com",
        "[ad_1]",
        "Previous: The bank that went quiet",
        "Listen to this article",
        "Skip to content",
    ],
)
def test_noise_kind_recognises(line: str) -> None:
    assert noise_kind(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "By Friday the ministry wants answers from all forty firms.",
        "By the end of June, the law must be signed.",
        "By licensing custodians, Lakeland hopes to win back banks",
        "Share prices of Tradely fell by a tenth after the ruling.",
        "Followers of the case expected a longer sentence.",
        "Follow-up talks are planned for May, the minister said.",
        "Subscribers of the service lost nine million dollars.",
        "Readers of the draft will find no word on staking.",
        "Related parties may not vote, the supervisor said.",
        "Photo identification is now required at every exchange.",
        "Image rights were sold as tokens by the league last year.",
        "Sources: two officials and a banker said the deal was close, and that the text would be signed in Lakeport.",
        "Bitcoin rose 5% to $67,012 after the vote.",
        "Bitcoin Falls 5% After Ruling",
        "Lakeland Fines Tradely $40 Million",
        "Commenting on the draft, the bank asked for more time.",
        "Tagged accounts were frozen on Monday by the police.",
        "Cookies are not the only way to track a wallet, the court found.",
        "Copyright law does not cover tokens, a court in Lakeport ruled.",
        "Loading fees onto users is not allowed under the new act.",
        "Policy makers met in Lakeport",
        "Home ministry drafts a law on tokens",
        "Top court hears the case of Tradely",
        "The summary of the law runs to nine pages.",
        "Key takeaways from the hearing were the fee cap and the audit rule.",
        "Minister: “We will not sell the reserve.”",
        "Telegram founder leaves the country",
        "X, formerly Twitter, removed the post.",
        "Sign-up bonuses are banned from October.",
        "Join forces, the two supervisors told the industry.",
        "About 40 banks took part in the trial.",
        "Original plans foresaw a fee of 2%.",
        "It costs $40.",
        "a bank cut fees it owed users",
        "Lakeland | Bank waits | It has not said why",
        "Lakeport | 3 May 2025 | Staff",
        "LAKELAND | The governor says no",
        "By Ada Brook in Lakeport the law was welcomed.",
        "Reporting rules: banks must answer by May",
        "View in the market is that fees will fall.",
        "lakeland bans tradely exchange",
        "and banks can trade",
        "— Ada Brook, the minister of finance",
        "Ada Brook (@adabrook) leaves the Lakeport exchange after nine years",
        "Yes, he said, the reserve is real.",
    ],
)
def test_noise_kind_leaves_alone(line: str) -> None:
    assert noise_kind(line) is None


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "The act bans mining.Photo by Ada Brook on UnsplashOn May 26 it was signed.",
            ["The act bans mining.", "On May 26 it was signed."],
        ),
        (
            "It was late.Photo by A. Brook on\u00a0PexelsMore came.".replace("\u00a0", " "),
            ["It was late.", "More came."],
        ),
        ("It was late. (Image: Shutterstock) More came.", ["It was late.", "More came."]),
        ("It was late. Featured image from Shutterstock", ["It was late."]),
        ("Photo by Ada Brook on Unsplash", []),
        ("A bank paid. The post Bank pays up appeared first on The Lake.", ["A bank paid."]),
        (
            "A bank paid. The post Bank pays up appeared first on Newsdesk. The fine is due.",
            ["A bank paid.", "The fine is due."],
        ),
        # Negatives: pictures that are told of, and platforms that are no credit.
        (
            "A photo by the police shows the house on Lake Road.",
            ["A photo by the police shows the house on Lake Road."],
        ),
        ("Getty Images sued the firm.", ["Getty Images sued the firm."]),
        ("The image rights agency Shutterstock won.", ["The image rights agency Shutterstock won."]),
    ],
)
def test_cut_credits_makes_a_boundary_of_every_credit(text: str, pieces: list[str]) -> None:
    assert [piece.text for piece in cut_credits(MappedText.of(text))] == pieces


@pytest.mark.parametrize(
    "text",
    [
        "Disclaimer: nothing here is advice.",
        "The information on this page is for informational purposes only and does not constitute investment advice.",
        "Views of our authors do not necessarily reflect those of Newsdesk.",
    ],
)
def test_is_disclaimer_recognises(text: str) -> None:
    assert is_disclaimer(text)


@pytest.mark.parametrize(
    "text",
    [
        "The supervisor said that a disclaimer on the page of Tradely did not protect it.",
        "Advisers must tell clients about their fees, the act says.",
    ],
)
def test_is_disclaimer_leaves_alone(text: str) -> None:
    assert not is_disclaimer(text)


def test_is_author_bio_recognises_a_writer() -> None:
    assert is_author_bio("Ada Brook is a journalist who covers tokens and law for Newsdesk.")
    assert is_author_bio("Ben Field has over ten years of experience as an editor.")


def test_is_author_bio_leaves_subjects_of_news_alone() -> None:
    assert not is_author_bio("Ada Brook is the governor of the central bank of Hillmark.")
    assert not is_author_bio("The reporter was held for two days, his editor said.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Brook", True),
        ("Bilal bin Rashid", True),
        ("Newsdesk", True),
        ("Lakeland to act", False),
        ("Ada Brook 2", False),
        ("what now", False),
    ],
)
def test_is_person_name(text: str, expected: bool) -> None:
    assert is_person_name(text) is expected
