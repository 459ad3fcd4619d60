"""Where the articles of a page begin: their heads, by dates, datelines, drawn lines and the form of their neighbours.

A page is one article unless a date line beside a title line, a title above a dateline or below a rule, or a form that
all its stories have says otherwise; dates in running text, bullets and lists of teasers never split.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipelines.ingest.noise import is_byline, is_person_name
from pipelines.ingest.published import (
    DateFound,
    DateLine,
    is_clock,
    opening_date,
    opens_archived,
    opens_with_clock,
    opens_with_place,
    title_date,
)
from pipelines.ingest.rows import (
    TRUNCATED,
    Role,
    Row,
    body_words,
    fold,
    pick_title,
    pick_told_title,
    sentence_count,
    without_mark,
)
from pipelines.ingest.stories import is_log_title, is_other_subject, speaks_to_readers

# Below this a date and a title are a teaser of another page, not an article of this one.
MIN_BODY_WORDS = 40
# A second article whose head has no section label or byline of its own must be as long as a real one.
_PLAIN_HEAD_BODY_WORDS = 100
# Below a "related articles" label teasers are long; a whole article is longer.
_LISTED_BODY_WORDS = 70
# A story may be this short where its head has the form of the head before.
_BRIEF_WORDS = 20
# Where no story has more words than this, each may be as short as that.
_EVEN_WORDS = 80
_LEAST_WORDS = 12
_HEAD_REACH = 6
_MAX_RULED = 20
# A label that names what it points to is a pointer by itself.
_LABEL_WORDS = 4
_CHRONICLE = re.compile(r"timeline|chronology|history|dates", re.IGNORECASE)
_LOG = re.compile(r"\blive\b|as it happen|minute by minute|\bupdates\b", re.IGNORECASE)


@dataclass(slots=True)
class Head:
    """The head of an article: rows `start` to `end` (exclusive), with its title row and its date rows.

    `is_marked`: more than a date and a title says that it is one. `is_short`: its heading has a word or two. `day`: the
    row of a date that stands above this and further stories.
    """

    start: int
    end: int
    title: int | None
    dates: list[int]
    before_title: bool
    is_marked: bool
    is_short: bool = False
    day: int | None = None


def article_heads(rows: list[Row]) -> list[Head]:
    """The heads, after the first article's own, at which a new article begins."""
    heads = _merged(_find_heads(rows), rows)
    if heads and any(row.role is Role.TITLE and is_log_title(row.text.text) for row in rows[: heads[0].end]):
        # The days of a log have no year.
        heads = [head for head in heads if head.title is None or not head.dates or _is_dated(rows, head)]
    real: list[tuple[Head, int]] = []
    ends = [*(head.start for head in heads[1:]), len(rows)]
    is_even = all(body_words(rows, head.end, end) <= _EVEN_WORDS for head, end in zip(heads, ends, strict=False))
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(rows)
        words = body_words(rows, head.end, end)
        # A teaser has a sentence or two, and may be long below its label.
        least = _LISTED_BODY_WORDS if is_listed(rows, head.end) else MIN_BODY_WORDS
        is_long = words >= least or _is_story(rows, head.end, end, sentences=3)
        like = real[-1][0] if real else heads[number + 1] if number + 1 < len(heads) else None
        if not _is_widget(rows, head) and (
            (is_long and not head.is_short)
            or (head.title is None and words >= _BRIEF_WORDS)
            or (like is not None and _is_brief(rows, head, end, like, is_even))
        ):
            real.append((head, words))
    if not real:
        return []
    first = real[0][0]
    # What stands above the first head belongs to it, unless it is an article of its own.
    page_start = not holds_story(rows, first.start)
    chosen: list[Head] = []
    for number, (head, words) in enumerate(real):
        if head is first and page_start:
            chosen.append(head)
            continue
        same_shape = page_start and head.before_title == first.before_title
        if not head.is_marked and _is_timeline(
            rows, head, next((other.start for other in heads if other.start > head.start), len(rows))
        ):
            continue
        end = real[number + 1][0].start if number + 1 < len(real) else len(rows)
        is_new = head.is_marked or _is_new_story(rows, chosen, head, end)
        if is_new or same_shape or words >= _PLAIN_HEAD_BODY_WORDS:
            if not page_start and not chosen and not is_new and len(real) == 1:
                continue
            chosen.append(head)
    if chosen and not any(head.dates or head.day for head in chosen):
        # The date of an issue stands above its first story.
        above = rows[: chosen[0].start]
        for row in above:
            if row.role is Role.TITLE and (named := title_date(row.text.text)):
                row.date = DateLine(named, "plain", True)
        day = next((n for n, row in enumerate(above) if row.date and row.date.found.value), None)
        chosen = [replace(head, day=day) for head in chosen]
    return chosen


def _is_dated(rows: list[Row], head: Head) -> bool:
    return any((entry := rows[n].date) is not None and entry.found.value is not None for n in head.dates)


def holds_story(rows: list[Row], end: int) -> bool:
    """Whether more than a greeting or a notice stands above row `end`."""
    return body_words(rows, 0, end) >= MIN_BODY_WORDS or (
        _is_story(rows, 0, end, sentences=3)
        and any(row.role is Role.TITLE and row.words >= 4 for row in rows[:end])
        and not any(speaks_to_readers(row.text.text) for row in rows[:end] if row.role is Role.BODY)
    )


def _is_new_story(rows: list[Row], chosen: list[Head], head: Head, end: int) -> bool:
    """Whether a head of another form than the first has a whole story that shares no name with the one above."""
    start = chosen[-1].start if chosen else 0
    return (
        head.title is not None
        and rows[head.title].words >= 4
        and _is_story(rows, head.end, end, sentences=3)
        and is_other_subject(rows, start, head.title, end)
    )


def _is_story(rows: list[Row], start: int, end: int, sentences: int = 2, words: int = _BRIEF_WORDS) -> bool:
    """Whether some rows hold so many words and whole sentences, with none cut off by dots."""
    bodies = [row for row in rows[start:end] if row.role in (Role.BODY, Role.ITEM)]
    return (
        body_words(rows, start, end) >= words
        and sum(map(sentence_count, bodies)) >= sentences
        and not any(TRUNCATED.search(row.text.text[-40:]) for row in bodies)
    )


def _is_brief(rows: list[Row], head: Head, end: int, previous: Head, is_even: bool) -> bool:
    """A short story of whole sentences whose head has the form of the one before; teasers stand below a label.

    `is_even`: no story of the page is long, so that a short one is no teaser beside it.
    """
    first = next((row.text.text for row in rows[head.end : end] if row.role in (Role.BODY, Role.ITEM)), "")
    is_labelled = any(row.noise in ("related", "end") for row in rows[min(previous.end, head.start) : head.end])
    # A teaser has one sentence, and no dateline.
    least = 3 if is_labelled else 1 if is_even or opening_date(first) else 2
    words = _LEAST_WORDS if is_even and not is_labelled else _BRIEF_WORDS
    return _form(rows, head) == _form(rows, previous) and _is_story(rows, head.end, end, least, words)


def _form(rows: list[Row], head: Head) -> tuple[bool, str]:
    return head.before_title, rows[head.title].line.tag if head.title is not None else ""


def _find_heads(rows: list[Row]) -> list[Head]:
    """Heads with a date line, titles above a dateline or a byline, titles below a rule or a time of the day."""
    heads = _dated_heads(rows)
    if len(heads) > 1:
        heads[0] = _like_the_others(rows, heads)
    for more in (_dateline_heads, _byline_heads, _ruled_heads, _timed_heads, _dated_title_heads, _untitled_heads):
        known = {head.title for head in heads if head.title is not None}
        heads += [head for head in more(rows) if head.title is None or head.title not in known]
    return sorted(heads, key=lambda head: head.start)


def _like_the_others(rows: list[Row], heads: list[Head]) -> Head:
    """The first head in the form of all others: above its title there may be the name of the site or of the issue."""
    first, forms = heads[0], {_form(rows, head) for head in heads[1:]}
    if first.title is not None and not first.before_title and all(_is_close(head) for head in heads[1:]):
        # Blank lines part a title from the names above it.
        top = first.dates[0] - 1
        while top > first.title and not (rows[top].line.gap or rows[top].line.rule):
            top -= 1
        block = range(first.dates[0] - 1, top - 1, -1)
        title = pick_title(rows, [n for n in block if rows[n].role is Role.TITLE], nearest=False)
        return first if title is None else replace(first, start=title, title=title)
    if len(forms) > 1 or first.title is None or not first.dates or _form(rows, first) in forms:
        return first
    before_title, tag = forms.pop()
    if before_title:
        # Of two heads the first may have a dek below its date.
        below = _head_at(rows, first.dates, first.dates[-1], is_first=False, above=False)
        is_name = rows[first.title].words < 5 or len(heads) > 2
        return below if is_name and below is not None and _next_is_body(rows, below.end) else first
    above = [n for n in _titles_above(rows, first.dates[0], is_first=True) if rows[n].line.tag == tag]
    if not above or first.before_title:
        return first
    return replace(first, start=above[0], title=above[0])


def _is_close(head: Head) -> bool:
    """Whether the title of a head stands right above its date."""
    return head.title is not None and bool(head.dates) and head.title == head.dates[0] - 1


def _byline_heads(rows: list[Row]) -> list[Head]:
    """Titles above a byline, where every story of the page has one: an article has one byline."""
    heads: list[Head] = []
    for number in range(1, len(rows) - 1):
        above = rows[number - 1]
        if (
            rows[number].role is Role.NOISE
            and above.role is Role.TITLE
            and above.words >= 3
            and is_byline(rows[number].text.text)
            and _next_is_body(rows, number + 1)
        ):
            heads.append(Head(number - 1, number + 1, number - 1, [], before_title=False, is_marked=True))
    # Two papers may tell of the same.
    return heads if _is_series(rows, heads, is_told_apart=False) else []


def _timed_heads(rows: list[Row]) -> list[Head]:
    """Titles below a time of the day, with nothing told above them: a ticker, not the log of one event."""
    heads: list[Head] = []
    day: int | None = None
    for number, row in enumerate(rows[:-1]):
        title = number + (row.role is Role.NOISE and is_clock(row.text.text))
        if row.role is Role.DATE and row.date is not None and row.date.found.value is not None:
            day = number
        elif (title > number or opens_with_clock(row.text.text)) and _roles(rows, title, 2) == [Role.TITLE, Role.BODY]:
            heads.append(Head(number, title + 1, title, [], before_title=True, is_marked=True, day=day))
    above = rows[: heads[0].start] if heads else []
    is_log = any(row.role is Role.BODY or _LOG.search(row.text.text) for row in above)
    return heads if not is_log and _is_series(rows, heads) else []


def _dated_title_heads(rows: list[Row]) -> list[Head]:
    """Titles that begin or end with a date, where every story of the page has one."""
    heads = [
        Head(n, n + 1, n, [], before_title=False, is_marked=True)
        for n, row in enumerate(rows[:-1])
        if row.role is Role.TITLE and title_date(row.text.text) and _next_is_body(rows, n + 1)
    ]
    return heads if _is_series(rows, heads) else []


def _untitled_heads(rows: list[Row]) -> list[Head]:
    """Paragraphs that open with the dateline of a wire or with a date, on a page of such stories."""
    starts = [n for n, row in enumerate(rows) if row.role in (Role.BODY, Role.ITEM)]
    opened = [n for n in starts if rows[n].role is Role.BODY and opens_with_place(rows[n].text.text)]
    is_wire = len(opened) > 1
    if not is_wire:
        opened = [n for n in starts if (found := opening_date(without_mark(rows[n].text).text)) and found.value]
    if len(opened) < 2 or opened[0] != starts[0] or any(rows[n - 1].role is Role.TITLE for n in opened[1:]):
        return []
    if not is_wire and opened != starts:
        return []
    # A date above the first alone is that of the issue.
    is_dated = all(n and rows[n - 1].role is Role.DATE for n in opened)
    heads = [Head(n - is_dated, n, None, [n - 1] * is_dated, before_title=True, is_marked=True) for n in opened]
    if not (_is_series(rows, heads, is_told_apart=False) if is_wire else _is_series(rows, heads, sentences=3)):
        return []
    for head in heads:
        # A story is no point of a list.
        row = rows[head.end]
        row.role, row.text = Role.BODY, without_mark(row.text)
    return heads


def _is_series(rows: list[Row], heads: list[Head], sentences: int = 2, is_told_apart: bool = True) -> bool:
    """Whether each of several heads has a story of its own, the first of them the first of the page.

    `is_told_apart`: no story shares a name with the one above.
    """
    if len(heads) < 2 or holds_story(rows, heads[0].start):
        return False
    starts = [head.start for head in heads]
    for number, (head, end) in enumerate(zip(heads, [*starts[1:], len(rows)], strict=True)):
        if not _is_story(rows, head.end, end, sentences):
            return False
        if is_told_apart and number and not is_other_subject(rows, starts[number - 1], starts[number], end):
            return False
    return True


def _dateline_heads(rows: list[Row]) -> list[Head]:
    """Titles above a paragraph that opens with a dateline: in the summary of a wire all of them.

    Where the first paragraph of the page opens with a date below a title of its own, one without a place and a short
    title will do: the page is made so. Elsewhere that is an entry of a chronicle.
    """
    found_at: list[tuple[int, int, DateFound]] = []
    written = [0]  # words of text above each row
    for number, row in enumerate(rows):
        written.append(written[-1] + body_words(rows, number, number + 1))
        found = opening_date(row.text.text) if row.role is Role.BODY else None
        title = next((n for n in range(number - 1, -1, -1) if rows[n].role is not Role.NOISE), None) if found else None
        if found is not None and title is not None and rows[title].role is Role.TITLE:
            found_at.append((number, title, found))
    first = next((n for n, row in enumerate(rows) if row.role in (Role.BODY, Role.ITEM)), None)
    # There every story has a place, from the first on.
    is_wire = len(found_at) > 1 and found_at[0][0] == first
    is_wire &= all(opens_with_place(rows[number].text.text) for number, _, _ in found_at)
    heads: list[Head] = []
    is_made_so = False
    for number, title, found in found_at:
        if not written[number]:
            # A name of a site may stand above the first title.
            names = [other.text.text for other in rows[:title] if other.role is Role.TITLE]
            is_site = len(names) == 1 and len(names[0].split()) <= 3 and not _CHRONICLE.search(names[0])
            is_made_so = is_wire or (found.value is not None and (not names or is_site))
        has_place = any(char.isalpha() for char in rows[number].text.text[: found.start])
        if is_made_so or (has_place and rows[title].words >= 4 and written[number] >= MIN_BODY_WORDS):
            heads.append(Head(title, title + 1, title, [], before_title=False, is_marked=True))
    return heads


def _ruled_heads(rows: list[Row]) -> list[Head]:
    """Titles below a drawn line that have the form of the page's first one and tell of nothing that is told above."""
    heads: list[Head] = []
    first = next((n for n, row in enumerate(rows) if row.role is Role.TITLE and row.words >= 4), len(rows))
    ruled = [
        n
        for n in range(first + 1, len(rows) - 1)
        if rows[n].line.rule
        and rows[n].role is Role.TITLE
        and rows[n].words >= 4
        and rows[n].line.tag == rows[first].line.tag
        and _next_role(rows, n + 1) is Role.BODY
    ]
    # The first few are enough: each costs a look at the whole page.
    for number in ruled[:_MAX_RULED]:
        end = next((n for n in range(number + 1, len(rows)) if rows[n].line.rule), len(rows))
        if _is_story(rows, first, number) and is_other_subject(rows, first, number, end):
            heads.append(Head(number, number + 1, number, [], before_title=False, is_marked=True))
    return heads


def _dated_heads(rows: list[Row]) -> list[Head]:
    heads: list[Head] = []
    closing = _closing_dates(rows)
    if closing:
        return [
            Head(above + 1, title + 1, title, [], before_title=False, is_marked=True)
            for above in (-1, *closing[:-1])
            if (title := _title_between(rows, above + 1)) is not None
        ]
    number = 0
    while number < len(rows):
        if rows[number].role is not Role.DATE:
            number += 1
            continue
        dates = [number]
        last = number
        # Dates with nothing but noise between them are one group: published and updated.
        for follower in range(number + 1, min(len(rows), number + 6)):
            if rows[follower].role is Role.DATE:
                dates.append(follower)
                last = follower
            elif rows[follower].role is not Role.NOISE:
                break
        head = _head_at(rows, dates, last, not heads)
        if head:
            heads.append(head)
        number = last + 1
    return heads


def _title_between(rows: list[Row], start: int) -> int | None:
    """The title among the rows from `start` to the next paragraph."""
    end = next((n for n in range(start, len(rows)) if rows[n].role in (Role.BODY, Role.ITEM)), len(rows))
    titles = [n for n in range(start, end) if rows[n].role is Role.TITLE]
    return pick_title(rows, titles, nearest=False) if len(titles) > 1 else next(iter(titles), None)


def _closing_dates(rows: list[Row]) -> list[int]:
    """The date rows of a page on which every story ends with its date, none where one stands elsewhere."""
    told = [
        n for n, row in enumerate(rows) if row.role is not Role.NOISE and not (row.date and not row.date.found.value)
    ]
    dates = [n for n in told if rows[n].role is Role.DATE]
    told = [n for n in told if dates and (n <= dates[-1] or rows[n].role is Role.BODY)]
    is_so = (
        len(dates) >= 2
        and dates[-1] == told[-1]
        and all(rows[n].role is Role.BODY for n, below in pairwise(told) if rows[below].role is Role.DATE)
        and all(rows[n].role is Role.TITLE for above, n in pairwise(told) if rows[above].role is Role.DATE)
    )
    return dates if is_so else []


def _head_at(rows: list[Row], dates: list[int], last: int, is_first: bool, above: bool = True) -> Head | None:
    """The head around some date rows. `above`: its title may stand above them."""
    titles_above = _titles_above(rows, dates[0], is_first) if above else []
    below = _titles_below(rows, last)
    title_above = pick_told_title(rows, titles_above) if is_first else pick_title(rows, titles_above, nearest=True)
    title_below = pick_title(rows, below, nearest=False)
    above_date = rows[dates[0] - 1] if dates[0] else None
    is_short = title_above is None and above_date is not None and _is_short_title(above_date)
    if is_short:
        title_above = dates[0] - 1
    body_below = _next_is_body(rows, max([last, *below]) + 1)
    if above_date is not None and above_date.role is Role.BODY and not below and opens_archived(rows[last].text.text):
        return Head(dates[0], last + 1, None, dates, before_title=True, is_marked=True) if body_below else None
    if title_above is None and title_below is None:
        return None
    if title_above is not None and title_below is not None:
        # Between two titles: the one below is a sub-heading or dek of the one above only at the top of a
        # page.
        prefer_above = is_first and body_words(rows, 0, title_above) < MIN_BODY_WORDS
        if not prefer_above:
            # A title right below a drawn line opens an article.
            prefer_above = rows[title_above].line.rule or (rows[title_above].words >= 5 and rows[title_below].words < 5)
        # A title with a date of its own below it is not this one's.
        prefer_above = prefer_above or _next_role(rows, title_below + 1) is Role.DATE
    else:
        prefer_above = title_above is not None
    title = title_above if prefer_above else title_below
    if title is None or (not prefer_above and not body_below):
        return None
    start = min(title, dates[0])
    # A short line right above a date with its title below is the name of a section.
    has_section = not prefer_above and start > 0 and rows[start - 1].role is Role.TITLE and rows[start - 1].words <= 4
    start -= has_section
    while start > 0 and rows[start - 1].role is Role.NOISE:
        start -= 1
    has_label = has_section or any(
        rows[row].noise in ("section", "related") or _is_head_label(rows[row])
        for row in range(start, min(title, dates[0]))
    )
    between = any(rows[row].role is Role.NOISE for row in range(min(title, dates[0]) + 1, max(title, last)))
    marked = (
        has_label
        or between
        or rows[title].line.tag in ("h1", "h2")
        or any(row.line.rule for row in rows[start : max(title, last) + 1])
        or any((entry := rows[row].date) is not None and entry.has_furniture for row in dates)
    )
    return Head(start, max(title, last) + 1, title, dates, not prefer_above, marked, is_short and prefer_above)


def _is_short_title(row: Row) -> bool:
    """A heading of a word, or a plain line of two that is no name, or of three in capitals that looks like one."""
    is_name = is_person_name(row.text.text)
    is_plain = row.role is Role.TITLE and not row.line.tag
    is_plain &= (row.words == 2 and not is_name) or (row.words == 3 and is_name and row.text.text.isupper())
    return row.line.tag in ("h2", "h3", "h4") or is_plain


def _is_head_label(row: Row) -> bool:
    return row.role is Role.NOISE and row.words <= 4


def _titles_above(rows: list[Row], number: int, is_first: bool) -> list[int]:
    """Title-like rows right above a date; one sentence between them (a dek) is allowed at the top of a
    page."""
    found: list[int] = []
    dek_left = 1 if is_first else 0
    row = number - 1
    while row >= 0 and len(found) < _HEAD_REACH:
        role = rows[row].role
        if role is Role.TITLE:
            found.append(row)
        elif role is Role.BODY and dek_left and not found and row > 0 and _is_dek(rows[row]):
            dek_left -= 1
        elif role is not Role.NOISE:
            break
        row -= 1
    return found


def _is_dek(row: Row) -> bool:
    """A sentence or two, not a story."""
    return row.words <= 45 and sentence_count(row) < 3


def _titles_below(rows: list[Row], number: int) -> list[int]:
    found: list[int] = []
    for row in range(number + 1, min(len(rows), number + 1 + _HEAD_REACH)):
        # A drawn line parts the date from what stands below.
        if rows[row].line.rule or rows[row].role not in (Role.TITLE, Role.NOISE):
            break
        if rows[row].role is Role.TITLE:
            found.append(row)
    return found


def _merged(heads: list[Head], rows: list[Row]) -> list[Head]:
    """Heads that share their title row or repeat the title of the one before are one."""
    merged: list[Head] = []
    for head in heads:
        if merged and head.title is not None:
            previous = merged[-1]
            same = previous.title is not None and (
                previous.title == head.title or fold(rows[previous.title].text.text) == fold(rows[head.title].text.text)
            )
            if same and body_words(rows, previous.end, head.start) < MIN_BODY_WORDS:
                merged[-1] = Head(
                    previous.start,
                    max(previous.end, head.end),
                    previous.title,
                    previous.dates + head.dates,
                    previous.before_title and head.before_title,
                    previous.is_marked or head.is_marked,
                )
                continue
        merged.append(head)
    return merged


def _is_widget(rows: list[Row], head: Head) -> bool:
    """A single pointer to another article inside a text: a bare "also read" in or right above the head."""
    first = max(0, head.start - 1)
    return any(
        row.noise == "inline_related" and row.words <= _LABEL_WORDS
        for row in rows[first : min(head.end, head.start + 3)]
    )


def _is_timeline(rows: list[Row], head: Head, end: int) -> bool:
    """Whether further bare dates, each above a paragraph, stand below the head: it is one entry of a
    chronicle."""
    return any(
        (entry := rows[number].date) is not None and not entry.has_furniture and rows[number + 1].role is Role.BODY
        for number in range(head.end, end - 1)
    )


def _roles(rows: list[Row], start: int, count: int) -> list[Role]:
    return [row.role for row in rows[start : start + count]]


def _next_role(rows: list[Row], number: int) -> Role | None:
    """The role of the next row that is not noise."""
    return next((row.role for row in rows[number : number + 5] if row.role is not Role.NOISE), None)


def is_listed(rows: list[Row], end: int) -> bool:
    """Whether a label above row `end` announces other articles, comments or the like."""
    return any(row.noise in ("related", "end") for row in rows[:end])


def _next_is_body(rows: list[Row], number: int) -> bool:
    for row in rows[number : number + 4]:
        if row.role in (Role.BODY, Role.ITEM):
            return True
        if row.role is Role.TITLE:
            return False
    return False
