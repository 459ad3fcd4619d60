"""Texts that lost their line breaks: where one block ends and the next begins inside a long line.

Pages flattened by a scraper join "... end.Next sentence", "... end.Some headingThe sentence" and bullets. Splitting
on a lower-case letter before an upper-case one alone would destroy BlackRock and PayPal; it is done only at the start
of a sentence, after a short fragment, before a word that usually opens a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipelines.ingest.article import BlockType, MappedText
from pipelines.ingest.cleaning import strip
from pipelines.ingest.noise import cut_credits, opens_other_article

_OPENERS = frozenset(
    """
    The This That These Those It Its They Their There He She His Her We Our You In On At For From During
    Despite According By With Within
    Without While When Where As After Before Since Until Although Though However Meanwhile Moreover
    Furthermore Additionally Consequently
    Earlier Last Later Under Over Among Between Both Each Several Some Many Most Few Following Speaking
    Notably Even If To One Two Three Given
    Here Such Another Also But And So Yet Not Once Because Due Today Yesterday Now Then Still Instead Overall
    Ultimately Finally Recently
    Currently Previously Similarly Likewise Nevertheless Nonetheless Thus Therefore Hence What How Why Who
    Whether Governments Government
    Regulators Authorities Officials Lawmakers Prosecutors Police Investigators Hackers Thieves Attackers Judges
    Ministers Senators Customers Victims Shareholders Critics Analysts Experts Supporters Investors Proponents
    Opponents Traders Beyond Amid Across
    Through Throughout Against Like Unlike Just Only Other Others All Any Every No Based Founded Launched
    Asked Besides Rather Perhaps Indeed
    Separately Elsewhere Citing Announced Reportedly Prior Against Per Nearly About Around Alongside Crypto
    Crypto's Bitcoin
    """.split()
)
# Openers that are also the end of names: LinkedIn, ShareThis, MakeIt, GhostHackers.
_WEAK_OPENERS = frozenset(
    (
        "In",
        "On",
        "At",
        "It",
        "As",
        "By",
        "To",
        "So",
        "If",
        "We",
        "He",
        "You",
        "No",
        "All",
        "One",
        "This",
        "Now",
        "Crypto",
        "Bitcoin",
        "Like",
        "Hackers",
        "Thieves",
        "Attackers",
        "Police",
        "Investigators",
        "Customers",
    )
)
_LONE_HEADINGS = frozenset(
    """
    Background Conclusion Overview Outlook Context Introduction Summary Impact Reaction Reactions Response
    Analysis History Timeline
    Implications Takeaways Details
    """.split()
)
_ABBREVIATIONS = frozenset(
    (
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "St",
        "Jr",
        "Sr",
        "Prof",
        "Gen",
        "Sen",
        "Rep",
        "Gov",
        "No",
        "vs",
        "Lt",
        "Col",
        "Hon",
        "Art",
        "Sec",
        "Ph",
    )
)
_NAME_TAILS = frozenset(
    (
        "Com",
        "Org",
        "Net",
        "Io",
        "Ai",
        "Finance",
        "Fun",
        "Exchange",
        "Eth",
        "JS",
        "Js",
        "Network",
        "Fi",
        "Me",
        "App",
        "Xyz",
        "Cash",
        "Money",
    )
)
_END_GLUED = re.compile(r"[.!?…][\"”’')\]]{0,2}(?=[A-Z“‘(\"])")
_SENTENCE_START = re.compile(r"[.!?…][\"”’')\]]{0,2}\s(?=[A-Z0-9“‘\"'(])")
_JOIN = re.compile(r"(?<=[a-z0-9’”)%A-Z])(?=[A-Z][a-z’']*)")
_WORD_AHEAD = re.compile(r"[A-Za-z]+(?:’s|'s)?")
_LETTERS_BEFORE = re.compile(r"[^\s.!?]*$")
_INLINE_BULLET = re.compile(r"(?:(?<=\s)|^)[•●▪◦‣➤✅✔]\s?")
# A heading in capitals, words apart: what may follow it, and what stays small in it.
_TITLE_FOLLOWERS = (_OPENERS - {"Crypto", "Crypto's", "Bitcoin", "Like", "Only", "How", "Why", "What", "Who"}) | {
    "A", "An", "Starting", "Earlier", "Per",
}  # fmt: skip
_TITLE_SMALL = frozenset(
    "a an and as at but by for from in into is its nor of on or over per the to up via vs with".split()
)
_WORD = re.compile(r"[^\W_][\w'’.$%&-]*")
_WITHIN_TITLE = frozenset(
    (" ", ", ", ": ", " – ", " — ", " - ", " ‘", "’ ", " “", "” ", " '", "' ", ' "', '" ', " $", " €", " £")
)
_TITLE_REACH = 160
_HEADING_WORDS = 8
_HEADING_REACH = 90


class Piece(NamedTuple):
    """A part of a line that stands on its own."""

    block_type: BlockType
    text: MappedText


class Names:
    """Words that a document writes more than once, so that a join inside one of them is a name and not a lost
    break."""

    def __init__(self, text: str) -> None:
        seen: set[str] = set()
        self._repeated: set[str] = set()
        for found in re.finditer(r"[^\s“”‘\"(),;:!?]+", text):
            word = found.group().rstrip(".").removesuffix("’s").removesuffix("'s")
            if word in seen:
                self._repeated.add(word)
            seen.add(word)

    def __contains__(self, word: str) -> bool:
        return word.strip("“”‘’\"'(),;:!?.").removesuffix("’s").removesuffix("'s") in self._repeated


def unglue(line: MappedText, names: Names) -> list[Piece]:
    """The pieces of one cleaned line, in order; most lines are one piece, a paragraph."""
    pieces: list[Piece] = []
    for part in cut_credits(line):
        for item, is_item in _bullets(part):
            for sentence_run in _split_ends(item, names):
                if opens_other_article(sentence_run.text) and len(sentence_run.text.split()) <= 25:
                    continue
                for piece in _split_headings(sentence_run, names):
                    pieces.append(
                        Piece("list_item", piece.text) if is_item and piece.block_type == "paragraph" else piece
                    )
    return pieces


def _bullets(text: MappedText) -> Iterator[tuple[MappedText, bool]]:
    marks = list(_INLINE_BULLET.finditer(text.text))
    if len(marks) < 2:
        yield text, False
        return
    position, is_item = 0, False
    for mark in marks:
        part = strip(text.slice(position, mark.start()))
        if part.text:
            yield part, is_item
        position, is_item = mark.end(), True
    part = strip(text.slice(position, len(text)))
    if part.text:
        yield part, is_item


def _split_ends(text: MappedText, names: Names) -> list[MappedText]:
    """Cut where a sentence end is followed by a capital with no space between."""
    cuts = [found.end() for found in _END_GLUED.finditer(text.text) if _is_real_end(text.text, found, names)]
    parts = [strip(text.slice(start, end)) for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [part for part in parts if part.text]


def _is_real_end(text: str, found: re.Match[str], names: Names) -> bool:
    before = _LETTERS_BEFORE.search(text, max(0, found.start() - 30), found.start())
    left = before.group().lstrip("“‘(\"'") if before else ""
    ahead = _WORD_AHEAD.match(text, found.end())
    right = ahead.group().removesuffix("’s").removesuffix("'s") if ahead else ""
    closed = len(found.group()) > 1
    if found.group()[0] == "." and not closed:
        if not left or left in _ABBREVIATIONS:
            return False
        if len(left) == 1 and left.isalpha():
            # Initials and U.S. are followed by a name as often as by a sentence; only a plain opener decides.
            return right in _OPENERS and len(right) > 2
        if right.capitalize() in _NAME_TAILS:
            return False
        if len(right) == 1 and text[found.end() + 1 : found.end() + 2] == ".":
            return left[0].islower()
        if left[:1].isupper() and right not in _OPENERS and f"{left}.{right}" in names:
            return False
    # An odd straight quote opens something: it goes with the rest, so this is not the place to cut.
    opens = found.group().endswith('"') and text.count('"', max(0, found.start() - 2000), found.end()) % 2 == 1
    return not opens


def _split_headings(text: MappedText, names: Names) -> Iterator[Piece]:
    """Cut a short fragment without an end off the sentence that was joined to it, at every start of a
    sentence."""
    starts = [0, *(found.end() for found in _SENTENCE_START.finditer(text.text))]
    position = 0
    for start in starts:
        cut = _heading_end(text.text, start, names) or _title_end(text.text, start)
        if cut is None:
            continue
        before = strip(text.slice(position, start))
        if before.text:
            yield Piece("paragraph", before)
        yield Piece("heading", strip(text.slice(start, cut)))
        position = cut
    rest = strip(text.slice(position, len(text)))
    if rest.text:
        yield Piece("paragraph", rest)


def _heading_end(text: str, start: int, names: Names) -> int | None:
    """Where a heading that begins at `start` is joined to the next sentence, or None."""
    reach = min(len(text), start + _HEADING_REACH)
    for join in _JOIN.finditer(text, start + 1, reach):
        cut = join.start()
        fragment = text[start:cut]
        if re.search(r"[.!?;](?:\s|$)", fragment) or len(fragment.split()) > _HEADING_WORDS:
            return None
        if not fragment[:1].isupper() and not fragment[:1].isdigit() and fragment[:1] not in "‘“'\"":
            return None
        if _is_join(text, start, cut, fragment, names):
            return cut
    return None


def _title_end(text: str, start: int) -> int | None:
    """Where a heading with capitals ends before a sentence without them, joined by a space; None when there is none.

    "Prohibition Only Applies to Banks The remarks follow a directive of February" ends before "The".
    """
    words = list(_WORD.finditer(text, start, min(len(text), start + _TITLE_REACH)))
    for number, word in enumerate(words):
        bare = word.group()
        if number >= 3 and bare in _TITLE_FOLLOWERS:
            least = 5 if bare in _WEAK_OPENERS else 3
            capitals = sum(other.group()[0].isupper() for other in words[:number])
            following = [other.group() for other in words[number + 1 : number + 8]]
            if capitals >= least and sum(len(w) >= 4 and w.islower() for w in following) >= 3:
                return word.start()
        if number and text[words[number - 1].end() : word.start()] not in _WITHIN_TITLE:
            return None
        if bare[0].islower() and bare not in _TITLE_SMALL:
            return None
    return None


def _is_join(text: str, start: int, cut: int, fragment: str, names: Names) -> bool:
    ahead = _WORD_AHEAD.match(text, cut)
    if not ahead:
        return False
    after = text[ahead.end() : ahead.end() + 1]
    if after and after not in " ,’'":
        return False
    right = ahead.group().removesuffix("’s").removesuffix("'s")
    left = fragment.rsplit(" ", 1)[-1]
    word_end = text.find(" ", cut)
    token = left + text[cut : word_end if word_end > 0 else len(text)].rstrip(",")
    if token in names or not text[ahead.end() :].strip():
        return False
    words = len(fragment.split())
    stem = left.strip("‘’“”'\"()%")
    if left[-1:].isupper():
        return right in _OPENERS and right not in _WEAK_OPENERS and len(stem) >= 2 and stem.isupper() and words >= 2
    if right in _OPENERS:
        if words == 1:
            return left in _LONE_HEADINGS or (right not in _WEAK_OPENERS and len(left) >= 6)
        return (
            right not in _WEAK_OPENERS or not stem[:1].isupper() or left in _LONE_HEADINGS or _is_title_case(fragment)
        )
    # An ordinary lower-case word of some length that runs into a capitalised one: no name is made so.
    return (
        words >= 2 and stem.isalpha() and stem.islower() and len(stem) >= 5 and len(right) >= 3 and right[1:].islower()
    )


def _is_title_case(fragment: str) -> bool:
    words = [word for word in fragment.split() if word[:1].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) >= len(words) - 1
