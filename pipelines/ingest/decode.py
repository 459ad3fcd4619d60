"""From the bytes of a seed file to the text of a document: encoding, content hash, media type.

What the text means (articles, blocks, dates) belongs in the readers; nothing here changes a character that
was
decoded, because offsets into this text are what the whole warehouse quotes.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from pathlib import PurePosixPath

from charset_normalizer import from_bytes

from pipelines.ingest.article import Document
from pipelines.ingest.discover import MEDIA_TYPES, SeedFile
from pipelines.problems import Problem, Severity, Stage

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
)
# The share of control characters above which bytes are no text; a stray form feed or escape stays far below
# it.
_CONTROL_SHARE = 0.02
# A file counts as UTF-8 with damage while at most one byte in a hundred is wrong; beyond that it is something
# else.
_DAMAGE_SHARE = 0.01
# charset-normalizer's "chaos": 0 is clean; above this its own documentation calls a result doubtful.
_MAX_CHAOS = 0.1
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\f\v\x1b") + b"\x7f"
_DECLARED = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_HTML_START = re.compile(r"\s*<(?:!doctype html|html[\s>])", re.IGNORECASE)
# What a Western single-byte file of English text has beyond ASCII: quotes, dashes, spaces, currency signs.
_WESTERN_MARKS = frozenset(
    b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa5\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb\xbc\xbd\xbe"
)


def read_document(seed: SeedFile) -> tuple[Document | None, list[Problem]]:
    """The decoded document of a seed file, or None with the reason; a repaired document comes with an info
    problem.

    `document_id` is the first 16 hexadecimal digits of the SHA-256 of the bytes, a byte order mark included.
    """
    try:
        content = seed.path.read_bytes()
    except OSError as error:
        return None, [_problem(seed, None, "unreadable_file", f"{error.strerror or error}; check the permissions")]
    document_id = hashlib.sha256(content).hexdigest()[:16]
    if not content.strip():
        return None, [_problem(seed, document_id, "empty_file", "nothing but white space; download it again")]
    if content.startswith(_BINARY_MAGIC):
        return None, [_problem(seed, document_id, "binary_content", "the bytes are not text; convert the file first")]
    text, encoding, problem = _decode(seed, document_id, content)
    if text is None:
        return None, [problem] if problem else []
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        return None, [_problem(seed, document_id, "empty_file", "nothing but white space; download it again")]
    problems = [problem] if problem else []
    lost = text.count("\ufffd")
    if lost > max(3, len(text) // 1000) and not problems:
        detail = f"{lost} characters were lost before the file came here; fetch the page again"
        problems.append(_problem(seed, document_id, "replacement_characters", detail, Severity.INFO))
    document = Document(document_id, seed.seed_path, len(content), encoding, _media_type(seed, text), text)
    return document, problems


def _decode(seed: SeedFile, document_id: str, content: bytes) -> tuple[str | None, str, Problem | None]:
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(name), name, None
            except UnicodeDecodeError:
                if name != "utf-8":
                    detail = f"it is marked as {name} and is not; convert the file first"
                    return None, "", _problem(seed, document_id, "binary_content", detail)
    if b"\x00" in content:
        wide = _wide_encoding(content)
        try:
            if wide is not None:
                return content.decode(wide), wide, None
        except UnicodeDecodeError:
            pass
        detail = "it holds NUL bytes; convert the file first"
        return None, "", _problem(seed, document_id, "binary_content", detail)
    if len(content) - len(content.translate(None, _CONTROL_BYTES)) > max(2, len(content) * _CONTROL_SHARE):
        detail = "mostly control characters; convert the file first"
        return None, "", _problem(seed, document_id, "binary_content", detail)
    try:
        return content.decode("utf-8"), "utf-8", None
    except UnicodeDecodeError:
        pass
    return _decode_not_utf8(seed, document_id, content)


def _decode_not_utf8(seed: SeedFile, document_id: str, content: bytes) -> tuple[str | None, str, Problem | None]:
    escaped = content.decode("utf-8", "surrogateescape")
    damaged = sum(1 for char in escaped if "\udc80" <= char <= "\udcff")
    whole = sum(1 for char in escaped if char > "\x7f") - damaged
    if whole > 0 and damaged <= max(1, len(content) * _DAMAGE_SHARE) and damaged <= whole * 4:
        text = "".join(_from_western(char) if "\udc80" <= char <= "\udcff" else char for char in escaped)
        detail = f"{damaged} bytes are not UTF-8 and were read as Windows-1252; the rest of the file is UTF-8"
        return (
            text,
            "utf-8+cp1252",
            _problem(seed, document_id, "mixed_encoding_repaired", detail, Severity.INFO),
        )
    declared = _DECLARED.search(content[:4096])
    if declared:
        try:
            name = codecs.lookup(declared.group(1).decode("ascii")).name
            # Browsers read the Latin-1 label as Windows-1252; so do the people who write such pages.
            name = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)
            if name != "utf-8":
                return content.decode(name), name, None
        except (LookupError, UnicodeDecodeError):
            pass
    foreign = content.translate(None, bytes(range(128)))
    marks = sum(1 for code in foreign if code in _WESTERN_MARKS)
    if len(foreign) <= len(content) * 0.03 and marks * 2 >= len(foreign):
        try:
            return content.decode("cp1252"), "cp1252", None
        except UnicodeDecodeError:
            pass
    best = from_bytes(content, threshold=_MAX_CHAOS).best()
    if best is None or best.chaos > _MAX_CHAOS or (best.coherence == 0 and len(foreign) > len(content) * 0.03):
        detail = "the encoding cannot be told with confidence; save the file as UTF-8"
        return None, "", _problem(seed, document_id, "unknown_encoding", detail)
    return content.decode(best.encoding), best.encoding.replace("_", "-"), None


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of English text is NUL."""
    pairs = len(content) // 2
    if content.count(b"\x00") < pairs * 0.7:
        return None
    even, odd = content[0::2].count(0), content[1::2].count(0)
    if odd > pairs * 0.7 and even == 0:
        return "utf-16-le"
    if even > pairs * 0.7 and odd == 0:
        return "utf-16-be"
    return None


def _from_western(char: str) -> str:
    return bytes([ord(char) - 0xDC00]).decode("cp1252", "replace")


def _media_type(seed: SeedFile, text: str) -> str:
    """By suffix; a page saved with a text suffix is still a page."""
    named = MEDIA_TYPES.get(PurePosixPath(seed.seed_path).suffix.lower(), "text/plain")
    return "text/html" if named in ("text/plain", "text/markdown") and _HTML_START.match(text) else named


def _problem(
    seed: SeedFile,
    document_id: str | None,
    reason_code: str,
    detail: str,
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(Stage.DECODE, seed.seed_path, reason_code, detail, severity, document_id)
