"""Text of the world made harmless where it is shown: control characters become their escapes.

A seed file, its name or a quote may hold the codes that colour, move or rewrite a terminal, or that turn the reading
direction around. What is stored keeps them; what is shown does not. Machine formats escape in their own way.
"""

from __future__ import annotations

import re

# C0 and C1 controls with DEL, the marks and overrides of direction, line and paragraph separators, lone surrogates.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")

_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|~&-]")


def escaped(text: str, keep: str = "") -> str:
    """The text on one line, as a terminal may show it; characters of `keep` stay, for instance line breaks."""
    return _UNSAFE.sub(lambda match: match[0] if match[0] in keep else _escape(match[0]), text)


def json_escaped(text: str) -> str:
    """A JSON document with the same characters written as JSON escapes; line breaks are JSON's own layout."""
    return _UNSAFE.sub(lambda match: match[0] if match[0] == "\n" else f"\\u{ord(match[0]):04x}", text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def markdown_escaped(text: str) -> str:
    """The text on one line, as Markdown that shows just these characters: no markup, no link, no HTML."""
    return _MARKUP.sub(r"\\\g<0>", escaped(text)).replace("://", ":\u200b//")
