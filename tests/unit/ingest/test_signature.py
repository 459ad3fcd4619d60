"""Claims about what makes two bodies alike."""

from __future__ import annotations

from pipelines.ingest.article import Article, Block, MappedText
from pipelines.ingest.signature import PERMUTATIONS, body_hash, signature

LAKE = (
    "The finance ministry of Lakeland said on Monday that it will license custodians of digital assets "
    "from next year, "
    "after a consultation in which forty firms took part and most of them asked for clear rules on "
    "reserves and audits. "
)
RIVER = (
    "Officials said the first licences would go to banks that already hold securities for their customers, "
    "while smaller "
    "firms must wait until the supervisor has written guidance on staking, on lending and on foreign "
    "subcontractors. "
)


def article(*body: str, title: str | None = None, article_id: str = "a-001") -> Article:
    blocks = [Block("title", MappedText.of(title))] if title else []
    blocks += [Block("paragraph", MappedText.of(text)) for text in body]
    return Article(article_id, "a", 1, title, None, None, None, "en", 0, 1, tuple(blocks))


def likeness(one: Article, other: Article) -> float:
    pairs = list(zip(signature(one), signature(other), strict=True))
    return sum(left == right for left, right in pairs) / len(pairs)


def test_signature_is_a_list_of_plain_integers_and_stable() -> None:
    values = signature(article(LAKE, RIVER))
    assert len(values) == PERMUTATIONS
    assert all(type(value) is int for value in values)
    assert values == signature(article(LAKE, RIVER))


def test_same_body_under_another_headline_and_layout_is_the_same() -> None:
    one = article(LAKE, RIVER, title="One headline")
    other = article(LAKE.replace(" ", "  ").upper() + RIVER, title="Another", article_id="b-001")
    assert body_hash(one) == body_hash(other)
    assert signature(one) == signature(other)


def test_lightly_edited_body_is_near_and_another_body_is_far() -> None:
    one = article(LAKE * 2, RIVER)
    edited = article(LAKE * 2, RIVER.replace("Officials", "Two officials"))
    assert likeness(one, edited) > 0.8
    assert body_hash(one) != body_hash(edited)
    assert likeness(article(LAKE), article(RIVER)) < 0.2


def test_articles_without_a_body_are_not_alike() -> None:
    one, other = article(article_id="a-001"), article(article_id="b-001")
    assert body_hash(one) != body_hash(other)
    assert likeness(one, other) < 0.5
