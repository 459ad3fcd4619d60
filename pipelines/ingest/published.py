"""Dates as pages write them: in a line of their own, at the head of a first paragraph, in metadata.

Only dates of publication. Dates of events inside sentences are read in `pipelines.extract`. A date is returned only
where day, month and year are written and can be read in one way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

DateLabel = Literal["published", "updated", "plain"]
Order = Literal["day first", "month first"]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_ROMAN = {name: number for number, name in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), start=1)}
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?:19|20)\d\d"
# '25 behind a month's name needs its apostrophe; between figures, or joined by hyphens or slashes, it needs none.
_SHORT = r"[’'‘`]\d\d(?![\w’'])"
_DATE = re.compile(
    rf"(?:(?<![\w/.:-])|(?<=[a-z]:)|(?<=(?-i:[a-z]))(?=(?-i:[A-Z])|\d))(?:"
    rf"(?P<iso_y>{_YEAR})(?P<iso_sep>[-/.]|\.\s|年)(?P<iso_m>\d{{1,2}})(?:(?P=iso_sep)|月)(?P<iso_d>\d{{1,2}})"
    rf"(?![\d/-])日?(?:T\d\d:?\d\d\S{{0,20}})?"
    rf"|(?P<ym_y>{_YEAR})(?:[-/]|,?\s)(?P<ym_m>{_MONTH})(?:[-/]|\s)(?P<ym_d>{_DAY})(?![\w:.–—-])"
    rf"|(?P<md_m>{_MONTH})(?:[ ,]{{0,2}}|[-/]|\sthe\s)(?P<md_d>{_DAY})(?![\d:–—]|-(?!{_YEAR}))"
    rf"(?:(?:\s?,?\s?|[-/])(?P<md_y>{_YEAR})(?:(?!\d)"
    rf"|(?=\d{{1,2}}\s?min))|\s?,?\s?(?P<md_s>{_SHORT})|\s?\((?P<md_b>{_YEAR})\))?"
    rf"|(?P<dm_d>\d{{1,2}}\.|{_DAY})(?:\s?(?:day\s)?(?:of\s)?|[-/.])(?P<dm_m>{_MONTH})"
    rf"(?:(?:\s?,?\s?|[-/])(?P<dm_y>{_YEAR})(?!\d)|\s?,?\s?(?P<dm_s>{_SHORT})|[-/](?P<dm_h>\d\d)(?![\w/-])"
    rf"|\s(?P<dm_e>\d\d)(?=$|\s?[|·,)\]–—-]|\s\d\d?[:.h]\d\d)"
    rf"|\s?\((?P<dm_b>{_YEAR})\))?"
    rf"|(?P<r_d>\d{{1,2}})(?P<r_sep>[./ -]|\.\s)(?P<r_m>(?-i:{'|'.join(sorted(_ROMAN, key=len, reverse=True))}))"
    rf"(?P=r_sep)(?P<r_y>{_YEAR})(?!\d)"
    rf"|(?P<n_a>\d{{1,2}})(?P<n_sep>[/.-]|\.\s)(?P<n_b>\d{{1,2}})(?P=n_sep)"
    rf"(?:(?P<n_y>{_YEAR})|(?P<n_s>\d\d))(?![\w/-]|[.:]\d)"
    rf")",
    re.IGNORECASE,
)
# The day in the path of an address: /2025/03/27/, /2025-03-27-, /20250327.
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]{4,400}", re.IGNORECASE)
_PATH_DATE = re.compile(
    rf"[/_-](?P<y>{_YEAR})(?P<sep>[/_-]?)(?P<m>0[1-9]|1[0-2]|[1-9](?=[/_-])|(?-i:[a-z]{{3}})(?=[/_-]))(?P=sep)"
    r"(?P<d>0[1-9]|[12]\d|3[01]|[1-9](?!\d))(?![\d])",
)
_AGO = re.compile(
    r"\b(?:an?|\d{1,3}|few|several) ?(?:secs?|seconds?|mins?|minutes?|hours?|hrs?|h|days?|d|weeks?|w"
    r"|months?|mo|years?|yrs?) ago\b"
    r"|\b(?:just now|yesterday|today)\b",
    re.IGNORECASE,
)
# "Also today: Lakeport" heads further news.
_MORE_NEWS = re.compile(r"\W*(?:also|elsewhere|other|more|what|in)\b", re.IGNORECASE)
_TIME = re.compile(
    r"\b(?:at )?\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?)?(?: ?[+-]\d\d(?::?\d\d)?\b)?"
    r"|\b(?:\d{1,2} )?\d{1,2} ?[ap]\.?m\b\.?|\b\d{1,2}h\d\d\b"
    r"|\b\d{4}(?= ?(?:GMT|UTC|hrs|hours)\b)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\(?\b(?:(?:UTC|GMT)(?: ?[+-] ?\d{1,2}(?::?\d\d)?)?|[ECMP][SD]?T|BST|CES?T|IST|SGT|HKT|KST|JST|MYT"
    r"|WIB|PKT|GST|AEST|AEDT|WAT|EAT"
    r"|SAST|Eastern(?: Time)?|local time)\b\)?"
)
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b[.,]?",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"\b(?P<updated>(?:last )?(?:updated|modified|edited)"
    r"|last (?:reviewed|revised|changed|amended|refreshed|entry|post)|update)"
    r"(?: on| at)?\b(?! by)"
    r"|\b(?P<published>(?:first |originally )?(?:published|posted|released|issued|publication date"
    r"|published date|pub(?:lished|lication)? ?date|publication"
    r"|date (?:published|posted|issued|released|filed|of (?:issue|release|posting|publication))|release date|post date"
    r"|dated this|(?:press|news|media) (?:release|statement|notice))(?: on| at| date| time)?"
    r"|date|dated|created|added|uploaded)\b"
    r"|(?:^|[|·•–—,]\s?)(?P<filed>filed|sent|transmitted|web ?posted|put online|(?:online|live) since)(?: on| at)?\b"
    r"(?! under)",
    re.IGNORECASE,
)
_FURNITURE = re.compile(
    r"\b\d{1,3}[ -]?min(?:ute)?s?\.?(?: ?(?:read|reading|read time))?\b|\b(?:read(?:ing)? time|time to "
    r"read)\b|\bless than a minute\b"
    r"|\b[\d,.]{1,9}[km]? (?:views?|shares?|comments?|reads?|likes?)\b|\bno comments?\b|\bleave a "
    r"comment\b|\bshare\b|\blisten\b|\bprint\b"
    r"|\b(?:written|reported|edited|reviewed|fact[- ]checked|translated|authored|posted|published) by\b"
    r"|\bby\b|\bin\b|\bat\b|\bon\b"
    r"|\b(?:tags?|topics?|categor(?:y|ies)|filed under): [^|]*"
    r"|\| \w[\w’'&-]*(?: [\w’'&-]+){0,2}(?:, \w[\w’'&-]*(?: [\w’'&-]+){0,4}){2,14}$"
    r"|\b(?:source|author|editor|category|section)\b|\bet al\b|\b(?:page|p\.) ?[A-Z]?\d{1,3}\b|\bspecial to the\b"
    r"|\b(?:press|news|media) (?:release|statement|notice)\b"
    r"|\bwas this (?:e-?mail |newsletter )?(?:forwarded|sent) to you\b\??|\b(?:un)?subscribe(?: here| now)?\b"
    r"|\b(?:view|read) (?:this )?(?:online|in (?:your |a )?browser)\b",
    re.IGNORECASE,
)
# "by the research desk": an author in small letters. "No. 14/2025": the number of an issue, not of a law.
_BY_DESK = re.compile(
    r"\b(?:(?:written|posted|published|compiled) )?(?:by|from) (?:the |our |an? )(?:[\w’'-]+ ){0,3}"
    r"(?:desk|team|staff|newsroom|bureau|unit|correspondents?|editors?|reporters?|writers?|office|department)\b"
    r"|\bfor immediate release\b",
    re.IGNORECASE,
)
_ISSUE = re.compile(
    r"(?<!law )(?<!act )(?<!bill )(?<!decree )(?<!circular )(?<!resolution )(?<!regulation )"
    r"\b(?:issue|edition|vol(?:ume)?|no|nr|number|week)\b\.? ?#?\d{1,5}(?:/\d{2,4})?(?![\w/])|(?<!\w)#\d{1,5}\b"
    rf"|\b{_MONTH} {_YEAR} (?:edition|issue|number)\b",
    re.IGNORECASE,
)
# Small words of names and of who writes.
_SMALL_PARTS = frozenset(
    ("and", "of", "the", "de", "van", "bin", "al", "von", "agency", "bureau", "desk", "staff", "correspondent")
)
_VERB = re.compile(r"(?:[^e]ed|ing|en)$")
# A caption that is a place and a date, with the name of who took the picture.
_PICTURE = re.compile(r"\b(?:file |library )?(?:photo(?:graph)?|picture|illustration)\b", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY_BEFORE = re.compile(rf"\b({'|'.join(_WEEKDAYS)})[a-z]{{0,6}}[.,]{{0,2}} $", re.IGNORECASE)
# "RBI/2025-26/123": the number of a file.
_REFERENCE = re.compile(r"\b[A-Z][\w.]*(?:/[\w.()-]+){1,6}")
# A date in figures that two readers may read in two ways, and zones whose people write it in one.
_SLASHED = re.compile(r"(?<![\w/.:-])(\d{1,2})([/-])(\d{1,2})\2(?:(?:19|20)?\d\d)(?![\w/-])")
_ORDER_ZONE = re.compile(
    r"\b(?:(?P<us>[ECMP][SD]T|ET|PT)|IST|BST|SGT|HKT|MYT|WIB|PKT|GST|A[EW][SD]T|NZ[SD]T|WAT|EAT|CAT|CES?T)\b"
)
# The same day by another calendar: "Jumada I 15, 1447", "18 Kartik 2082 BS".
_OTHER_CALENDAR = re.compile(
    r"(?:\b\d{1,2},? [A-Z][\w’'‘-]{2,14}(?: (?:al-)?[A-Z][\w’'‘-]{0,12})?"
    r"|\b[A-Z][\w’'‘-]{2,14}(?: [\w’'‘-]{1,12})? \d{1,2}),? "
    r"(?:1[34]\d\d|20[789]\d|25[5-9]\d|57\d\d)\b(?: ?(?:A\.?H|H|B\.?S|B\.?E|A\.?P|S\.?H)\b\.?)?"
)
_HYPHENED = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")  # Ji-woo
_SEPARATOR = re.compile(r"[|·•∙⋅/\\,;:()\[\]<>«»–—~*_#@+-]+|\.(?=\s|$)")
# A date after one of these is the date of something that is told, not of the page.
_TELLING = re.compile(
    r"\b(?:to|until|till|by|from|since|before|after|for|of|between|and|through|than|as|is|was|are|were|in"
    r"|during|around|about)\s+"
    r"(?:the\s+|early\s+|late\s+)?(?:[a-z]{3,9}day,?\s+)?$",
    re.IGNORECASE,
)
# Labels of the date of something else than the page: what is told of, asked for, or to come; of a visit or a copy.
_OTHER_DATE = re.compile(
    r"\b(?:deadline|due|effective|expir\w+|closes?|ends|begins|starts|in force|valid|founded|established|born|died"
    r"|takes? effect|embargo\w*|accessed|printed|retrieved|saved|downloaded|captured|cached|crawled|viewed|visited"
    r"|joined|signed|adopted|approved|ratified|enacted|passed|decided|pictured|taken|archived|done|given|says|wrote|commented|replied|introduced"
    r"|tabled|voted|heard|argued|opened|convened|held|registered|incorporated|listed|concluded|began|arrested|charged"
    r"|sentenced|as (?:of|at))"
    r"(?: (?:date|by|on|at|in|until|from|since))?\s?:?(?: [A-Z][\w-]+,?)?$"
    r"|\b(?:closing|event|hearing|meeting|session|start|end|opening|when|consultation|comments?|applications?|launch"
    r"|submissions?|registration|court|trial|sentencing|maturity|record|next \w+)"
    r"(?: (?:date|by|on|until|from)\s?:?|:)$"
    r"|^\W*(?:(?:the|our|an?|free|live|online|virtual|annual) )*(?:next|upcoming|webinar|seminar|conference|summit"
    r"|workshop|symposium|meet-?up|event|hearing|election|voting|referendum|airdrop"
    r"|save the date|join us|register"
    r"|tickets|today|last (?:login|visit|seen)|(?:file )?photo|picture"
    r"|terms|privacy policy|cookie policy|applications|submissions)"
    r"(?: (?:issue|edition|bulletin|meeting|hearing|session|vote|review|day|date|is|on|by|last|updated))*"
    r"(?:\s?[:,–—-]|$)",
    re.IGNORECASE,
)
# "Compliance date: ...": of the labels that end so only those that speak of the page are its own.
_NAMED_DATE = re.compile(
    r"\b(?P<kind>[A-Za-z]+)[ -]date\s?:?$|\bdate of (?:the |its |an? )?(?P<of>[A-Za-z]+)\s?:?$", re.IGNORECASE
)
_OWN_KINDS = frozenset(
    """
    publish published publishing publication posted post posting issue issued release released article story news
    press entry print edition added created upload uploaded updated modified update writing
    """.split()
)
# A page about itself, before its date: "This note was first sent to subscribers on", "From our archive".
_SENT = (
    r"(?:published|posted|printed|appear(?:ed|s)|ran|carried|sent|e-?mailed|issued|released|aired|broadcast|filed|circulated"
    r"|distributed|dispatched)"
)
_NOTE = re.compile(
    r"^\W*(?:[\w ]{2,24} [|·–—-] )?(?:(?:copyright|©)[^.]{1,60}\. )?(?:"
    r"(?:a (?:\w+ )?version of )?this (?:article|content|story|post|piece|note|newsletter|bulletin|issue|edition"
    r"|e-?mail|entry|page|(?:press |news |media )?release|item|column|briefing|digest|dispatch|interview|commentary)"
    rf" (?:was |has been |is )?(?:(?:first|originally|initially) )?{_SENT}"
    rf"|(?:the|this|our) (?:\w+ )?(?:article|story|post|piece|note|report|letter|text|column|interview|content|page)"
    rf" (?:was |has been )?(?:first|originally) {_SENT}"
    rf"|(?:first|originally) {_SENT}"
    r"|(?:sent|e-?mailed|circulated|distributed)(?: out)?"
    r" (?:on|to (?:our |all |the )?(?:subscribers|readers|members|clients))"
    r"|(?P<archive>from (?:the|our|its) (?:[\w’']+ )?archives?)"
    r"|(?:from |in )?(?:the |our |this )?(?:[\w’']+ )?(?:issue|edition|number)(?: (?:no\.? ?|#)?\d+)? (?:of|dated|for)"
    r"|(?:bulletin|dispatch) of"
    r")\b(?P<rest>[^!?]{0,80})$",
    re.IGNORECASE,
)
# "This blog is closed. First published on ...": the note may stand behind others.
_FIRST_SENT = re.compile(rf"[.·|] (?:first|originally) {_SENT} (?:on |at )?(?:[a-z]{{3,9}},? )?$", re.IGNORECASE)
_NOTE_TAIL = re.compile(
    r"(?: (?:print )?(?:issue|edition))?[\s)\]*_.]*$|\. [A-Z].{0,90}$|[\s,–—-]*\d"
    r"|[\s,]*(?:[ap]\.?m\.?|at|in|on|by|and (?:has|was)|under|as|with)\b(?:[^.!?]|\.(?=\w)){0,80}"
    r"[.)\]]*(?: [A-Z].{0,90})?$"
)
_TITLE_DATE = re.compile(
    r"(?:[,:|–—(]|\s-|\bweek (?:to|ending|ended)|\b(?:[Ee]dition|[Ww]eek) of|\bfor)\s*(?:[A-Z][a-z]+day,? )?$"
)
_BAR = re.compile(r"(?:[|·•]|(?<=\w\s)[(\[])\s?$")
_CLOCK_START = re.compile(
    r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?: ?[ap]\.?m\.?)?(?: (?:GMT|UTC|[A-Z]{2,4}T))?[\s|:–—-]+(?=\S)", re.IGNORECASE
)
_BYLINE_BEFORE = re.compile(r"^(?:(?:written|posted|published) )?by\b", re.IGNORECASE)
_LEADING_TOKEN = re.compile(rf"^date:? (?P<date>{_YEAR}-\d\d-\d\d)(?:T\S{{0,30}})?(?= |$)", re.IGNORECASE)
# What may stand between the date of a dateline and its end: a time, a weekday, an agency or the place.
_CLOCK = r"(?:,? ?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)? ?(?:[A-Z]{2,4})?)?"
_AGENCY = r"(?:\s?\([^()]{2,60}\)|\s?/[^/]{2,40}/)?"
_DATELINE_TAIL = re.compile(
    rf"^\s?[,.]?{_CLOCK}[\])]?\s?[,.]?{_AGENCY}(?:\s?[,/]\s?[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){{0,3}})?[\])]?"
    r"\s?(?:[–—]|-{1,2}(?=\s)|:(?=\s)|\||/{2}(?=\s))"
)
# "ABUJA (Newswire) — The commission ...", with no date.
_PLACE_START = re.compile(
    r"[A-ZÀ-Þ]{3,20}(?:[ '’.-]{1,2}[A-ZÀ-Þ]{2,20}){0,3}(?:, [A-Z][\w.’'-]{1,20}(?: [A-Z][\w.’'-]{1,20})?)?"
    r"\s?(?:\([^()]{2,40}\)\s?)?(?:[—–]|-{1,2}\s)\s?(?=[\"“]?[A-Z])"
)
# "3 May 2025, Lakeport. The commission ...": the place may follow a full date.
_PLACE_AFTER = re.compile(r",\s[A-ZÀ-Þ][\w’'-]*(?:[ ,]{1,2}[A-ZÀ-Þ][\w’'-]*){0,3}\.\s(?=[\"“]?[A-Z])")
_AGENCY_TAIL = re.compile(r"^\s?[\])]?\s?(?:\([^()]{2,60}\)|/[^/]{2,40}/)\s")
# "Abuja, 21 April. The commission ...": the date stands alone behind its place; with its year it may stand without.
_PLACE_TAIL = re.compile(rf"(?:\.|[\w)]\.?){_CLOCK}\.?\s(?<=\.\s)(?=[\"“]?[A-Z])")
_CLOSED_TAIL = re.compile(rf"{_CLOCK}\s?[\])]\s?(?=[\"“]?[A-Z])")
_NO_PLACE = frozenset(
    """
    correction corrections clarification update updated deadline effective judgment ruling regulation directive law act
    order decision decree resolution event hearing meeting webinar of
    """.split()
)
_MAY_BE_DATE = re.compile(r"\d|\bago\b|\bjust now\b|\byesterday\b|\btoday\b", re.IGNORECASE)
_DATELINE_REACH = 90
_WEEKS_BACK = 45
_ENCLOSED_REACH = 250
_LABEL_REACH = 60
_LABEL_TAIL = re.compile(r"\s?(?:[.|–—:]|-\s|\d\d?:\d\d)")
_MAX_LINE = 200
_MAX_ADDRESS = 600


@dataclass(frozen=True, slots=True)
class DateFound:
    """A written date at `text[start:end]`; `value` is None where the year is missing or day and month could
    swap."""

    start: int
    end: int
    value: date | None


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is a date with its furniture. `has_furniture`: a time, label, byline or section stands
    beside it."""

    found: DateFound
    label: DateLabel
    has_furniture: bool


class Stamp(NamedTuple):
    """A date of publication, the rule that found it, and the raw characters it was read from."""

    value: date
    rule: str
    span: tuple[int, int] | None


def find_dates(text: str, order: Order | None = None) -> list[DateFound]:
    """The dates written in a text, in order. `order`: which way round the page writes its dates in figures."""
    return [DateFound(found.start(), found.end(), _value(found, order)) for found in _DATE.finditer(text)]


def figure_order(texts: Iterable[str]) -> Order | None:
    """Which way round a page writes dates in figures: by those that can be read in one way, or by its time zone."""
    orders: set[Order] = set()
    for text in texts:
        for found in _SLASHED.finditer(text):
            day_first = int(found[1]) > 12 >= int(found[3])
            if day_first or int(found[3]) > 12 >= int(found[1]):
                orders.add("day first" if day_first else "month first")
            elif len(text) <= _MAX_LINE and (zone := _ORDER_ZONE.search(text, found.end())):
                orders.add("month first" if zone["us"] else "day first")
    return orders.pop() if len(orders) == 1 else None


def date_line(text: str, order: Order | None = None) -> DateLine | None:
    """The date of a line that holds nothing else of weight, or None. A published date wins over an updated
    one."""
    # Every date has a figure, or is one of a few words; most lines have neither.
    if len(text) > _MAX_LINE or not _MAY_BE_DATE.search(text):
        return None
    dates = find_dates(text, order)
    relative = None if dates or _MORE_NEWS.match(text) else _AGO.search(text)
    if relative:
        dates = [DateFound(relative.start(), relative.end(), None)]
    if not dates:
        return None
    if (note := published_note(text)) is not None:
        return DateLine(note, "published", True)
    own = _of_the_page(text, dates)
    if not own or not _is_only_date(text, dates):
        return None
    labelled = [(_label_before(text, found, dates), found) for found in own]
    wanted: tuple[DateLabel, ...] = ("published", "plain", "updated")
    for label in wanted:
        for found_label, found in labelled:
            if found_label == label and (found.value is not None or len(dates) == 1):
                bare = _WEEKDAY.sub("", text[: found.start] + text[found.end :]).strip(" .,·|-–—")
                return DateLine(found, label, bool(bare))
    return DateLine(labelled[0][1], labelled[0][0], True)


def published_note(text: str) -> DateFound | None:
    """The date in a line by which a page says when it came out: "This note was first sent to subscribers on ..."."""
    return next((found for found in _note_dates(text) if _NOTE_TAIL.match(text[found.end :])), None)


def opens_archived(text: str) -> bool:
    """Whether a line with a date announces a text of that day: "From our archive, 27 June 2024"."""
    return any((note := _NOTE.match(text[: found.start])) and note.group("archive") for found in _note_dates(text))


def _note_dates(text: str) -> list[DateFound]:
    if len(text) > _MAX_LINE or not _MAY_BE_DATE.search(text):
        return []
    found = [date for date in find_dates(text)[:3] if date.value]
    return [date for date in found if _NOTE.match(text[: date.start]) or _FIRST_SENT.search(text[: date.start])]


def address_date(text: str, title: str, is_own: bool = False) -> DateFound | None:
    """The day in the path of an address that is the page's: it has words of the title, or `is_own` says so."""
    words = {word for word in re.findall(r"[a-z]{4,}", title.lower())}
    for address in _ADDRESS.finditer(text[:_MAX_ADDRESS]):
        shared = words.intersection(re.findall(r"[a-z]{4,}", address.group().lower()))
        for found in _PATH_DATE.finditer(address.group()) if is_own or len(shared) >= 2 else ():
            month = found["m"] if found["m"].isdigit() else _MONTHS.get(found["m"])
            if month and (value := _date(found["y"], month, found["d"])):
                return DateFound(address.start() + found.start("y"), address.start() + found.end("d"), value)
    return None


def has_clock(text: str) -> bool:
    """Whether a time of day is written in a line."""
    return bool(_TIME.search(text))


def is_clock(text: str) -> bool:
    """Whether a line is a time of the day and nothing else."""
    return len(text) <= 24 and bool(_TIME.search(text)) and not _ZONE.sub("", _TIME.sub("", text)).strip(" -–—|·•:[]()")


def opens_with_clock(text: str) -> bool:
    """Whether a line begins with a time of the day."""
    return bool(_CLOCK_START.match(text))


def opens_with_place(text: str) -> bool:
    """Whether a paragraph opens with a dateline that names its place."""
    found = dateline(text)
    if found is None:
        return bool(_PLACE_START.match(text))
    return any(char.isalpha() for char in _WEEKDAY.sub("", text[: found.start]))


def leading_token(text: str) -> DateFound | None:
    """The date of a `date YYYY-MM-DD` token that a crawler put before the first word."""
    found = _LEADING_TOKEN.match(text)
    value = parse_stamp(found.group("date")) if found else None
    return DateFound(0, found.end(), value) if found and value else None


def dateline(text: str) -> DateFound | None:
    """The date of an agency dateline ("LONDON, March 3, 2025 (Reuters) -") at the start of a paragraph."""
    head = text[: _DATELINE_REACH + 80]
    for found in find_dates(head[:_DATELINE_REACH])[:1]:
        before, after = head[: found.start], head[found.end :]
        if not _is_place(before):
            return None
        if (
            _DATELINE_TAIL.match(after)
            or (before and _AGENCY_TAIL.match(after))
            or ((found.value or before) and _PLACE_TAIL.match(head, found.end - 1))
            or (found.value and not before and _PLACE_AFTER.match(after))
            or (found.value and re.search(r"[(\[][^()]*$", before) and _CLOSED_TAIL.match(after))
        ):
            return found
    return None


def leading_line_date(text: str) -> DateFound | None:
    """The date that opens a line and is set off from the words after it: `May 28, 2025 - Words`."""
    dates = find_dates(text[:40])
    if (
        dates
        and dates[0].value
        and not _WEEKDAY.sub("", text[: dates[0].start]).strip(" [(")
        and re.match(r"[\])]?\s?(?:[|·•–—]|:(?!\s?[a-z])|-{1,2}(?=\s))", text[dates[0].end : dates[0].end + 4])
    ):
        return dates[0]
    return None


def labelled_opening(text: str) -> DateFound | None:
    """The date of a label that was joined to the first sentence: `Published: 3 May 2025. The ministry ...`."""
    found = next(iter(find_dates(text[:_LABEL_REACH])), None)
    label = _LABELS.match(text)
    if found is None or found.value is None or not _LABEL_TAIL.match(text, found.end):
        return None
    return found if label and label["published"] and not text[label.end() : found.start].strip(" :,") else None


def opening_date(text: str) -> DateFound | None:
    """The date that opens a paragraph, with or without the place and agency of a dateline."""
    return dateline(text) or leading_line_date(text)


def closing_date(title: str) -> DateFound | None:
    """The date at the end of the title of an issue, set off from its words: `Harbour notes, week to 3 May 2025`."""
    return _last_date(title, _TITLE_DATE)


def title_date(title: str) -> DateFound | None:
    """The date at the start of a title, between bars, or behind one or in brackets at its end: `Lakeport waits | 3 May
    2025`."""
    found = leading_line_date(title) or _last_date(title, _BAR) or enclosed_date(title)
    return None if found is None or is_other_label(title[: found.start].rstrip(" ([|·•")) else found


def _last_date(title: str, before: re.Pattern[str]) -> DateFound | None:
    for found in find_dates(title)[-1:]:
        behind = _ZONE.sub("", _TIME.sub("", title[found.end :])).replace("as of", "")
        if found.value and not behind.strip(" ,.)]|") and before.search(title[: found.start]):
            return found
    return None


def enclosed_date(text: str) -> DateFound | None:
    """The date between bars near the start of a line that was flattened: `Title By Name | May 28, 2025 |
    Words`."""
    head = text[:_ENCLOSED_REACH]
    for found in find_dates(head):
        if (
            found.value
            and re.search(r"[|·•]\s*$", _WEEKDAY.sub("", head[: found.start]))
            and re.match(r"\s?[|·•]", text[found.end : found.end + 2])
        ):
            return found
    return None


def within_weeks_before(day: str, page: date) -> date | None:
    """A day written without a year, as the last such day on or before a page's date, if that is some weeks ago at most.

    A page of the other side of the date line may be a day ahead.
    """
    for year in (page.year, page.year - 1):
        for found in find_dates(f"{day.rstrip(' .,')} {year}")[:1]:
            if found.value and -1 <= (page - found.value).days <= _WEEKS_BACK:
                return found.value
    return None


def parse_stamp(value: str) -> date | None:
    """A date from metadata: ISO with or without a time, or any written form; the day as written, no zone
    shift."""
    value = value.strip()[:80]
    if re.match(r"(?:19|20)\d{6}(?:T|$)", value):
        value = f"{value[:4]}-{value[4:6]}-{value[6:8]}"
    for found in find_dates(value)[:1]:
        return found.value
    return None


def _value(found: re.Match[str], order: Order | None) -> date | None:
    parts = found.groupdict()
    if parts["iso_y"]:
        return _date(parts["iso_y"], parts["iso_m"], parts["iso_d"])
    if parts["r_y"]:
        return _date(parts["r_y"], _ROMAN[parts["r_m"]], parts["r_d"])
    for form in ("ym", "md", "dm"):
        if parts[f"{form}_m"]:
            years = (parts.get(f"{form}_{kind}") for kind in "ysbhe")
            return _date(next(filter(None, years), None), _month(parts[f"{form}_m"]), parts[f"{form}_d"])
    year, first, second = parts["n_y"] or parts["n_s"], int(parts["n_a"]), int(parts["n_b"])
    order = _order_of(found) or _order_by_weekday(found) or order
    if first == second or order == "month first":
        return _date(year, first, second)
    return _date(year, second, first) if order == "day first" else None


def _order_of(found: re.Match[str]) -> Order | None:
    """Which way round a date in figures is, by itself: nowhere is the month written first before a full stop."""
    if found["n_a"] is None or int(found["n_a"]) == int(found["n_b"]):
        return None
    if int(found["n_a"]) > 12 or (found["n_sep"].startswith(".") and int(found["n_b"]) <= 12):
        return "day first"
    return "month first" if int(found["n_b"]) > 12 else None


def _order_by_weekday(found: re.Match[str]) -> Order | None:
    """Which way round a date in figures is, by the day of the week right before it."""
    named = _WEEKDAY_BEFORE.search(found.string, max(0, found.start() - 12), found.start())
    if named is None:
        return None
    year, first, second = found["n_y"] or found["n_s"], found["n_a"], found["n_b"]
    days: dict[Order, date | None] = {
        "day first": _date(year, second, first),
        "month first": _date(year, first, second),
    }
    fitting = [order for order, day in days.items() if day and _WEEKDAYS[day.weekday()] == named[1].lower()]
    return fitting[0] if len(fitting) == 1 else None


def _month(name: str) -> int:
    return _MONTHS[name.rstrip(".").lower()]


def _date(year: str | None, month: str | int, day: str | int) -> date | None:
    if year is None:
        return None
    digits = re.sub(r"\D", "", year)
    try:
        return date(int(digits) + (2000 if len(digits) == 2 else 0), int(month), int(re.sub(r"\D", "", str(day))))
    except ValueError:
        return None


def _is_only_date(text: str, dates: list[DateFound]) -> bool:
    first = dates[0]
    before = text[: first.start]
    if _TELLING.search(before) and not _LABELS.search(before) and not _BYLINE_BEFORE.match(before):
        return False
    label = _WEEKDAY.sub("", before).rstrip(" ,")
    if _PICTURE.search(text):
        return False
    rest = text
    for found in reversed(dates):
        rest = rest[: found.start] + " | " + rest[found.end :]
    for pattern in (_OTHER_CALENDAR, _REFERENCE, _AGO, _BY_DESK, _ISSUE, _LABELS, _TIME, _ZONE, _WEEKDAY, _FURNITURE):
        rest = pattern.sub(" | ", rest)
    if re.search(r"[.!?][\"”’]?\s*$", rest) and len(rest.split()) > 6:
        return False
    words = _SEPARATOR.sub(" ", _HYPHENED.sub("", rest)).split()
    if len(words) > 12:
        return False
    small = [word for word in words if word[:1].islower() and word not in _SMALL_PARTS]
    # "Release 25-042MR Published ...": figures before a label that ends at the date are those of a file.
    is_set_off = re.search(
        r"(?:\b(?:published|posted|issued|released|dated?)(?: on)?\s?:?|[|·•]\s?)$", label, re.IGNORECASE
    )
    if not is_set_off and any(char.isdigit() for word in words for char in word):
        return False
    # Names and sections are capitalised; more than one other word means that something is told here.
    if len(small) > (1 if len(words) <= 3 else 0) or any(map(_VERB.search, small)):
        return False
    # Without any separator or label beside the date, only a name may stand there.
    set_off = re.search(r"[|·•∙⋅/,;:()–—-]\s*$", before) or not before.strip() or _LABELS.search(before)
    return (
        bool(set_off or _FURNITURE.search(before) or _WEEKDAY.search(before) or _TIME.search(before)) or len(words) <= 4
    )


def _of_the_page(text: str, dates: list[DateFound]) -> list[DateFound]:
    """The dates of a line but one that opens it for something else, where another has a label: "Opened 2 July | Last
    entry 5 July"."""
    if not is_other_label(_WEEKDAY.sub("", text[: dates[0].start]).rstrip(" ,")):
        return dates
    return [found for found in dates[1:] if _label_before(text, found, dates) != "plain"]


def date_label(text: str) -> DateLabel | None:
    """What a line that is only a label says of the date below it."""
    found = _LABELS.fullmatch(text.rstrip(" :"))
    return None if found is None else "updated" if found.group("updated") else "published"


def is_other_label(text: str) -> bool:
    """Whether the words before a date say that it is not the page's: of a deadline, an event, a copy."""
    named = _NAMED_DATE.search(text)
    if (
        named
        and (named.group("kind") or named.group("of")).lower() not in _OWN_KINDS
        and not _BYLINE_BEFORE.match(text)
    ):
        return True
    return bool(_OTHER_DATE.search(text))


def _label_before(text: str, found: DateFound, dates: list[DateFound]) -> DateLabel:
    """The last label between the date before and this one; a label right after an otherwise bare date counts
    too."""
    start = max((other.end for other in dates if other.end <= found.start), default=0)
    label: DateLabel = "plain"
    for match in _LABELS.finditer(text, start, found.start):
        label = "updated" if match.group("updated") else "published"
    if label == "plain" and len(dates) == 1:
        for match in _LABELS.finditer(text, found.end):
            label = "updated" if match.group("updated") else "published"
    return label


def _is_place(before: str) -> bool:
    """Up to eight words of place and agency, each capitalised, before the date of a dateline; none is fine
    too."""
    before = _WEEKDAY.sub("", before)
    ends = before[len(before.rstrip(" ,")) :]
    before = before.strip(" [(|–—-,.·:/")
    words = before.split()
    small = {"of", "the", "de", "la", "and", "&", "–", "—", "-", "|", "/", "--"}
    if words[0:1] in (["The"], ["THE"]) and len(words) <= 3 and ends.startswith(","):
        words = words[1:]
    return (
        len(words) <= 8
        and not any(word.strip(",:").lower() in _NO_PLACE for word in words[:1] + words[-1:])
        and all(word[0].isupper() or not word[0].isalnum() or word in small for word in words)
        and (
            not words
            or words[0].lower() not in ("on", "in", "the", "by", "since", "from", "until", "after", "before", "as")
        )
    )
