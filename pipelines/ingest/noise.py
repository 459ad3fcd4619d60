"""What stands on a news page but is not the article: one line at a time, and credits glued into a text.

Says what a line is; whether it is dropped, and what its neighbours make of it, is decided in
`pipelines.ingest.pages`. Every expression here is anchored or bounded and is tried on short lines only, so hostile
text costs nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from pipelines.ingest.article import MappedText
from pipelines.ingest.cleaning import strip
from pipelines.ingest.noise_lists import (
    COMMAND_STARTS,
    DISCLAIMERS,
    END,
    FURNITURE,
    LABELS,
    LINE_PATTERNS,
    RELATED,
    SECTIONS,
    NoiseKind,
)

_MAX_LINE = 400
_ICONS = " \t|·•∙⋅►▶▸→←↑↓»«›‹⟶➡➔✓✔★☆*_#>:-–—…+×✕✖.,!✉📷🔗"


_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in LINE_PATTERNS)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'.À-ÿ-]{0,24}"
_NAMES = rf"{_NAME}(?: (?:(?:bin|al|van|de|der|von|da|di|el|la) )?{_NAME}){{0,4}}"
# A caption names its source at its end; a whole sentence without one may be the article's.
_CAPTION_END = re.compile(
    r"\b(?:photo|image|picture|photograph|pic|illustration)(?:s| credits?| source)? ?: ?[^.:]{2,80}\.?$",
    re.IGNORECASE,
)
_SOURCE_END = re.compile(r"[.;,|(] ?source ?: ?[^.:]{2,50}\.?$", re.IGNORECASE)
_BYLINE = re.compile(
    rf"(?:(?:[Bb]y|BY|[Ww]ritten [Bb]y|[Aa]uthors?|[Rr]eported [Bb]y|[Rr]eporting [Bb]y|[Ee]dited [Bb]y"
    rf"|[Rr]eviewed [Bb]y|[Pp]osted [Bb]y"
    rf"|[Ff]act[- ][Cc]hecked [Bb]y|[Ss]tory [Bb]y|[Tt]ranslated [Bb]y|[Ww]ords [Bb]y|[Cc]ontributors?"
    rf"|[Rr]eporting(?=:)|[Ee]ditors?|[Jj]ournalist|[Rr]eporters?"
    rf"|Additional reporting by|Writing by|Compiled by|From)[: ]{{1,2}})"
    rf"@?{_NAMES}(?:(?:,| and| &| \||,? and) {_NAMES}){{0,5}}(?: in {_NAMES}(?:(?:,| and) {_NAMES}){{0,2}})?"
    r"(?:[,|·•–—-]? ?(?:[A-Z]?[\w ’']{0,40})?(?:[Rr]eporter|[Ee]ditor|[Ww]riter|[Cc]orrespondent|[Ss]taff"
    r"|[Jj]ournalist|[Cc]ontributor|[Aa]nalyst|[Dd]esk"
    r"|[Aa]uthor|[Aa]dmin|[Cc]olumnist)(?:[\w ,&’'.-]{0,60})?)?"
    r"(?:[;|,·•] ?(?:[Ee]diting|[Rr]eporting|[Ww]riting|[Ee]dited|[Rr]eported|[Rr]eviewed|[Ff]act[- "
    r"][Cc]hecked) by .{2,80})?\.?$"
)
_BYLINE_COLUMNS = re.compile(
    r"\(?(?:Reporting|Writing|Editing|Compiled|Additional reporting|Edited) by "
    r"[^.]{2,160}(?:;[^.]{2,120}){0,3}\.?\)?$"
)
# Who wrote the post that an article shows, below its words, and when: never the article's own author or day.
_POST_CREDIT = re.compile(r"[—–-]{1,2} ?[^@\n]{1,60}\(@\w{1,30}\)(?:[ ,·|].{0,60})?$")
_CRUMB_MARKS = (" > ", " › ", " » ", " :: ")
_MENU_MARKS = (*_CRUMB_MARKS, " | ", " · ", " • ")
_CRUMB_WORDS = 6  # the last name on the path to a page may be its title
_MENU_WORDS = 3
# A word that may be a tag: none of those that join words to a sentence.
_TAG = re.compile(
    r"(?!(?:an?|and|are|as|at|but|by|can|for|from|has|have|if|in|is|it|no|not|of|on|or|so|that|the|to|was"
    r"|were|will|with)$)[a-z][a-z0-9-]+"
)
_PERSON_NAME = re.compile(rf"@?{_NAME}(?: (?:(?:bin|binti|al|van|de|der|von|da|di|el|la) )?{_NAME}){{0,3}}$")
_NUMBER = re.compile(r"[(+\-–−▲▼△▽$€£¥₹]*[\d][\d.,:]*[%kKmMbBtT]?\)?%?$")
_UNITS = frozenset({"USD", "$", "€", "£", "24h", "7d", "1h", "▲", "▼", "%", "|", "·", "/", "-", "+"})

_SITES = (
    r"Unsplash|Pexels|Pixabay|Flickr|Shutterstock|Getty Images|Getty|iStock(?:photo)?|Adobe Stock"
    r"|Depositphotos|Freepik|Wikimedia Commons|Wikimedia"
    r"|Wikipedia|Dreamstime|Midjourney|DALL[-·]?E|Canva|Alamy|Reuters|AFP|Bloomberg"
)
# The name is bounded and does not cross a sentence, so each start costs a fixed number of steps.
_CREDIT = re.compile(
    rf"[(\[]?\b(?:Photo|Photograph|Image|Picture|Illustration)(?:s| credits?)?(?: by|:| ?courtesy of| from"
    rf"| via) ?(?:[^.!?\n]|(?<=[ .][A-Z])\.){{0,60}}?"
    rf"(?: on| via| from| at| /|/| \||,|\s?-) ?(?:{_SITES})[)\]]?"
    rf"|[(\[]?\b(?:Featured |Cover |Main )?(?:[Ii]mage|[Pp]hoto)(?: credit| source)?(?:s)?(?: from| via| "
    rf"by|:| courtesy of) (?:{_SITES})(?:\.com)?[)\]]?"
)
# What a feed puts below each of its texts, or above: the title again and the name of the site.
_FEED_NOTE = (
    r"\bThe post .{3,250}? (?:first )?appeared (?:first )?on"
    r"(?:(?: (?!(?:The|This|A|An|In|On|At|By|As|It|For|From|After|According)\b)[A-Z][\w.&'’-]{0,24}){1,5}\.?"
    r"| The(?: [A-Z][\w.&'’-]{0,24}){1,3}\.?$)"
)
_CREDIT_OR_NOTE = re.compile(f"{_FEED_NOTE}|{_CREDIT.pattern}")
_ALSO_READ = re.compile(
    r"(?:also read|read also|read more|see also|related|must read|recommended)(?: ?[:|»]| - )", re.IGNORECASE
)
_BIO_OPENING = re.compile(
    rf"{_NAMES},? (?:is|was|has|covers|joined|writes|reports|holds|works|specializes|specialises|brings"
    rf"|serves)\b"
)
_BIO_WORDS = re.compile(
    r"\b(?:journalist|reporter|writer|editor|correspondent|columnist|contributor|author of|content "
    r"(?:creator|strategist|manager)"
    r"|crypto enthusiast|blockchain enthusiast|copywriter|news desk|bylines?|covers|covering|passionate "
    r"about|years of experience"
    r"|follow (?:him|her|them))\b",
    re.IGNORECASE,
)


def noise_kind(text: str) -> NoiseKind | None:
    """What kind of noise this cleaned line is, or None when it may belong to an article."""
    return _kind_of_short(text) if len(text) <= _MAX_LINE else None


@lru_cache(maxsize=4096)
def _kind_of_short(text: str) -> NoiseKind | None:
    """Cached, because a line is asked about again when its neighbours are, and pages of one site repeat
    lines."""
    bare = text.strip(_ICONS + "[]()“”\"'").lower().replace("’", "'")
    if not any(char.isalnum() for char in bare):
        return "furniture"
    for kind, phrases in _KIND_OF_PHRASE:
        if bare in phrases:
            return kind
    if (
        _is_ticker(text)
        or _is_tag_row(text)
        or _is_menu(text)
        or all(word.startswith("#") and len(word) > 2 for word in text.split())
    ):
        return "furniture"
    if text[-1] in "·•∙»›" and len(text.split()) <= 6:
        return "section"
    if _CAPTION_END.search(text, 3) or (len(text) < 260 and _SOURCE_END.search(text, 3)) or is_post_credit(text):
        return "furniture"
    line = text.lstrip(_ICONS)
    if _BYLINE.match(line) or _BYLINE_COLUMNS.match(line):
        return "furniture"
    for kind, pattern in _PATTERNS:
        if pattern.match(line):
            return None if kind == "furniture" and _is_told(line) else kind
    parts = [part.strip(_ICONS).lower() for part in re.split(r"[|·•/>»›,]", text)]
    if len(text) < 160 and all(part in SECTIONS or part in FURNITURE for part in parts if part):
        return "section" if "·" in text else "furniture"
    return None


def is_byline(text: str) -> bool:
    """Whether a line names who wrote the text below it."""
    return len(text) < 120 and bool(_BYLINE.match(text.lstrip(_ICONS)))


def is_post_credit(text: str) -> bool:
    """Whether a line names the writer of the post above it, as pages do that show posts of a social network."""
    return bool(_POST_CREDIT.match(text))


def is_person_name(text: str) -> bool:
    """Whether a line could be an author's name alone: one to four capitalised words, no digits."""
    return len(text) < 60 and bool(_PERSON_NAME.match(text)) and not any(char.isdigit() for char in text)


def is_disclaimer(text: str) -> bool:
    """Whether a paragraph is a publisher's legal notice."""
    head = text[:1500].lower()
    if head.startswith(
        (
            "disclaimer",
            "*disclaimer",
            "risk warning",
            "risk disclosure",
            "legal notice",
            "important notice:",
            "disclosure:",
        )
    ):
        return True
    return sum(1 for phrase in DISCLAIMERS if phrase in head) >= (1 if len(text) < 700 else 2)


def is_author_bio(text: str) -> bool:
    """Whether a paragraph tells who its author is; only asked of the last paragraphs of an article."""
    return len(text) < 900 and bool(_BIO_OPENING.match(text)) and bool(_BIO_WORDS.search(text))


def cut_credits(text: MappedText) -> list[MappedText]:
    """The text without picture credits and the notes of feeds; every cut makes a new piece, because the words
    around it never were one line."""
    pieces: list[MappedText] = []
    position = 0
    for found in (_CREDIT if "The post" not in text.text else _CREDIT_OR_NOTE).finditer(text.text):
        pieces.append(strip(text.slice(position, found.start())))
        position = found.end()
    pieces.append(strip(text.slice(position, len(text))))
    return [piece for piece in pieces if any(char.isalnum() for char in piece.text)]


def opens_other_article(text: str) -> bool:
    """Whether a fragment glued into a text is a pointer to another article."""
    return bool(_ALSO_READ.match(text[:40]))


def _is_told(line: str) -> bool:
    """A line that looks like furniture at its start but is a whole sentence of some length."""
    return len(line.split()) > 14 and line.rstrip('"”’)')[-1:] == "." and not line.startswith(COMMAND_STARTS)


def _is_ticker(text: str) -> bool:
    """Prices in a row: figures make up much of the line and no small word joins them."""
    tokens = text.replace("|", " ").split()
    figures = sum(1 for token in tokens if _NUMBER.match(token) or token in _UNITS)
    if not figures or figures == len(tokens):
        return bool(tokens) and figures == len(tokens)
    words = [token.strip("()") for token in tokens if not _NUMBER.match(token) and token not in _UNITS]
    if any(word[:1].islower() for word in words):
        return False
    short = all(word.isupper() and len(word) <= 8 for word in words)
    priced = any(char in text for char in "$%€£₹")
    return priced and figures > len(tokens) * 0.4 and (figures >= 2 or short)


def _is_menu(text: str) -> bool:
    """The sections of a site in a row, or the path to the page: short names with the same mark between them."""
    if any(char.isdigit() for char in text):
        return False
    for mark in _MENU_MARKS:
        parts = [part.strip() for part in text.split(mark)]
        if len(parts) >= 3:
            words = _CRUMB_WORDS if mark in _CRUMB_MARKS else _MENU_WORDS
            return all(part[:1].isupper() and len(part.split()) <= words for part in parts if part)
    return False


def _is_tag_row(text: str) -> bool:
    """Small words in the order of the alphabet, as a site lists the tags of an article; a date may follow."""
    words = text.split()
    tags = [word for word in words if not word[0].isdigit()]
    is_plain = len(tags) >= 4 and len(words) - len(tags) <= 1 and all(map(_TAG.fullmatch, tags))
    return is_plain and all(one < two for one, two in pairwise(tags))


_KIND_OF_PHRASE: tuple[tuple[NoiseKind, frozenset[str]], ...] = (
    ("furniture", FURNITURE),
    ("related", RELATED),
    ("end", END),
    ("label", LABELS),
    ("section", SECTIONS),
)
