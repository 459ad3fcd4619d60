"""HTML character references, each mapped to the whole of its source."""

from __future__ import annotations

import html
import re

from pipelines.ingest.article import MappedText

_REFERENCE = re.compile(r"&(?:#[xX][0-9a-fA-F]{1,8}|#[0-9]{1,9}|[A-Za-z][A-Za-z0-9]{1,31});?")


def unescape(source: MappedText) -> MappedText:
    """The text with character references replaced; unknown ones stay as they are written."""
    text = source.text
    if "&" not in text:
        return source
    parts: list[MappedText] = []
    position = 0
    for found in _REFERENCE.finditer(text):
        written = found.group()
        value = html.unescape(written)
        if value == written:
            continue
        # A named reference without its semicolon may be followed by more letters of the same word: "&ampere".
        rest = 0
        if not written.endswith(";"):
            while rest < len(written) - 1 and value.endswith(written[len(written) - rest - 1 :]):
                rest += 1
            if rest:
                value = value[:-rest]
        parts.append(source.slice(position, found.start()))
        start, end = source.offsets[found.start()], source.ends[found.end() - 1 - rest]
        parts.append(MappedText(value, [start] * len(value), [end] * len(value)))
        position = found.end() - rest
    parts.append(source.slice(position, len(text)))
    return MappedText.join(parts)
