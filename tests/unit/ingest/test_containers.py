"""What is read out of PDF, Word, mail and crawl files, and what each limit refuses."""

from __future__ import annotations

import gzip
import random
import zlib
from pathlib import Path

import pytest
from container_files import (
    BAD_FILES,
    BODY,
    GOOD_FILES,
    JSON_LINE,
    PAGE,
    PDF_LINES,
    SENTENCE,
    TITLE,
    PdfLine,
    docx,
    locked_pdf,
    mail,
    pdf,
    warc_record,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ingest import containers
from pipelines.ingest.article import Article, Document
from pipelines.ingest.articles import split_articles
from pipelines.ingest.discover import SeedFile
from pipelines.problems import Problem, Severity


def unpack(name: str, content: bytes) -> tuple[Document | None, list[Problem]]:
    return containers.unpack(SeedFile(name, Path(name), len(content), 0), "0123456789abcdef", content)


def read(name: str, content: bytes) -> tuple[list[Article], dict[str, Severity], str]:
    """The articles, all problems and the stored text."""
    document, problems = unpack(name, content)
    assert document is not None, problems
    articles, more = split_articles(document)
    return articles, {problem.reason_code: problem.severity for problem in [*problems, *more]}, document.text


def refused(name: str, content: bytes) -> list[str]:
    document, problems = unpack(name, content)
    assert document is None
    return [problem.reason_code for problem in problems]


def told(article: Article) -> str:
    return " ".join(block.text.text for block in article.blocks)


@pytest.mark.parametrize("name", GOOD_FILES)
def test_article_of_each_format_has_its_title_date_and_words(name: str) -> None:
    (article,), problems, text = read(name, GOOD_FILES[name])
    assert problems == {}
    assert (article.title, str(article.published)) == (TITLE, "2024-05-03")
    assert told(article) == f"{TITLE} {BODY}"
    assert article.published_span is not None
    assert "2024" in text[slice(*article.published_span)]


# What the warehouse quotes must stand at its offsets in the text that is stored.
@pytest.mark.parametrize("name", GOOD_FILES)
def test_sentence_of_each_format_stands_at_its_offsets(name: str) -> None:
    (article,), _, text = read(name, GOOD_FILES[name])
    (block,) = (block for block in article.blocks if SENTENCE in block.text.text)
    start = block.text.text.index(SENTENCE)
    assert text[slice(*block.text.raw_span(start, start + len(SENTENCE)))] == SENTENCE
    assert 0 <= article.char_start < article.char_end <= len(text)


@pytest.mark.parametrize("name", BAD_FILES)
def test_bad_container_is_refused_with_its_reason_and_what_to_do(name: str) -> None:
    content, reason_code = BAD_FILES[name]
    document, problems = unpack(name, content)
    assert document is None
    (problem,) = (problem for problem in problems if problem.severity is Severity.ERROR)
    assert problem.reason_code == reason_code
    assert "\n" not in problem.line()


# --- PDF


def test_pdf_that_only_forbids_changes_is_read() -> None:
    (article,), problems, _ = read("a.pdf", locked_pdf(""))
    assert (article.title, problems) == (TITLE, {})


def test_paragraph_goes_on_over_a_page_and_running_heads_are_left_out() -> None:
    head: PdfLine = (8, 0, "Example Gazette, issue 7")
    page_one: list[PdfLine] = [(11, 60, "The bank said that its reserves had"), (11, 14, "grown by a third over")]
    page_two: list[PdfLine] = [(11, 60, "the year before."), (11, 40, "Nobody else answered.")]
    page_three: list[PdfLine] = [(11, 60, "A last paragraph stands alone.")]
    pages = (page_one, page_two, page_three)
    document, _ = unpack("a.pdf", pdf(*([head, *page, (8, 500, f"Page {n} of 3")] for n, page in enumerate(pages, 1))))
    assert document is not None
    assert document.text.split("\n\n") == [
        "The bank said that its reserves had grown by a third over the year before.",
        "Nobody else answered.",
        "A last paragraph stands alone.",
    ]


def test_pdf_of_more_pages_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_PAGES", 1)
    assert refused("a.pdf", pdf(PDF_LINES, PDF_LINES)) == ["too_many_parts"]
    assert read("a.pdf", pdf(PDF_LINES))[1] == {}


def test_pdf_whose_page_unpacks_to_a_bomb_is_refused() -> None:
    assert refused("a.pdf", pdf([], content=zlib.compress(b" " * 100_000_000))) == ["expands_too_far"]


# --- Word


def test_word_file_of_more_members_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_PARTS", 4)
    assert refused("a.docx", docx({f"{number}.xml": b"<a/>" for number in range(3)})) == ["too_many_parts"]
    assert read("a.docx", docx())[1] == {}


# A picture is large and is no text; it must not swell the stored text.
def test_pictures_of_a_word_file_are_not_stored() -> None:
    _, _, text = read("a.docx", docx({"word/media/image1.png": b"\x89PNG" * 50}))
    assert "base64" not in text


def test_text_of_more_characters_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_BYTES", 100)
    assert refused("a.docx", docx()) == ["expands_too_far"]


# --- mail


def test_mail_keeps_the_day_of_its_sender() -> None:
    (article,), _, _ = read("a.eml", GOOD_FILES["a.eml"])
    assert article.published_rule == "message_date"


# The day on which somebody passed a text on is not the day on which it was published.
@pytest.mark.parametrize("subject", [f"Fwd: {TITLE}", f"FW: {TITLE}", f"Re: {TITLE}"])
def test_mail_that_passes_another_on_gives_no_date(subject: str) -> None:
    (article,), _, _ = read("a.eml", bytes(mail(subject=subject)))
    assert article.published is None


def test_page_in_a_mail_says_itself_when_it_was_published() -> None:
    (article,), _, _ = read("a.eml", bytes(mail(plain=None, page=PAGE)))
    assert article.published_rule == "meta_tag"


def test_plain_body_is_preferred_unless_it_only_points_to_the_page() -> None:
    page = f"<p>{BODY.replace('5 million', '9 million')}</p>"
    (both,), _, _ = read("a.eml", bytes(mail(page=page)))
    assert "5 million" in told(both)
    (stub,), _, _ = read("a.eml", bytes(mail(plain="View this mail in your browser.", page=page)))
    assert "9 million" in told(stub)


def test_attachments_of_a_mail_are_told_and_not_read() -> None:
    message = mail(attach=2)
    message.add_attachment(mail(plain="Another text that is attached."))
    (article,), problems, text = read("a.eml", bytes(message))
    assert problems == {"parts_not_read": Severity.INFO}
    assert "attached" not in text
    assert article.title == TITLE


def test_mail_of_more_parts_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_PARTS", 3)
    assert refused("a.eml", bytes(mail(attach=3))) == ["too_many_parts"]


# --- gzip and crawls


def test_whole_lines_of_a_cut_gzip_file_are_used_and_the_cut_is_told() -> None:
    letters = bytes(random.Random(1).choices(range(97, 123), k=4000))
    whole = gzip.compress(JSON_LINE + b'{"text": "' + letters + b'"}\n')
    articles, problems, _ = read("a.jsonl.gz", whole[:-300])
    assert [article.title for article in articles] == [TITLE]
    assert problems == {"truncated_file": Severity.ERROR}


def test_whole_pages_of_a_cut_crawl_are_used_and_the_cut_is_told() -> None:
    records = [warc_record(PAGE.encode()), warc_record(PAGE.replace("5 million", "9 million").encode(), name="2")]
    for name, content in (("a.warc", b"".join(records)), ("a.warc.gz", b"".join(map(gzip.compress, records)))):
        articles, problems, _ = read(name, content[:-200])
        assert ["5 million" in told(article) for article in articles] == [True]
        assert problems == {"truncated_file": Severity.ERROR}


def test_only_answered_pages_of_a_crawl_are_read_and_the_rest_is_told() -> None:
    records = [
        warc_record(PAGE.encode()),
        warc_record(PAGE.encode(), status=404, name="gone"),
        warc_record(b"\x89PNG", "image/png", name="picture"),
        warc_record(BODY.encode(), "text/plain", name="plain"),
        warc_record(b"<p>Menu</p>", name="menu"),
    ]
    articles, problems, text = read("a.warc", b"".join(records))
    assert len(articles) == 2
    assert problems == {"parts_not_read": Severity.INFO, "no_article": Severity.INFO}
    assert "gone" not in text and "https://example.org/plain" in text


# The crawler's clock says when the page was looked at.
def test_day_of_the_crawl_is_never_a_date_of_publication() -> None:
    undated = PAGE.replace("article:published_time", "og:description")
    (article,), _, _ = read("a.warc", warc_record(undated.encode()))
    assert article.published is None


def test_page_of_a_crawl_is_decoded_as_its_server_says() -> None:
    (article,), problems, _ = read("a.warc", warc_record(PAGE.encode("cp1252"), "text/html; charset=windows-1252"))
    assert "“surprised”" in told(article)
    assert problems == {}


def test_zipped_page_of_a_crawl_is_read_and_a_bomb_in_one_is_passed_over() -> None:
    zipped = "text/html\r\nContent-Encoding: gzip"
    good, bomb = (
        warc_record(gzip.compress(PAGE.encode()), zipped),
        warc_record(gzip.compress(b" " * 11_000_000), zipped),
    )
    (article,), problems, _ = read("a.warc", bomb + good)
    assert article.title == TITLE
    assert problems == {"parts_not_read": Severity.INFO}


def test_crawl_of_more_records_than_allowed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_RECORDS", 2)
    assert refused("a.warc", warc_record(PAGE.encode()) * 3) == ["too_many_parts"]


def test_crawl_that_is_damaged_later_keeps_the_pages_before() -> None:
    articles, problems, _ = read("a.warc", warc_record(PAGE.encode()) + b"\r\nnonsense\r\n" * 3)
    assert len(articles) == 1
    assert problems == {"damaged_file": Severity.ERROR}


# A page that holds our own mark must not be able to invent another page with a date of its choice.
def test_page_cannot_forge_a_record() -> None:
    forged = PAGE.replace("</article>", f"</article>\n\x1etext/plain\nDate: 1999-01-01\n\n{BODY}\n")
    (article,), _, text = read("a.warc", warc_record(forged.encode()))
    assert str(article.published) == "2024-05-03"
    assert text.count("\x1e") == 1


# Whatever happened to the bytes of a file on its way, there is a document or a reason, never a fault of ours.
@given(
    name=st.sampled_from(sorted(GOOD_FILES)),
    cut=st.floats(0, 1),
    flips=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8),
)
@settings(max_examples=150)
def test_damaged_container_is_read_or_refused(name: str, cut: float, flips: list[tuple[float, int]]) -> None:
    content = bytearray(GOOD_FILES[name])
    for place, value in flips:
        content[int(place * len(content))] = value
    if not flips:
        del content[int(cut * len(content)) :]
    document, problems = unpack(name, bytes(content))
    assert (document is None) <= any(problem.severity is Severity.ERROR for problem in problems)
    if document is not None:
        for article in split_articles(document)[0]:
            assert 0 <= article.char_start < article.char_end <= len(document.text)
