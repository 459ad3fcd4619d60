"""Several stories under one head: digests, "in other news" at the end of an article, a last item about something else.

An article with headings inside (an explainer, a feature, a press release) stays one article; what cannot be told apart
is not cut. Articles that have heads of their own are found in `pipelines.ingest.pages`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice, pairwise

from pipelines.ingest.rows import (
    ENDS_SENTENCE,
    MAX_HEADING_WORDS,
    WORD,
    Role,
    Row,
    body_words,
    fold,
    pick_title,
    sentence_count,
    stems,
)

# The name of an issue may have its motto and its writers beside it.
_MASTHEAD_WORDS = 20
# A longer text between the head of a digest and its first item is a story, not a greeting.
GREETING_WORDS = 40
_ITEM_WORDS = range(12, 201)
_ITEM_PARAGRAPHS = 4
# Items of a page that does not call itself a digest, and a last item about something else, are told in a paragraph.
_BRIEF_WORDS = range(12, 121)
_PLAIN_WORDS = range(20, 301)
_LAST_WORDS = 60
_RULED_WORDS = 150
_STORY_WORDS = 40
# A plain line of fewer words may be a label of its section.
_PLAIN_TITLE_WORDS = 4

_DIGEST = re.compile(
    r"\b(?:digest|briefs|briefly|(?:news |world |daily |morning |evening )in brief|news ?letter|bulletin|dispatches"
    r"|round[- ]?up|week(?:ly)? (?:wrap|notes|review|recap|notebook|news|update|brief(?:ing)?|edition)"
    r"|(?:daily|morning|[a-z]{3,6}day) (?:[a-z-]+ ){0,2}(?:notes?|brief(?:ing)?|wrap|update|e?mail)|weeknotes"
    r"|(?:month|fort ?night)ly (?:wrap|notes|review)"
    r"|week in [a-z]|\bweek \d{1,2}\b|[a-z]+ monthly\b|\bletter(?= [—–|])"
    r"|(?:the|this|last|our) (?:[A-Za-z]+ )?week(?:,|:|$| in\b| at\b| on\b| ending\b| to \d)"
    r"|week (?:to|ending|ended|of) (?:[A-Z][a-z]+ )?\d|notes from|notes,|notes:|notes$|notebook|news in short"
    r"|short takes|in other news|headlines|news from around|around the (?:region|world|continent)"
    r"|(?:issue|edition|number) ?#?\d+)|^letter from\b",
    re.IGNORECASE,
)
_LOG = re.compile(r"^\W*live\b|\blive(?: ?blog| updates| coverage|\W*$)|as it happen|minute by minute", re.IGNORECASE)
# Words that speak to the readers of a digest, not of its news.
_GREETING = re.compile(
    r"\b(?:you|your|we|our|welcome|here|below|hello|good (?:morning|evening)|subscribe|this (?:issue|edition))\b",
    re.IGNORECASE,
)
_OTHER_NEWS = re.compile(
    r"(?:in other news|other news|also in (?:brief|the news|short|other news)(?: (?:today|this (?:week|month)))?"
    r"|(?:news )?in brief|elsewhere"
    r"|elsewhere (?:in|on|this|today)\b[\w ,’'&-]{0,40}|also (?:today|this week|making news|in [A-Z][\w ]{2,20})"
    r"|other (?:items|stories|developments)|briefly)"
    r"(?P<mark>\s?(?:[:–—-])\s?(?P<title>\S.*)?)?$",
    re.IGNORECASE,
)
# What these announce is other news even where it shares a name with the story above.
_IS_BRIEF = re.compile(r"\b(?:brief|briefly|news)\b", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:about|background|context|key|what(?:[’']s|\b)|why|how|who|when|where|which|the (?:details|case|ruling|law|bill"
    r"|deal|numbers|background|backdrop|bottom line|road|way|impact|response|reaction|reactions|history|future|market"
    r"|verdict|plan|context|end|beginning|next|story so far)|next|looking|outlook|reactions?|responses?|analysis"
    r"|impacts?|implications?|critic\w*|conclusions?|summary|takeaways?|timeline|details|history|risks?|benefits?"
    r"|challenges?|corrections?|clarifications?|updates?|disclosures?|methodology|notes?|sources?|contacts?|faqs?"
    r"|frequently|questions?|further|related|see|media|press|forward|safe|legal|terms|expert\w*|analysts?|market"
    r"|price|prices|final|bottom|in (?:summary|conclusion|context|numbers|figures|detail)|introduction|overview"
    r"|editor\w*|comment\w*|opinion|quotes?|statements?|more|read|step|part|chapter|section|to watch|watch|coming)\b",
    re.IGNORECASE,
)
# One word that heads a section and is a common noun, not a place, by its ending.
_NOUN_ENDING = re.compile(
    r"(?:tion|sion|ment|ness|ity|ance|ence|ings?|sis|ism|ure|ers?|ors?|acy|ship|ways?|work|back)s?$"
)
_TALE = re.compile(r"^(?:what|how|why|who|where|when|which|\d+|explain\w*|guide|[a-z]+ (?:things|ways|reasons)) ", re.I)
# Words that take up what was told above: a paragraph that has them goes on with the article.
# The beginnings of words that all news of the field have.
_FIELD_STEMS = frozenset("crypt bitco minin miner block token digit asset stabl excha regul".split())
_POINTS_BACK = re.compile(
    r"^(?:It|He|She|They|This|That|These|Those|Its|His|Her|Their|But|And|Yet|So|Still|However|Instead|Both|Neither)\b"
    r"|\b[Tt]he (?:[a-z]+ )?(?:company|firm|bill|law|act|ruling|move|deal|decision|measure|case|news|announcement|plan"
    r"|order|fine|hack|theft|attack|two|pair|lawsuit|verdict|listing|launch)s?\b"
    r"|\b(?:comment|comments|reply|respond(?:ed)?|reacted|react)\b"
)
# Capitalised words that two stories share without being about the same: offices, days, the trade itself.
_COMMON_NAMES = frozenset(
    """
    bank central national reserve securities exchange exchanges commission authority authorities ministry minister
    finance financial monetary services court supreme high federal parliament senate house assembly congress act law
    bill virtual digital asset assets crypto bitcoin btc ether ethereum stablecoin stablecoins blockchain token tokens
    president prime governor chief executive chair chairman director general deputy council committee government state
    republic union department treasury office unit agency regulator provider providers service public photo chairwoman
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mr mrs ms dr sir the a an in on at of
    for and but it he she they its his her their we our i this that these those one two three some most all last next
    after before while when where as under since by from with to if no not both other another more also ceo usd us
    read continue full click source tags
    """.split()
)


@dataclass(frozen=True, slots=True)
class Stories:
    """The rows at which further stories begin, each a heading. `is_digest`: what stands above them is only a head."""

    starts: list[int]
    is_digest: bool


def mark_names(rows: list[Row]) -> None:
    """Give each row the names it tells of: capitalised words that the page nowhere writes in small letters."""
    found = [WORD.findall(row.text.text) if row.role not in (Role.NOISE, Role.DATE) else [] for row in rows]
    small = {word for words in found for word in words if word[0].islower()}
    for row, words in zip(rows, found, strict=True):
        bare = (re.sub(r"[’']s?$", "", word) for word in words)
        row.names = Counter(
            fold(word)[:5]
            for word in bare
            if len(word) > 1 and word[0].isupper() and fold(word) not in _COMMON_NAMES and fold(word) not in small
        )


def is_digest_title(text: str) -> bool:
    """Whether a page's title or masthead says that it holds several stories."""
    return len(text.split()) <= _MASTHEAD_WORDS and bool(_DIGEST.search(text)) and not is_log_title(text)


def is_log_title(text: str) -> bool:
    """Whether a page's title or masthead says that it is the log of one event."""
    return bool(_LOG.search(text))


def speaks_to_readers(text: str) -> bool:
    """Whether a paragraph is for the readers of an issue, not of its news."""
    return bool(_GREETING.search(text))


def stories_under(rows: list[Row], start: int, end: int, title: str | None) -> Stories:
    """The further stories of rows `start` to `end`, which have one head; none for one article."""
    headings = _headings(rows, start, end)
    return (
        _digest(rows, headings, start, end, title)
        or _other_news(rows, start, end)
        or _last_item(rows, headings, start, end)
        or Stories([], False)
    )


def shown_title(text: str) -> int:
    """Where the title of a story begins in its heading: after "In other news:"."""
    found = _OTHER_NEWS.match(text)
    return found.start("title") if found and found.group("title") else 0


def _headings(rows: list[Row], start: int, end: int) -> list[int]:
    """Rows that head a text, of one level: the highest one that stands more than once, plain lines where none does."""
    found = [n for n in range(start, end) if _heads_text(rows, n, end)]
    for level in ("h1", "h2", "h3", "h4"):
        tagged = [n for n in found if rows[n].line.tag == level]
        if len(tagged) >= 2 or (tagged and level != "h1"):
            return tagged
    return _plain_headings(rows, start, end)


def _plain_headings(rows: list[Row], start: int, end: int) -> list[int]:
    """The titles among the plain lines right above a text: the name of a paper or of a section stands there too.

    Nearest to the text stands the title, or the title with its dek; a blank line parts it from names.
    """
    found: list[int] = []
    blocks: list[list[int]] = []
    for number in range(start, end):
        row = rows[number]
        if row.role is Role.TITLE and not row.line.tag:
            if not blocks or row.line.gap or row.line.rule:
                blocks.append([])
            blocks[-1].append(number)
        elif row.role not in (Role.NOISE, Role.DATE):
            if blocks and row.role is Role.BODY:
                fitting = ([n for n in block if rows[n].words <= MAX_HEADING_WORDS] for block in reversed(blocks))
                titles = (pick_title(rows, block, nearest=False) for block in fitting)
                found.append(next((title for title in titles if title is not None), blocks[-1][-1]))
            blocks.clear()
    return found


def _is_set_off(rows: list[Row], start: int, number: int) -> bool:
    """Whether a title, or what stands between it and the text above, is parted from that by more than a line break."""
    first = number
    while first > start and rows[first - 1].role not in (Role.BODY, Role.ITEM):
        first -= 1
    between = range(first, number + 1)
    return (
        first == start
        or rows[number].text.text.isupper()
        or any(rows[n].line.gap or rows[n].line.rule for n in between)
    )


def _heads_text(rows: list[Row], number: int, end: int) -> bool:
    row = rows[number]
    if row.role is not Role.TITLE or row.words > MAX_HEADING_WORDS:
        return False
    below = (rows[n].role for n in range(number + 1, end) if rows[n].role not in (Role.NOISE, Role.DATE))
    return next(below, None) is Role.BODY


def _digest(rows: list[Row], headings: list[int], start: int, end: int, title: str | None) -> Stories | None:
    """The items of a page under one title. A page that does not call itself a digest must have nothing above them."""
    if len(headings) > 1 and (
        is_digest_title(rows[headings[0]].text.text) or _is_greeting(rows, headings[0], headings[1])
    ):
        headings = headings[1:]
    if len(headings) < 2:
        return None
    head = [row for row in rows[start : headings[0]] if row.role in (Role.TITLE, Role.DATE)]
    named = any(is_digest_title(text) for text in (title or "", *(row.text.text for row in head)))
    texts = [rows[n].text.text for n in headings]
    asked = sum(text.endswith("?") for text in texts)
    if asked > named * len(texts) // 3 or _LABEL.match(texts[0]):
        return None  # an explainer
    if not named and any(map(_OTHER_NEWS.match, texts)):
        return None
    # "What to watch" below the last item is a part of it, as far as anyone can tell.
    headings = [n for n, text in zip(headings, texts, strict=True) if not _LABEL.match(text)]
    tagged = bool(rows[headings[0]].line.tag)
    is_set_off = tagged or all(rows[n].words >= _PLAIN_TITLE_WORDS and _is_set_off(rows, start, n) for n in headings)
    if len(headings) < 2 or (not named and (len(headings) < len(texts) or not is_set_off)):
        return None
    parts = list(zip(headings, [*headings[1:], end], strict=True))
    lengths, size = (_ITEM_WORDS, _ITEM_PARAGRAPHS) if named else (_BRIEF_WORDS, 2) if tagged else (_PLAIN_WORDS, 8)
    for first, last in parts:
        bodies = [row for row in rows[first:last] if row.role is Role.BODY]
        opening = next(n for n in range(first, last) if rows[n].role is Role.BODY)
        stray = not tagged and any(
            one.role is Role.TITLE and two.role is Role.BODY for one, two in pairwise(rows[opening:last])
        )
        # Teasers have a sentence or two, and stand below a label.
        is_listed = any(row.noise in ("related", "end") for row in rows[first:last])
        sentences = sum(map(sentence_count, bodies))
        stray |= not named and sentences < 3 and (is_listed or not tagged)
        if body_words(rows, first, last) not in lengths or len(bodies) > size or stray:
            return None
    above = body_words(rows, start, headings[0])
    is_tale = bool(_TALE.match(title or ""))
    greets = not above or any(_GREETING.search(row.text.text) for row in rows[start : headings[0]])
    if not named and (above or is_tale):
        return None
    if not named or is_tale or not greets or above >= GREETING_WORDS:
        ends = [max(n for n in range(first, last) if rows[n].role is Role.BODY) + 1 for first, last in parts]
        names = [_names(rows, first + 1, last) for first, last in zip(headings, ends, strict=True)]
        if not all(names) or not _are_told_apart(rows, headings, names):
            return None
        # A heading that tells news names who its story is about; below a title with its date one without may be of a
        # section.
        dated = [any(row.date is not None for row in rows[n + 1 : n + 3]) for n in headings]
        common = _FIELD_STEMS if dated[0] and not any(dated[1:]) else frozenset[str]()
        if not named and not all(_names_subject(rows, n, own, common) for n, own in zip(headings, names, strict=True)):
            return None
    return Stories(headings, is_digest=above < GREETING_WORDS)


def _is_greeting(rows: list[Row], start: int, end: int) -> bool:
    """Whether a title heads only some words to the readers."""
    bodies = [row.text.text for row in rows[start:end] if row.role is Role.BODY]
    return body_words(rows, start, end) < GREETING_WORDS and all(map(_GREETING.search, bodies))


def _are_told_apart(rows: list[Row], headings: list[int], names: list[set[str]]) -> bool:
    """Whether no story has the subject of another: a name in passing may stand in two, one of a title may not."""
    counts = Counter(name for own in names for name in own)
    shared = {name for name, count in counts.items() if count > 1}
    is_titled = all(rows[n].names for n in headings)
    return not shared or (
        is_titled
        and not any(shared & rows[n].names.keys() for n in headings)
        and all(len(shared & own) <= 1 and len(own) > 2 for own in names)
    )


def _names_subject(rows: list[Row], number: int, own: set[str], common: frozenset[str]) -> bool:
    """Whether the heading of a story has a name of it, or words of its first paragraph beside common ones, as the title
    of news does."""
    heading = rows[number]
    if heading.words < 2:
        return False
    first = next(row for row in rows[number + 1 :] if row.role is Role.BODY)
    return bool(own & heading.names.keys()) or len(stems(heading) & stems(first) - common) >= 2


def _other_news(rows: list[Row], start: int, end: int) -> Stories | None:
    """What follows a heading such as "Also in brief", below a whole story; points of a list are the story's own."""
    labels = (n for n in range(start + 1, end) if rows[n].role is Role.TITLE or rows[n].noise in ("related", "label"))
    openers = ((n, found) for n in labels if (found := _OTHER_NEWS.match(rows[n].text.text)))
    # The first few are enough: each costs a look at the whole page.
    for number, found in islice(openers, 4):
        row = rows[number]
        if (found.group("title") and not (row.line.tag or row.line.gap)) or row.text.text.endswith("?"):
            continue
        below = [other for other in rows[number + 1 : end] if other.role is not Role.NOISE]
        written = body_words(rows, start, number)
        opening = next((n for n in range(start, number) if rows[n].role is Role.BODY), start)
        items = [other for other in below if other.role is Role.BODY]
        if (
            written >= _STORY_WORDS
            and below
            and Role.BODY is next((other.role for other in below[below[0].role is Role.TITLE :]), None)
            and all(other.role is not Role.ITEM for other in below)
            and all(ENDS_SENTENCE.search(other.text.text) for other in items)
            and body_words(rows, number, end) in range(12, max(written, _RULED_WORDS))
            and not (
                _names(rows, number + 1, end) & _names(rows, start, opening + 1) and not _IS_BRIEF.search(row.text.text)
            )
        ):
            return Stories([number], False)
    return None


def _last_item(rows: list[Row], headings: list[int], start: int, end: int) -> Stories | None:
    """A last paragraph under the only heading of an article that shares no name with it, and whose heading names its
    own subject or stands below a rule."""
    if len(headings) != 1 or rows[headings[0]].line.tag in ("", "h1"):
        return None
    number = headings[0]
    row, text = rows[number], rows[number].text.text
    below = [other for other in rows[number + 1 : end] if other.role is not Role.NOISE]
    bodies = [other for other in below if other.role is Role.BODY]
    limit, size = (_RULED_WORDS, 3) if row.line.rule else (_LAST_WORDS, 1)
    if (
        body_words(rows, start, number) < _STORY_WORDS
        or len(bodies) != len(below)
        or len(bodies) > size
        or not 12 <= body_words(rows, number, end) <= limit
        or text.endswith("?")
        or _LABEL.match(text)
        or any(_POINTS_BACK.search(other.text.text) for other in bodies)
    ):
        return None
    # A name of the headline or of the first paragraph, or one that comes back, is what the article is about.
    opening = next(n for n in range(start, number) if rows[n].role is Role.BODY)
    counts = _name_counts(rows, start, number)
    above = _names(rows, start, opening + 1) | {name for name, count in counts.items() if count > 1}
    own = _names(rows, number + 1, end)
    is_place = re.fullmatch(r"[A-Z][a-z]{3,}", text) and not _NOUN_ENDING.search(text)
    subject = set(row.names) & own - set(counts)
    if not own or own & above or not (row.line.rule or (is_place and not own & set(counts)) or subject):
        return None
    return Stories([number], False)


def is_other_subject(rows: list[Row], start: int, number: int, end: int) -> bool:
    """Whether the story headed by row `number` shares no name with what stands above it from row `start` on."""
    text, own = rows[number].text.text, _names(rows, number, end)
    is_label = text.endswith("?") or _LABEL.match(text) is not None
    return bool(own) and not is_label and not own & _names(rows, start, number)


def _names(rows: list[Row], start: int, end: int) -> set[str]:
    """The first letters of the names that some rows tell of, so that Austria meets Austrian."""
    return set(_name_counts(rows, start, end))


def _name_counts(rows: list[Row], start: int, end: int) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows[start:end]:
        counts.update(row.names.keys())
    return counts
