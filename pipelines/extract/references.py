"""Who a phrase stands for: names, offices ("the Malaysian prime minister"), descriptions ("the regulator"), pronouns.

A phrase is resolved inside its article, by what stands before it, and for office-holders at the article's date. A
phrase that names nobody but a class of parties ("member institutions") or an unnamed one ("a foreign miner") becomes
a `group_class` actor; one that cannot be resolved gives nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from pipelines import codebook
from pipelines.extract.names import (
    NO_ACTOR,
    Actor,
    ArticleNames,
    NameFinder,
    NameSpan,
    organisation_type,
    strip_titles,
)
from pipelines.vocabulary.loader import first_day, slug


@dataclass(frozen=True, slots=True)
class Reference:
    """An actor a phrase stands for, with the words and the rule; offsets are those of the block, which is the act's own
    where it is None."""

    actor: Actor
    text: str
    start: int
    end: int
    rule: str
    block: int | None = None


# Heads of phrases that speak for the body they belong to: "officials of the SEC", "Binance executives".
STANDS_FOR_BODY = frozenset(
    """
    official officials spokesperson spokesman spokeswoman spokespeople executive executives
    representative representatives unit subsidiary arm division team lawyers attorneys staff
    delegation leadership management board office branch department agents affiliate entity entities
    parent operator headquarters developers engineers insiders investigators inspectors delegates
    counterparts
    """.split()
)
OFFICE_NOUNS = {
    "prime minister": "head_of_government",
    "premier": "head_of_government",
    "pm": "head_of_government",
    "chancellor": "head_of_government",
    "president": "head_of_state",
    "king": "head_of_state",
    "queen": "head_of_state",
    "monarch": "head_of_state",
    "sultan": "head_of_state",
    "emir": "head_of_state",
    "finance minister": "finance_minister",
    "minister of finance": "finance_minister",
    "treasury secretary": "finance_minister",
    "chancellor of the exchequer": "finance_minister",
    "central bank governor": "central_bank_governor",
    "central bank chief": "central_bank_governor",
    "governor": "central_bank_governor",
    "ceo": "ceo",
    "chief executive": "ceo",
    "chief executive officer": "ceo",
    "founder": "founder",
    "co-founder": "founder",
    "cofounder": "founder",
    "chair": "regulator_head",
    "chairman": "regulator_head",
    "chairwoman": "regulator_head",
    "head": "regulator_head",
}
PERSON_NOUNS = frozenset(
    """
    minister president premier chancellor king queen governor secretary senator lawmaker legislator
    congressman congresswoman judge justice magistrate ceo founder co-founder cofounder chair
    chairman chairwoman executive adviser advisor billionaire entrepreneur developer trader official
    politician leader head chief boss attorney lawyer commissioner director ambassador mayor man
    woman businessman defendant fugitive suspect tycoon whistleblower investor analyst economist
    manager officer diplomat engineer broker professor pastor treasurer deputy employee teacher
    """.split()
)
GOVERNMENT_NOUNS = {
    "government": "government",
    "administration": "government",
    "govt": "government",
    "cabinet": "government",
    "authorities": "government",
    "state": "government",
    "country": "government",
    "nation": "government",
    "kingdom": "government",
    "republic": "government",
    "officials": "government",
}
# Bodies that every country has; used where the vocabulary does not know the country's own.
BODY_NOUNS = {
    "police": "law_enforcement",
    "prosecutors": "law_enforcement",
    "prosecutor": "law_enforcement",
    "prosecution": "law_enforcement",
    "investigators": "law_enforcement",
    "regulator": "regulator",
    "regulators": "regulator",
    "watchdog": "regulator",
    "securities regulator": "regulator",
    "financial regulator": "regulator",
    "market regulator": "regulator",
    "central bank": "central_bank",
    "monetary authority": "central_bank",
    "national bank": "central_bank",
    "reserve bank": "central_bank",
    "financial intelligence unit": "regulator",
    "financial intelligence agency": "regulator",
    "finance ministry": "ministry",
    "ministry of finance": "ministry",
    "justice ministry": "ministry",
    "ministry": "ministry",
    "parliament": "legislature",
    "lawmakers": "legislature",
    "legislators": "legislature",
    "legislature": "legislature",
    "senate": "legislature",
    "lower house": "legislature",
    "upper house": "legislature",
    "national assembly": "legislature",
    "congress": "legislature",
    "court": "court",
    "supreme court": "court",
    "high court": "court",
    "district court": "court",
    "federal court": "court",
    "appeals court": "court",
    "court of appeal": "court",
    "tribunal": "court",
    "judge": "court",
    "jury": "court",
    "judges": "court",
    "tax authority": "regulator",
    "data protection authority": "regulator",
    "securities commission": "regulator",
    "communications ministry": "ministry",
    "customs": "law_enforcement",
    "magistrate": "court",
}
# Other words for what the vocabulary lists once.
SAME_BODY = {
    "national bank": "central bank",
    "reserve bank": "central bank",
    "financial intelligence agency": "financial intelligence unit",
    "anti-money laundering agency": "financial intelligence unit",
    "financial crime agency": "financial intelligence unit",
    "financial crime watchdog": "financial intelligence unit",
    "financial crimes watchdog": "financial intelligence unit",
    "anti-money laundering watchdog": "financial intelligence unit",
    "money laundering watchdog": "financial intelligence unit",
    "data protection agency": "data protection authority",
    "data protection regulator": "data protection authority",
    "data protection watchdog": "data protection authority",
    "data protection commissioner": "data protection authority",
    "privacy commissioner": "data protection authority",
    "privacy regulator": "data protection authority",
    "privacy watchdog": "data protection authority",
    "privacy authority": "data protection authority",
}
# Whose field is not money: "the interior ministry" is not the last ministry named, nor "the privacy watchdog" the one
# that watches the markets.
_OTHER_FIELD = re.compile(
    r"\b(?:privacy|data protection|competition|antitrust|media|broadcast(?:ing)?|telecom(?:munication)?s?|"
    r"communications?|energy|electricity|advertising|gambling|gaming|environmental?|labou?r|health|education|interior|"
    r"foreign|defen[cs]e|transport|justice|agriculture)\b.*\b(?:regulators?|watchdogs?|authority|authorities|commission|"
    r"commissioner|agency|ministry|department|office|body)$"
)
# "the company", "the agency": the last one named before.
ANAPHORS: dict[str, frozenset[str]] = {}
_FIRMS = frozenset({"exchange", "bank_fi", "company", "issuer_fund", "protocol_project"})
for _noun in "company firm startup start-up platform business group issuer operator provider developer miner".split():
    ANAPHORS[_noun] = _FIRMS
ANAPHORS |= {
    "exchange": frozenset({"exchange"}),
    "bank": frozenset({"bank_fi", "central_bank"}),
    "lender": frozenset({"bank_fi", "company"}),
    "fund": frozenset({"issuer_fund"}),
    "protocol": frozenset({"protocol_project", "company"}),
    "project": frozenset({"protocol_project", "company"}),
    "agency": frozenset({"regulator", "state_agency_soe", "law_enforcement", "ministry"}),
    "regulator": frozenset({"regulator", "central_bank"}),
    "watchdog": frozenset({"regulator"}),
    "authority": frozenset({"regulator", "central_bank", "state_agency_soe"}),
    "commission": frozenset({"regulator", "supranational_body"}),
    "body": frozenset({"regulator", "state_agency_soe", "intergovernmental_org", "industry_association"}),
    "ministry": frozenset({"ministry"}),
    "department": frozenset({"ministry", "law_enforcement"}),
    "council": frozenset({"state_agency_soe", "supranational_body"}),
    "committee": frozenset(),
    "office": frozenset(),
    "bureau": frozenset(),
    "foundation": frozenset(),
    "association": frozenset({"industry_association"}),
    "associations": frozenset({"industry_association"}),
    "court": frozenset({"court"}),
    "tribunal": frozenset({"court"}),
    "central bank": frozenset({"central_bank"}),
    "organisation": frozenset({"intergovernmental_org", "ngo_forum_thinktank", "industry_association"}),
    "organization": frozenset({"intergovernmental_org", "ngo_forum_thinktank", "industry_association"}),
    "minister": frozenset({"minister_official", "head_of_government"}),
    "president": frozenset({"head_of_state"}),
    "prime minister": frozenset({"head_of_government"}),
    "lawmaker": frozenset({"legislator"}),
    "senator": frozenset({"legislator"}),
    "judge": frozenset({"judge", "court"}),
    "governor": frozenset({"minister_official"}),
    "politician": frozenset({"minister_official", "head_of_state", "head_of_government", "legislator", "person"}),
    "fugitive": frozenset({"executive_founder", "person"}),
}
for _noun in "entrepreneur billionaire tycoon mogul businessman founder co-founder cofounder ceo boss".split():
    ANAPHORS[_noun] = frozenset({"executive_founder", "person"})
for _noun in "congressman congresswoman legislator".split():
    ANAPHORS[_noun] = frozenset({"legislator"})
# Classes of parties, told in the plural; things (websites, machines, accounts) are none.
CLASS_NOUNS = frozenset(
    """
    clients members institutions banks firms companies residents businesses startups start-ups victims
    entities individuals people parties bodies groups associations agencies ministries governments officials
    states nations countries plaintiffs defendants suspects executives twins deputies heads chiefs mps meps
    exchanges platforms students parents agents tribes families couples citizens consumers clerics nurses
    police forces salesmen creditors markets funds communities provinces cities municipalities families convicts
    applicants participants accountants merchants migrants tenants claimants informants consultants
    """.split()
)
_CLASS_ENDING = re.compile(r"(?:ers|ors|ists|ians|ees|men|lords)$")
_NO_CLASS = frozenset(
    "others numbers papers orders servers offers transfers matters computers letters errors sectors fees".split()
)
# Nouns that may go back to a party named before and that describe a thing as often where they do not.
_NO_PARTY = frozenset("platform project protocol fund business unit arm country state nation body".split())
# Gangs are parties by what they are called.
_GANG = re.compile(r"\b(?:gang|ring|syndicate|cartel)$")
# Classes that one bare word names well enough where something is done to them: "ordered banks to stop".
_REGULATED = frozenset("banks exchanges lenders brokers miners issuers".split())
# Nobody in particular: what an incident always has.
_CULPRITS = frozenset("hackers attackers thieves criminals scammers fraudsters cybercriminals".split())
PERSON_PRONOUNS = frozenset({"he", "she", "him", "her", "who", "himself", "herself"})
BODY_PRONOUNS = frozenset({"it", "itself", "which", "that"})
# What stands after these words is only compared with, and no "it" or "the company" goes back to it.
_COMPARISON = re.compile(
    r"\b(?:rivals?\s(?:to|of)|like|unlike|such\sas|similar\sto|competitors?\s(?:to|of)|than)\s(?:the\s)?$"
)
_JOINT = re.compile(r"[’']?s?\s*(?:,|,?\s?(?:and|&|or|with))\s*(?:the\s)?")
# "The pair", "both men", "the two firms": who was named together before.
_TWO = re.compile(r"(?:the |these |those )?(?:pair|duo|(?:two|both)(?P<noun> [a-z]+)?)", re.IGNORECASE)
_REACH_OF_TWO = 3  # blocks
_DEFINITE = re.compile(r"(?:the|this|that|its|their)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")
# The last run of capitalised words in a phrase: "Lagos startup Bright Chain Labs" -> "Bright Chain Labs".
_NAME_IN_PHRASE = re.compile(r"[A-Z][\w’'.&-]*(?:\s(?:(?:of|the|and|de|da|for)\s)?[A-Z][\w’'.&-]*)*$")
_ACTING = frozenset({"initiator", "participant", "speaker", "host", "appointee"})
_EMPTY_WORDS = frozenset(
    "it he she they them who which that this those these one some others both parties sides".split()
)
# Words that a phrase cannot end with, and ways in which a noun may depend on a party named after it.
_LOOSE = frozenset({"ADP", "CCONJ", "PUNCT", "PART", "DET"})
_MODIFIES = frozenset({"poss", "compound", "amod", "nmod", "nummod"})
_DETERMINERS = re.compile(
    r"^(?:(?:the|a|an|its|his|her|their|this|that|these|those|any|some|all|several|many|most|both|other|another|each|"
    r"every|(?:more|fewer|less)\sthan|more|certain|various|numerous|new|newly|local|national(?!\sbank)|federal|top|leading|main|former|current|outgoing|"
    r"incoming|long-serving|then)\s+|(?:country|nation|state|kingdom|city|union|bloc|island)[’']s\s+)+",
    re.IGNORECASE,
)


class References:
    """Resolves phrases of one article. Built per article from its parsed blocks and its names."""

    def __init__(self, finder: NameFinder, names: ArticleNames, docs: Sequence[Doc], published: date | None) -> None:
        self.finder = finder
        self.names = names
        self.docs = docs
        self.published = published
        self._nominals = _nominal_table(finder)
        self._offices = _office_table(finder)

    def resolve(self, block: int, phrase: Span, role: str, *, is_actor: bool = False) -> list[Reference]:
        """The actors that a noun phrase stands for; its head decides, its modifiers help.

        `is_actor` says that the detector is sure the phrase is a party: what cannot be resolved then stands for itself,
        as a new actor when it is a name, as a class when it is not.
        """
        phrase = self._party(block, phrase, role)
        whole = _whole(phrase)
        if whole.text.lower().startswith(("no ", "neither ")) or self._is_setting(block, phrase):
            return []
        several = self._coordinated(block, phrase) or self._named_together(block, whole)
        if several:
            return several
        found = self._resolve(block, whole, role)
        return found or (self._unknown(phrase, role) if is_actor else [])

    def _party(self, block: int, phrase: Span, role: str) -> Span:
        """The phrase made whole: no loose words at its ends, no name cut in two, and the party that it only modifies.

        "Brazil" in "Brazil's CVM" is the CVM, "Garantex" in "Garantex's successor Grinex" is Grinex; in "Brazil's
        ruling" and "the Binance case" there is no other party, and the name stays.
        """
        doc = phrase.doc
        start, end = phrase.start, phrase.end
        while end - start > 1 and doc[end - 1].pos_ in _LOOSE:
            end -= 1
        while end - start > 1 and doc[start].pos_ in {"ADP", "CCONJ", "PUNCT"}:
            start += 1
        for span in self.names.at(block, doc[start].idx, doc[end - 1].idx + 1):
            words = doc.char_span(span.start, span.end, alignment_mode="expand")
            if words is not None and span.actor is not None:
                start, end = min(start, words.start), max(end, words.end)
        head = doc[start:end].root
        while head.dep_ in _MODIFIES and end <= head.head.i < end + 6 and self._is_party(block, head, role):
            head = head.head
            end = head.i + 1
        return doc[start:end]

    def _is_party(self, block: int, modifier: Token, role: str) -> bool:
        """True when the noun that a word modifies is a party itself and not the act or the thing of the word's."""
        noun = modifier.head
        own = self.names.at(block, modifier.idx, modifier.idx + len(modifier))
        named = [span for span in self.names.at(block, noun.idx, noun.idx + len(noun)) if span.actor is not None]
        if named:
            person = named[0].actor is not None and named[0].actor.actor_type in codebook.PERSON_TYPES
            return not (person and role == "recipient")  # "named as SEC chair Example": the office is the SEC's
        if noun.pos_ not in {"NOUN", "PROPN"} or (not own and _is_party_noun(modifier.lower_)):
            return False
        if not own:  # a cut phrase: "18 P2P" of "18 P2P traders"; a whole one is a name unknown to us
            return modifier.ent_type_ not in {"ORG", "PERSON"}
        if all(span.actor is None for span in own):
            return _is_party_noun(noun.lower_)
        return noun.lower_ in STANDS_FOR_BODY or (noun.lower_ in PERSON_NOUNS and role != "recipient")

    def _is_setting(self, block: int, phrase: Span) -> bool:
        """True for a place that an act only happens in: "sitting in Abuja", "a float in New York"."""
        before = phrase.doc[phrase.start - 1] if phrase.start else None
        spans = self.names.at(block, phrase.start_char, phrase.end_char)
        return (
            before is not None
            and before.lower_ in {"in", "at", "near", "across", "inside", "outside", "within", "throughout"}
            and bool(spans)
            and all(span.actor is None and span.jurisdiction_id is not None for span in spans)
            and all(
                any(span.start <= token.idx < span.end for span in spans) or token.pos_ == "DET" for token in phrase
            )
        )

    def _coordinated(self, block: int, phrase: Span) -> list[Reference]:
        """Two or more names that a phrase joins by commas and "and"."""
        named = [
            span
            for span in self.names.at(block, phrase.start_char, phrase.end_char)
            if span.actor is not None and span.start >= phrase.start_char and span.end <= phrase.end_char
        ]
        text = self.docs[block].text
        joined = [right for left, right in pairwise(named) if _JOINT.fullmatch(text[left.end : right.start])]
        return [self._named(span) for span in [named[0], *joined]] if joined else []

    def _named_together(self, block: int, phrase: Span) -> list[Reference]:
        """Whom "the pair" or "both firms" stand for: the last two that "and" joined, or the only two persons."""
        if (match := _TWO.fullmatch(phrase.text)) is None:
            return []
        noun = (match["noun"] or "").strip()
        persons = noun in {"men", "women", "people"} or noun.removesuffix("s") in PERSON_NOUNS
        if noun and not persons and not _is_party_noun(noun) and noun not in {"sides", "parties", "countries"}:
            return []
        before = [
            [
                span
                for span in self.names.spans[index]
                if span.actor is not None and (index < block or span.end <= phrase.start_char)
            ]
            for index in range(max(0, block - _REACH_OF_TWO), block + 1)
        ]
        found: list[NameSpan] = []
        for index, row in zip(range(block, -1, -1), reversed(before), strict=False):
            for left, right in reversed([*pairwise(row)]):
                kinds = [span.actor.actor_type in codebook.PERSON_TYPES for span in (left, right) if span.actor]
                joined = _JOINT.fullmatch(self.docs[index].text[left.end : right.start])
                if joined and kinds[0] == kinds[1] and (kinds[0] or not persons) and (not noun or kinds[0] == persons):
                    found = [left, right]
                    break
            if found:
                break
        if not found:
            everyone = {
                span.actor.actor_id: span
                for row in before
                for span in row
                if span.actor and span.actor.actor_type in codebook.PERSON_TYPES
            }
            found = list(everyone.values()) if len(everyone) == 2 and (persons or not noun) else []
        return [
            Reference(span.actor, phrase.text, phrase.start_char, phrase.end_char, "named_together_before")
            for span in found
            if span.actor is not None
        ]

    def _unknown(self, phrase: Span, role: str) -> list[Reference]:
        text = _POSSESSIVE.sub("", phrase.text).strip(" ,;:.\"“”‘’'()")
        bare = _DETERMINERS.sub("", text).strip()
        if len(bare) < 2 or phrase.root.pos_ in {"PRON", "DET"} or bare.lower() in _EMPTY_WORDS:
            return []
        noun = phrase.root.lower_
        if noun in PERSON_NOUNS or noun in ANAPHORS or noun in GOVERNMENT_NOUNS or _GANG.search(noun):
            return self._described(phrase, bare)
        opens = phrase.root.pos_ == "NOUN" and phrase.root.is_sent_start  # a capital there makes no name
        name = None if opens else _NAME_IN_PHRASE.search(bare)
        hits = self.finder.gazetteer.find(name[0]) if name is not None else []
        senses = [sense for hit in hits for sense in hit.senses]
        if name is not None and hits and hits[0].start == 0 and senses[0].kind == "actor" and " " in name[0]:
            # "Bright Chain Middle East" is Bright Chain's.
            start = phrase.start_char + phrase.text.rfind(name[0])
            actor = self.finder.curated(senses[0].key)
            return [Reference(actor, name[0], start, start + len(name[0]), "branch_of_a_name")]
        if (
            name is not None
            and not {name[0], name[0].split("-")[0]} & NO_ACTOR
            and (not hits or (len(name[0].split()) > 2 and not any("actor" in sense.kind for sense in senses)))
        ):
            words = strip_titles(name[0])
            person = role in {"appointee", "speaker"} or any(token.ent_type_ == "PERSON" for token in phrase)
            is_person = person and 2 <= len(words.split()) <= 4
            actor = self.finder.known_person(words, self.names.dominant) or Actor(
                slug(words), words, "person" if is_person else organisation_type(words), None, False
            )
        else:
            return self._class(phrase, role)
        at = phrase.text.rfind(words)
        if at < 0:
            return []
        start = phrase.start_char + at
        return [Reference(actor, words, start, start + len(words), "named_by_its_role")]

    def _described(self, phrase: Span, words: str) -> list[Reference]:
        """A party told by a description and never named: "a foreign miner", "a former branch manager".

        "The company" and "a judge" are somebody whom the article did not let us find: no new actor for that.
        """
        cut = phrase.start > 0 and phrase.doc[phrase.start - 1].text in {"-", "–"}
        if " " not in words or cut or phrase.root.tag_ != "NN" or phrase.root.lower_ in _NO_PARTY:
            return []
        if _DEFINITE.match(_whole(phrase).text):
            return []
        start = phrase.start_char + phrase.text.rindex(words)
        actor = Actor(slug(words), words, "group_class", None, False)
        return [Reference(actor, words, start, start + len(words), "party_by_description")]

    def _resolve(self, block: int, phrase: Span, role: str) -> list[Reference]:
        head = phrase.root
        inside = [
            span
            for span in self.names.at(block, phrase.start_char, phrase.end_char)
            if span.start >= phrase.start_char - 1
        ]
        covering = [span for span in inside if span.start <= head.idx < span.end]
        for span in covering:
            if span.actor is not None:
                return [self._named(span)]
        if head.pos_ == "PRON" or head.lower_ in PERSON_PRONOUNS | BODY_PRONOUNS:
            return self._pronoun(block, head)
        for span in covering:
            if span.kind in {"name", "seat", "phrase"} and span.jurisdiction_id:
                actor = self.finder.government(span.jurisdiction_id)
                return [Reference(actor, span.text, span.start, span.end, f"government_by_{span.kind}")]
            if span.kind == "city" and role in {"initiator", "participant", "host"}:
                return self._town(span) if head.dep_ in {"nsubj", "nsubjpass"} else []
        # An apposition or a title before the name: "Binance founder Changpeng Zhao", "the regulator, VARA".
        after_head = [span for span in inside if span.start > head.idx and span.actor is not None]
        for span in after_head:
            gap = self.docs[block].text[head.idx + len(head.text) : span.start]
            if gap.strip() in {"", ",", "(", "–", "-"}:
                return [self._named(span)]
        return self._description(block, phrase, head, inside, role)

    def _town(self, span: NameSpan) -> list[Reference]:
        """A town that acts: "Chiasso will take taxes in bitcoin"."""
        actor = Actor(slug(f"City of {span.text}"), span.text, "government", span.jurisdiction_id, False)
        return [Reference(actor, span.text, span.start, span.end, "government_by_city")]

    def _named(self, span: NameSpan) -> Reference:
        assert span.actor is not None
        return Reference(span.actor, span.text, span.start, span.end, span.rule)

    def _description(self, block: int, phrase: Span, head: Token, inside: list[NameSpan], role: str) -> list[Reference]:
        text = phrase.text
        bare = _DETERMINERS.sub("", text)
        jurisdictions = [span.jurisdiction_id for span in inside if span.jurisdiction_id and span.actor is None]
        for span in inside:
            if span.jurisdiction_id and span.actor is None:
                bare = re.sub(rf"{re.escape(span.text)}(?:[’']s?)?\s*", "", bare)
        bare = _PLACED.sub("", _DETERMINERS.sub("", bare).strip())
        lower = bare.lower()
        other_field = _OTHER_FIELD.search(lower)
        start, end = phrase.start_char, phrase.end_char
        organisations = [span for span in inside if span.actor and span.actor.actor_type not in codebook.PERSON_TYPES]
        noun = head.lower_

        if noun in STANDS_FOR_BODY and organisations:
            found = organisations[0]
            return [Reference(found.actor, text, start, end, "body_of_its_people")]  # type: ignore[arg-type]
        if noun in STANDS_FOR_BODY or noun in PERSON_NOUNS:
            for child in head.children:
                if child.dep_ == "prep" and child.lower_ in {"of", "from", "at", "for", "with"}:
                    for span in self.names.at(block, child.idx, child.right_edge.idx + len(child.right_edge.text)):
                        if (
                            span.actor
                            and noun in STANDS_FOR_BODY
                            and span.actor.actor_type not in codebook.PERSON_TYPES
                        ):
                            return [Reference(span.actor, text, start, end, "body_of_its_people")]
                        if span.jurisdiction_id and span.actor is None:
                            jurisdictions.append(span.jurisdiction_id)
                        if span.actor and span.actor.actor_type not in codebook.PERSON_TYPES:
                            organisations.append(span)
        if (office := self._office(lower, noun, jurisdictions, organisations)) is not None:
            return [Reference(office, text, start, end, "office_holder")]
        countries = [self.finder.vocabulary.country_of(place) for place in jurisdictions]
        places = [*jurisdictions, *countries] or self._jurisdictions_near(block, start)
        same = SAME_BODY.get(lower, lower)
        for key in (same, noun) if " " in lower and not other_field else (same,):
            for place in places:
                if (actor_id := self._nominals.get((key, place))) is not None:
                    return [Reference(self.finder.curated(actor_id), text, start, end, "body_by_description")]
        definite = bool(_DEFINITE.match(text))
        key = lower if lower in ANAPHORS else noun
        if (definite or jurisdictions) and key in ANAPHORS and not other_field:
            home = jurisdictions[0] if jurisdictions else None
            called = self._last_called(block, start, key, home)
            is_person = bool(ANAPHORS[key] & codebook.PERSON_TYPES)
            found_span = called or self._last(block, start, ANAPHORS[key], prefer_subject=is_person, home=home)
            if found_span is not None:
                return [Reference(found_span.actor, text, start, end, "named_before")]  # type: ignore[arg-type]
        if noun in GOVERNMENT_NOUNS and places and (definite or jurisdictions or noun == "authorities"):
            return [Reference(self.finder.government(places[0]), text, start, end, "government_by_description")]
        for key in (same, noun):
            if key in BODY_NOUNS:
                seat = places[0] if places else None
                if seat and not other_field and (actor_id := self._nominals.get((key, seat))):
                    return [Reference(self.finder.curated(actor_id), text, start, end, "body_by_description")]
                suffix = f" of {self.finder.vocabulary.jurisdictions[seat].name}" if seat else ""
                name = (same if other_field else key).capitalize() + suffix
                return [
                    Reference(
                        Actor(slug(name), name, BODY_NOUNS[key], seat, False), text, start, end, "body_by_description"
                    )
                ]
        return self._class(phrase, role, jurisdictions[0] if jurisdictions else None)

    def _class(self, phrase: Span, role: str, home: str | None = None) -> list[Reference]:
        """A class of parties, as told. One bare word ("banks", "users") stands for somebody only where it acts."""
        phrase = _without_clauses(phrase)
        words = _DETERMINERS.sub("", phrase.text).strip(" ,;:.\"“”‘’'()")
        head = phrase.root
        if head.lower_ in {"thousands", "hundreds", "dozens", "millions", "scores"}:
            head = next((word for word in phrase if word.dep_ == "pobj" and word.head.head == head), head)
        noun = head.lower_
        vague = words.lower() == noun and not (
            role in _ACTING or _DEFINITE.match(phrase.text) or (role == "affected" and noun in _REGULATED)
        )
        if (
            not words[:1].isalnum()
            or head.tag_ not in {"NNS", "NNPS"}
            or not _is_class_noun(noun)
            or vague
            or words.lower() in _CULPRITS
        ):
            return []
        start = phrase.start_char + phrase.text.rindex(words)
        actor = Actor(slug(words), words, "group_class", home, False)
        return [Reference(actor, words, start, start + len(words), "class_of_actors")]

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
            if len(holders) == 1:
                return self.finder.curated(holders[0])
            everyone = {person for person, _, _ in self._offices.get((office_type, key), ())}
            if len(everyone) == 1 and not self.published:
                return self.finder.curated(everyone.pop())
        if jurisdictions and office_type in {"head_of_state", "head_of_government", "finance_minister"}:
            place = self.finder.vocabulary.jurisdictions[jurisdictions[0]].name
            name = f"{lower.split(' of ')[0].title()} of {place}"
            kind = office_type if office_type != "finance_minister" else "minister_official"
            return Actor(slug(name), name, kind, jurisdictions[0], False)
        return None

    def _pronoun(self, block: int, head: Token) -> list[Reference]:
        word = head.lower_
        if word in {"who", "which", "that"} and head.dep_ in {"nsubj", "nsubjpass"}:
            return []  # a relative clause hands its antecedent to the caller
        types = (
            codebook.PERSON_TYPES
            if word in PERSON_PRONOUNS
            else frozenset(codebook.ACTOR_TYPES) - codebook.PERSON_TYPES - {"media_outlet"}
            if word in {"it", "itself"}
            else None
        )
        if types is None:
            return []
        span = self._last(block, head.idx, types, prefer_subject=True)
        if span is None or span.actor is None:
            return []
        return [Reference(span.actor, head.text, head.idx, head.idx + len(head.text), "pronoun")]

    def _last_called(self, block: int, before: int, noun: str, home: str | None) -> NameSpan | None:
        """The nearest actor before a place that is called so: the committee, of "Basel Committee"."""
        called = re.compile(rf"(?:^|\s){noun.capitalize()}(?:\s(?:of|for|on)\b|$)")
        for index in range(block, -1, -1):
            for span in reversed(self.names.spans[index]):
                if (
                    span.actor is not None
                    and (index < block or span.end <= before)
                    and (home is None or self._is_from(span.actor, home))
                    and span.actor.actor_type not in codebook.PERSON_TYPES
                    and called.search(span.text)
                ):
                    return span
        return None

    def _is_from(self, actor: Actor, place: str) -> bool:
        return actor.home is not None and f"{actor.home}/".replace("-", "/").startswith(f"{place}/".replace("-", "/"))

    def _last(
        self,
        block: int,
        before: int,
        types: Iterable[str],
        *,
        prefer_subject: bool = False,
        home: str | None = None,
    ) -> NameSpan | None:
        """The nearest actor of a type, and of a country if told, named before a place; subjects of the last two blocks
        first if asked."""
        wanted = frozenset(types)
        fallback: NameSpan | None = None
        for index in range(block, -1, -1):
            row = [
                span
                for span in self.names.spans[index]
                if span.actor is not None
                and span.actor.actor_type in wanted
                and span.actor.actor_type != "media_outlet"
                and (home is None or self._is_from(span.actor, home))
                and (index < block or span.end <= before)
                and not _COMPARISON.search(self.docs[index].text, max(0, span.start - 30), span.start)
            ]
            for span in reversed(row):
                if fallback is None:
                    fallback = span
                if not prefer_subject:
                    return span
                if self._is_subject(index, span) and (index < block or before - span.end < 400):
                    return span
            if fallback is not None and (not prefer_subject or index < block - 1):
                return fallback
        return fallback

    def _is_subject(self, block: int, span: NameSpan) -> bool:
        """True for the subject of a verb and for a name in apposition to it."""
        words = self.docs[block].char_span(span.start, span.end, alignment_mode="expand")
        if words is None:
            return False
        token = words.root
        while token.dep_ in {"appos", "conj"} and token.head is not token:
            token = token.head
        return token.dep_ in {"nsubj", "nsubjpass"}

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


# How far behind the start of a phrase a place still belongs to it: "the government in Beijing".
_BESIDE = 30
# What is left of "the central bank in Windhoek" without its place.
_PLACED = re.compile(r"\s(?:in|of|from|at)$")


def _is_class_noun(noun: str) -> bool:
    return noun in CLASS_NOUNS or (noun not in _NO_CLASS and bool(_CLASS_ENDING.search(noun)))


def _is_party_noun(noun: str) -> bool:
    """True for a noun that describes a person, a body or a class of them."""
    return (
        noun in BODY_NOUNS
        or noun in ANAPHORS
        or noun in PERSON_NOUNS
        or noun in STANDS_FOR_BODY
        or _is_class_noun(noun)
    )


def _whole(phrase: Span) -> Span:
    """The phrase with the article, possessor and modifiers that stand before it and belong to its head."""
    start = phrase.start
    for child in phrase.root.lefts:
        if child.dep_ in {"det", "poss", "amod", "compound", "nmod", "nummod"}:
            start = min(start, child.left_edge.i)
    return phrase.doc[start : phrase.end]


_NOMINAL_CACHE: dict[str, dict[tuple[str, str], str]] = {}
_OFFICE_CACHE: dict[str, dict[tuple[str, str], list[tuple[str, date | None, date | None]]]] = {}


def _without_clauses(phrase: Span) -> Span:
    """A phrase without the clause that was cut off behind its head ("platforms that go") or ran into it before
    ("the commission, reminded banks")."""
    start, end, head = phrase.start, phrase.end, phrase.root
    for token in phrase:
        if token.i > head.i and token.tag_ in {"WDT", "WP", "WP$", "WRB"}:
            end = token.i
            break
        if token.i < head.i and token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            start = token.i + 1
    return phrase.doc[start:end] if start < end else phrase


def _nominal_table(finder: NameFinder) -> dict[tuple[str, str], str]:
    """(description, jurisdiction) -> institution; a description two bodies share goes to the first in the file."""
    version = finder.vocabulary.version
    if version not in _NOMINAL_CACHE:
        table: dict[tuple[str, str], str] = {}
        for institution in finder.vocabulary.institutions.values():
            if institution.home:
                for nominal in institution.nominals:
                    table.setdefault((nominal.lower(), institution.home), institution.actor_id)
        _NOMINAL_CACHE[version] = table
    return _NOMINAL_CACHE[version]


def _office_table(
    finder: NameFinder,
) -> dict[tuple[str, str], list[tuple[str, date | None, date | None]]]:
    """(office type, jurisdiction or organisation) -> who held it from when to when."""
    version = finder.vocabulary.version
    if version not in _OFFICE_CACHE:
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
        _OFFICE_CACHE[version] = table
    return _OFFICE_CACHE[version]
