"""Who and what places an article names: spans of actors and jurisdictions, resolved inside the article.

Order of trust: the vocabulary, then the form of a name (suffixes such as "Authority", titles before a person), then
spaCy's entities, which are right only about half the time on organisations in this field. What an article introduces
itself - an acronym in brackets, a surname, a short form - is learned from it and holds for that article only.
Other phrases ("the central bank", "he") are resolved in `references`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from rigour.names import remove_person_prefixes
from spacy.tokens import Doc, Span

from pipelines import codebook
from pipelines.extract.actors import Actor, ArticleNames, NameSpan, organisation_type, person_type
from pipelines.extract.gazetteer import Gazetteer, Hit
from pipelines.extract.party_words import FIRMS
from pipelines.vocabulary.loader import Person, Vocabulary, slug

TITLE_WORD = (
    r"(?:[Ff]ormer\s|[Vv]ice[\s-]|[Dd]eputy\s|[Aa]cting\s|[Ii]nterim\s|then-?\s?)*"
    r"(?:Prime\sMinister|President|Premier|Chancellor|King|Queen|Sultan|Emir|Crown\sPrince|Prince|Minister|Secretary|"
    r"Treasury\sSecretary|Attorney\sGeneral|Solicitor\sGeneral|Governor|Gov\.|Senator|Sen\.|Representative|Rep\.|"
    r"Congressman|Congresswoman|MP|MEP|Commissioner|Chairman|Chairwoman|Chairperson|Chair|Director|Judge|Justice|"
    r"Magistrate|Ambassador|Mayor|General|CEO|CFO|CTO|COO|Chief\sExecutive|Chief\sExecutive\sOfficer|"
    r"[Ff]ounder|[Cc]o-?[Ff]ounder|[Mm]inister|[Pp]resident|[Cc]hairman|[Cc]hair|[Gg]overnor|PM|Speaker|Professor|Dr\.?|Mr\.?|Ms\.?|"
    r"Mrs\.?|Sir|Datuk\sSeri|Dato[’']?|Tan\sSri|Sheikh|Lord|Senior\sMinister|Chief\sJustice|Justices)"
)
TITLES = re.compile(rf"^(?:{TITLE_WORD}[\s,]+)+")
# A capitalised word; a full stop belongs to it only inside ("Crypto.com", "U.S.") or after an abbreviation ("St.").
_WORD = r"(?:[A-Z](?:\.[A-Z])+\.?|[A-Z][a-z]{0,2}\.(?=\s[A-Z])(?<!\bX\.)|[A-Z][\w’'&-]*(?:\.\w+)*)"
_NO_DAY = r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
_ORG_SUFFIX = (
    "Authority|Commission|Bank|Ministry|Council|Association|Exchange|Court|Agency|Foundation|Group|Capital|Labs?|Inc\\.?|"
    "Ltd\\.?|LLC|Corp\\.?|Corporation|Committee|Bureau|Department|Office|Institute|Parliament|Senate|Assembly|University|"
    "Holdings?|Ventures|Partners|Securities|Bancorp|Trust|Board|Federation|Union|Alliance|Chamber|Police|Service|Services|"
    "Fund|Network|Protocol|DAO|Technologies|Technology|Solutions|Limited|GmbH|AG|SA|PLC|plc|Pte\\.?|Sdn\\sBhd|Berhad|"
    "Tribunal|Centre|Center|Task\\sForce|Directorate|Forum|Society|Consortium|Initiative|Financial|Pay|Finance|"
    "Investments?|Management|Asset\\sManagement|Insurance|Telecom|Media|Markets?|Cooperative|Treasury|Regulator|Registry|"
    "Prosecutor['’]s\\sOffice|Cabinet|Congress|Legislature|Reserve|Organi[sz]ation"
)
_ORG = re.compile(
    rf"\b(?:{_WORD}\s(?:(?:&|and|of|for|on|the)\s)?(?:the\s)?){{0,7}}(?:{_ORG_SUFFIX})\b"
    rf"(?:\s(?:of|for|on)\s(?:the\s)?{_NO_DAY}(?:[A-Z][\w’'-]*)(?:(?:\s(?:and|&)\s|\s)[A-Z][\w’'-]*){{0,5}})?"
)
_MINISTRY_OF = re.compile(
    rf"\b(?:{_ORG_SUFFIX})\s(?:of|for|on)\s(?:the\s)?{_NO_DAY}[A-Z][\w’'-]*(?:(?:,\s|\sand\s|\s&\s|\sof\s(?:the\s)?|\s)[A-Z][\w’'-]*){{0,6}}"
)
# Headlines write what a body is with capitals: "Largest Crypto Exchange".
_DESCRIPTION = re.compile(
    r"(?:(?:World[’']s|Country[’']s|Largest|Biggest|Top|Major|Leading|Local|Another|Crypto(?:currency)?|Bitcoin)\s)+"
    rf"(?:{_ORG_SUFFIX})"
)
# A description with capitals, and coins of a currency.
_NO_NAME = re.compile(
    r"(?:Federal|National|State|Central|Local|Provincial)\sGovernment|[A-Z]\w+\s(?:[Gg]overnment|administration)|[A-Z]{0,5}(?:USD|EUR|GBP)[A-Z]?"
)
# What a sentence begins with before a name.
_LEAD = re.compile(
    r"(?:(?:A|An|In|On|At|But|And|For|With|While|After|Under|By|As|Its|That|This|If|Although|Though|Since|"
    r"When|Before|Because|Once|Whereas|Unless|Until|Meanwhile|However|Yet|From|Our|Their|His|Her|"
    r"These|Those|Following|Like)\s)*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s)?(?:[Tt]he\s)?"
)
_CONTINENT = re.compile(r"\b(?:Latin|South|Central|North)\sAmericans?$")
# What a person does, which headlines and signatures write like a name: "Head Trader", "Co-Founder".
JOB = re.compile(
    r"(?:^|\s)(?:Officers?|Trader|Head|(?:Co-?)?[Ff]ounders?|Manager|Director|Executive|President|Chair(?:man|woman)?|"
    r"Counsel|Analyst|Editor|Reporter|Engineer|Developer|Attorney|Lawyer|Czar)$"
)
_ACRONYM_AFTER = re.compile(r"\s?\(\s?(?:the\s)?[“\"‘']?([A-Z][A-Za-z0-9&.-]{1,9})[”\"’']?(?:[,;]\s[^)]{1,30})?\)")
_TITLED_PERSON = re.compile(
    rf"\b{TITLE_WORD}\s((?:{_WORD}\s(?:bin\s|bint\s|al-|de\s|da\s|van\s|von\s|der\s)?){{0,3}}{_WORD})"
)
# What stands before a name that nothing else gives away: "the startup Bright Chain", "an arm called Bright Chain".
_CALLING = re.compile(
    r"\b(?P<kind>[Cc]ompany|firm|startup|start-up|fintech|exchange|platform|protocol|lender|bank|miner|issuer|operator|brokerage|"
    rf"broker|custodian|aggregator|provider|unit|arm|group)(?:\s(?:called|named|known\sas))?\s{_NO_DAY}"
    rf"(?P<name>(?:{_WORD}\s){{0,3}}{_WORD})"
)
# What stands after such a name: "the Bright Chain exchange".
_CALLED = re.compile(
    rf"\b[Tt]he\s{_NO_DAY}(?P<name>(?:{_WORD}\s){{0,2}}{_WORD})\s(?:(?:crypto|cryptocurrency|bitcoin|digital|assets?|"
    r"currency|trading|gambling|payments?|lending|mining|custody|decentralized)\s){0,3}"
    r"(?P<kind>exchange|platform|site|website|marketplace|startup|lender)\b"
)
_BASED = re.compile(r"(?:[A-Z][\w.]*\s){0,2}[A-Z][\w.]*-(?:based|listed|headquartered|registered|backed|owned|born)\s")
_AND_WHOSE = re.compile(r"\sand\s(?:the\s)?(?:[A-Z][\w.]*\s){0,2}[A-Z][\w.]*[’']s\s")
_CURRENCY = re.compile(
    r"[\s-](?:dollars?|pounds?|rupees?|pesos?|francs?|dinars?|dirhams?|shillings?|rou?bles?|rands?|nairas?|"
    r"hryvnias?|rupiahs?|ringgits?|bahts?|kronas?|krones?|zlotys?|won|yen|yuan|lira|riyals?|rials?)\b"
)
_DONE_BY_SOMEBODY = frozenset(
    """say tell announce plan intend confirm deny agree settle pay apply sue file acquire disclose partner sign obtain
    secure hire appoint accuse argue claim apologise apologize decline refuse promise ask urge warn admit plead appeal
    respond reply employ""".split()
)
# "Jane Doe AKA Mary Roe" is one person.
_ALSO_KNOWN_AS = re.compile(r",?\s\(?(?:a\.?k\.?a\.?|a/k/a|also\sknown\sas)\s[\"“‘']?", re.IGNORECASE)
# "Senate Bill 21" acts for nobody.
_BILL = re.compile(r"\s(?:Joint\s|Concurrent\s)?(?:Bill|File|Resolution)\s\d")
_CHAMBERS = frozenset({"Senate", "House", "House of Representatives"})
_OF_THE_UNION = re.compile(r"\b(?:Congress|[Ff]ederal|Capitol|U\.?S\.?|President|White\sHouse)\b")
_SITS_IN = re.compile(r"\s(?:in|of)\s(?:the\s)?([A-Z]\w+(?:\s[A-Z]\w+)*)")
_TWO_OF = re.compile(r"\b(?:[Tt]wo|[Bb]oth)\s[^,.;:]{3,50}(?:,|:)\s$")
_OF_WHOM = re.compile(r"[’']s?\s|\s")
_LEGAL_FORM = re.compile(r",?\s(?:Inc|Ltd|LLC|Corp|PLC|plc|GmbH|AG|SA|Pte|Limited|Corporation|Co)\.?$")

# First words that long names share, so that none of them stands for one name.
_COMMON_FIRST = (
    "|National|Financial|Federal|Central|Supreme|Royal|Digital|United|World|International|Global|Virtual|High|State|"
    "Securities|First|General|New"
)

# What NER or the suffix pattern likes to call a name and is none: technology, instruments, tokens, laws.
NO_ACTOR = frozenset(
    """
    AI CBDC CBDCs DeFi DEFI NFT NFTs ETF ETFs ETP RWA RWAs MoU MOU MOUs MoUs Web3 GPU KYC AML CFT
    VASP VASPs CASP MW GW ETH BTC XRP SOL Bitcoin BITCOIN Ether Ethereum Stablecoin Stablecoins
    Crypto Cryptocurrency Blockchain DLT ICO ICOs IPO DAO DAOs dApp API P2P OTC USDT USDC MiCA
    Internet GDP FX Fiat Token Tokens Metaverse Fintech FinTech SPAC Q1 Q2 Q3 Q4 H1 H2 Act Bill Law
    Rule Rules Regulation Constitution State States Parties Article Section Chapter Schedule Part
    Layer Phase CEO CFO CTO COO PM MP MPs X Twitter Telegram Facebook YouTube LinkedIn Discord
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July
    August September October November December COVID-19 Covid Read More Also Quick Take Photo News
    Home Share Web Wallet Wallets Exchange Market Markets Finance Bank Court Union Office Service
    Services Group Fund Center Centre Pay Board Network Trust Media Financial Treasury Congress-
    Digital Assets Asset Virtual Dogecoin Litecoin Monero Solana Cardano
    One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen Sixteen Seventeen
    Central Northern Southern Eastern Western Coin Coins Store Yet
    USD EUR Government Europe Asia Africa America Americas Oceania
    Eighteen Nineteen Twenty Thirty Forty Fifty Sixty Seventy Eighty Ninety Hundreds Thousands Dozens ATMs
    """.split()
)
_NICKNAME = re.compile(r"(\S+)\s[\"“'‘(](\w+)[\"”'’)]\s(\S+)")  # Robert "Bo" Hines
_MIDDLE_INITIAL = re.compile(r"(?<=\w)\s[A-Z]\.?\s(?=\w)")
_LAW_TAIL = re.compile(
    r"\b(?:Act|Bill|Law|Code|Ordinance|Regulation|Decree|Rules?|Directive|Amendment|Order|Framework|Guidelines|Constitution)$"
)


def _each_of_two(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where names stand that look like one: "two firms, Bright Chain and Dim Lake Exchange"."""
    cut = text.find(" and ", start, end)
    if cut < 0 or not _TWO_OF.search(text, max(0, start - 60), start):
        return [(start, end)]
    return [(start, cut), (cut + len(" and "), end)]


def strip_titles(name: str) -> str:
    """A person's name without office and honorifics ("Datuk Seri Anwar Ibrahim" -> "Anwar Ibrahim")."""
    bare = TITLES.sub("", name).strip()
    return remove_person_prefixes(bare).strip() or bare


def _person_key(name: str) -> str:
    """Alison J. Nathan is Alison Nathan, also where only one of the two forms is used."""
    return slug(_MIDDLE_INITIAL.sub(" ", name))


def _in_small_letters(name: str) -> str:
    """A person's name without the capitals that charges and press releases write it in: "JANE Q. DOE"."""
    return name.title() if name.isupper() else name


def _with_branches(doc: Doc, spans: list[NameSpan]) -> list[NameSpan]:
    """Names in text order, those of firms with the country of their branch: "Binance Australia" is no country."""
    kept: list[NameSpan] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        firm = kept[-1] if kept and span.actor is None and span.kind == "name" else None
        words = doc.char_span(span.start, span.end, alignment_mode="expand")
        follows = doc[words.end].pos_ if words is not None and words.end < len(doc) else ""
        if (
            firm is not None
            and firm.actor is not None
            and firm.actor.actor_type in FIRMS
            and doc.text[firm.end : span.start] == " "
            and follows not in {"NOUN", "PROPN", "ADJ"}
        ):
            kept[-1] = replace(firm, end=span.end, text=doc.text[firm.start : span.end])
        else:
            kept.append(span)
    return kept


def _with_other_names(doc: Doc, spans: list[NameSpan]) -> list[NameSpan]:
    """Names in text order; what somebody is also known as stands for the same actor."""
    kept: list[NameSpan] = []
    for span in spans:
        before = kept[-1] if kept else None
        if before is not None and before.actor is not None and span.actor is not None:
            if _ALSO_KNOWN_AS.fullmatch(doc.text, before.end, span.start):
                span = replace(span, actor=before.actor)
        kept.append(span)
    return kept


def _is_called_so(doc: Doc, start: int, end: int) -> bool:
    """Whether words with a capital are more than where something is from or which one it is."""
    span = doc.char_span(start, end, alignment_mode="expand")
    return span is not None and not any(
        token.ent_type_ in {"NORP", "GPE", "LOC"} or token.pos_ in {"ADJ", "NUM"} or token.text.endswith("-based")
        for token in span
    )


def is_only_headlined(words: str, sentence: Span, docs: Sequence[Doc]) -> bool:
    """Whether words have their capitals only because they stand in a headline: no other block has them."""
    if len(docs) < 2 or not is_headline(sentence.text):
        return False
    return not any(words in doc.text for doc in docs if doc is not sentence.doc)


def is_headline(text: str) -> bool:
    """True where nearly every word has a capital, so that one says nothing."""
    words = [word for word in text.split() if len(word) > 3]
    return sum(word[0].isupper() for word in words) > 0.8 * len(words)


class NameFinder:
    """Finds and resolves the names of one article at a time; holds the vocabulary, keeps nothing between articles."""

    def __init__(self, vocabulary: Vocabulary, gazetteer: Gazetteer) -> None:
        self.vocabulary = vocabulary
        self.gazetteer = gazetteer
        self.governments = {
            entry.home: entry
            for entry in vocabulary.institutions.values()
            if entry.actor_type == "government" and entry.home
        }
        self.surnames: dict[str, list[Person]] = {}
        for person in vocabulary.persons.values():
            if person.surname:
                self.surnames.setdefault(person.surname, []).append(person)

    def curated(self, actor_id: str) -> Actor:
        """The vocabulary's entry of an id."""
        for entries in (self.vocabulary.institutions, self.vocabulary.organisations, self.vocabulary.persons):
            if (entry := entries.get(actor_id)) is not None:
                return Actor(actor_id, entry.name, entry.actor_type, entry.home, True)
        raise KeyError(actor_id)

    def government(self, jurisdiction_id: str) -> Actor:
        """Who acts when a jurisdiction acts ("Pakistan allocated", "Beijing said", "Texas sued")."""
        if jurisdiction_id in self.governments:
            return self.curated(self.governments[jurisdiction_id].actor_id)
        name = self.vocabulary.jurisdictions[jurisdiction_id].name
        kind = self.vocabulary.jurisdictions[jurisdiction_id].jurisdiction_type
        actor_type = "supranational_body" if kind == "bloc" else "government"
        title = name if kind == "bloc" else f"Government of {name}"
        return Actor(slug(title), title, actor_type, jurisdiction_id, False)

    def find(self, docs: Sequence[Doc]) -> ArticleNames:
        """The names of an article given its parsed blocks (the title first when there is one)."""
        # "The US dollar" is no place, and "Latin American" not the United States'.
        hits = [
            [
                hit
                for hit in self.gazetteer.find(doc.text)
                if not _CURRENCY.match(doc.text, hit.end) and not _CONTINENT.search(doc.text, 0, hit.end)
            ]
            for doc in docs
        ]
        dominant = self._dominant(hits)
        spans: list[list[NameSpan]] = [[] for _ in docs]
        known_full = {sense.key for row in hits for hit in row for sense in hit.senses if sense.kind == "actor"}
        for block, (doc, row) in enumerate(zip(docs, hits, strict=True)):
            about = self._dominant([row])
            about = dominant if not about or dominant[0] in about else [*about, *dominant]
            for before, hit in zip([None, *row], row, strict=False):
                owner, seat = self._owner(doc.text, before, hit), self._seat_after(doc.text, hit)
                told = [seat] if seat else about
                if (span := self._resolve_hit(doc, hit, told, known_full, owner)) is not None:
                    spans[block].append(span)
        # A word that is a name in one sentence is one in all: at the head of a sentence the form says little.
        held = {span.text: span for row in spans for span in row if span.rule == "vocabulary_acronym"}
        for found, row in zip(spans, hits, strict=True):
            placed = {span.start for span in found}
            found += [
                replace(held[hit.text], start=hit.start, end=hit.end)
                for hit in row
                if hit.text in held and hit.start not in placed
            ]
        for block, doc in enumerate(docs):
            self._add_organisations(doc, spans[block])
            self._add_persons(doc, spans[block])
            self._add_entities(doc, spans[block], docs)
            self._add_callings(doc, spans[block])
            spans[block] = _with_other_names(doc, _with_branches(doc, spans[block]))
        self._learn_short_forms(docs, spans)
        article = ArticleNames(spans, dominant)
        for row_spans in spans:
            for place, span in enumerate(row_spans):
                if span.actor and not span.actor.curated and (person := self.known_person(span.actor.name, article)):
                    row_spans[place] = replace(span, actor=person)
            row_spans.sort(key=lambda span: (span.start, -span.end))
        return article

    def _dominant(self, hits: list[list[Hit]]) -> list[str]:
        weight: Counter[str] = Counter()
        for block, row in enumerate(hits):
            for hit in row:
                for sense in hit.senses[:1]:
                    if sense.kind in {"name", "demonym", "seat", "phrase", "city"}:
                        key = sense.key
                    elif sense.kind == "actor" and sense.key in self.vocabulary.institutions:
                        key = self.vocabulary.institutions[sense.key].home or ""
                    else:
                        continue
                    if key and key in self.vocabulary.jurisdictions:
                        weight[self.vocabulary.country_of(key)] += 3 if block < 2 else 1
        weight.pop("GLOBAL", None)
        return [key for key, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))]

    def _owner(self, text: str, before: Hit | None, hit: Hit) -> str | None:
        """The country that a name is said to be of: "Kenya's Virtual Assets Regulatory Authority"."""
        if before is None or not _OF_WHOM.fullmatch(text, before.end, hit.start):
            return None
        place = next((sense.key for sense in before.senses if sense.kind in {"name", "demonym"}), None)
        return self.vocabulary.country_of(place) if place in self.vocabulary.jurisdictions else None

    def _seat_after(self, text: str, hit: Hit) -> str | None:
        """The country where a body with a common name is said to sit: "Congress in San Salvador"."""
        if any(sense.kind != "weak_actor" for sense in hit.senses) or (match := _SITS_IN.match(text, hit.end)) is None:
            return None
        senses = [sense for place in self.gazetteer.find(match[1]) if place.start == 0 for sense in place.senses]
        place = next((sense.key for sense in senses if sense.kind in {"name", "seat", "city"}), None)
        return self.vocabulary.country_of(place) if place in self.vocabulary.jurisdictions else None

    def _of_state(self, span: Span) -> Actor | None:
        """The chamber of the one American state that a sentence is about: "In Texas a bill passed the Senate"."""
        text = span.sent.text
        places = {
            sense.key for hit in self.gazetteer.find(text) for sense in hit.senses[:1] if "actor" not in sense.kind
        }
        states = {place for place in places if place.startswith("US-")}
        if len(states) != 1 or places - states or _OF_THE_UNION.search(text):
            return None
        state = states.pop()
        name = f"{span.text} of {self.vocabulary.jurisdictions[state].name}"
        return Actor(slug(name), name, "legislature", state, False)

    def _namesake(self, actor: Actor, owner: str | None) -> Actor | None:
        """The body of another country that has the name of a curated one, None where the owner is the one it has."""
        home = self.vocabulary.jurisdictions.get(actor.home or "")
        if owner is None or home is None or actor.actor_id not in self.vocabulary.institutions:
            return None
        places = self.vocabulary.jurisdictions
        kinds = {home.jurisdiction_type, places[owner].jurisdiction_type}
        if kinds & {"bloc", "global"} or owner in {self.vocabulary.country_of(home.jurisdiction_id), home.parent}:
            return None
        name = f"{actor.name} of {places[owner].name}"
        return Actor(slug(name), name, actor.actor_type, owner, False)

    def _resolve_hit(
        self, doc: Doc, hit: Hit, dominant: list[str], known_full: set[str], owner: str | None
    ) -> NameSpan | None:
        places = [sense for sense in hit.senses if sense.kind not in {"actor", "weak_actor"}]
        strong = [sense for sense in hit.senses if sense.kind == "actor"]
        weak = [sense for sense in hit.senses if sense.kind == "weak_actor"]
        span = doc.char_span(hit.start, hit.end, alignment_mode="expand")
        if strong:
            actor = self._choose([sense.key for sense in strong], [owner, *dominant] if owner else dominant)
            if actor is not None and (namesake := self._namesake(actor, owner)) is not None:
                return NameSpan(hit.start, hit.end, hit.text, "actor", namesake, None, "namesake_of_another_country")
            jurisdiction = places[0].key if places else None
            if places and places[0].kind == "seat" and hit.text not in {"White House", "Kremlin"}:
                return NameSpan(hit.start, hit.end, hit.text, "seat", None, places[0].key, "seat_of_government")
            return NameSpan(hit.start, hit.end, hit.text, "actor", actor, jurisdiction, "vocabulary_name")
        if weak and not _BILL.match(doc.text, hit.end) and self._weak_holds(span, hit, weak[0].key, known_full):
            keys = [sense.key for sense in weak]
            if span is not None and hit.text in _CHAMBERS and (chamber := self._of_state(span)) is not None:
                return NameSpan(hit.start, hit.end, hit.text, "actor", chamber, None, "chamber_of_a_state")
            short = hit.text.isupper() or keys[0] in self.vocabulary.institutions
            about = [owner, *dominant] if owner else dominant
            actor = self._choose(keys, about, must_fit=len(keys) > 1 or (short and keys[0] not in known_full))
            if actor is not None:
                return NameSpan(hit.start, hit.end, hit.text, "actor", actor, None, "vocabulary_acronym")
        for sense in places:
            kind = sense.kind
            if kind == "weak_name":
                labels = {token.ent_type_ for token in span} if span is not None else set()
                if not labels & {"GPE", "NORP", "LOC"}:
                    continue
                kind = "demonym" if "NORP" in labels else "name"
            return NameSpan(hit.start, hit.end, hit.text, kind, None, sense.key, f"jurisdiction_{kind}")
        return None

    def _choose(self, keys: list[str], dominant: list[str], *, must_fit: bool = False) -> Actor | None:
        actors = [self.curated(key) for key in keys]
        if len(actors) == 1 and not must_fit:
            return actors[0]
        for jurisdiction in dominant:
            for actor in actors:
                if actor.home and self.vocabulary.country_of(actor.home) == jurisdiction:
                    return actor
        if not must_fit:
            return actors[0]
        worldwide = [actor for actor in actors if actor.home == "GLOBAL"]  # belongs to no country's news
        return worldwide[0] if len(worldwide) == 1 else None

    def _weak_holds(self, span: Span | None, hit: Hit, key: str, known_full: set[str]) -> bool:
        if (hit.text.isupper() and len(hit.text) > 1) or (" " in hit.text and key in self.vocabulary.institutions):
            return True
        if key in known_full:
            return True
        if span is None:
            return False
        labels = {token.ent_type_ for token in span}
        first = span.start == span.sent.start
        # Only somebody says, plans or pays: "Tether said", not "Tether fell".
        if span.root.dep_ in {"nsubj", "nsubjpass"} and span.root.head.lemma_ in _DONE_BY_SOMEBODY:
            return not any(child.dep_ in {"det", "amod", "nummod"} for child in span.root.children)
        return (labels & {"ORG", "PERSON", "GPE"} != set() and not first) or (
            first and labels <= {"ORG"} and span[-1].dep_ in {"nsubj", "nsubjpass", "poss"}
        )

    @staticmethod
    def _free(spans: list[NameSpan], start: int, end: int) -> bool:
        return not any(span.start < end and start < span.end for span in spans)

    def _add_organisations(self, doc: Doc, spans: list[NameSpan]) -> None:
        """Names whose form says organisation; a longer one swallows the vocabulary names inside it."""
        text = doc.text
        headline = is_headline(text)
        forms = sorted([*_ORG.finditer(text), *_MINISTRY_OF.finditer(text)], key=lambda m: (m.start(), -m.end()))
        for start, end in [part for form in forms for part in _each_of_two(text, *form.span())]:
            words, homes = text[start:end], list[str]()
            if lead := _LEAD.match(words):  # "Although the Senate"
                start, words = start + lead.end(), words[lead.end() :]
            if (
                possessive := re.match(r"(?:[A-Z][\w.]*\s){0,3}[A-Z][\w.]*[’']s?\s", words)
            ) and "Prosecutor" not in possessive[0]:
                homes = [
                    span.jurisdiction_id
                    for span in spans
                    if start <= span.start < start + possessive.end() and span.jurisdiction_id and span.actor is None
                ]
                start = start + possessive.end()
                longer = _MINISTRY_OF.match(text, start)  # "Ruritania's Department of Financial Institutions"
                end = max(end, longer.end() if longer else end)
                words = text[start:end]
            if based := _BASED.match(words):  # "Hong Kong-based West Data Group"
                seat = start + based[0].rindex("-")
                start, words = start + based.end(), words[based.end() :]
                homes = [span.jurisdiction_id for span in spans if span.end == seat and span.jurisdiction_id]
            if joined := _AND_WHOSE.search(words):  # "the Bank of England and Ghana's Securities Commission"
                start, words = start + joined.end(), words[joined.end() :]
            words = words.rstrip(".,;")
            end = start + len(words)
            bare = re.sub(r"^(?:the|The)\s", "", words)
            if bare in NO_ACTOR or (" " not in bare and not bare.isupper()) or _LAW_TAIL.search(bare):
                continue
            if TITLES.match(words) and not re.match(
                r"(?:President|Governor|Chair|Director|General)\s(?:of|Office)", words
            ):
                continue
            inside = [span for span in spans if span.start < end and start < span.end]
            if any(span.start <= start and span.end >= end for span in inside):
                continue
            if any(span.kind == "actor" and span.end - span.start >= 0.6 * (end - start) for span in inside):
                continue
            if any(span.end > end or span.start < start for span in inside):
                continue
            if sum(span.kind == "actor" for span in inside) > 1:
                continue  # two bodies that the vocabulary knows apart
            if headline and any(span.kind == "actor" for span in inside):
                continue  # every word has a capital there, whether the name goes on or not
            if _DESCRIPTION.fullmatch(bare):
                continue
            homes += [span.jurisdiction_id for span in inside if span.jurisdiction_id]
            for span in inside:
                spans.remove(span)
            name = _LEGAL_FORM.sub("", bare)
            actor = Actor(slug(name), name, organisation_type(bare), homes[0] if homes else None, False)
            spans.append(NameSpan(start, end, words, "actor", actor, None, "organisation_form"))

    def _add_persons(self, doc: Doc, spans: list[NameSpan]) -> None:
        for match in _TITLED_PERSON.finditer(doc.text):
            start, end = match.span(1)
            words = match[1].rstrip(".,;’'").removesuffix("’s").removesuffix("'s")
            end = start + len(words)
            while (m := TITLES.match(words)) is not None:
                start, words = start + m.end(), words[m.end() :]
            first = words.split(" ")[0] if words else ""
            if not words or first in NO_ACTOR or not self._free(spans, start, end) or words.isupper():
                continue
            if re.search(rf"\b(?:{_ORG_SUFFIX})$", words) or JOB.search(words):
                continue
            kind = person_type(match[0][: match.start(1) - match.start()])
            actor = Actor(_person_key(words), words, kind, None, False)
            spans.append(NameSpan(start, end, words, "actor", actor, None, "titled_person"))

    def _add_entities(self, doc: Doc, spans: list[NameSpan], docs: Sequence[Doc]) -> None:
        for entity in doc.ents:
            if entity.label_ not in {"PERSON", "ORG"}:
                continue
            start, end = entity.start_char, entity.end_char
            words = re.sub(r"[’']s?$", "", entity.text)
            words = re.sub(r"^(?:the|The|a|A)\s", "", words).strip()
            start = doc.text.find(words, start, end) if words else -1
            if start < 0 or len(words) < 2 or "\n" in words:
                continue
            end = start + len(words)
            if not words[0].isupper() or words in NO_ACTOR or _LAW_TAIL.search(words):
                continue
            if _DESCRIPTION.fullmatch(words) or JOB.search(words) or _BILL.match(doc.text, end):
                continue
            if not self._free(spans, start, end) or _NO_NAME.fullmatch(words):
                continue
            if all(token.pos_ not in {"PROPN", "NOUN"} for token in entity):
                continue
            if entity.label_ == "PERSON":
                bare = strip_titles(words)
                if " " not in bare and bare != words:
                    start, end, words = start + words.rfind(bare), end, bare
                parts = bare.split()
                if (firm := self._alias(bare)) is not None:
                    spans.append(NameSpan(start, end, words, "actor", firm, None, "vocabulary_name"))
                    continue
                if not 2 <= len(parts) <= 5 or any(part in NO_ACTOR for part in parts) or re.search(r"\d", bare):
                    continue
                before = doc.text[max(0, start - 60) : start]
                after = doc.text[end : end + 60]
                kind = person_type(before.split(". ")[-1].split(", ")[-1])
                if kind == "person" and after.startswith(", "):
                    kind = person_type(told := re.split(r"[,;.]", after[2:])[0])
                    of = re.search(r"[Pp]resident\s(?:of|at|and|for)\s(?:the\s)?(.+)", told)
                    if kind == "head_of_state" and of and not self._is_place(of[1]):
                        kind = "executive_founder"
                actor = Actor(_person_key(bare), _in_small_letters(bare), kind, None, False)
                spans.append(
                    NameSpan(start + max(words.find(bare), 0), end, bare, "actor", actor, None, "named_person")
                )
            else:
                if words.islower() or re.fullmatch(r"[\W\d]+", words) or re.split(r"[\s-]", words)[0] in NO_ACTOR:
                    continue
                name = _LEGAL_FORM.sub("", words)
                if is_only_headlined(name, entity.sent, docs):
                    continue
                actor = self._alias(name) or Actor(slug(name), name, self._type_of(words), None, False)
                spans.append(NameSpan(start, end, words, "actor", actor, None, "named_organisation"))

    def _meanings(self, words: str) -> list[Actor]:
        """Whom the vocabulary knows by these words, one or many."""
        hits = [hit for hit in self.gazetteer.find(words) if hit.text == words]
        return [self.curated(sense.key) for hit in hits for sense in hit.senses if "actor" in sense.kind]

    def _alias(self, words: str) -> Actor | None:
        """The one firm known by a name of common words that was recognised as a name: "Yellow Card"."""
        known = self._meanings(words) if " " in words else []
        return known[0] if len(known) == 1 and known[0].actor_id in self.vocabulary.organisations else None

    def _type_of(self, words: str) -> str:
        """What the bodies of a name are, also where nothing says which of them is meant: "the SEC"."""
        kinds = {actor.actor_type for actor in self._meanings(words)}
        return kinds.pop() if len(kinds) == 1 else organisation_type(words)

    def _add_callings(self, doc: Doc, spans: list[NameSpan]) -> None:
        """Names that only the noun before them gives away: "the startup Bright Chain"."""
        if is_headline(doc.text):
            return
        for match in [*_CALLING.finditer(doc.text), *_CALLED.finditer(doc.text)]:
            words = match["name"].rstrip(".,;’'").removesuffix("’s").removesuffix("'s")
            start, end = match.start("name"), match.start("name") + len(words)
            first = re.split(r"[\s-]", words)[0]
            if len(words) < 2 or doc.text[end : end + 1] == "$":
                continue  # "operator C$19.6 million"
            if first in NO_ACTOR or words in NO_ACTOR or TITLES.match(f"{words} ") or not self._free(spans, start, end):
                continue
            if JOB.search(words) or _LAW_TAIL.search(words) or _DESCRIPTION.fullmatch(words):
                continue
            noun = match["kind"]
            kind = organisation_type(noun.title()) if noun in {"exchange", "bank"} else organisation_type(words)
            hits = self.gazetteer.find(words)
            known = [sense.key for hit in hits if hit.text == words for sense in hit.senses]
            if match.re is _CALLED and ((hits and not known) or not _is_called_so(doc, start, end)):
                continue  # "the Chinese exchange"
            if known and known[0] not in self.vocabulary.organisations:
                continue
            actor = self.curated(known[0]) if known else Actor(slug(words), words, kind, None, False)
            spans.append(NameSpan(start, end, words, "actor", actor, None, "named_by_its_calling"))

    def _is_place(self, text: str) -> bool:
        """Whether a text opens with a jurisdiction."""
        return any(
            hit.start == 0 and any("actor" not in sense.kind for sense in hit.senses)
            for hit in self.gazetteer.find(text)
        )

    def known_person(self, name: str, article: ArticleNames) -> Actor | None:
        """The one known person behind another form of a name: with a nickname in quotes, or the surname alone in an
        article about the country ("President Ruto" in Kenya) or the firm ("Gambaryan" of Binance), where it is long
        enough to be rare."""
        if (match := _NICKNAME.fullmatch(name)) is not None:
            forms = {f"{match[1]} {match[3]}", f"{match[2]} {match[3]}"}
            known = [person for person in self.surnames.get(match[3], ()) if forms & {person.name, *person.aliases}]
        else:
            known = [
                person
                for person in self.surnames.get(name, ())
                if len(name) > 3
                and (
                    (person.home and self.vocabulary.country_of(person.home) in article.dominant)
                    or any(article.tells_of(office.organisation) for office in person.offices if office.organisation)
                )
            ]
        return self.curated(known[0].actor_id) if len(known) == 1 else None

    def _learn_short_forms(self, docs: Sequence[Doc], spans: list[list[NameSpan]]) -> None:
        """Acronyms in brackets, surnames and first words of long names, learned from full forms, then found."""
        short: dict[str, Actor] = {}
        doubtful: set[str] = set()

        def learn(text: str, actor: Actor) -> None:
            if text in short and short[text].actor_id != actor.actor_id:
                doubtful.add(text)
            elif len(text) > 1 and text not in NO_ACTOR:
                short[text] = actor

        longest: dict[str, NameSpan] = {}
        for row in spans:
            for span in row:
                if span.actor is not None:
                    longest.setdefault(span.actor.actor_id, span)
        for doc, row in zip(docs, spans, strict=True):
            for span in row:
                if span.actor is None:
                    continue
                actor = span.actor
                if span.rule == "named_by_its_calling":
                    learn(span.text, actor)
                if (match := _ACRONYM_AFTER.match(doc.text, span.end)) is not None:
                    if any(char.isupper() for char in match[1]) and match[1] not in NO_ACTOR:
                        learn(match[1], actor)
                if actor.actor_type in codebook.PERSON_TYPES:
                    person = self.vocabulary.persons.get(actor.actor_id)
                    words = span.text.split()
                    if person and person.surname:
                        learn(person.surname, actor)
                        if (
                            len(words) > 1
                            and span.text != person.name
                            and len(words[-1]) > 3
                            and words[-1][0].isupper()
                        ):
                            learn(words[-1], actor)  # the spelling this article uses: Japarov for Zhaparov
                    elif len(words) > 1:
                        learn(words[-1], actor)
                        if words[-1].isupper():
                            learn(_in_small_letters(words[-1]), actor)
                        if len(words[0]) <= 3 and len(words) == 2:
                            learn(words[0], actor)  # Li Feng is called Li
                elif len(words := span.text.split()) > 1 and not actor.curated:
                    head = words[0]
                    if (
                        len(head) > 3
                        and head[0].isupper()
                        and not self.gazetteer.find(head)
                        and not re.fullmatch(
                            _ORG_SUFFIX + _COMMON_FIRST,
                            head,
                        )
                    ):
                        learn(head, actor)
        for text in doubtful:
            short.pop(text, None)
        if not short:
            return
        pattern = re.compile(
            r"(?<![\w$@])(?:" + "|".join(re.escape(text) for text in sorted(short, key=len, reverse=True)) + r")(?!\w)"
        )
        for doc, row in zip(docs, spans, strict=True):
            for match in pattern.finditer(doc.text):
                start, end = match.span()
                clash = [span for span in row if span.start < end and start < span.end]
                actor = short[match[0]]
                if any(span.actor is not None and span.actor.curated for span in clash):
                    continue
                if any(span.end - span.start > end - start for span in clash):
                    continue
                for span in clash:
                    row.remove(span)
                row.append(NameSpan(start, end, match[0], "actor", actor, None, "short_form"))
