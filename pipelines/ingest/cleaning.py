"""Character-level cleaning that never loses the way back to the raw document.

Odd white space, invisible characters and UTF-8 that was once read as Windows-1252. What a line means is not decided
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipelines.ingest.article import MappedText

_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
)
_BLANK = r"\s\u2800"
_ODD = re.compile(rf"[{_BLANK}{_INVISIBLE}]+")
_HAS_BLANK = re.compile(rf"[{_BLANK}]")
# A wide gap inside a line is where the page had boxes side by side, or a line break that was lost.
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]|(?<=\S)[ \t\xa0]{12,}(?=\S)")
# A UTF-8 lead byte and its continuation bytes, each seen as the Windows-1252 (or C1) character of the same
# byte.
_CONTINUATION = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_TWICE_ENCODED = re.compile(f"[ÂÃ]{_CONTINUATION}|â{_CONTINUATION}{{2}}|ð{_CONTINUATION}{{3}}")


def clean(source: MappedText) -> MappedText:
    """The text with every run of white space as one space, none at the ends, invisible characters left
    out."""
    text = source.text
    characters: list[str] = []
    offsets: list[int] = []
    ends: list[int] = []
    for start, end, replacement in _changes(text):
        if replacement is None:
            characters.append(text[start:end])
            offsets.extend(source.offsets[start:end])
            ends.extend(source.ends[start:end])
        elif replacement:
            characters.append(replacement)
            offsets.append(source.offsets[start])
            ends.append(source.ends[end - 1])
    return strip(_single_spaced(MappedText("".join(characters), offsets, ends)))


def _single_spaced(source: MappedText) -> MappedText:
    """Neighbouring spaces as one: a repaired character may turn out to be a space beside another."""
    if "  " not in source.text:
        return source
    kept = [i for i, char in enumerate(source.text) if char != " " or i == 0 or source.text[i - 1] != " "]
    bounds = [*kept[1:], len(source.text)]
    return MappedText(
        "".join(source.text[i] for i in kept),
        [source.offsets[i] for i in kept],
        [source.ends[following - 1] for following in bounds],
    )


def strip(source: MappedText, characters: str | None = None) -> MappedText:
    """The text without these characters (white space unless told) at its two ends."""
    start = len(source.text) - len(source.text.lstrip(characters))
    return source.slice(start, start + len(source.text.strip(characters)))


def lines_of(source: MappedText) -> Iterator[MappedText]:
    """The lines of a text, not yet cleaned, without their line breaks; blank ones included."""
    start = 0
    for found in _LINE_BREAK.finditer(source.text):
        yield source.slice(start, found.start())
        start = found.end()
    yield source.slice(start, len(source.text))


def has_mojibake(text: str) -> bool:
    """Whether some of the text is UTF-8 that was read as Windows-1252 before it came here."""
    return any(_repaired(found.group()) is not None for found in _TWICE_ENCODED.finditer(text))


def _changes(text: str) -> Iterator[tuple[int, int, str | None]]:
    """The text as pieces: kept as they are (None), left out (empty), or replaced by one character."""
    position = 0
    if _TWICE_ENCODED.search(text):
        for found in _TWICE_ENCODED.finditer(text):
            whole = _repaired(found.group())
            if whole is not None:
                yield from _spaces(text, position, found.start())
                # A repaired no-break space is white space like any other.
                yield found.start(), found.end(), " " if whole.isspace() else whole
                position = found.end()
    yield from _spaces(text, position, len(text))


def _spaces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    position = start
    for found in _ODD.finditer(text, start, end):
        if found.group() == " ":
            continue
        if found.start() > position:
            yield position, found.start(), None
        yield found.start(), found.end(), " " if _HAS_BLANK.search(found.group()) else ""
        position = found.end()
    if end > position:
        yield position, end, None


def _repaired(garbled: str) -> str | None:
    """The one character whose UTF-8 bytes these are, or None when they are none."""
    try:
        whole = b"".join(_byte(char) for char in garbled).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return None
    return whole if len(whole) == 1 else None


def _byte(char: str) -> bytes:
    return bytes([ord(char)]) if ord(char) < 0x100 else char.encode("cp1252")
