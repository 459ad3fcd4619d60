"""From the lines of a page to its articles: heads, dates, titles, bodies, and what is left out.

Works on cleaned lines, whatever reader made them. Where articles begin is found in `pipelines.ingest.heads`, several
stories under one head in `pipelines.ingest.stories`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from pipelines.ingest.article import Block, BlockType, MappedText
from pipelines.ingest.cleaning import strip
from pipelines.ingest.glue import Names, unglue
from pipelines.ingest.heads import MIN_BODY_WORDS, Head, article_heads, holds_story, is_listed
from pipelines.ingest.noise import NoiseKind, cut_credits, is_author_bio, is_disclaimer
from pipelines.ingest.published import (
    DateFound,
    Stamp,
    address_date,
    closing_date,
    date_line,
    dateline,
    enclosed_date,
    figure_order,
    labelled_opening,
    leading_line_date,
    leading_token,
    opening_date,
    title_date,
    within_weeks_before,
)
from pipelines.ingest.rows import (
    ENDS_SENTENCE,
    MAX_HEADING_WORDS,
    NUMBERED,
    TRUNCATED,
    Line,
    Role,
    Row,
    classify,
    fold,
    join_tiles,
    mark_bylines,
    mark_events,
    mark_labels,
    mark_pointers,
    mark_posts,
    pick_told_title,
    without_mark,
)
from pipelines.ingest.stories import is_digest_title, mark_names, shown_title, stories_under

# "... it said. (3 May 2025)"
_BRACKETED_END = re.compile(r"(?<=[.!?\"”’'])\s[(\[]([^()\[\]]{6,60})[)\]]\.?$")
_BRACKETED_REACH = 80
_SHEET = re.compile(r"(?:https?://|www\.)\S{4,180}\s+\d{1,3}/\d{1,3}$")
_PRINT_TIME = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}:\d\d(?: ?[AP]M)?$", re.IGNORECASE)
_SUBHEADINGS = ("h2", "h3", "h4")
# Rules whose dates do not stand among the lines of a page: they are the whole page's.
_PAGE_RULES = ("leading_date_token", "front_matter", "header_field", "json_ld", "meta_tag")


@dataclass(slots=True)
class Draft:
    """An article before it has an id and a language. Spans are raw offsets."""

    title: MappedText | None
    published: date | None
    published_rule: str | None
    published_span: tuple[int, int] | None
    blocks: list[Block]
    char_start: int
    char_end: int

    def date_by(self, value: date, rule: str, span: tuple[int, int] | None) -> Draft:
        """The same article with a date of publication from elsewhere."""
        return replace(self, published=value, published_rule=rule, published_span=span)

    def dated_as(self, other: Draft) -> Draft:
        """The same article with the date of publication of another."""
        return replace(
            self,
            published=other.published,
            published_rule=other.published_rule,
            published_span=other.published_span,
        )


def split_page(
    lines: Sequence[Line],
    single: bool = False,
    whole: bool = False,
    title: MappedText | None = None,
    stamp: Stamp | None = None,
    fallback: Stamp | None = None,
) -> list[Draft]:
    """The articles of a page in order.

    `single`: it has one head; `whole`: and is one article. `title`: the headline, if known. `stamp` is the date that
    the page's metadata give, `fallback` one to take where nothing else is found.
    """
    lines = join_tiles(lines)
    lines = [part for number, line in enumerate(lines) for part in _dates_apart(line, is_first=not number)]
    order = figure_order(line.text.text for line in lines)
    rows = [classify(line, order) for line in lines]
    _drop_print_dates(rows)
    mark_bylines(rows)
    mark_posts(rows)
    mark_labels(rows)
    mark_pointers(rows)
    mark_events(rows)
    mark_names(rows)
    names = Names(" ".join(row.text.text for row in rows))
    leading = _leading_stamp(rows)
    heads = [] if single else article_heads(rows)
    starts = [head.start for head in heads]
    # A few words above the first head are a greeting or a notice; above a line from the archive they are a story.
    is_greeting = bool(heads) and not holds_story(rows, starts[0]) and heads[0].title is not None
    opening = starts[0] if is_greeting else 0
    bounds = list(zip([opening, *starts], [*starts, len(rows)], strict=True))
    known = title if len(bounds) == 1 else None
    pages: list[tuple[Draft, int, int, Head | None]] = []
    for number, (start, end) in enumerate(bounds):
        head = heads[number - 1] if number else None
        draft = _draft(rows, start, end, head, names, known) if start < end else None
        if draft is not None:
            pages.append((draft, start, end, head))
    drafts: list[Draft] = []
    for number, (draft, start, end, head) in enumerate(pages):
        day = rows[head.day] if head is not None and head.day is not None else None
        known_day = day.date.found.value if day and day.date else None
        above = pages[number - 1][0].published if number else None
        if len(pages) > 1:
            draft = _by_dateline(draft, known_day or above or (stamp.value if stamp else None))
        if day and day.date and draft.published is None:
            draft = draft.date_by(*_stamp_of(day, day.date.found, "day_heading"))
        if not number:
            metadata = stamp if len(pages) == 1 or draft.published is None else None
            best = leading or metadata or (None if draft.published or len(pages) > 1 else fallback)
            draft = draft.date_by(*best) if best else draft
        if draft.published is None and (own := _address_stamp(rows, start, end, draft.title)):
            draft = draft.date_by(*own)
        drafts += [draft] if whole else _stories(draft, rows, start, end, head, names, known)
    # What a page's metadata say of it is said of all its stories where none shows another date.
    if stamp and all(draft.published in (None, stamp.value) for draft in drafts):
        drafts = [draft if draft.published else draft.date_by(*stamp) for draft in drafts]
    return drafts


def _drop_print_dates(rows: list[Row]) -> None:
    """On a page that was printed, with its address and the number of the sheet, the time of printing goes."""
    if any(_SHEET.search(row.text.text[-200:]) for row in rows):
        for row in rows:
            if row.role is Role.DATE and _PRINT_TIME.match(row.text.text):
                row.role, row.noise, row.date = Role.NOISE, "furniture", None


def _dates_apart(line: Line, is_first: bool) -> list[Line]:
    """A line without the date that a crawler put before it, or that stands in brackets behind its last sentence.

    A token on the first line of a page is read where its date is.
    """
    text = line.text
    token, end = None if is_first else leading_token(text.text), _BRACKETED_END.search(text.text[-_BRACKETED_REACH:])
    if token and token.end < len(text):
        cut, rest = token.end, strip(text.slice(token.end, len(text)))
    elif end and (dated := date_line(end[1])) and dated.found.value:
        cut = max(0, len(text) - _BRACKETED_REACH) + end.start()
        rest = strip(text.slice(cut, len(text)))
    else:
        return [line]
    return [replace(line, text=strip(text.slice(0, cut))), Line(rest, line.tag)]


def _stories(
    page: Draft, rows: list[Row], start: int, end: int, head: Head | None, names: Names, known: MappedText | None
) -> list[Draft]:
    """The article of some rows, or the several stories that stand under its head and have its date."""
    found = stories_under(rows, start, end, page.title.text if page.title else None)
    if not found.starts:
        return [page]
    lead = None if found.is_digest else _draft(rows, start, found.starts[0], head, names, known)
    drafts = [lead.dated_as(page)] if lead else []
    is_shared = _is_shared(page, rows, found.starts[0], end)
    for first, last in pairwise([*found.starts, end]):
        item = _draft(rows, first, last, Head(first, first + 1, first, [], False, True), names, None)
        if item is not None:
            item = _by_dateline(item, page.published)
            head_from = next((n + 1 for n in range(first - 1, start - 1, -1) if rows[n].role is not Role.NOISE), start)
            if item.published is None and (own := _address_stamp(rows, head_from, last, item.title)):
                item = item.date_by(*own)
            drafts.append(item.dated_as(page) if is_shared and not item.published else item)
    return drafts


def _is_shared(page: Draft, rows: list[Row], first: int, end: int) -> bool:
    """Whether the date of a page is that of every story below row `first`: not where one of them shows it as its own.

    A date below all of them is the page's when it has a label.
    """
    if page.published_span is None or page.published_rule in _PAGE_RULES:
        return True
    if page.published_rule == "address":
        return False
    place = page.published_span[0]
    last = max((n for n in range(first, end) if rows[n].role in (Role.BODY, Role.ITEM)), default=first)
    is_above = place < rows[first].text.offsets[0]
    return is_above or (page.published_rule == "published_label" and place > rows[last].text.offsets[0])


def _by_dateline(draft: Draft, known: date | None) -> Draft:
    """An undated article by the day of its dateline, which has no year, a few weeks at most before a known date."""
    first = next((block.text for block in draft.blocks if block.block_type == "paragraph"), None)
    if draft.published is not None or known is None or first is None:
        return draft
    found = dateline(first.text)
    day = within_weeks_before(first.text[found.start : found.end], known) if found else None
    return draft.date_by(day, "dateline", first.raw_span(found.start, found.end)) if found and day else draft


def _address_stamp(rows: list[Row], start: int, end: int, title: MappedText | None) -> Stamp | None:
    """The day in the address of an article: one that stands above the page, or that has the words of the title."""
    for number in range(start, end):
        row = rows[number]
        if row.role is Role.NOISE or row.words <= 3:
            found = address_date(row.text.text, title.text if title else "", is_own=number == 0)
            if found is not None:
                return _stamp_of(row, found, "address")
    return None


def _leading_stamp(rows: list[Row]) -> Stamp | None:
    """Take a crawler's `date YYYY-MM-DD` token off the first line."""
    if not rows:
        return None
    text = rows[0].text
    found = leading_token(text.text)
    if not found:
        return None
    stamp = Stamp(found.value, "leading_date_token", text.raw_span(found.start, found.end)) if found.value else None
    rest = strip(text.slice(found.end, len(text)))
    if rest.text:
        rows[0] = classify(Line(rest, rows[0].line.tag))
    else:
        rows[0].role, rows[0].noise = Role.NOISE, "furniture"
    return stamp


# --- one article ----------------------------------------------------------------------------------


def _draft(
    rows: list[Row], start: int, end: int, head: Head | None, names: Names, known_title: MappedText | None
) -> Draft | None:
    part = rows[start:end]
    if not any(row.role in (Role.BODY, Role.ITEM) for row in part):
        return None
    offset = start
    first_body = next(n for n, row in enumerate(part) if row.role in (Role.BODY, Role.ITEM))
    title_row: int | None
    if head is not None and head.title is not None:
        title_row = head.title - offset
    elif known_title is not None:
        title_row = next((n for n, row in enumerate(part) if fold(row.text.text) == fold(known_title.text)), None)
    else:
        title_row = _opening_title(part, first_body)
    title = known_title or (part[title_row].text if title_row is not None else None)
    if title is not None and NUMBERED.match(title.text) is None:
        title = without_mark(title)
        title = title.slice(shown_title(title.text), len(title)) if head is not None else title
    body_from = head.end - offset if head is not None else (title_row + 1 if title_row is not None else 0)
    head_rows = set(head.dates) if head is not None else set()
    stamp = _stamp(part, title_row, {row - offset for row in head_rows})
    body = _body_rows(part, min(body_from, first_body) if head is None else body_from, title)
    blocks = _blocks(body, title, names)
    if not any(block.block_type in ("paragraph", "list_item") for block in blocks):
        return None
    used = [row.text for row in body]
    spans = [text.raw_span(0, len(text)) for text in used]
    if title_row is not None:
        spans.append(part[title_row].text.raw_span(0, len(part[title_row].text)))
    if stamp and stamp.span:
        spans.append(stamp.span)
    if title is not None:
        blocks.insert(0, Block("title", title))
    return Draft(
        title,
        stamp.value if stamp else None,
        stamp.rule if stamp else None,
        stamp.span if stamp else None,
        blocks,
        min(span[0] for span in spans),
        max(span[1] for span in spans),
    )


def _opening_title(part: list[Row], first_body: int) -> int | None:
    """The headline of an article without a dated head: a title-like row above the first paragraph."""
    above = [n for n in range(first_body) if part[n].role is Role.TITLE]
    if not above:
        return None
    seen = [fold(row.text.text) for row in part]
    repeated = [n for n in above if part[n].words >= 4 and seen.count(seen[n]) > 1]
    if repeated:
        return repeated[0]
    return pick_told_title(part, above)


def _stamp(part: list[Row], title_row: int | None, head_dates: set[int]) -> Stamp | None:
    """The best date of publication that the rows themselves show."""
    anchor = title_row if title_row is not None else 0
    body_seen = 0
    candidates: list[tuple[int, int, Stamp]] = []
    total = sum(row.words for row in part if row.role is Role.BODY)
    last_body = max((n for n, row in enumerate(part) if row.role in (Role.BODY, Role.ITEM)), default=0)
    # Two paragraphs that open with a date are entries of a chronicle.
    entries = sum(
        row.role is Role.BODY and (found := opening_date(row.text.text)) is not None and found.value is not None
        for row in part
    )
    for number, row in enumerate(part):
        if row.role is Role.BODY:
            if not body_seen and (found := labelled_opening(row.text.text)):
                candidates.append((0, number, _stamp_of(row, found, "published_label")))
            elif body_seen <= 80 and entries < 2 and (found := dateline(row.text.text)) and found.value:
                candidates.append((4, number, _stamp_of(row, found, "dateline")))
            elif body_seen <= 200 and (
                (number <= anchor + 4 and entries < 2 and (found := leading_line_date(row.text.text)))
                or (body_seen == 0 and (found := enclosed_date(row.text.text)))
            ):
                candidates.append((5, number, _stamp_of(row, found, "leading_line_date")))
            body_seen += row.words
            continue
        if row.role is Role.TITLE and not body_seen and number <= anchor + 2:
            text = row.text.text
            if is_digest_title(text) and (found := closing_date(text)):
                candidates.append((5, number, _stamp_of(row, found, "date_in_title")))
            elif number <= anchor + 1 and (found := leading_line_date(text)):
                candidates.append((5, number, _stamp_of(row, found, "leading_line_date")))
            elif number == anchor and (found := title_date(text)):
                candidates.append((5, number, _stamp_of(row, found, "date_in_title")))
        entry = row.date
        if row.role is not Role.DATE or entry is None or entry.found.value is None or _is_announced(part, number):
            continue
        # A heading that is a date, below a paragraph, heads an entry of a chronicle.
        in_head = number in head_dates or body_seen <= (0 if row.line.tag in _SUBHEADINGS else 60)
        closing = number > last_body and part[number - 1].role is not Role.TITLE and not is_listed(part, number)
        if entry.label == "published" and (in_head or body_seen * 3 <= total or closing):
            candidates.append((0, number, _stamp_of(row, entry.found, "published_label")))
        elif entry.label == "updated" and in_head:
            candidates.append((6, number, _stamp_of(row, entry.found, "updated_label")))
        elif entry.label == "plain" and in_head:
            rule = "date_line_after_title" if title_row is not None and number > title_row else "date_line_before_title"
            # Above a headline with a date of its own stands that of the paper or of the visit.
            rank = 1 if number > anchor and not body_seen else 2 if number in head_dates or number > anchor else 3
            candidates.append((rank, number, _stamp_of(row, entry.found, rule)))
        elif entry.label == "plain" and _closes_article(part, number):
            candidates.append((7, number, _stamp_of(row, entry.found, "date_line_after_body")))
    best = min(candidates, key=lambda entry: (entry[0], abs(entry[1] - anchor)), default=None)
    return best[2] if best else None


def _is_announced(part: list[Row], number: int) -> bool:
    """Whether the sentence above a date ends with a colon: the date is what it tells of."""
    above = next((part[n] for n in range(number - 1, -1, -1) if part[n].role is not Role.DATE), None)
    return above is not None and above.role is Role.BODY and above.words > 3 and above.text.text.endswith(":")


def _closes_article(part: list[Row], number: int) -> bool:
    """The only date line of a text, right below its last paragraph, with nothing else around it."""
    others = any(n != number and row.date and row.date.found.value for n, row in enumerate(part))
    above = next((part[n] for n in range(number - 1, -1, -1) if part[n].role is not Role.NOISE), None)
    if others or above is None or above.role is not Role.BODY or is_listed(part, number):
        return False
    rest = (row for row in part[number + 1 :] if row.role is not Role.NOISE or row.noise in ("related", "end"))
    below = next(rest, None)
    return below is None or below.role is Role.NOISE


def _stamp_of(row: Row, found: DateFound, rule: str) -> Stamp:
    if row.line.stamp is not None:
        return row.line.stamp
    assert found.value is not None
    return Stamp(found.value, rule, row.text.raw_span(found.start, found.end))


def _body_rows(part: list[Row], body_from: int, title: MappedText | None) -> list[Row]:
    """The rows that are the article's own, below its head."""
    heading = fold(title.text) if title is not None else None
    kept: list[Row] = []
    seen: set[str] = set()
    skipping = False
    number = body_from
    while number < len(part):
        row = part[number]
        text = row.text.text
        if row.role is Role.NOISE:
            if row.noise in ("related", "end", "inline_related"):
                if _nothing_follows(part, number, row.noise):
                    break
                skipping = row.noise in ("related",)
                if row.noise == "inline_related" and text.rstrip(" :|»›→➡-–—").count(" ") <= 3:
                    skipping = True
        elif (
            row.role is Role.DATE
            or (heading is not None and fold(text) == heading)
            or (skipping and (row.role is Role.TITLE or (row.role is Role.ITEM and not ENDS_SENTENCE.search(text))))
        ):
            pass
        else:
            skipping = False
            key = fold(text)
            if not (row.words >= 8 and key in seen) and not is_disclaimer(text):
                kept.append(row)
            seen.add(key)
        number += 1
    return _trim_end(_trim_start(kept))


def _nothing_follows(part: list[Row], number: int, kind: NoiseKind) -> bool:
    """Whether after this label only teasers, comments or nothing stand."""
    rest = part[number + 1 :]
    long = [row for row in rest if row.role is Role.BODY and row.words >= 25 and not is_disclaimer(row.text.text)]
    if not long:
        return True
    written = sum(row.words for row in part[:number] if row.role is Role.BODY)
    if kind == "end":
        return written >= 2 * MIN_BODY_WORDS
    if kind == "inline_related" or written < MIN_BODY_WORDS:
        return False
    # Teasers with an excerpt each: never two paragraphs in a row, and a title for every one of them.
    titles = sum(row.role is Role.TITLE for row in rest)
    bodies = [row for row in rest if row.role is Role.BODY]
    in_a_row = any(one.role is Role.BODY and two.role is Role.BODY for one, two in pairwise(rest))
    return not in_a_row and titles >= len(bodies) and max(row.words for row in bodies) <= 60


def _trim_start(rows: list[Row]) -> list[Row]:
    """Without the short lines above the first paragraph: names of authors, papers and sections."""
    first = next((number for number, row in enumerate(rows) if row.role is not Role.TITLE), len(rows))
    opening = [row for row in rows[:first] if row.words > 3 or row.line.tag.startswith("h")]
    return opening + rows[first:]


def _trim_end(rows: list[Row]) -> list[Row]:
    """Without titles that nothing follows and without the author's biography."""
    end = len(rows)
    while end > 1 and (rows[end - 1].role is Role.TITLE or _is_excerpt(rows, end - 1) or _leads_nowhere(rows[end - 1])):
        end -= 1
    floor = max(1, end - 3)
    for number in range(floor, end):
        if is_author_bio(rows[number].text.text) and sum(row.words for row in rows[:number]) >= 60:
            end = number
            break
    while end and rows[end - 1].role is Role.TITLE:
        end -= 1
    return rows[:end]


def _leads_nowhere(row: Row) -> bool:
    """A short line that announces something, at the end of a page where nothing comes."""
    return row.role is Role.BODY and row.words <= 12 and row.text.text.endswith(":")


def _is_excerpt(rows: list[Row], number: int) -> bool:
    """A text cut off by dots below a title: the teaser of another page."""
    return (
        number > 0
        and rows[number].role is Role.BODY
        and rows[number - 1].role is Role.TITLE
        and bool(TRUNCATED.search(rows[number].text.text[-40:]))
        and any(row.role is Role.BODY for row in rows[: number - 1])
    )


# --- blocks ---------------------------------------------------------------------------------------


def _blocks(rows: list[Row], title: MappedText | None, names: Names) -> list[Block]:
    blocks: list[Block] = []
    after_colon = False
    for number, row in enumerate(rows):
        text = row.text
        if title is not None and not any(block.block_type == "paragraph" for block in blocks):
            text = _without_headline(text, title)
            if not any(char.isalnum() for char in text.text):
                continue
        if row.role is Role.TITLE:
            block_type = _title_type(rows, number, after_colon)
            if block_type is not None:
                blocks.extend(Block(block_type, without_mark(piece)) for piece in cut_credits(text))
            continue
        after_colon = text.text.endswith(":")
        if row.role is Role.ITEM:
            blocks.extend(_item_blocks(without_mark(text), names))
            continue
        blocks.extend(Block(piece.block_type, piece.text) for piece in unglue(text, names))
    return [block for block in blocks if any(char.isalnum() for char in block.text.text)]


def _title_type(rows: list[Row], number: int, after_colon: bool) -> BlockType | None:
    """What a title-like row inside a body is; None when it is not to be read."""
    row = rows[number]
    if not row.line.tag.startswith("h"):
        run = _title_run(rows, number)
        if after_colon and run >= 2:
            return "list_item"
        short = row.words < MAX_HEADING_WORDS
        # A stack of bare titles is navigation or a list of other pages; only the last may head what follows.
        if run >= 3 and short and number + 1 < len(rows) and rows[number + 1].role is Role.TITLE:
            return None
        if row.words > MAX_HEADING_WORDS:
            return "paragraph"
    return "heading"


def _item_blocks(text: MappedText, names: Names) -> Iterable[Block]:
    for piece in unglue(text, names):
        yield Block("list_item" if piece.block_type == "paragraph" else piece.block_type, piece.text)


def _title_run(rows: list[Row], number: int) -> int:
    """How many title-like rows stand together here."""
    first = last = number
    while first > 0 and rows[first - 1].role is Role.TITLE and number - first < 8:
        first -= 1
    while last + 1 < len(rows) and rows[last + 1].role is Role.TITLE and last - number < 8:
        last += 1
    return last - first + 1


def _without_headline(text: MappedText, title: MappedText) -> MappedText:
    """The text without the headline that was repeated at its start."""
    if title.text and len(title.text.split()) >= 3 and fold(text.text[: len(title)]) == fold(title.text):
        following = text.text[len(title) : len(title) + 1]
        # "Bitcoin falls" is not repeated in "Bitcoin falls to a low": a sentence that goes on keeps its
        # beginning.
        goes_on = following == " " and (
            len(title.text.split()) < 6 or text.text[len(title) + 1 : len(title) + 2].islower()
        )
        if (
            not following
            or following.isupper()
            or (not following.isalnum() and following not in "'’,;" and not goes_on)
        ):
            rest = text.slice(len(title), len(text))
            return rest.slice(len(rest.text) - len(rest.text.lstrip(" .:|–—-·")), len(rest))
    return text
