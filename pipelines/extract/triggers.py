"""Detects acts by rules: a verb with a class of objects, or an event noun with an argument, over the parse.

The lexicon is `vocabulary/triggers.yml`. A verb alone seldom decides what happened (sign a law, sign an MoU), so the
head noun of its object must belong to a class, or its subject and object must be actors of a kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import ConfigDict, Field, ValidationError
from spacy.tokens import Doc, Token

from pipelines import codebook
from pipelines.extract import clauses
from pipelines.extract.candidate import Argument, Candidate
from pipelines.extract.modality import Status, status_of
from pipelines.extract.names import ArticleNames
from pipelines.extract.references import BODY_NOUNS, CLASS_NOUNS, GOVERNMENT_NOUNS
from pipelines.vocabulary.loader import FOLDER, Entry, VocabularyError

PREPOSITIONS = (
    "to",
    "with",
    "against",
    "from",
    "of",
    "by",
    "for",
    "as",
    "between",
    "on",
    "in",
    "into",
    "about",
    "over",
)
_FIRM_TYPES = frozenset({"exchange", "bank_fi", "company", "issuer_fund", "protocol_project"})
KINDS: dict[str, frozenset[str]] = {
    "authority": codebook.PUBLIC_AUTHORITY_TYPES - {"court", "judge"} | {"intergovernmental_org"},
    "government": frozenset({"government", "ministry", "head_of_state", "head_of_government"}),
    "court": frozenset({"court", "judge"}),
    "legislature": frozenset({"legislature", "legislator"}),
    "person": codebook.PERSON_TYPES,
    "firm": _FIRM_TYPES,
    "organisation": frozenset(codebook.ACTOR_TYPES) - codebook.PERSON_TYPES - {"group_class", "media_outlet"},
    "actor": frozenset(codebook.ACTOR_TYPES),
    "class": frozenset({"group_class"}),
}


class Trigger(Entry):
    """One entry of the lexicon; see the head of `triggers.yml` for the keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    type: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    subject_noun: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    roles: dict[str, str]
    slot: tuple[str, ...] = ()
    passive: bool | None = None
    purpose: str | None = None
    oprd: tuple[str, ...] = ()
    status: str | None = None
    with_: tuple[str, ...] = Field(default=(), alias="with")
    for_: tuple[str, ...] = Field(default=(), alias="for")
    as_: tuple[str, ...] = Field(default=(), alias="as")
    of: tuple[str, ...] = ()
    to: tuple[str, ...] = ()

    @property
    def event_type(self) -> str:
        """The type without subtype."""
        return self.type.partition("/")[0]

    @property
    def event_subtype(self) -> str | None:
        """The subtype, None where the words leave it open."""
        return self.type.partition("/")[2] or None


class Lexicon:
    """The triggers indexed by lemma."""

    def __init__(self, folder: Path) -> None:
        raw = yaml.safe_load((folder / "triggers.yml").read_text(encoding="utf-8"))
        self.classes = {name: frozenset(words) for name, words in raw["classes"].items()}
        self.verbs: dict[str, list[Trigger]] = defaultdict(list)
        self.nouns: dict[str, list[Trigger]] = defaultdict(list)
        self.adjectives: dict[str, list[Trigger]] = defaultdict(list)
        for number, entry in enumerate(raw["triggers"], start=1):
            try:
                trigger = Trigger.model_validate(entry)
            except ValidationError as error:
                raise VocabularyError(f"triggers.yml: entry {number} ({entry.get('type')}): {error}") from error
            if trigger.event_type not in codebook.EVENT_TYPES or not set(trigger.roles.values()) <= set(codebook.ROLES):
                raise VocabularyError(f"triggers.yml: entry {number}: unknown type or role in {trigger.type}")
            for verb in trigger.verbs:
                self.verbs[verb].append(trigger)
            for noun in trigger.nouns:
                self.nouns[noun].append(trigger)
            for adjective in trigger.adjectives:
                self.adjectives[adjective].append(trigger)


@lru_cache(maxsize=1)
def shipped_lexicon() -> Lexicon:
    """The shipped triggers, read once per process."""
    return Lexicon(FOLDER)


class TriggerDetector:
    """The rule detector."""

    name = "rules"
    version = "1"

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self.lexicon = lexicon or shipped_lexicon()

    def detect(self, docs: Sequence[Doc], readable: Sequence[bool], names: ArticleNames) -> list[Candidate]:
        """See `Detector.detect`."""
        found = []
        for block, doc in enumerate(docs):
            if readable[block]:
                for token in doc:
                    if (candidate := self._at(block, token, names)) is not None:
                        found.append(candidate)
        return found

    def _at(self, block: int, token: Token, names: ArticleNames) -> Candidate | None:
        if token.pos_ in {"VERB", "AUX"} or (
            token.tag_ in {"VBN", "VBG", "VBD"} and token.dep_ in {"acl", "amod", "ROOT"}
        ):
            for lemma in self._lemmas(token):
                for trigger in self.lexicon.verbs.get(lemma, ()):
                    arguments = self._verb_frame(block, token, trigger, names)
                    if arguments is not None:
                        return self._candidate(block, token, trigger, arguments, 0.7)
        elif token.pos_ in {"NOUN", "PROPN"}:
            for trigger in self.lexicon.nouns.get(token.lemma_.lower(), ()):
                arguments = self._noun_frame(block, token, trigger, names)
                if arguments is not None:
                    return self._candidate(block, token, trigger, arguments, 0.55)
        return None

    @staticmethod
    def _lemmas(verb: Token) -> list[str]:
        lemma = verb.lemma_.lower()
        longer = [
            f"{lemma} {child.lower_}"
            for child in verb.children
            if child.dep_ in {"prt", "prep", "advmod", "dobj", "acomp"}
        ]
        return [*longer, lemma]

    def _is(self, token: Token, classes: Sequence[str]) -> bool:
        """True when a noun, or what it is a number or kind of, is one of the words of the classes."""
        words = frozenset().union(*(self.lexicon.classes.get(name, frozenset({name})) for name in classes))
        heads = (
            [token, *clauses.complements_of(token)]
            if token.lemma_.lower()
            in {
                "series",
                "batch",
                "number",
                "set",
                "round",
                "type",
                "form",
                "version",
                "phase",
                "pair",
                "draft",
                "package",
                "group",
                "amount",
                "total",
                "list",
                "million",
                "billion",
            }
            else [token]
        )
        for head in heads:
            if head.lemma_.lower() in words or head.lower_ in words:
                return True
            start, end = clauses.phrase(head).start, head.i + 1
            text = head.doc[start : min(end + 3, len(head.doc))].text.lower()
            if any(" " in word and word in text for word in words):
                return True
        return False

    def _kind(self, block: int, token: Token, kinds: Sequence[str], names: ArticleNames) -> bool:
        """True when a noun stands for an actor of one of the kinds; descriptions count by their noun."""
        end = token.idx + len(token.text)
        spans = [span for span in names.at(block, token.idx, end)]
        for span in spans:
            if span.actor is not None:
                return any(span.actor.actor_type in KINDS[kind] for kind in kinds if kind in KINDS)
            if span.kind in {"name", "seat", "phrase"}:
                return bool({"authority", "government", "place", "actor", "organisation"} & set(kinds))
            if span.kind == "city":
                return "place" in kinds
        noun = token.lower_
        phrase = clauses.phrase(token).text.lower()
        if token.pos_ == "PRON":
            return noun in {"it", "he", "she", "they", "who", "him", "her", "them", "we", "i"} and (
                "class" not in kinds
            )
        for words, kind in BODY_NOUNS.items():
            if phrase.endswith(words) or noun == words:
                return any(kind in KINDS[name] for name in kinds if name in KINDS)
        if noun in GOVERNMENT_NOUNS:
            return bool({"authority", "government", "actor", "organisation"} & set(kinds))
        if noun in CLASS_NOUNS:
            return bool({"class", "actor"} & set(kinds)) or (
                "firm" in kinds
                and noun
                in {
                    "firms",
                    "companies",
                    "exchanges",
                    "platforms",
                    "banks",
                    "issuers",
                    "miners",
                    "providers",
                    "operators",
                }
            )
        if noun in {
            "company",
            "firm",
            "exchange",
            "bank",
            "platform",
            "startup",
            "operator",
            "issuer",
            "provider",
            "protocol",
            "project",
        }:
            return bool({"firm", "organisation", "actor"} & set(kinds))
        if noun in {
            "agency",
            "authority",
            "commission",
            "ministry",
            "department",
            "council",
            "body",
            "board",
            "minister",
            "president",
            "official",
            "officials",
            "governor",
            "association",
            "associations",
            "bodies",
            "groups",
            "bank",
        }:
            return bool({"authority", "organisation", "actor", "government"} & set(kinds))
        if noun in {"founder", "co-founder", "ceo", "man", "woman", "executive", "developer", "trader", "former"}:
            return bool({"person", "actor"} & set(kinds))
        return False

    def _verb_frame(self, block: int, verb: Token, trigger: Trigger, names: ArticleNames) -> list[Argument] | None:
        passive = clauses.is_passive(verb)
        if trigger.passive is not None and passive != trigger.passive:
            return None
        if passive:
            slots = {"subject": clauses.agents(verb), "object": clauses.subjects(verb)}
            slots["object"] = slots["object"] or ([verb.head] if verb.dep_ == "acl" else [])
            retained = clauses.objects(verb)
            if retained and trigger.object and not any(self._is(noun, trigger.object) for noun in slots["object"]):
                slots["dative"], slots["object"] = slots["object"], retained
        else:
            slots = {
                "subject": clauses.subjects(verb),
                "object": clauses.objects(verb),
                "dative": clauses.datives(verb),
            }
            if not slots["object"] and verb.tag_ in {"VBN", "VBD"} and verb.dep_ == "amod":
                return None
        for preposition in PREPOSITIONS:
            if preposition not in {"by"} or not passive:
                if nouns := clauses.prepositional(verb, preposition):
                    slots[preposition] = nouns
        if trigger.object:
            things = [noun for noun in slots["object"] if self._is(noun, trigger.object)]
            if not things:
                return None
            for noun in things:
                for preposition in ("of", "for", "with", "against", "between", "to", "on", "from", "about", "into"):
                    slots.setdefault(preposition, []).extend(clauses.prepositional(noun, preposition))
                slots.setdefault("of", []).extend(clauses.possessors(noun))
            if "object" in trigger.roles and "dative" not in trigger.roles and not trigger.target:
                slots["object"] = slots.get("dative", []) or (
                    [] if trigger.roles["object"] != "affected" and not passive else slots["object"]
                )
        if trigger.subject_noun and not any(
            self._is(noun, trigger.subject_noun) for noun in slots["subject"] + (slots["object"] if passive else [])
        ):
            return None
        if trigger.subject:
            doers = slots["subject"]
            if doers and not any(self._kind(block, noun, trigger.subject, names) for noun in doers):
                return None
            if not doers and not passive and verb.dep_ not in {"xcomp", "acl", "advcl", "pcomp"}:
                return None
        if trigger.target:
            goals = slots["object"] or slots.get("to", [])
            if not any(self._kind(block, noun, trigger.target, names) for noun in goals):
                return None
        if trigger.purpose and trigger.purpose not in verb.sent.text.lower():
            return None
        if trigger.oprd and not any(child.lower_ in trigger.oprd for child in verb.subtree):
            return None
        for preposition, classes in (
            ("with", trigger.with_),
            ("for", trigger.for_),
            ("as", trigger.as_),
            ("of", trigger.of),
            ("to", trigger.to),
        ):
            if classes:
                nouns = slots.get(preposition, [])
                kinds = [name for name in classes if name in KINDS]
                if not any(
                    self._is(noun, classes) or (kinds and self._kind(block, noun, kinds, names)) for noun in nouns
                ):
                    return None
        if trigger.slot and not all(slots.get(name) for name in trigger.slot):
            return None
        if not trigger.object and not any(slots.get(name) for name in ("subject", "object", "with", "to")):
            return None
        if (
            not trigger.object
            and trigger.roles.get("object")
            and not passive
            and not slots["object"]
            and not trigger.target
        ):
            if not any(slots.get(name) for name in trigger.roles if name not in {"subject", "object"}):
                return None  # a transitive act without anyone it is done to: "to ban or not"
        return self._arguments(trigger, slots)

    def _noun_frame(self, block: int, noun: Token, trigger: Trigger, names: ArticleNames) -> list[Argument] | None:
        if noun.dep_ == "compound" or (noun.pos_ == "PROPN" and noun.text.istitle() and noun.i != noun.sent.start):
            return None
        slots: dict[str, list[Token]] = {"poss": clauses.possessors(noun)}
        for preposition in PREPOSITIONS:
            slots[preposition] = clauses.prepositional(noun, preposition)
        slots["compound"] = [child for child in noun.children if child.dep_ in {"compound", "nmod"}]
        passive = noun.dep_ == "nsubjpass"
        if trigger.arguments and not any(
            (name == "passive" and passive) or slots.get(name) for name in trigger.arguments
        ):
            return None
        for preposition, classes in (("of", trigger.of), ("for", trigger.for_)):
            if classes and not any(self._is(inner, classes) for inner in slots.get(preposition, [])):
                return None
        stage = noun.head if noun.dep_ in {"nsubjpass", "dobj"} else None
        if stage is not None and noun.dep_ == "nsubjpass":
            slots["by"] = slots["by"] + clauses.agents(stage)
        relevant = [token for name in trigger.roles for token in slots.get(name, [])]
        if not trigger.of and not any(self._kind(block, token, ("actor",), names) for token in relevant):
            return None
        return self._arguments(trigger, slots)

    @staticmethod
    def _arguments(trigger: Trigger, slots: dict[str, list[Token]]) -> list[Argument]:
        arguments: list[Argument] = []
        for slot, role in trigger.roles.items():
            nouns = list(slots.get(slot, []))
            if slot == "object":
                nouns += [noun for noun in slots.get("dative", []) if noun not in nouns]
            for noun in nouns:
                span = clauses.phrase(noun)
                arguments.append(Argument(role, span.start_char, span.end_char))
        return list(dict.fromkeys(arguments))

    def _candidate(
        self, block: int, token: Token, trigger: Trigger, arguments: list[Argument], confidence: float
    ) -> Candidate:
        status = (
            status_of(token)
            if trigger.status is None
            else Status(trigger.status, "trigger", trigger.status == "announced")
        )
        return Candidate(
            block=block,
            start=token.idx,
            end=token.idx + len(token.text),
            event_type=trigger.event_type,
            event_subtype=trigger.event_subtype,
            status=status.status,
            status_rule=status.rule,
            ahead=status.ahead,
            is_background=False,
            arguments=tuple(arguments),
            confidence=confidence,
            rule="trigger_verb" if token.pos_ in {"VERB", "AUX"} else "trigger_noun",
        )
