"""What points back in an article: pronouns, "the company", "the two firms".

They stand for a party that the article names before them, the nearest that fits by kind and by country.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from pipelines import codebook
from pipelines.extract.actors import Actor, ArticleNames, NameSpan, Reference
from pipelines.extract.party_words import PERSON_NOUNS, PERSON_PRONOUNS, is_party_noun

# What stands after these words is only compared with, or owns the one told of: no "it" goes back to it.
_COMPARISON = re.compile(
    r"\b(?:rivals?\s(?:to|of)|like|unlike|such\sas|similar\sto|competitors?\s(?:to|of)|than|"
    r"(?:subsidiary|arm|unit|division|affiliate)\sof|(?:owned|backed|founded|run)\sby)\s(?:the\s)?$"
)
JOINT = re.compile(r"[’']?s?\s*(?:,|,?\s?(?:and|&|or|with))\s*(?:the\s)?")
# "The pair", "both men", "the two firms": who was named together before.
_TWO = re.compile(r"(?:the |these |those )?(?:pair|duo|(?:two|both)(?P<noun> [a-z]+)?)", re.IGNORECASE)
_REACH_OF_TWO = 3  # blocks


_ONE_PRONOUN = tuple(map(frozenset, (("he", "him", "himself"), ("she", "her", "herself"), ("it", "itself"))))
# Ways in which a phrase that is no name of a party is one.
_SUBJECT_RULES = frozenset(
    "government_by_name government_by_seat government_by_description body_by_description named_before".split()
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_THEY = frozenset({"they", "them", "themselves"})


class Anaphora:
    """Finds the antecedents of one article's words; `resolve` says whom any other phrase of a block stands for."""

    def __init__(
        self, names: ArticleNames, docs: Sequence[Doc], resolve: Callable[[int, Span], list[Reference]]
    ) -> None:
        self.names = names
        self.docs = docs
        self.resolve = resolve

    def named_together(self, block: int, phrase: Span) -> list[Reference]:
        """Whom "the pair" or "both firms" stand for: the last two that "and" joined, or the only two persons."""
        if (match := _TWO.fullmatch(phrase.text)) is None:
            return []
        noun = (match["noun"] or "").strip()
        persons = noun in {"men", "women", "people"} or noun.removesuffix("s") in PERSON_NOUNS
        if noun and not persons and not is_party_noun(noun) and noun not in {"sides", "parties", "countries"}:
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
                joined = JOINT.fullmatch(self.docs[index].text[left.end : right.start])
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

    def pronoun(self, block: int, head: Token, *, is_private: bool = False) -> list[Reference]:
        """Whom "he" or "it" stands for, rather no authority if told; of a relative word, nobody: its clause hands it
        over."""
        word = head.lower_
        if word in {"who", "which", "that"} and head.dep_ in _SUBJECTS:
            return []
        types = (
            codebook.PERSON_TYPES
            if word in PERSON_PRONOUNS
            else frozenset(codebook.ACTOR_TYPES) - codebook.PERSON_TYPES - {"media_outlet"}
            if word in {"it", "itself"}
            else None
        )
        start, end = head.idx, head.idx + len(head.text)
        if types is None and word not in _THEY:
            return []
        named_before = any(span.actor for span in self.names.at(block, head.sent.start_char, start))
        told = [] if named_before else self._subject_before(block, head)
        if types is None:
            return [Reference(ref.actor, head.text, start, end, "pronoun") for ref in told] if len(told) > 1 else []
        wanted = types - codebook.PUBLIC_AUTHORITY_TYPES if is_private and word in {"it", "itself"} else types
        called = bool(told) and word in PERSON_PRONOUNS and told[0].text.lower().split()[-1] in PERSON_NOUNS
        if len(told) == 1 and (told[0].actor.actor_type in wanted or called):
            return [Reference(told[0].actor, head.text, start, end, "pronoun")]
        same, done_to = self._same_before(head), self._done_to_by(block, head)
        span = self.last(block, start, wanted, prefer_subject=True, same=same, other_than=done_to)
        span = span or self.last(block, start, types, prefer_subject=True, same=same, other_than=done_to)
        if span is None or span.actor is None:
            return []
        return [Reference(span.actor, head.text, start, end, "pronoun")]

    def _done_to_by(self, block: int, head: Token) -> frozenset[str]:
        """Whom the verb of a pronoun names as its object: "he" is not the one whom "he" sentenced."""
        objects = [child for child in head.head.rights if child.dep_ == "dobj"] if head.dep_ in _SUBJECTS else []
        spans = [span for word in objects for span in self.names.at(block, word.idx, word.idx + len(word))]
        return frozenset(span.actor.actor_id for span in spans if span.actor is not None)

    @staticmethod
    def _same_before(head: Token) -> int | None:
        """Where the sentence has said the pronoun before: no name in between is meant unless it is a subject."""
        forms = next((forms for forms in _ONE_PRONOUN if head.lower_ in forms), frozenset())
        return next((word.idx for word in head.sent if word.i < head.i and word.lower_ in forms), None)

    def _subject_before(self, block: int, head: Token) -> list[Reference]:
        """Whom the subject of the sentence before stands for, where a description or a country is that subject."""
        doc, sentence = head.doc, head.sent
        inside = [word for word in sentence if word.i < head.i and word.dep_ in _SUBJECTS and word.pos_ == "PROPN"]
        before = doc[sentence.start - 1].sent if sentence.start else None
        subject = next((child for child in before.root.lefts if child.dep_ in _SUBJECTS), None) if before else None
        subject = inside[-1] if inside else subject
        if subject is None or subject.pos_ == "PRON":
            return []
        last = max((word.i for word in (subject, *subject.conjuncts)), default=subject.i)
        found = self.resolve(block, doc[subject.left_edge.i : last + 1])
        return [reference for reference in found if reference.rule in _SUBJECT_RULES or len(found) > 1]

    def last_called(
        self, block: int, before: int, noun: str, home: str | None, *, ends: bool = True
    ) -> NameSpan | None:
        """The nearest actor before a place that is called so: the committee, of "Basel Committee"; `ends` says that
        the name ends with the word."""
        called = re.compile(
            rf"(?:^|\s){re.escape(noun.capitalize())}" + (r"(?:\s(?:of|for|on)\b|-|$)" if ends else r"\b")
        )
        for index in range(block, -1, -1):
            for span in reversed(self.names.spans[index]):
                if (
                    span.actor is not None
                    and (index < block or span.end <= before)
                    and (home is None or self._is_from(span.actor, home))
                    and span.actor.actor_type not in codebook.PERSON_TYPES
                    and (called.search(span.text) or called.search(span.actor.name))
                ):
                    return span
        return None

    def _is_from(self, actor: Actor, place: str) -> bool:
        return actor.home is not None and f"{actor.home}/".replace("-", "/").startswith(f"{place}/".replace("-", "/"))

    def first_after(self, block: int, start: int, types: Iterable[str]) -> NameSpan | None:
        """Whom an article's opening describes before it names them: the one of a type in the headline, else the first
        named in the rest of the paragraph and the one after it, if nobody of the type was named before."""
        wanted = frozenset(types)
        rows = [
            [span for span in row if span.actor is not None and span.actor.actor_type in wanted]
            for row in self.names.spans[: block + 2]
        ]
        before = [span for row in rows[:block] for span in row] + [span for span in rows[block] if span.start < start]
        if block > 1 or before:
            everyone = {span.actor.actor_id for span in before if span.actor}
            return before[0] if block == 1 and len(everyone) == 1 else None
        later = (span for row in rows[block:] for span in row if row is not rows[block] or span.start >= start)
        return next(later, None)

    def last(
        self,
        block: int,
        before: int,
        types: Iterable[str],
        *,
        prefer_subject: bool = False,
        home: str | None = None,
        same: int | None = None,
        other_than: frozenset[str] = frozenset(),
    ) -> NameSpan | None:
        """The nearest actor of a type, and of a country if told, named before a place; subjects of the last two blocks
        first if asked, and no other that stands after `same` in the block."""
        wanted = frozenset(types)
        fallback: NameSpan | None = None
        for index in range(block, -1, -1):
            row = [
                span
                for span in self.names.spans[index]
                if span.actor is not None
                and span.actor.actor_type in wanted
                and span.actor.actor_type != "media_outlet"
                and span.actor.actor_id not in other_than
                and (home is None or self._is_from(span.actor, home))
                and (index < block or span.end <= before)
                and (same is None or index < block or span.end <= same or self._is_subject(index, span))
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
        return token.dep_ in _SUBJECTS
