"""Reads HTML pages: which part is the article, its title and date from metadata, its lines with raw
offsets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pipelines.ingest.article import MappedText
from pipelines.ingest.cleaning import clean, strip
from pipelines.ingest.heads import MIN_BODY_WORDS
from pipelines.ingest.markup import Element, is_block, parse
from pipelines.ingest.noise import noise_kind
from pipelines.ingest.pages import Draft, split_page
from pipelines.ingest.published import Stamp, address_date, date_line, is_other_label, parse_stamp
from pipelines.ingest.rows import Line, fold

_DROPPED = frozenset(
    """
    script style noscript template svg math iframe nav aside footer form button select option textarea input
    label dialog object embed
    canvas video audio head title menu map picture
    """.split()
)
_DROPPED_ROLES = frozenset(
    ("navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert", "menu", "toolbar")
)
_DROPPED_CLASS = re.compile(
    r"(?:^|[\s_-])(?:related|recirc\w*|recommend\w*|share|sharing|social\w*|newsletter\w*|subscri\w*"
    r"|signup|sign-up|promo\w*|advert\w*|ads?|adsbygoogle"
    r"|sponsor\w*|cookies?|consent|gdpr|comments?|commentlist|respond|sidebar|breadcrumbs?|author-?(?:bio"
    r"|box|card|info)|about-author|tags?|tag-?list"
    r"|tag-?cloud|navbar|navigation|nav|footer|popup|modal|ticker|widget\w*|pagination|toc|read-?more"
    r"|read-?next|more-?(?:news|stories|articles|posts)"
    r"|you-?may|most-?(?:read|popular)|trending|paywall|skip-link|screen-reader-text|visually-hidden"
    r"|sr-only|print-only|disclaimer)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CARD_CLASS = re.compile(
    _DROPPED_CLASS.pattern + r"|card|teaser|preview|excerpt|listing|archive|(?:^|[\s_-])loop", re.IGNORECASE
)
_BODY_CLASS = re.compile(
    r"(?:^|\s)(?:article[-_]{0,2}(?:body|content|text|main)|(?:post|entry|story|page|single|blog"
    r"|news)[-_]{0,2}(?:body|content|text|article)"
    r"|td-post-content|content[-_]body|rich[-_]?text|prose)(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s?:\s?none|visibility\s?:\s?hidden", re.IGNORECASE)
_LOOKS_HTML = re.compile(
    r"<(?:p|div|br|h[1-6]|ul|li|article|blockquote|html|body|span|a)\b[^<>]{0,300}>", re.IGNORECASE
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_ARTICLE_TYPES = (
    "NewsArticle",
    "Article",
    "BlogPosting",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "LiveBlogPosting",
    "TechArticle",
    "Report",
)
_PAGE_TYPES = ("WebPage", "ItemPage")
_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date_published",
    "publish-date",
    "publish_date",
    "publishdate",
    "published-date",
    "published_date",
    "published_at",
    "pubdate",
    "pub_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dc.date.created",
    "citation_publication_date",
    "article.published",
    "originalpublicationdate",
    "rnews:datepublished",
    "date",
)
_SITE_SUFFIX = re.compile(r"\s(?:[|–—·»]|-)\s[^|–—·»]{2,60}$")
# Fewer words than this, or mostly links: not a paragraph of an article.
_PARAGRAPH_WORDS = 12
# A story among others like it; a brief may be as short.
_STORY_WORDS = 20
_REACH_UP = 3
# A line with a time and more words than this tells something.
_TIMED_WORDS = 12
_HEADLINE_WORDS = 4
# How far above the text a line may stand that gives its date.
_BESIDE_LINES = 8


def read_html(source: MappedText) -> list[Draft]:
    """The articles of an HTML page."""
    root = parse(source)
    containers = _containers(root)
    pages = [list(_lines(container)) for container in containers]
    dated = _metadata_date(root)
    drafts: list[Draft] = []
    is_only = len(containers) == 1
    for container, lines in zip(containers, pages, strict=True):
        title = _title(root, container, lines, is_only)
        drafts += split_page(
            _from_title(lines, title),
            single=_holds_one(container),
            title=title,
            stamp=dated if is_only else None,
            fallback=_time_element(root if is_only else container)
            or (_date_beside(root, lines) or _address_stamp(root, title) if is_only else None),
        )
    # The date of a page with several articles is theirs where none shows another.
    if dated and all(draft.published in (None, dated.value) for draft in drafts):
        drafts = [draft if draft.published else draft.date_by(*dated) for draft in drafts]
    return drafts


def html_lines(source: MappedText) -> list[Line]:
    """The lines of a fragment of HTML, all of it."""
    return list(_lines(parse(source)))


def looks_like_html(text: str) -> bool:
    """Whether a text field holds markup."""
    return ("</" in text and bool(_LOOKS_HTML.search(text))) or len(_LOOKS_HTML.findall(text[:20_000])) >= 3


# --- which part of the page -----------------------------------------------------------------------


def _containers(root: Element) -> list[Element]:
    """The elements that hold the articles; the root when the page does not say."""
    words = _word_counts(root)
    bodies = [e for e in root.walk() if "articlebody" in e.get("itemprop").lower() and words[id(e)] >= MIN_BODY_WORDS]
    named = [
        element
        for element in root.walk()
        if (element.name == "article" or element.get("role") == "article")
        and not _inside(element, ("aside", "footer", "nav", "article"))
    ]
    outer = [element for element in named if words[id(element)] >= MIN_BODY_WORDS]
    own_heads = [element for element in outer if _has_heading(element)]
    if len(own_heads) >= 2:
        largest = max(words[id(element)] for element in own_heads)
        total = sum(words[id(element)] for element in own_heads)
        full = [e for e in own_heads if not _is_teaser(e)]
        # One article among cards of others: the cards are short beside it.
        if len(full) >= 2 and largest < total * 0.7:
            return full
    if outer:
        main = max(own_heads or outer, key=lambda element: words[id(element)])
        return [element for element in named if element is main or _is_item_beside(element, main)]
    if len(bodies) == 1:
        return bodies
    mains = [e for e in root.walk() if (e.name == "main" or e.get("role") == "main") and words[id(e)] >= MIN_BODY_WORDS]
    if mains:
        return [_with_siblings(_named_body(mains[0], words) or mains[0], words)]
    return [_with_siblings(_named_body(root, words) or _densest(root), words)]


def _holds_one(container: Element) -> bool:
    """Whether an element is made to hold one article and nothing else."""
    is_made = (
        container.name == "article"
        or container.get("role") == "article"
        or "articlebody" in container.get("itemprop").lower()
        or _BODY_CLASS.search(container.get("class")[:300])
    )
    return bool(is_made) and sum(element.name == "h1" for element in container.walk()) < 2


def _with_siblings(element: Element, words: dict[int, int]) -> Element:
    """The element around several that are made like this one or one around it, each with a heading and a text."""
    one = element
    for _ in range(_REACH_UP):
        if one.parent is None:
            break
        alike = [
            other
            for other in one.parent.children
            if isinstance(other, Element)
            and (other.name, other.get("class")) == (one.name, one.get("class"))
            and words[id(other)] >= _STORY_WORDS
            and (_has_heading(other) or _has_date(other))
            and not _is_teaser(other)
        ]
        if one in alike and len(alike) >= 2:
            return one.parent
        one = one.parent
    return element


def _named_body(top: Element, words: dict[int, int]) -> Element | None:
    named = [
        e
        for e in top.walk()
        if e.name in ("div", "section") and _BODY_CLASS.search(e.get("class")[:300]) and words[id(e)] >= MIN_BODY_WORDS
    ]
    best = max(named, key=lambda element: words[id(element)], default=None)
    return best if best is not None and words[id(best)] * 3 >= words[id(top)] else None


def _densest(root: Element) -> Element:
    """The element that holds most of the page's paragraphs, by the words of its children that are not
    links."""
    direct: dict[int, float] = {}
    below: dict[int, int] = {}
    elements = list(root.walk())
    for element in elements:
        own = sum(len(child.text.split()) for child in element.children if isinstance(child, MappedText))
        if element.name in ("p", "div", "section", "td", "li", "blockquote") and not _inside(
            element, ("nav", "aside", "footer", "form", "a")
        ):
            inline = sum(
                len(child.own_text().text.split())
                for child in element.children
                if isinstance(child, Element) and child.name != "a"
            )
            linked = sum(
                len(child.own_text().text.split())
                for child in element.children
                if isinstance(child, Element) and child.name == "a"
            )
            words = own + (inline if element.name == "p" else 0)
            if words + linked >= _PARAGRAPH_WORDS and words > linked:
                share, above = float(words), element.parent if element.name == "p" else element
                for _ in range(2):
                    if above is not None:
                        direct[id(above)] = direct.get(id(above), 0.0) + share
                        above, share = above.parent, share / 2
                ancestor: Element | None = element
                while ancestor is not None:
                    below[id(ancestor)] = below.get(id(ancestor), 0) + words
                    ancestor = ancestor.parent
    best = max(elements, key=lambda element: direct.get(id(element), 0.0))
    # Paragraphs that each sit in a box of their own share only an outer element.
    while best.parent is not None and below.get(id(best.parent), 0) > below.get(id(best), 0) * 1.3:
        best = best.parent
    return best


def _is_teaser(element: Element) -> bool:
    paragraphs = [line for line in _lines(element) if line.tag not in _HEADINGS and not noise_kind(line.text.text)]
    body = [line.text.text for line in paragraphs if len(line.text.text.split()) >= 12]
    return not body or (len(body) == 1 and body[0].rstrip(" ]").endswith(("…", "...")))


def _is_item_beside(element: Element, main: Element) -> bool:
    """A short story of a page: beside the main one, in whole sentences, under a heading that is no link."""
    if element.parent is not main.parent or _CARD_CLASS.search(
        f"{element.get('class')[:400]} {element.get('id')[:100]}"
    ):
        return False
    heading = next((below for below in element.walk() if below.name in _HEADINGS), None)
    if heading is None or _inside(heading, ("a",)) or any(below.name == "a" for below in heading.walk()):
        return False
    body = " ".join(line.text.text for line in _lines(element) if line.tag not in _HEADINGS)
    return not _is_teaser(element) and len(re.findall(r"[.!?][\"”’')]{0,2}(?= [A-Z\"“]|$)", body)) >= 2


def _has_heading(element: Element) -> bool:
    return any(below.name in ("h1", "h2", "h3") for below in element.walk())


def _has_date(element: Element) -> bool:
    """Whether a row of a table, or a box, has a date for its first line."""
    first = next(_lines(element), None)
    return first is not None and (found := date_line(first.text.text)) is not None and found.found.value is not None


def _inside(element: Element, names: tuple[str, ...]) -> bool:
    above = element.parent
    while above is not None:
        if above.name in names:
            return True
        above = above.parent
    return False


def _word_counts(root: Element) -> dict[int, int]:
    """Words of text below each element, without scripts and the like. Children are counted before their
    parents."""
    counts: dict[int, int] = {}
    for element in reversed(list(root.walk())):
        if element.name in _DROPPED:
            counts[id(element)] = 0
            continue
        counts[id(element)] = sum(
            counts[id(child)] if isinstance(child, Element) else len(child.text.split()) for child in element.children
        )
    return counts


def _is_dropped(element: Element, words: dict[int, int], total: int) -> bool:
    if element.name in _DROPPED:
        return True
    if (
        "hidden" in element.attributes
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style")[:300])
    ):
        return True
    if element.get("role").lower() in _DROPPED_ROLES:
        return True
    if element.name == "header" and not _inside(element, ("article", "main")):
        return not any(below.name == "h1" for below in element.walk())
    named = f"{element.get('class')[:400]} {element.get('id')[:100]}"
    if element.name in ("html", "body", "article", "main", "p", "h1") or not _DROPPED_CLASS.search(named):
        return False
    # A class that names the layout ("has-sidebar") stands on a wrapper of the whole page: that is kept.
    return words[id(element)] * 10 < total * 4 and not any(below.name == "h1" for below in element.walk())


# --- lines ----------------------------------------------------------------------------------------


def _lines(top: Element) -> Iterator[Line]:
    """The cleaned lines below an element, navigation and the like left out. Block elements and `br` end a
    line."""
    words = _word_counts(top)
    total = words[id(top)]
    parts: list[MappedText] = []
    times: list[Element] = []
    tag = ""
    ruled = False

    def line() -> Iterator[Line]:
        nonlocal ruled
        joined = clean(MappedText.join(parts)) if parts else None
        if joined is not None and joined.text:
            yield Line(joined, tag, rule=ruled, stamp=_line_stamp(joined.text, times))
            ruled = False
        parts.clear()
        times.clear()

    # The walk keeps its own stack: pages may be nested deeper than Python allows. A string marks the end of a
    # block.
    waiting: list[Element | MappedText | tuple[str]] = [*reversed(top.children)]
    tags: list[str] = []
    while waiting:
        item = waiting.pop()
        if isinstance(item, MappedText):
            parts.append(item)
        elif isinstance(item, tuple):
            yield from line()
            tags.pop()
            tag = tags[-1] if tags else ""
        elif item.name == "br":
            yield from line()
        elif not _is_dropped(item, words, total):
            if _is_time(item):
                times.append(item)
            if is_block(item.name):
                yield from line()
                ruled = ruled or item.name == "hr"
                inner = item.name if item.name in _HEADINGS or item.name in ("li", "p") else ""
                # An item with a heading of its own is a story of a list, not a point.
                inner = "" if inner == "li" and _has_heading(item) else inner
                # A paragraph inside a list item is that list item.
                tags.append("li" if inner in ("p", "") and tags and tags[-1] == "li" else inner)
                tag = tags[-1]
                waiting.append(("end",))
            waiting.extend(reversed(item.children))
    yield from line()


# --- title and date -------------------------------------------------------------------------------


def _title(root: Element, container: Element, lines: list[Line], is_only: bool) -> MappedText | None:
    """The headline: an `h1` (of the container first), else what the metadata call the page."""
    named = _metadata_titles(root) if is_only else []
    for top in (container, root) if is_only else (container,):
        found = [line.text for element in top.walk() if element.name == "h1" for line in _lines(element)]
        matching = [text for text in found if any(_same_title(text.text, name.text) for name in named)]
        if matching or (found and (not named or top is container)):
            return (matching or found)[0]
    if not is_only:
        return next((line.text for line in lines if line.tag in ("h2", "h3") and not noise_kind(line.text.text)), None)
    for name in named:
        for line in lines:
            if line.tag in _HEADINGS and _same_title(line.text.text, name.text):
                return line.text
    return named[0] if named else None


def _metadata_titles(root: Element) -> list[MappedText]:
    titles: list[MappedText] = []
    for element in root.walk():
        if element.name == "meta" and (element.get("property") or element.get("name")).lower() in (
            "og:title",
            "twitter:title",
        ):
            titles.append(
                clean(element.attributes["content"]) if "content" in element.attributes else MappedText("", [], [])
            )
        elif element.name == "title" and element.parent is not None and element.parent.name != "svg":
            titles.append(clean(element.own_text()))
    shortened: list[MappedText] = []
    for title in titles:
        suffix = _SITE_SUFFIX.search(title.text)
        if suffix and len(title.text[: suffix.start()].split()) >= 3:
            title = strip(title.slice(0, suffix.start()))
        if len(title.text.split()) >= 3:
            shortened.append(title)
    return shortened


def _same_title(one: str, other: str) -> bool:
    left, right = set(re.findall(r"\w+", fold(one))), set(re.findall(r"\w+", fold(other)))
    return (
        bool(left)
        and bool(right)
        and len(left & right) * 2 > min(len(left), len(right))
        and len(left & right) >= min(2, len(left))
    )


def _from_title(lines: list[Line], title: MappedText | None) -> list[Line]:
    """The lines from the headline on: what stands above it inside the container is navigation."""
    if title is None:
        return lines
    for number, line in enumerate(lines):
        if line.text.offsets and title.offsets and line.text.offsets[0] == title.offsets[0]:
            above = sum(len(other.text.text.split()) for other in lines[:number] if other.tag != "li")
            total = sum(len(other.text.text.split()) for other in lines)
            # A date right above the headline, or with a short label between, belongs to it.
            near = range(max(0, number - 2), number)
            dated = next((n for n in near if (found := date_line(lines[n].text.text)) and found.found.value), number)
            return lines[dated:] if above * 3 < total else lines
    return lines


def _metadata_date(root: Element) -> Stamp | None:
    """The date of the article by the metadata, else that of the page that holds it."""
    scripts = [e.own_text() for e in root.walk() if e.name == "script" and "ld+json" in e.get("type").lower()]
    pages = (_json_ld_date(script, _PAGE_TYPES) for script in scripts)
    articles = (_json_ld_date(script, _ARTICLE_TYPES) for script in scripts)
    return next(filter(None, articles), None) or _meta_date(root) or next(filter(None, pages), None)


def _meta_date(root: Element) -> Stamp | None:
    found: dict[str, MappedText] = {}
    for element in root.walk():
        if element.name == "meta" and "content" in element.attributes:
            for key in (
                element.get("property"),
                element.get("name"),
                element.get("itemprop"),
                element.get("http-equiv"),
            ):
                if key:
                    found.setdefault(key.lower(), element.attributes["content"])
    for key in _META_DATES:
        if key in found:
            value = parse_stamp(found[key].text)
            if value is not None:
                return Stamp(value, "meta_tag", found[key].raw_span(0, len(found[key])))
    return None


def _json_ld_date(text: MappedText, types: tuple[str, ...]) -> Stamp | None:
    try:
        data = json.loads(text.text)
    except (ValueError, RecursionError):
        return None
    waiting: list[Any] = [data]
    seen = 0
    while waiting and seen < 5000:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            written = item.get("datePublished")
            if isinstance(written, str) and any(kind in types for kind in kinds):
                value = parse_stamp(written)
                if value is not None:
                    place = text.text.find(json.dumps(written)[1:-1])
                    span = text.raw_span(place, place + len(written)) if place >= 0 else None
                    return Stamp(value, "json_ld", span)
            waiting.extend(value for value in item.values() if isinstance(value, (dict, list)))
    return None


def _address_stamp(root: Element, title: MappedText | None) -> Stamp | None:
    """The day in the address that the page gives as its own."""
    for element in root.walk():
        is_own = (element.name == "link" and element.get("rel").lower() == "canonical") or (
            element.name == "meta" and element.get("property").lower() == "og:url"
        )
        address = element.attributes.get("href" if element.name == "link" else "content") if is_own else None
        found = address_date(address.text, title.text if title else "", is_own=True) if address else None
        if address and found and found.value:
            return Stamp(found.value, "address", address.raw_span(found.start, found.end))
    return None


def _date_beside(root: Element, lines: list[Line]) -> Stamp | None:
    """The date line right above the text of a page whose template puts it in a box of its own, below the headline."""
    first = next((line for line in lines if line.tag not in _HEADINGS), None)
    if first is None:
        return None
    above = [line for line in _lines(root) if line.text.offsets[0] < first.text.offsets[0]]
    headline = max((n for n, line in enumerate(above) if line.tag == "h1"), default=len(above))
    for number, line in list(enumerate(above))[-_BESIDE_LINES:]:
        found = date_line(line.text.text)
        if found is None or found.found.value is None or found.label == "updated":
            continue
        # Above the headline stands the day of the visit, unless a label says more.
        if number > headline or found.label == "published":
            return Stamp(found.found.value, "date_line_beside", line.text.raw_span(found.found.start, found.found.end))
    return None


def _is_time(element: Element) -> bool:
    """Whether an element is there to give a time: `time`, and what older templates and scripts use for it."""
    return (
        element.name in ("time", "relative-time", "time-ago")
        or "datepublished" in element.get("itemprop").lower()
        or (element.name == "abbr" and "published" in element.get("class"))
    )


def _time_value(element: Element) -> Stamp | None:
    """The day that a time element gives, in an attribute or in its words."""
    values = (element.attributes[key] for key in ("datetime", "content", "title") if key in element.attributes)
    for text in (*values, clean(element.own_text())):
        value = parse_stamp(text.text)
        if value is not None:
            return Stamp(value, "time_element", text.raw_span(0, len(text)))
    return None


def _texts(top: Element) -> Iterator[MappedText]:
    """The texts below an element, in order."""
    waiting: list[Element | MappedText] = [top]
    while waiting:
        item = waiting.pop()
        if isinstance(item, MappedText):
            yield item
        else:
            waiting.extend(reversed(item.children))


def _is_update(element: Element) -> bool:
    named = f"{element.get('class')} {element.get('itemprop')}"
    return bool(re.search(r"updat|modif", named, re.IGNORECASE)) and "datepublished" not in named.lower()


def _line_stamp(line: str, times: list[Element]) -> Stamp | None:
    """The date of a line that is a time, or a date with its furniture whose year is in the markup alone."""
    stamps = [(element, stamp) for element in times if not _is_update(element) and (stamp := _time_value(element))]
    if not stamps:
        return None
    element, stamp = stamps[0]
    shown = clean(element.own_text()).text
    found = date_line(line)
    if found and found.found.value:
        return stamp if shown == line else None
    # "By Ada Brook, Thursday" is the line of a date where the markup says which Thursday.
    read = (
        date_line(line.replace(shown, f" {stamp.value} ", 1)) if shown and len(line.split()) <= _TIMED_WORDS else None
    )
    return stamp if read and read.label != "updated" else None


def _time_element(top: Element) -> Stamp | None:
    """The first time below an element that stands in no running text and is not the date of an update."""
    words = _word_counts(top)
    total = words[id(top)]
    updated = None
    labels = (line for line in _lines(top) if noise_kind(line.text.text) in ("related", "end"))
    end = next((line.text.offsets[0] for line in labels), None)
    # What is said around a time, asked once: a block may hold many.
    said: dict[int, tuple[bool, str]] = {}
    for element in top.walk():
        if not _is_time(element):
            continue
        above = element
        while above.parent is not None and above is not top and not is_block(above.name):
            above = above.parent
        if id(above) not in said:
            links = (below for below in above.walk() if below.name == "a")
            is_teaser = any(words[id(link)] >= _HEADLINE_WORDS for link in links)
            is_short = words[id(above)] <= _TIMED_WORDS
            said[id(above)] = (is_teaser, clean(MappedText.join(_texts(above))).text if is_short else "")
        is_teaser, told = said[id(above)]
        own = element.own_text()
        shown = clean(own).text
        # Below such a label, or beside a link with a headline, stands the date of something else.
        if is_teaser or (end is not None and own.offsets and own.offsets[0] > end):
            continue
        if shown and is_other_label(told.partition(shown)[0].rstrip(" ,")):
            continue
        if words[id(above)] > _TIMED_WORDS and above is not top and above.name in ("p", "li", "blockquote", "td"):
            continue
        holders = [element]
        while holders[-1].parent is not None and holders[-1] is not top:
            holders.append(holders[-1].parent)
        if any(holder.name != "header" and _is_dropped(holder, words, total) for holder in holders[1:-1]):
            continue
        entry = _time_value(element)
        if entry is not None and not _is_update(element):
            return entry
        updated = updated or entry
    return updated
