"""Who a phrase stands for: a name in it, what it points back to, or whom it describes.

A phrase is resolved inside its article, by what stands before it; one that cannot be resolved gives nothing, or itself
where the detector is sure that it is a party.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from pipelines import codebook
from pipelines.extract.actors import Actor, ArticleNames, NameSpan, Reference, as_named, organisation_type
from pipelines.extract.anaphora import JOINT, Anaphora
from pipelines.extract.descriptions import Descriptions, whole_phrase
from pipelines.extract.enumerations import Enumerations
from pipelines.extract.gazetteer import Hit
from pipelines.extract.names import JOB, NO_ACTOR, NameFinder, is_only_headlined, strip_titles
from pipelines.extract.party_words import (
    ANAPHORS,
    BODY_NOUNS,
    BODY_PRONOUNS,
    DETERMINERS,
    GOVERNMENT_NOUNS,
    PERSON_NOUNS,
    PERSON_PRONOUNS,
    STANDS_FOR_BODY,
    is_party_noun,
)
from pipelines.vocabulary.loader import slug

# Gangs are parties by what they are called.
_GANG = re.compile(r"\b(?:gang|ring|syndicate|cartel)$")
_POSSESSIVE = re.compile(r"[’']s?$")
# The last run of capitalised words in a phrase: "Lagos startup Bright Chain Labs" -> "Bright Chain Labs".
_NAME_IN_PHRASE = re.compile(r"[A-Z][\w’'.&-]*(?:\s(?:(?:of|the|and|de|da|for)\s)?[A-Z][\w’'.&-]*)*$")
_NAME_AND_WHAT = re.compile(r"[a-z]\s([A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,3}),\san?\s[a-z][^,.;:]*$")
_PREPOSITIONS = "of|in|at|by|from|to|for|with|on|against|over|after|before|between"
_KNOWN_AS = re.compile(
    r"\s(?:also\s)?(?:known\sas|called|named|dubbed)\s(?:the\s)?([A-Z][\w’'&-]*(?:\s[A-Z][\w’'&-]*){0,3})"
)
# "and", "& the", "and angel investor", "and its founder": what joins a second name, and what that one is.
_AND_WHAT = re.compile(rf",?\s(?:and\s(?:(?!(?:{_PREPOSITIONS})\s)[a-z][\w-]*\s){{0,4}}|&\s(?:the\s)?)")
_REACH_OF_AND = 60  # characters
_INDEFINITE = re.compile(r"an?\s(?!partner|single|new|second|third|fourth|separate|different|similar)", re.IGNORECASE)
_EMPTY_WORDS = frozenset(
    "it he she they them who which that this those these one some others both parties sides".split()
)
# Words that a phrase cannot end with, and ways in which a noun may depend on a party named after it.
_LOOSE = frozenset({"ADP", "CCONJ", "PUNCT", "PART", "DET"})
_MODIFIES = frozenset({"poss", "compound", "amod", "nmod", "nummod"})


# Whom an opening describes before it names them, beside firms and officials.
_PRIVATE_PERSON = frozenset({"person", "executive_founder"})
_OPENING = dict.fromkeys("man woman trader developer engineer employee resident programmer".split(), _PRIVATE_PERSON)


class References:
    """Resolves phrases of one article. Built per article from its parsed blocks and its names."""

    def __init__(self, finder: NameFinder, names: ArticleNames, docs: Sequence[Doc], published: date | None) -> None:
        self.finder = finder
        self.names = names
        self.docs = docs
        self.anaphora = Anaphora(names, docs, lambda block, phrase: self.resolve(block, phrase, "initiator"))
        self.descriptions = Descriptions(finder, names, docs, published, self.anaphora)
        self.enumerations = Enumerations(finder, names, docs, self.descriptions)

    def resolve(
        self, block: int, phrase: Span, role: str, *, is_actor: bool = False, is_private: bool = False
    ) -> list[Reference]:
        """The actors that a noun phrase stands for; its head decides, its modifiers help.

        `is_private` says that no authority does what is told, so that a pronoun means none where it can be avoided.

        `is_actor` says that the detector is sure the phrase is a party: what cannot be resolved then stands for itself,
        as a new actor when it is a name, as a class when it is not.
        """
        phrase = self._party(block, phrase, role)
        whole = whole_phrase(phrase)
        if whole.text.lower().startswith(("no ", "neither ", "whose ")) or self._is_setting(block, phrase):
            return []
        several = (
            self.enumerations.members(block, whole)
            or self.enumerations.of_places(block, whole)
            or self._coordinated(block, phrase)
            or self.anaphora.named_together(block, whole)
        )
        if several:
            return several
        found = self._resolve(block, whole, role, is_private=is_private)
        return found or (self._unknown(block, phrase, role) if is_actor else [])

    def authority_of(self, block: int, act: Token) -> Reference | None:
        """The authority whose act a noun is said to be: "an SEC subpoena", "the regulator's warning"."""
        if act.pos_ != "NOUN":
            return None
        for child in act.lefts:
            if child.dep_ in {"poss", "compound", "nmod", "amod"}:
                for reference in self.resolve(block, act.doc[child.left_edge.i : child.i + 1], "initiator"):
                    acts = reference.actor.actor_type in codebook.PUBLIC_AUTHORITY_TYPES
                    if acts and not reference.rule.startswith("government_by_"):
                        return reference
        return None

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
            if words is not None and (span.actor is not None or span.kind == "name"):
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
        if noun.pos_ not in {"NOUN", "PROPN"} or (not own and is_party_noun(modifier.lower_)):
            return False
        if not own:  # a cut phrase: "18 P2P" of "18 P2P traders"; a whole one is a name unknown to us
            return modifier.ent_type_ not in {"ORG", "PERSON"}
        if all(span.actor is None for span in own):
            return is_party_noun(noun.lower_)
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
        joined = [
            right
            for left, right in pairwise(named)
            if JOINT.fullmatch(between := text[left.end : right.start]) or _AND_WHAT.fullmatch(between)
        ]
        return [as_named(span) for span in [named[0], *joined]] if joined else []

    def joined_before(self, block: int, name: Reference) -> Reference | None:
        """The name that another one is joined to by "and": "Li and angel investor Xue"."""
        if name.block not in (None, block):
            return None
        doc = self.docs[block]
        before = [
            span
            for span in self.names.at(block, max(0, name.start - _REACH_OF_AND), name.start)
            if span.end <= name.start
        ]
        own = doc.char_span(name.start, name.end, alignment_mode="expand")
        if not before or before[-1].actor is None or own is None:
            return None
        words = doc.char_span(before[-1].start, before[-1].end, alignment_mode="expand")
        between = doc.text[before[-1].end : name.start]
        if words is None or not _AND_WHAT.fullmatch(between):
            return None
        is_one_phrase = own.root in words.root.subtree or words.root in own.root.subtree
        return as_named(before[-1]) if is_one_phrase else None

    def _unknown(self, block: int, phrase: Span, role: str) -> list[Reference]:
        text = _POSSESSIVE.sub("", phrase.text).strip(" ,;:.\"“”‘’'()")
        bare = DETERMINERS.sub("", text).strip()
        if len(bare) < 2 or phrase.root.pos_ in {"PRON", "DET"} or bare.lower() in _EMPTY_WORDS:
            return []
        noun = phrase.root.lower_
        if noun in ANAPHORS and (named := self._named_so(block, phrase)) is not None:
            return [named]
        if (later := self._named_after(block, phrase)) is not None:
            return [later]
        if noun in PERSON_NOUNS or noun in ANAPHORS or noun in GOVERNMENT_NOUNS or _GANG.search(noun):
            return self.descriptions.unnamed(phrase, bare)
        weak = self._weak(phrase)
        if weak is not None:
            return [weak]
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
            and (not hits or _is_longer(name[0], hits))
        ):
            words = strip_titles(name[0])
            if JOB.search(words) or is_only_headlined(words, phrase.sent, self.docs):
                return []
            person = role in {"appointee", "speaker"} or any(token.ent_type_ == "PERSON" for token in phrase)
            is_person = person and 2 <= len(words.split()) <= 4
            actor = self.finder.known_person(words, self.names) or Actor(
                slug(words), words, "person" if is_person else organisation_type(words), None, False
            )
        else:
            return self.descriptions.of_class(phrase, role)
        at = phrase.text.rfind(words)
        if at < 0:
            return []
        start = phrase.start_char + at
        return [Reference(actor, words, start, start + len(words), "named_by_its_role")]

    def _named_after(self, block: int, phrase: Span) -> Reference | None:
        """Whom an opening describes before it names them: "a trader", "the man who ran the exchange"."""
        noun = phrase.root.lower_
        types = _OPENING.get(noun) or ANAPHORS.get(noun) or frozenset()
        is_told_of = noun in _OPENING and any(child.dep_ == "relcl" for child in phrase.root.children)
        if not types or not (is_told_of or _INDEFINITE.match(whole_phrase(phrase).text)):
            return None
        later = self.anaphora.first_after(block, phrase.end_char, types)
        if later is None or later.actor is None:
            return None
        return Reference(later.actor, phrase.text, phrase.start_char, phrase.end_char, "named_after")

    def _named_so(self, block: int, phrase: Span) -> Reference | None:
        """The name that a description follows, or leads to: "with Bright Chain, a payments and custody company", "a
        group known as Bright Chain"."""
        text, head = self.docs[block].text, phrase.root
        match = _KNOWN_AS.match(text, head.idx + len(head)) or _NAME_AND_WHAT.search(
            text, phrase.sent.start_char, phrase.end_char
        )
        if match is None:
            return None
        start, end = match.span(1)
        for span in self.names.at(block, start, end):
            if span.actor is not None and span.end == end:
                return as_named(span)
        words = match[1]
        if self.finder.gazetteer.find(words):
            return None
        actor = Actor(slug(words), words, organisation_type(words), None, False)
        return Reference(actor, words, start, end, "named_by_its_role")

    def _weak(self, phrase: Span) -> Reference | None:
        """An organisation whose name is also a word, where the detector is sure that the whole phrase is a party."""
        text = phrase.text
        hits = self.finder.gazetteer.find(text)
        if (
            len(hits) != 1
            or len(hits[0].text) < len(text)
            or {sense.kind for sense in hits[0].senses} != {"weak_actor"}
        ):
            return None
        keys = [sense.key for sense in hits[0].senses]
        if len(keys) != 1 or keys[0] not in self.finder.vocabulary.organisations:
            return None
        return Reference(self.finder.curated(keys[0]), text, phrase.start_char, phrase.end_char, "name_that_is_a_word")

    def _resolve(self, block: int, phrase: Span, role: str, *, is_private: bool) -> list[Reference]:
        head = phrase.root
        inside = [
            span
            for span in self.names.at(block, phrase.start_char, phrase.end_char)
            if span.start >= phrase.start_char - 1
        ]
        covering = [span for span in inside if span.start <= head.idx < span.end]
        for span in covering:
            if span.actor is not None:
                body = self.descriptions.body_called(block, span)
                return [
                    as_named(span) if body is None else Reference(body, span.text, span.start, span.end, "body_by_name")
                ]
        if head.pos_ == "PRON" or head.lower_ in PERSON_PRONOUNS | BODY_PRONOUNS:
            return self.anaphora.pronoun(block, head, is_private=is_private or role in codebook.DONE_TO_ROLES)
        for span in covering:
            if span.kind in {"name", "seat", "phrase"} and span.jurisdiction_id:
                actor = self.finder.government(span.jurisdiction_id)
                return [Reference(actor, span.text, span.start, span.end, f"government_by_{span.kind}")]
            if span.kind == "city" and role in {"initiator", "participant", "host"}:
                return self._town(span) if head.dep_ in {"nsubj", "nsubjpass"} else []
        # An apposition or a title before the name: "Binance founder Changpeng Zhao", "the regulator, VARA".
        after_head = [span for span in inside if span.start > head.idx and span.actor is not None]
        for span in after_head:
            gap = self.docs[block].text[head.idx + len(head.text) : span.start].strip()
            if gap in {"", ",", "(", "–", "-"} or (gap == ", the" and self._is_called(head, span)):
                return [as_named(span)]
        if (told := self._apposition(block, head)) is not None:
            return [as_named(told)]
        if head.lower_ == "judge" and not inside and (judge := self._named_after(block, phrase)) is not None:
            return [judge]
        return self.descriptions.described(block, phrase, head, inside, role)

    def _is_called(self, head: Token, span: NameSpan) -> bool:
        """Whether a noun says what a party is: "the centre's regulator, the AFSA"."""
        kinds = ANAPHORS.get(head.lower_, frozenset()) | {BODY_NOUNS.get(head.lower_, "")}
        return span.actor is not None and span.actor.actor_type in kinds

    def _apposition(self, block: int, head: Token) -> NameSpan | None:
        """The name that a description stands behind: "Bright Chain, a payments company"."""
        if head.dep_ != "appos" or head.lower_ not in ANAPHORS or head.tag_ != "NN":
            return None
        spans = self.names.at(block, head.head.idx, head.head.idx + len(head.head))
        return next((span for span in spans if span.actor is not None and span.end <= head.left_edge.idx), None)

    def _town(self, span: NameSpan) -> list[Reference]:
        """A town that acts: "Chiasso will take taxes in bitcoin"."""
        actor = Actor(slug(f"City of {span.text}"), span.text, "government", span.jurisdiction_id, False)
        return [Reference(actor, span.text, span.start, span.end, "government_by_city")]


def _is_longer(name: str, hits: Sequence[Hit]) -> bool:
    """Whether a name is more than the places and words of the vocabulary in it: "Bullish Aim", "North Sea Trading"."""
    kinds = {sense.kind for hit in hits for sense in hit.senses}
    if "actor" in kinds:
        return False
    return len(name.split()) > 2 or (kinds == {"weak_actor"} and len(hits) == 1 and hits[0].text != name)
