"""Claims about how bytes become text, and when they are refused."""

from __future__ import annotations

import codecs
import hashlib
from pathlib import Path

import pytest

from pipelines.ingest.article import Document
from pipelines.ingest.decode import read_document
from pipelines.ingest.discover import SeedFile
from pipelines.ingest.sandbox import Sandbox
from pipelines.problems import Problem, Severity

ENGLISH = "The ministry said it will license custodians of tokens. " * 8
CURLY = "The minister’s “sandbox” – a plan for banks – costs €40. "


def read(tmp_path: Path, content: bytes, name: str = "a.txt") -> tuple[Document | None, list[Problem]]:
    path = tmp_path / name
    path.write_bytes(content)
    return read_document(SeedFile(name, path, len(content), 0), Sandbox())


def test_document_id_is_the_head_of_the_hash_of_the_bytes(tmp_path: Path) -> None:
    content = codecs.BOM_UTF8 + CURLY.encode()
    document, problems = read(tmp_path, content)
    assert document is not None
    assert document.document_id == hashlib.sha256(content).hexdigest()[:16]
    assert (document.seed_path, document.byte_count, problems) == ("a.txt", len(content), [])


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CURLY.encode(), "utf-8"),
        (codecs.BOM_UTF8 + CURLY.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + CURLY.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + CURLY.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + CURLY.encode("utf-32-le"), "utf-32-le"),
        ((ENGLISH + CURLY).encode("utf-16-le"), "utf-16-le"),
        ((ENGLISH + CURLY).encode("cp1252"), "cp1252"),
    ],
)
def test_text_and_encoding_are_found(tmp_path: Path, content: bytes, encoding: str) -> None:
    document, problems = read(tmp_path, content)
    assert document is not None
    assert document.text.endswith(CURLY)
    assert (document.encoding, problems) == (encoding, [])
    assert not document.text.startswith("\ufeff")


def test_line_ends_are_kept_because_offsets_count_them(tmp_path: Path) -> None:
    document, _ = read(tmp_path, b"one\r\ntwo\rthree\n")
    assert document is not None
    assert document.text == "one\r\ntwo\rthree\n"


def test_cyrillic_page_is_told_from_western_ones(tmp_path: Path) -> None:
    text = "Центральный банк сообщил, что закон о цифровых активах вступит в силу в январе следующего года. " * 6
    document, _ = read(tmp_path, text.encode("cp1251"))
    assert document is not None
    assert document.text == text


def test_declared_encoding_of_a_page_is_believed(tmp_path: Path) -> None:
    text = '<html><head><meta charset="windows-1250"></head><body>Płock, Łódź i Gdańsk</body></html>'
    document, _ = read(tmp_path, text.encode("cp1250"), "a.html")
    assert document is not None
    assert (document.text, document.encoding) == (text, "cp1250")


def test_nearly_utf8_is_repaired_byte_by_byte_and_reported(tmp_path: Path) -> None:
    content = (CURLY * 4).encode() + b"It\x92s late. " + CURLY.encode()
    document, problems = read(tmp_path, content)
    assert document is not None
    assert "It’s late." in document.text
    assert document.text.count("minister’s") == 5
    assert document.encoding == "utf-8+cp1252"
    (problem,) = problems
    assert (problem.reason_code, problem.severity) == ("mixed_encoding_repaired", Severity.INFO)
    assert problem.document_id == document.document_id


@pytest.mark.parametrize("content", [b" \n\t\r\n", "\ufeff \u200b\n".encode(), "\u00a0\n".encode()])
def test_white_space_alone_is_an_empty_file(tmp_path: Path, content: bytes) -> None:
    document, problems = read(tmp_path, content)
    assert document is None
    assert [problem.reason_code for problem in problems] == ["empty_file"]


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 words words",
        b"PK\x03\x04words",
        b"\x89PNG\r\n\x1a\nwords",
        b"words\x00words and words",
        b"\x01\x02\x03\x04 words \x05\x06\x07",
        codecs.BOM_UTF16_LE + b"\x00\xd8" * 3,
    ],
)
def test_binary_content_is_refused(tmp_path: Path, content: bytes) -> None:
    document, problems = read(tmp_path, content)
    assert document is None
    assert [(problem.reason_code, problem.severity) for problem in problems] == [("binary_content", Severity.ERROR)]


def test_bytes_of_no_known_encoding_are_refused_rather_than_guessed(tmp_path: Path) -> None:
    content = bytes((number * 97 + 131) % 128 + 128 for number in range(3000)) + b" word " * 20
    document, problems = read(tmp_path, content)
    assert document is None
    assert [problem.reason_code for problem in problems] == ["unknown_encoding"]


def test_characters_lost_earlier_are_reported(tmp_path: Path) -> None:
    document, problems = read(tmp_path, ("The minister\ufffds plan. " * 10).encode())
    assert document is not None
    assert [(problem.reason_code, problem.severity) for problem in problems] == [
        ("replacement_characters", Severity.INFO)
    ]


def test_file_that_went_away_is_an_unreadable_file(tmp_path: Path) -> None:
    document, problems = read_document(SeedFile("a.txt", tmp_path / "a.txt", 1, 0), Sandbox())
    assert document is None
    assert [problem.reason_code for problem in problems] == ["unreadable_file"]


@pytest.mark.parametrize(
    ("name", "text", "media_type"),
    [
        ("a.txt", "words", "text/plain"),
        ("a.MD", "words", "text/markdown"),
        ("a.htm", "words", "text/html"),
        ("a.jsonl", "{}", "application/x-ndjson"),
        ("a.txt", "\n<!DOCTYPE html><html><p>words", "text/html"),
        ("a.txt", "<html is not a page", "text/html"),
        ("a.txt", "The tag <html> opens a page", "text/plain"),
    ],
)
def test_media_type_is_told_by_suffix_and_by_a_page_start(
    tmp_path: Path, name: str, text: str, media_type: str
) -> None:
    document, _ = read(tmp_path, text.encode(), name)
    assert document is not None
    assert document.media_type == media_type
