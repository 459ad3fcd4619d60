"""From a container (PDF, Word file, mail, web crawl, zipped JSON Lines) to the text that is stored for it.

The stored text is what offsets count in. It is, for each format:

- `.pdf`: the paragraphs in reading order, a blank line between two (`pipelines.ingest.pdf_pages`)
- `.docx`: the HTML that the mammoth library makes of it, without images
- `.eml`: one record of its subject, date and body; the plain body, or the HTML one where that is all there is
- `.warc`, `.warc.gz`: one record for each HTML or plain text page that was answered with status 200, in file order
- `.jsonl.gz`: the decoded lines, as if they had come unzipped

A file is one document whatever it holds; its parts are articles of it. A record is laid out in
`pipelines.ingest.records`. Only a mail says when it was published (its `Date` header, unless it passes on another
mail): a crawl knows when it looked, a PDF or Word file when it was saved.

Everything here runs in the process of `pipelines.ingest.sandbox`, which adds limits of time and memory.
"""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser
from itertools import islice
from typing import Any

from pipelines.ingest.article import Document
from pipelines.ingest.discover import MAX_BYTES, MEDIA_TYPES, SeedFile, media_type
from pipelines.ingest.records import Record
from pipelines.ingest.text_encoding import decode_problem, decode_text
from pipelines.problems import Problem, Severity

MAX_PAGES = 1_000
# Members of a Word file, parts of a mail.
MAX_PARTS = 2_000
MAX_RECORDS = 20_000
# Bytes that a Word file or a zipped crawl may unpack to, in all and for each of its own once it is past the first.
MAX_UNPACKED = 64 * 1024 * 1024
MAX_RATIO = 200
_RATIO_FROM = 1024 * 1024

_READ_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_PASSED_ON = re.compile(r"\s*(?:fwd?|re|aw|wg)\s*:", re.IGNORECASE)
# A plain body of fewer words beside an HTML one only says that there is one.
_STUB_WORDS = 40
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)

Unpacked = tuple[str, list[Problem]]


class RefusedError(Exception):
    """The container cannot be used; `reason_code` and `detail` say why."""

    def __init__(self, reason_code: str, detail: str) -> None:
        super().__init__(detail)
        self.reason_code = reason_code
        self.detail = detail


def unpack(seed: SeedFile, document_id: str, content: bytes) -> tuple[Document | None, list[Problem]]:
    """The document of a container, or None with the reason; parts that were passed over are told either way."""
    kind = media_type(seed.seed_path) or ""
    problems: list[Problem] = []
    try:
        text, problems = _UNPACKERS[kind](seed, document_id, content)
        if not text.strip():
            raise RefusedError("no_text", "it holds no text that can be read; a scan needs text recognition first")
        if len(text) > MAX_BYTES and kind != MEDIA_TYPES[".warc"]:
            raise RefusedError(
                "expands_too_far", f"{len(text):,} characters, the limit is {MAX_BYTES:,}; split the file"
            )
    except RefusedError as refusal:
        return None, [*problems, decode_problem(seed, document_id, refusal.reason_code, refusal.detail)]
    except MemoryError:
        raise
    except Exception as error:
        # The libraries raise whatever a broken file makes them stumble over.
        line = " ".join(f"{type(error).__name__}: {error}".split())[:120]
        return None, [
            decode_problem(seed, document_id, "damaged_file", f"{line}; open and save it again, or get it anew")
        ]
    return Document(document_id, seed.seed_path, len(content), "extracted", kind, text), problems


def _pdf(seed: SeedFile, document_id: str, content: bytes) -> Unpacked:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    from pipelines.ingest.pdf_pages import paragraphs

    if b"%PDF-" not in content[:1024]:
        raise RefusedError("damaged_file", "it is no PDF, whatever its name says; give it the suffix of what it is")
    if b"%%EOF" not in content[-4096:]:
        raise RefusedError("truncated_file", "it ends before its end; copy it again")
    reader = PdfReader(io.BytesIO(content))
    try:
        locked = reader.is_encrypted and not reader.decrypt("")
    except DependencyError:
        locked = True
    if locked:
        raise RefusedError("encrypted_file", "it is encrypted; save it without a password")
    if len(reader.pages) > MAX_PAGES:
        raise RefusedError("too_many_parts", f"{len(reader.pages):,} pages, the limit is {MAX_PAGES:,}; split the file")
    try:
        return "\n\n".join(paragraphs(reader.pages)), []
    except LimitReachedError as error:
        raise RefusedError("expands_too_far", f"a page unpacks to more than is allowed ({error})") from error


def _docx(seed: SeedFile, document_id: str, content: bytes) -> Unpacked:
    import mammoth

    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedError("encrypted_file", "it has a password, or is an old .doc; save it as .docx without one")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > MAX_PARTS:
            raise RefusedError("too_many_parts", f"{len(members):,} members, the limit is {MAX_PARTS:,}")
        _allow(sum(member.file_size for member in members), len(content))
        for member in members:
            # No Word file declares a document type or an entity; a bomb made of them would.
            if member.filename.lower().endswith((".xml", ".rels")):
                if _DOCTYPE.search(archive.read(member).replace(b"\0", b"")):
                    raise RefusedError("unsafe_xml", f"{member.filename[:80]} declares entities; save it again in Word")
    options = {"style_map": "p[style-name='Title'] => h1:fresh", "include_embedded_style_map": False}
    return mammoth.convert_to_html(io.BytesIO(content), convert_image=lambda image: [], **options).value, []


def _mail(seed: SeedFile, document_id: str, content: bytes) -> Unpacked:
    message = BytesParser(policy=policy.default).parsebytes(content)
    if not {"from", "date", "subject", "received"} & {name.lower() for name in message}:
        raise RefusedError("damaged_file", "it has no header of a mail; save it again as .eml")
    if message.get_content_type() in ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"):
        raise RefusedError("encrypted_file", "it is encrypted; save it decrypted")
    parts = list(islice(message.walk(), MAX_PARTS + 1))
    if len(parts) > MAX_PARTS:
        raise RefusedError("too_many_parts", f"more than {MAX_PARTS:,} parts; save the message without attachments")
    plain, page = message.get_body(("plain",)), message.get_body(("html",))
    left_out = Counter(
        part.get_content_type() for part in parts if not part.is_multipart() and part is not plain and part is not page
    )
    problems = _left_out(seed, document_id, left_out)
    for body in (plain, page):
        text = _part_text(seed, document_id, body, problems) if body is not None else ""
        if body is plain and page is not None and len(text.split()) < _STUB_WORDS:
            continue
        if text.strip():
            subject = str(message.get("subject", ""))
            media = "text/plain" if body is plain else "text/html"
            return Record(media, text, title=subject, published=_sent(message, subject)).stored(), problems
    return "", problems


def _part_text(seed: SeedFile, document_id: str, part: MIMEPart[Any, Any], problems: list[Problem]) -> str:
    content = part.get_payload(decode=True)
    return _text(seed, document_id, content, part.get_content_charset(), problems) if isinstance(content, bytes) else ""


def _sent(message: EmailMessage, subject: str) -> date | None:
    """The day of the `Date` header as the sender wrote it, no zone shift; of what is passed on it says nothing."""
    stamp = getattr(message.get("date"), "datetime", None)
    return stamp.date() if stamp is not None and not _PASSED_ON.match(subject) else None


def _lines(seed: SeedFile, document_id: str, content: bytes) -> Unpacked:
    unzipped, whole = _gunzip(content)
    if not whole:
        unzipped = unzipped[: unzipped.rfind(b"\n") + 1]
    text, _, problem = decode_text(seed, document_id, unzipped)
    problems = [problem] if problem else []
    if text is None:
        raise RefusedError(problems[0].reason_code, problems[0].detail)
    return text, problems + _cut(seed, document_id, whole, f"{text.count(chr(10)):,} whole lines stand")


def _crawl(seed: SeedFile, document_id: str, content: bytes) -> Unpacked:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    whole = True
    if seed.seed_path.lower().endswith(".gz"):
        content, whole = _gunzip(content)
    if not content.startswith(b"WARC/"):
        raise RefusedError("damaged_file", "it is no WARC file, whatever its name says")
    pages: list[str] = []
    left_out: Counter[str] = Counter()
    problems: list[Problem] = []
    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(content)), start=1):
            if number > MAX_RECORDS:
                raise RefusedError("too_many_parts", f"more than {MAX_RECORDS:,} records; split the file")
            if record.rec_type != "response" or record.http_headers is None:
                continue
            status = record.http_headers.get_statuscode()
            media, _, parameters = (record.http_headers.get_header("Content-Type") or "").partition(";")
            media = media.strip().lower()
            if status != "200" or media not in _READ_TYPES:
                left_out[f"status {status[:3]}" if status != "200" else media[:60] or "no media type"] += 1
                continue
            payload = record.content_stream().read(MAX_BYTES + 1)
            if len(payload) > MAX_BYTES:
                left_out[f"more than {MAX_BYTES:,} bytes"] += 1
                continue
            if record.raw_stream.read(1) == b"" and record.raw_stream.limit > 0:
                whole = False
                break
            charset = re.search(r"charset\s?=\s?[\"']?([\w.:-]{2,40})", parameters, re.IGNORECASE)
            text = _text(seed, document_id, payload, charset.group(1) if charset else None, problems)
            url = record.rec_headers.get_header("WARC-Target-URI") or ""
            if text.strip():
                media = "text/plain" if media == "text/plain" else "text/html"
                pages.append(Record(media, text, url=url.strip("<> ")[:2000]).stored())
    except ArchiveLoadFailed as error:
        if not pages:
            raise
        detail = f"a record cannot be read ({str(error)[:80]!r}); {len(pages):,} pages stand before it and are used"
        problems.append(decode_problem(seed, document_id, "damaged_file", detail))
    problems += _cut(seed, document_id, whole, f"{len(pages):,} whole pages stand")
    return "".join(pages), problems + _left_out(seed, document_id, left_out)


def _text(seed: SeedFile, document_id: str, content: bytes, charset: str | None, problems: list[Problem]) -> str:
    """The text of a part, in the encoding it says when that holds; empty, with a new reason, when it has none."""
    try:
        if charset and charset.lower() not in ("us-ascii", "ascii", "utf-8", "iso-8859-1"):
            return content.decode(charset)
    except (LookupError, UnicodeDecodeError):
        pass
    text, _, problem = decode_text(seed, document_id, content) if content.strip() else ("", "", None)
    if problem and all(problem.reason_code != other.reason_code for other in problems):
        problems.append(problem)
    return text or ""


def _gunzip(content: bytes) -> tuple[bytes, bool]:
    """The unpacked bytes, and whether the file was whole. Never holds much more than the limit."""
    unpacked = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        try:
            while chunk := file.read1(65_536):
                unpacked += chunk
                _allow(len(unpacked), len(content))
        except EOFError:
            return bytes(unpacked), False
    return bytes(unpacked), True


def _allow(unpacked: int, packed: int) -> None:
    if unpacked > MAX_UNPACKED or unpacked > max(_RATIO_FROM, packed * MAX_RATIO):
        limit = f"{MAX_UNPACKED:,} bytes and {MAX_RATIO} times its size"
        raise RefusedError("expands_too_far", f"it unpacks to more than {limit}; split the file, if it is honest")


def _cut(seed: SeedFile, document_id: str, whole: bool, used: str) -> list[Problem]:
    detail = f"it ends before its end; {used} before that, which are used; copy it again"
    return [] if whole else [decode_problem(seed, document_id, "truncated_file", detail)]


def _left_out(seed: SeedFile, document_id: str, kinds: Counter[str]) -> list[Problem]:
    detail = "not read: " + ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())[:8])
    return [decode_problem(seed, document_id, "parts_not_read", detail, Severity.INFO)] if kinds else []


_UNPACKERS: dict[str, Callable[[SeedFile, str, bytes], Unpacked]] = {
    MEDIA_TYPES[".pdf"]: _pdf,
    MEDIA_TYPES[".docx"]: _docx,
    MEDIA_TYPES[".eml"]: _mail,
    MEDIA_TYPES[".jsonl.gz"]: _lines,
    MEDIA_TYPES[".warc"]: _crawl,
}
