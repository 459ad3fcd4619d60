"""From the bytes of a seed file to the text of a document: content hash, media type, and who reads it.

What the text means (articles, blocks, dates) belongs in the readers; nothing here changes a character that was
decoded, because offsets into this text are what the whole warehouse quotes.
"""

from __future__ import annotations

import hashlib
import re

from pipelines.ingest.article import Document
from pipelines.ingest.discover import SeedFile, is_container, media_type
from pipelines.ingest.sandbox import Sandbox
from pipelines.ingest.text_encoding import decode_problem, decode_text
from pipelines.problems import Problem, Severity

_HTML_START = re.compile(r"\s*<(?:!doctype html|html[\s>])", re.IGNORECASE)


def read_document(seed: SeedFile, sandbox: Sandbox) -> tuple[Document | None, list[Problem]]:
    """The document of a seed file, or None with the reason; a repaired document comes with an info problem.

    `document_id` is the first 16 hexadecimal digits of the SHA-256 of the bytes, a byte order mark included. A
    container (PDF, mail, crawl, ...) is unpacked by `sandbox`.
    """
    try:
        content = seed.path.read_bytes()
    except OSError as error:
        return None, [
            decode_problem(seed, None, "unreadable_file", f"{error.strerror or error}; check the permissions")
        ]
    document_id = hashlib.sha256(content).hexdigest()[:16]
    empty = decode_problem(seed, document_id, "empty_file", "nothing but white space; download it again")
    if not content.strip():
        return None, [empty]
    if is_container(seed.seed_path):
        return sandbox.unpack(seed, document_id, content)
    text, encoding, problem = decode_text(seed, document_id, content)
    if text is None:
        return None, [problem] if problem else []
    if not text.strip("\ufeff\u200b \t\r\n\f\v\xa0"):
        return None, [empty]
    problems = [problem] if problem else []
    lost = text.count("\ufffd")
    if lost > max(3, len(text) // 1000) and not problems:
        detail = f"{lost} characters were lost before the file came here; fetch the page again"
        problems.append(decode_problem(seed, document_id, "replacement_characters", detail, Severity.INFO))
    return Document(document_id, seed.seed_path, len(content), encoding, _media_type(seed, text), text), problems


def _media_type(seed: SeedFile, text: str) -> str:
    """By suffix; a page saved with a text suffix is still a page."""
    named = media_type(seed.seed_path) or "text/plain"
    return "text/html" if named in ("text/plain", "text/markdown") and _HTML_START.match(text) else named
