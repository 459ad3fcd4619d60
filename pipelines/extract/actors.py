"""Parties as an article names them: actors, the names at which they stand, the phrases that stand for them, and what
kind of party words speak for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TYPE_BY_WORD = (
    ("court", r"\b(?:Court|Tribunal|Magistrates)\b"),
    ("ministry", r"\b(?:Ministry|Department|Treasury)\b"),
    (
        "central_bank",
        r"\b(?:Central Bank|Reserve Bank|National Bank of|State Bank of|Monetary Authority|"
        r"Bank of (?:England|Japan|Korea|Thailand|Canada|Russia|Israel|Ghana|Uganda|Tanzania|Zambia|"
        r"Jamaica|Spain|Italy|France|Mexico))\b"
    ),
    (
        "law_enforcement",
        r"\b(?:Police|Prosecutor|Prosecutors|Prosecution|Attorney General|Attorney['’]s Office|Marshals|Secret Service|"
        r"Civil Guard|Guardia|Gendarmerie|Bureau of Investigation|"
        r"Enforcement Directorate|Crime|Customs)\b"
    ),
    (
        "legislature",
        r"\b(?:Parliament|Senate|Congress|National Assembly|House of|Legislature|Legislative|Duma|"
        r"Knesset|Bundestag|Rada|Chamber of Deputies|Committee on|Subcommittee)\b"
    ),
    ("regulator", r"\b(?:Authority|Commission|Regulator|Supervisory|Supervision|Regulatory|Financial Intelligence)\b"),
    ("university", r"\b(?:University|Institute of Technology|College)\b"),
    ("industry_association", r"\b(?:Association|Alliance|Chamber of|Federation|Consortium|Society)\b"),
    (
        "state_agency_soe",
        r"\b(?:Agency|Council|Bureau|Office|Task Force|Registry|Directorate|Board|Administration|Revenue|Tax Service|"
        r"National Investments?|National (?:[\w-]+ )*(?:Cent(?:er|re)|Service))\b"
    ),
    ("exchange", r"\b(?:Exchange|Bourse)\b"),
    ("bank_fi", r"\b(?:Bank|Banque|Banco|Bancorp|Insurance)\b"),
    ("issuer_fund", r"\b(?:Capital|Fund|Asset Management|Ventures|Investments?|Partners|Trust)\b"),
    ("ngo_forum_thinktank", r"\b(?:Forum|Foundation|Institute|Initiative)\b"),
    ("protocol_project", r"\b(?:Protocol|DAO|Network|Finance|Labs)\b"),
    ("media_outlet", r"\b(?:News|Times|Post|Journal|Gazette|Tribune|Herald|Media|Daily|Observer|Today|Telegraph)\b"),
)  # fmt: skip
TYPE_BY_WORD = tuple((kind, re.compile(pattern)) for kind, pattern in _TYPE_BY_WORD)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who an expression stands for in one article."""

    actor_id: str
    name: str
    actor_type: str
    home: str | None
    curated: bool


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name at `text[start:end]` of a block: an actor, a jurisdiction (by name, demonym, seat, city...), or both."""

    start: int
    end: int
    text: str
    kind: str  # actor, name, demonym, seat, city, phrase
    actor: Actor | None
    jurisdiction_id: str | None
    rule: str


@dataclass(slots=True)
class ArticleNames:
    """All names of an article by block, and what the article taught about them."""

    spans: list[list[NameSpan]]
    dominant: list[str] = field(default_factory=list)  # jurisdictions by weight, heaviest first

    def tells_of(self, actor_id: str) -> bool:
        """Whether an actor is named anywhere in the article."""
        return any(span.actor is not None and span.actor.actor_id == actor_id for row in self.spans for span in row)

    def at(self, block: int, start: int, end: int) -> list[NameSpan]:
        """The names of a block that overlap `start:end`, in order."""
        return [span for span in self.spans[block] if span.start < end and start < span.end]


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


def as_named(span: NameSpan) -> Reference:
    """The actor of a name, by its name."""
    assert span.actor is not None
    return Reference(span.actor, span.text, span.start, span.end, span.rule)


def person_type(context: str) -> str:
    """The actor type that a title before a person's name speaks for."""
    lower = context.lower()
    for words, kind in (
        (("prime minister", "premier", "chancellor", " pm"), "head_of_government"),
        (("vice president",), "minister_official"),
        (("founder", "ceo", "chief executive", "cfo", "cto", "executive", "investor"), "executive_founder"),
        (("president", "king", "queen", "sultan", "emir", "monarch"), "head_of_state"),
        (("judge", "justice", "magistrate"), "judge"),
        (("senator", "sen.", "representative", "rep.", "congress", "mp", "mep", "lawmaker"), "legislator"),
        (("minister", "secretary", "governor", "commissioner", "attorney general", "adviser",
          "advisor", "ambassador", "official", "mayor"), "minister_official"),
        (("analyst", "reporter", "journalist", "author"), "analyst_media_person"),
    ):  # fmt: skip
        if any(re.search(rf"(?<![a-z]){re.escape(word.strip())}(?![a-z])", lower) for word in words):
            return kind
    return "person"


def organisation_type(name: str) -> str:
    """The actor type that the words of an unknown organisation's name speak for."""
    for kind, pattern in TYPE_BY_WORD:
        if pattern.search(name):
            return kind
    return "company"
