"""Descriptions that name nobody: offices ("the Malaysian prime minister"), bodies of a country ("the regulator"),
classes ("member institutions") and unnamed parties ("a foreign miner").

An office is its holder's at the article's date, a body that of the country it is told of. A phrase for a class of
parties, or for an unnamed one, becomes a `group_class` actor.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from pipelines import codebook
from pipelines.extract.actors import Actor, ArticleNames, NameSpan, Reference, as_named
from pipelines.extract.anaphora import Anaphora
from pipelines.extract.names import NameFinder
from pipelines.extract.party_words import (
    ABOVE_FIRM,
    ANAPHORS,
    BODY_NOUNS,
    DEFINITE,
    DETERMINERS,
    GOVERNMENT_NOUNS,
    OFFICE_NOUNS,
    PERSON_NOUNS,
    SAME_BODY,
    STANDS_FOR_BODY,
    is_class_noun,
)
from pipelines.vocabulary.loader import first_day, slug

# Whose field is not money: "the interior ministry" is not the last ministry named, nor "the privacy watchdog" the one
# that watches the markets.
_OTHER_FIELD = re.compile(
    r"\b(?:privacy|data protection|competition|antitrust|media|broadcast(?:ing)?|telecom(?:munication)?s?|"
    r"communications?|energy|electricity|advertising|gambling|gaming|environmental?|labou?r|health|education|interior|"
    r"foreign|defen[cs]e|transport|justice|agriculture)\b.*\b(?:regulators?|watchdogs?|authority|authorities|commission|"
    r"commissioner|agency|ministry|department|office|body)$"
)
# Nouns that may go back to a party named before and that describe a thing as often where they do not.
_NO_PARTY = frozenset("platform project protocol fund business unit arm country state nation body".split())
# Classes that one bare word names well enough where something is done to them: "ordered banks to stop".
_REGULATED = frozenset("banks exchanges lenders brokers miners issuers".split())
# Nobody in particular: what an incident always has.
_CULPRITS = frozenset(
    "hackers attackers thieves criminals scammers fraudsters cybercriminals intruders robbers".split()
)
# "And related entities": whoever belongs to those named.
_BESIDE_OTHERS = re.compile(
    r"(?:(?:the|some|several|many|all|its|their)\s)*(?:other|related|associated|affiliated)\s\w+", re.IGNORECASE
)
_ACTING = codebook.ACTING_ROLES | {"appointee"}
# What a firm is, where its name stands before it.
_KINDS_OF_FIRM = frozenset(
    """exchange platform company firm group protocol project bank lender startup marketplace app network site
    website""".split()
)
# "A crypto firm" is any of them.
_FIELDS = "crypto|cryptocurrency|digital|virtual|assets?|currency|bitcoin|blockchain|fintech|financial|trading|private"
_ANY_FIELD = re.compile(rf"(?:{_FIELDS}|global|public|\W+)")
_ANY_FIRM = re.compile(
    rf"(?:(?:{_FIELDS}|single|such)[\s-])+"
    r"(?:firm|company|exchange|platform|business|startup|operator|provider|group|miner|broker)",
    re.IGNORECASE,
)
_FEDERAL = re.compile(r"(?:the\s|an?\s)?(?:\w+\s)?federal\s", re.IGNORECASE)
# Some members of a body are not the body.
_IN_PART = frozenset("lawmakers legislators mps senators parliamentarians".split())
_PART = re.compile(r"(?:some|several|many|most|other|two|three|four|five|a|another|certain|more|\d+)\s", re.IGNORECASE)
# What the one body is called that watches the markets of a country.
_OF_MARKETS = re.compile(
    r"(?:(?:financial(?:\sservices|\smarkets?)?|securities|markets?|capital\smarkets|crypto|virtual\sassets?|"
    r"digital\sassets?)\s)(?:regulator|watchdog)"
)
# What one firm of a country or the world has long been: "the country's biggest crypto exchange".
_LARGEST = re.compile(
    r"\b(?:largest|biggest|leading|top|main|dominant)\s(?:[a-z]+-)?(?:(?:crypto(?:currency|currencies)?|bitcoin|coin|"
    r"(?:digital|virtual|crypto)[\s-](?:assets?|currency)|spot|trading)\s)*"
    r"(?P<kind>exchange|stablecoin\sissuer|asset\smanager|corporate\sholder)\b"
)
_BEHIND = re.compile(
    r"(?:(?:company|firm|group|business|operator|developer|entity)\sbehind|(?:issuer|operator)\sof)\s(?:the\s)?"
    r"(?:(?:dollar|euro|stablecoin|token|coin)\s)*(?P<coin>[A-Z][A-Z\d]+)\b"
)
_OF_THE_WORLD = re.compile(r"\b(?:world|globe)[’']s\b|\bglobal(?:ly)?\b")
_FAME = date(2018, 1, 1)  # before it others were
_PLACE_AFTER = re.compile(r"\s(?:in|of)\s(?:the\s)?")
_OWNER = re.compile(r"(?:the\s)?(city|emirate|bloc|state)[’']s\s", re.IGNORECASE)
_CITIES = frozenset({"HK", "MO", "SG", "AE-DU", "AE-AZ"})  # cities that are jurisdictions of their own
# Other words for a regulator behind those for its field: "the virtual assets authority".
_WATCHING = re.compile(r"(?<=\s)(?:authority|watchdog|supervisor|agency|commission)$")
_NUMBERED_PAPERS = frozenset({"Bill", "Resolution", "File"})
# How far behind the start of a phrase a place still belongs to it: "the government in Beijing".
_BESIDE = 30
# What is left of "the central bank in Windhoek" without its place.
_PLACED = re.compile(r"\s(?:in|of|from|at)$")


class Descriptions:
    """Finds whom the descriptions of one article stand for."""

    def __init__(
        self,
        finder: NameFinder,
        names: ArticleNames,
        docs: Sequence[Doc],
        published: date | None,
        anaphora: Anaphora,
    ) -> None:
        self.finder = finder
        self.names = names
        self.docs = docs
        self.published = published
        self.anaphora = anaphora
        self._nominals = _nominal_table(finder)
        self._sole = _sole_bodies(finder)
        self._ranks = _rank_table(finder)
        self._offices = _office_table(finder)

    def described(self, block: int, phrase: Span, head: Token, inside: list[NameSpan], role: str) -> list[Reference]:
        """Whom a phrase that names nobody stands for, `inside` being the names within it."""
        if head.i + 1 < len(head.doc) and head.nbor().text in _NUMBERED_PAPERS:
            return []  # "Senate Bill 21" is no chamber
        text = phrase.text
        bare = DETERMINERS.sub("", text)
        jurisdictions = [span.jurisdiction_id for span in inside if span.jurisdiction_id and span.actor is None]
        for span in inside:
            if span.jurisdiction_id and span.actor is None:
                bare = re.sub(rf"{re.escape(span.text)}(?:[’']s?)?\s*", "", bare)
        bare = _PLACED.sub("", DETERMINERS.sub("", bare).strip())
        lower = bare.lower().replace("-", " ")
        other_field = _OTHER_FIELD.search(lower)
        start, end = phrase.start_char, phrase.end_char
        organisations = [span for span in inside if span.actor and span.actor.actor_type not in codebook.PERSON_TYPES]
        noun = head.lower_

        if noun in STANDS_FOR_BODY and organisations:
            found = self._above(organisations[0].actor, noun)  # type: ignore[arg-type]
            return [Reference(found, text, start, end, "body_of_its_people")]
        if not jurisdictions:
            jurisdictions = self._place_told(block, phrase, head)
        if noun in STANDS_FOR_BODY or noun in PERSON_NOUNS:
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ in {"of", "from", "at", "for", "with"}:
                    for span in self.names.at(block, child.idx, child.right_edge.idx + len(child.right_edge.text)):
                        if (
                            span.actor
                            and noun in STANDS_FOR_BODY
                            and span.actor.actor_type not in codebook.PERSON_TYPES
                        ):
                            actor = self._above(span.actor, noun)
                            return [Reference(actor, text, start, end, "body_of_its_people")]
                        if span.jurisdiction_id and span.actor is None:
                            jurisdictions.append(span.jurisdiction_id)
                        if span.actor and span.actor.actor_type not in codebook.PERSON_TYPES:
                            organisations.append(span)
        if organisations and noun in _KINDS_OF_FIRM and (firm := self._named_by_kind(head, organisations)) is not None:
            return [as_named(firm)]
        if (office := self._office(lower, noun, jurisdictions, organisations)) is not None:
            return [Reference(office, text, start, end, "office_holder")]
        countries = [self.finder.vocabulary.country_of(place) for place in jurisdictions]
        if _FEDERAL.match(text):
            jurisdictions = countries
        places = [*jurisdictions, *countries] or self._jurisdictions_near(block, start)
        same = SAME_BODY.get(lower, lower) if lower not in _IN_PART or not _PART.match(text) else lower
        if lower == "treasury" and not jurisdictions:
            same = lower  # a firm has one too
        keys = dict.fromkeys([same, lower, _WATCHING.sub("regulator", lower), noun])
        keys = keys if " " in lower and not other_field else dict.fromkeys([same, lower])
        for place in places:
            for key in keys:
                actor_id = self._nominals.get((key, place))
                if actor_id is None and key == "parliament":  # a regulator may be the one named before
                    actor_id = self._sole.get((key, place))
                if actor_id is not None and not (place in countries and self._is_above(actor_id, jurisdictions)):
                    return [Reference(self.finder.curated(actor_id), text, start, end, "body_by_description")]
        if (firm_id := self._issuer(block, head) or self._largest(text, places)) is not None:
            return [Reference(self.finder.curated(firm_id), text, start, end, "known_by_its_rank")]
        definite = bool(DEFINITE.match(text))
        if noun == "unit" and definite and (unit := self.anaphora.last_called(block, start, noun, None)) is not None:
            return [Reference(unit.actor, text, start, end, "named_before")]  # type: ignore[arg-type]
        key = lower if lower in ANAPHORS else noun
        if (definite or jurisdictions) and key in ANAPHORS and not other_field and not _is_owned(head, inside):
            home = jurisdictions[0] if jurisdictions else None
            called = self._called(block, start, lower, key, home)
            is_person = bool(ANAPHORS[key] & codebook.PERSON_TYPES)
            found_span = called or self.anaphora.last(block, start, ANAPHORS[key], prefer_subject=is_person, home=home)
            if found_span is not None:
                return [Reference(found_span.actor, text, start, end, "named_before")]  # type: ignore[arg-type]
        if noun in GOVERNMENT_NOUNS and places and (definite or jurisdictions or noun == "authorities"):
            return [Reference(self.finder.government(places[0]), text, start, end, "government_by_description")]
        for key in (same, noun):
            if key in BODY_NOUNS:
                seat = places[0] if places else None
                actor = self.body(key, seat, called=same if other_field else None)
                return [Reference(actor, text, start, end, "body_by_description")]
        return self.of_class(phrase, role, jurisdictions[0] if jurisdictions else None)

    def _place_told(self, block: int, phrase: Span, head: Token) -> list[str]:
        """The place that stands behind a body ("the treasury in Jakarta") or that its possessor goes back to ("the
        city's lawmakers")."""
        text, noun = self.docs[block].text, head.lower_
        after = _PLACE_AFTER.match(text, head.idx + len(head))
        if after is not None and noun in {*BODY_NOUNS, *SAME_BODY, *PERSON_NOUNS, *GOVERNMENT_NOUNS}:
            behind = [span for span in self.names.at(block, after.end(), after.end() + 1) if span.start == after.end()]
            if behind and behind[0].jurisdiction_id and behind[0].actor is None:
                return [behind[0].jurisdiction_id]
        if (owner := _OWNER.match(phrase.text)) is None:
            return []
        places = self.finder.vocabulary.jurisdictions
        for index in range(block, -1, -1):
            for span in reversed(self.names.spans[index]):
                home = span.jurisdiction_id or (span.actor.home if span.actor else None)
                if not home or home not in places or (index == block and span.start >= phrase.start_char):
                    continue
                home = home.partition("/")[0]
                if _is_a(owner[1].lower(), home, places[home].jurisdiction_type):
                    return [home]
        return []

    def body_called(self, block: int, span: NameSpan) -> Actor | None:
        """The body of the country told that has no other name than what it is: "Parliament", "the High Court"."""
        name = span.text.lower().removeprefix("the ")
        if span.actor is None or span.actor.curated or name not in BODY_NOUNS:
            return None
        near = [*self._jurisdictions_near(block, span.start), *self.names.dominant]
        for place in dict.fromkeys([span.actor.home] if span.actor.home else near):
            for key in (name, SAME_BODY.get(name, name)):
                if (actor_id := self._nominals.get((key, place)) or self._sole.get((key, place))) is not None:
                    return self.finder.curated(actor_id)
        return None

    def _called(self, block: int, start: int, words: str, key: str, home: str | None) -> NameSpan | None:
        """The party named before whose name says what it is: "the media firm", of "Example Media"."""
        for word in words.split()[:-1]:
            if not _ANY_FIELD.fullmatch(word):
                span = self.anaphora.last_called(block, start, word, home, ends=False)
                if span is not None and span.actor is not None and span.actor.actor_type in ANAPHORS[key]:
                    return span
        return self.anaphora.last_called(block, start, key, home)

    def _issuer(self, block: int, head: Token) -> str | None:
        """Who issues the coin that a firm is said to stand behind: "the company behind USDT"."""
        match = _BEHIND.match(self.docs[block].text, head.idx)
        return self._ranks.get((f"issuer of {match['coin']}", None)) if match is not None else None

    def _largest(self, text: str, places: list[str]) -> str | None:
        """The firm that is, and was when the article was written, the largest of its kind in the world or the place."""
        match = _LARGEST.search(text)
        if match is None or self.published is None or self.published < _FAME:
            return None
        place = None if _OF_THE_WORLD.search(text) else next(iter(places), None)
        return self._ranks.get((f"largest {match['kind']}", place))

    def _above(self, actor: Actor, noun: str) -> Actor:
        """Whom "the owner of" a firm stands for: who owns it, where that is known, else the firm."""
        entry = self.finder.vocabulary.organisations.get(actor.actor_id) if noun in ABOVE_FIRM else None
        return self.finder.curated(entry.parent) if entry is not None and entry.parent else actor

    def body(self, noun: str, place: str | None, *, called: str | None = None) -> Actor:
        """The body that a noun stands for in a jurisdiction: the vocabulary's, else a new one named so."""
        key = (noun, place or "")
        if called is None and (actor_id := self._nominals.get(key) or self._sole.get(key)) is not None:
            return self.finder.curated(actor_id)
        suffix = f" of {self.finder.vocabulary.jurisdictions[place].name}" if place else ""
        name = (called or noun).capitalize() + suffix
        return Actor(slug(name), name, BODY_NOUNS[noun], place, False)

    def _is_above(self, actor_id: str, told: list[str]) -> bool:
        """Whether a country's own body is not the one of its part that a phrase tells: "the Texas regulator"."""
        places = self.finder.vocabulary.jurisdictions
        of_part = [place for place in told[:1] if places[place].jurisdiction_type == "subdivision"]
        return bool(of_part) and self.finder.vocabulary.institutions[actor_id].actor_type in {
            "regulator",
            "legislature",
        }

    @staticmethod
    def _named_by_kind(head: Token, organisations: list[NameSpan]) -> NameSpan | None:
        """The firm whose name stands before what it is: "the Binance exchange", not "Circle's network"."""
        before = [child for child in head.lefts if child.dep_ in {"compound", "nmod"}]
        return next(
            (span for span in organisations if any(span.start <= child.idx < span.end for child in before)), None
        )

    def of_class(self, phrase: Span, role: str, home: str | None = None) -> list[Reference]:
        """A class of parties, as told. One bare word ("banks", "users") stands for somebody only where it acts."""
        phrase = _without_clauses(phrase)
        words = DETERMINERS.sub("", phrase.text).strip(" ,;:.\"“”‘’'()")
        head = phrase.root
        if head.lower_ in {"thousands", "hundreds", "dozens", "millions", "scores"}:
            head = next((word for word in phrase if word.dep_ == "pobj" and word.head.head == head), head)
        noun = head.lower_
        vague = words.lower() == noun and not (
            role in _ACTING or DEFINITE.match(phrase.text) or (role == "affected" and noun in _REGULATED)
        )
        if (
            not words[:1].isalnum()
            or head.tag_ not in {"NNS", "NNPS"}
            or not is_class_noun(noun)
            or vague
            or _BESIDE_OTHERS.fullmatch(phrase.text)
            or words.lower() in _CULPRITS
        ):
            return []
        start = phrase.start_char + phrase.text.rindex(words)
        actor = Actor(slug(words), words, "group_class", home, False)
        return [Reference(actor, words, start, start + len(words), "class_of_actors")]

    def unnamed(self, phrase: Span, words: str) -> list[Reference]:
        """A party told by a description and never named: "a foreign miner", "a former branch manager".

        "The company" and "a judge" are somebody whom the article did not let us find: no new actor for that.
        """
        cut = phrase.start > 0 and phrase.doc[phrase.start - 1].text in {"-", "–"}
        if (
            _ANY_FIRM.fullmatch(words)
            or " " not in words
            or cut
            or phrase.root.tag_ != "NN"
            or phrase.root.lower_ in _NO_PARTY
        ):
            return []
        if DEFINITE.match(whole_phrase(phrase).text):
            return []
        start = phrase.start_char + phrase.text.rindex(words)
        actor = Actor(slug(words), words, "group_class", None, False)
        return [Reference(actor, words, start, start + len(words), "party_by_description")]

    def _office(self, lower: str, noun: str, jurisdictions: list[str], organisations: list[NameSpan]) -> Actor | None:
        office_type = next(
            (kind for words, kind in OFFICE_NOUNS.items() if lower == words or lower.startswith(words + " of")), None
        )
        office_type = office_type or OFFICE_NOUNS.get(noun)
        if office_type is None:
            return None
        keys = [span.actor.actor_id for span in organisations if span.actor]
        keys += jurisdictions
        if not keys and office_type in {"head_of_state", "head_of_government"} and self.names.dominant:
            keys = self.names.dominant[:1]
        for key in keys:
            holders = [
                person
                for person, since, until in self._offices.get((office_type, key), ())
                if self.published
                and (since is None or since <= self.published)
                and (until is None or until >= self.published)
            ]
            exact = [person for person in holders if self._is_titled(person, key, noun)]
            if len(holders) == 1 or len(exact) == 1:
                return self.finder.curated((exact or holders)[0])
            everyone = {person for person, _, _ in self._offices.get((office_type, key), ())}
            if len(everyone) == 1 and not self.published:
                return self.finder.curated(everyone.pop())
        if jurisdictions and office_type in {"head_of_state", "head_of_government", "finance_minister"}:
            place = self.finder.vocabulary.jurisdictions[jurisdictions[0]].name
            name = f"{lower.split(' of ')[0].title()} of {place}"
            kind = office_type if office_type != "finance_minister" else "minister_official"
            return Actor(slug(name), name, kind, jurisdictions[0], False)
        return None

    def _is_titled(self, person: str, key: str, noun: str) -> bool:
        """Whether a person's office has just this title: "the founder" is no co-founder."""
        offices = self.finder.vocabulary.persons[person].offices
        return any(
            office.office.lower() == noun and key in {office.organisation, office.jurisdiction} for office in offices
        )

    def _jurisdictions_near(self, block: int, start: int) -> list[str]:
        """Jurisdictions of the sentence up to a place, else what its paragraph is about, else those of the rest of
        the sentence, then those of weight in the article."""
        doc = self.docs[block]
        position = next((token.i for token in doc if token.idx >= start), len(doc) - 1) if len(doc) else 0
        sentence = doc[position].sent if len(doc) else None
        near: list[str] = []
        later: list[str] = []
        if sentence is not None:
            for span in self.names.spans[block]:
                if sentence.start_char <= span.start < sentence.end_char:
                    side = near if span.start <= start + _BESIDE else later
                    if span.jurisdiction_id and span.kind in {"name", "demonym", "seat", "phrase"}:
                        side.append(self.finder.vocabulary.country_of(span.jurisdiction_id))
                    elif span.actor and span.actor.home and span.actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES:
                        side.append(span.actor.home)
            near = near or self._topic_of_paragraph(block, sentence.start_char) or later
        dominant = self.names.dominant[:1]
        if dominant and dominant[0] in near:
            near.sort(key=lambda place: place != dominant[0])
        return (
            list(dict.fromkeys([*near, *dominant])) if len(set(near)) <= 1 else list(dict.fromkeys([*dominant, *near]))
        )

    def _topic_of_paragraph(self, block: int, before: int) -> list[str]:
        """The country that a paragraph has named first."""
        places = [
            self.finder.vocabulary.country_of(span.jurisdiction_id)
            for span in self.names.spans[block]
            if span.start < before and span.jurisdiction_id and span.actor is None and span.kind in {"name", "seat"}
        ]
        return places[:1]


def _is_a(noun: str, place: str, kind: str) -> bool:
    """Whether a place is a city, an emirate, a bloc, or a state of a country."""
    match noun:
        case "city":
            return place in _CITIES
        case "emirate":
            return place.startswith("AE-")
        case "bloc":
            return kind == "bloc"
        case _:
            return kind == "subdivision" and not place.startswith("AE-")


def whole_phrase(phrase: Span) -> Span:
    """The phrase with the article, possessor and modifiers that stand before it and belong to its head."""
    start = phrase.start
    for child in phrase.root.lefts:
        if child.dep_ in {"det", "poss", "amod", "compound", "nmod", "nummod"} and child.ent_type_ != "DATE":
            start = min(start, child.left_edge.i)
    return phrase.doc[start : phrase.end]


def _is_owned(head: Token, inside: list[NameSpan]) -> bool:
    """Whether a noun is of something that is named or told and no place: "the Fund's board", not "Kenya's board"."""
    owners = [child for child in head.lefts if child.dep_ == "poss" and child.pos_ != "PRON"]
    return any(not any(span.start <= owner.idx < span.end for span in inside) for owner in owners)


def _without_clauses(phrase: Span) -> Span:
    """A phrase without the clause that was cut off behind its head ("platforms that go", "firms dealing") or ran into
    it before ("the commission, reminded banks")."""
    start, end, head = phrase.start, phrase.end, phrase.root
    for token in phrase:
        if token.i > head.i and (
            token.tag_ in {"WDT", "WP", "WP$", "WRB"} or (token.tag_ == "VBG" and token.dep_ == "acl")
        ):
            end = token.i
            break
        if token.i < head.i and token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            start = token.i + 1
    return phrase.doc[start:end] if start < end else phrase


@lru_cache(maxsize=4)
def _nominal_table(finder: NameFinder) -> dict[tuple[str, str], str]:
    """(description, jurisdiction) -> institution; a description two bodies share goes to the first in the file."""
    table: dict[tuple[str, str], str] = {}
    for institution in finder.vocabulary.institutions.values():
        if institution.home:
            for nominal in institution.nominals:
                table.setdefault((nominal.lower().replace("-", " "), institution.home), institution.actor_id)
    for institution in finder.vocabulary.institutions.values():
        for name in institution.ambiguous_acronyms if institution.home else ():
            if " " in name:  # "the country's financial services authority"
                table.setdefault((name.lower().replace("-", " "), institution.home or ""), institution.actor_id)
    for (nominal, home), actor_id in [*table.items()]:  # a body of a zone is one of the city around it
        table.setdefault((nominal, home.partition("/")[0]), actor_id)
    return table


@lru_cache(maxsize=4)
def _sole_bodies(finder: NameFinder) -> dict[tuple[str, str], str]:
    """(noun, jurisdiction) -> the one institution of a jurisdiction that the noun can mean."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (nominal, place), actor_id in _nominal_table(finder).items():
        body = finder.vocabulary.institutions[actor_id]
        if body.actor_type == "legislature" and not body.parent:
            known["parliament", place].add(actor_id)
        elif _OF_MARKETS.fullmatch(nominal):
            known["regulator", place].add(actor_id)
            known["watchdog", place].add(actor_id)
    return {key: next(iter(bodies)) for key, bodies in known.items() if len(bodies) == 1}


@lru_cache(maxsize=4)
def _rank_table(finder: NameFinder) -> dict[tuple[str, str | None], str]:
    """(rank, country or None for the world) -> the firm that holds it."""
    firms = finder.vocabulary.organisations.values()
    return {
        (
            rank.removeprefix("world's "),
            None if rank.startswith(("world's ", "issuer of ")) else firm.home,
        ): firm.actor_id
        for firm in firms
        for rank in firm.nominals
    }


@lru_cache(maxsize=4)
def _office_table(finder: NameFinder) -> dict[tuple[str, str], list[tuple[str, date | None, date | None]]]:
    """(office type, jurisdiction or organisation) -> who held it from when to when."""
    table: dict[tuple[str, str], list[tuple[str, date | None, date | None]]] = defaultdict(list)
    bodies = {
        name: body.actor_id
        for body in finder.vocabulary.institutions.values()
        for name in (body.name, *body.aliases, *body.acronyms)
    }
    for person in finder.vocabulary.persons.values():
        for office in person.offices:
            term = (person.actor_id, first_day(office.valid_from), first_day(office.valid_to))
            for key in {office.jurisdiction, office.organisation, bodies.get(office.institution_name or "")}:
                if key:
                    table[office.office_type, key].append(term)
    return table
