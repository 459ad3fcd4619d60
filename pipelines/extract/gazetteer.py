"""All names of the vocabulary in one automaton: where they stand in a text and what each could mean.

Only spelling is decided here (whole words, case-sensitive, the longest match that starts first). Which sense holds in
an article is decided in `names`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import ahocorasick

from pipelines.vocabulary.loader import Vocabulary, load


@dataclass(frozen=True, slots=True)
class Sense:
    """A meaning of a string. `kind`: actor, weak_actor (needs a cue), name, weak_name, demonym, seat, city, phrase."""

    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A vocabulary string standing at `text[start:end]`."""

    start: int
    end: int
    text: str
    senses: tuple[Sense, ...]


class Gazetteer:
    """The automaton over a vocabulary; building takes about a tenth of a second, finding is linear."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        senses: dict[str, list[Sense]] = {}

        def add(text: str, kind: str, key: str) -> None:
            sense = Sense(kind, key)
            if text and sense not in senses.setdefault(text, []):
                senses[text].append(sense)

        for institution in vocabulary.institutions.values():
            for text in (institution.name, *institution.aliases, *institution.acronyms):
                add(text, "actor", institution.actor_id)
            for text in institution.ambiguous_acronyms:
                add(text, "weak_actor", institution.actor_id)
        for organisation in vocabulary.organisations.values():
            weak = set(organisation.ambiguous)
            for text in (organisation.name, *organisation.aliases, *organisation.acronyms):
                add(text, "weak_actor" if text in weak else "actor", organisation.actor_id)
            for text in weak:
                add(text, "weak_actor", organisation.actor_id)
        for person in vocabulary.persons.values():
            for text in (person.name, *person.aliases):
                add(text, "actor", person.actor_id)
        for entry in vocabulary.jurisdictions.values():
            key = entry.jurisdiction_id
            for text in (entry.name, *entry.names):
                add(text, "weak_name" if text in entry.ambiguous else "name", key)
            for text in entry.ambiguous:
                add(text, "weak_name", key)
            for text in entry.demonyms:
                add(text, "demonym", key)
            for text in entry.seats:
                add(text, "seat", key)
            for text in entry.cities:
                add(text, "city", key)
            for text in entry.phrases:
                add(text, "phrase", key)
                add(text[0].upper() + text[1:], "phrase", key)
        self._automaton = ahocorasick.Automaton()
        for text, meanings in senses.items():
            # A straight and a curly apostrophe are one spelling; both have one character, so offsets hold.
            self._automaton.add_word(text.replace("’", "'"), (len(text), tuple(meanings)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """The longest whole-word matches, leftmost first, none overlapping another."""
        flat = text.replace("’", "'")
        hits = []
        for last, (length, senses) in self._automaton.iter(flat):
            start, end = last - length + 1, last + 1
            if start > 0 and (flat[start - 1].isalnum() or flat[start - 1] in "$@_"):
                continue
            if end < len(flat) and (flat[end].isalnum() or flat[end] in "_$"):  # US$ is money, not the United States
                continue
            hits.append(Hit(start, end, text[start:end], senses))
        hits.sort(key=lambda hit: (hit.start, -hit.end))
        kept: list[Hit] = []
        for hit in hits:
            if not kept or hit.start >= kept[-1].end:
                kept.append(hit)
        return kept


@lru_cache(maxsize=1)
def shipped_gazetteer() -> Gazetteer:
    """The gazetteer of the shipped vocabulary, built once per process."""
    return Gazetteer(load())
