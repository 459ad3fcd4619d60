"""From bytes to text: which encoding, and what was repaired or cannot be told on the way.

Used for whole files and for the parts inside of containers. Nothing here changes a character that was decoded.
"""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from pipelines.ingest.discover import SeedFile
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
# What a Western single-byte file of English text has beyond ASCII: quotes, dashes, spaces, currency signs.
_WESTERN_MARKS = frozenset(
    b"\x80\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa5\xa7\xa9\xab\xae\xb0\xb1\xb7\xbb\xbc\xbd\xbe"
)


def decode_text(seed: SeedFile, document_id: str, content: bytes) -> tuple[str | None, str, Problem | None]:
    """Text and encoding, without a byte order mark; None with the reason; a repaired text has an info problem."""
    if content.startswith(_BINARY_MAGIC):
        return (
            None,
            "",
            decode_problem(seed, document_id, "binary_content", "the bytes are not text; convert the file first"),
        )
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            try:
                return content[len(mark) :].decode(name), name, None
            except UnicodeDecodeError:
                if name != "utf-8":
                    detail = f"it is marked as {name} and is not; convert the file first"
                    return None, "", decode_problem(seed, document_id, "binary_content", detail)
    if b"\x00" in content:
        wide = _wide_encoding(content)
        try:
            if wide is not None:
                return content.decode(wide), wide, None
        except UnicodeDecodeError:
            pass
        detail = "it holds NUL bytes; convert the file first"
        return None, "", decode_problem(seed, document_id, "binary_content", detail)
    if len(content) - len(content.translate(None, _CONTROL_BYTES)) > max(2, len(content) * _CONTROL_SHARE):
        detail = "mostly control characters; convert the file first"
        return None, "", decode_problem(seed, document_id, "binary_content", detail)
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
            decode_problem(seed, document_id, "mixed_encoding_repaired", detail, Severity.INFO),
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
        return None, "", decode_problem(seed, document_id, "unknown_encoding", detail)
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


def decode_problem(
    seed: SeedFile,
    document_id: str | None,
    reason_code: str,
    detail: str,
    severity: Severity = Severity.ERROR,
) -> Problem:
    """A problem of the decode stage with this file."""
    return Problem(Stage.DECODE, seed.seed_path, reason_code, detail, severity, document_id)
