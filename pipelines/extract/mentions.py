"""From acts found in sentences to landed rows: actors, date, amounts, jurisdictions, topics and the evidence of each.

Whatever a detector says, a value comes out only with the characters it was read from: every span is a stretch of the
cleaned text that maps back to the raw document.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipelines.extract.act import Act
from pipelines.extract.act_amounts import amounts_of
from pipelines.extract.act_dates import ActDate, dates_of, lede_sentences
from pipelines.extract.actors import ArticleNames
from pipelines.extract.candidate import Candidate
from pipelines.extract.names import NameFinder
from pipelines.extract.party_sense import with_sense
from pipelines.extract.places import places_of
from pipelines.extract.references import References
from pipelines.extract.repetition import without_repetition
from pipelines.extract.retelling import with_meaning
from pipelines.extract.roles import roles_of
from pipelines.extract.timeline import is_long_past
from pipelines.extract.topics import topics_of
from pipelines.ingest.article import Article, MappedText

Rows = dict[str, list[dict[str, object]]]
# Field, value, first and last character in the raw document, rule.
_Evidence = tuple[str, str, int, int, str]


@dataclass(frozen=True, slots=True)
class _Context:
    """What the rows of one article are built with."""

    article: Article
    docs: Sequence[Doc]
    texts: Sequence[MappedText]
    names: ArticleNames
    finder: NameFinder
    extractor: str
    extractor_version: str


def mention_rows(
    article: Article,
    candidates: Sequence[Candidate],
    docs: Sequence[Doc],
    texts: Sequence[MappedText],
    names: ArticleNames,
    finder: NameFinder,
    extractor: str,
    extractor_version: str,
) -> Rows:
    """The landed rows of an article, one mention per act told in a sentence, in text order."""
    acts = read_acts(article, candidates, docs, names, finder)
    context = _Context(article, docs, texts, names, finder, extractor, extractor_version)
    rows: Rows = defaultdict(list)
    sightings: dict[str, dict[str, object]] = {}
    for act, when in zip(acts, dates_of(acts, article, docs), strict=True):
        _add(rows, act, when, context)
        for _, reference in act.roles:
            actor = reference.actor
            sightings.setdefault(
                actor.actor_id,
                {
                    "article_id": article.article_id,
                    "actor_id": actor.actor_id,
                    "actor_name": actor.name,
                    "actor_type": actor.actor_type,
                    "home_jurisdiction_id": actor.home,
                },
            )
    rows["actor_sightings"] = [sightings[key] for key in sorted(sightings)]
    return dict(rows)


def read_acts(
    article: Article, candidates: Sequence[Candidate], docs: Sequence[Doc], names: ArticleNames, finder: NameFinder
) -> list[Act]:
    """The acts of an article with their parties, in text order."""
    references = References(finder, names, docs, article.published)
    acts = []
    numbers = _sentence_numbers(docs)
    for candidate in candidates:
        doc = docs[candidate.block]
        span = doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
        if span is None:
            continue
        sentence = span.root.sent
        if sentence.text.rstrip().endswith("?"):
            continue
        roles = roles_of(candidate, doc, references)
        acts.append(Act(candidate, span.root, sentence, numbers[candidate.block, sentence.start], roles))
    acts = with_meaning(without_repetition(with_sense(acts)))
    telling = {(act.candidate.block, act.sentence.start) for act in acts}
    for act in acts:
        behind = act.sentence.end
        if behind < len(act.sentence.doc) and (act.candidate.block, behind) not in telling:
            act.goes_on = act.sentence.doc[behind].sent
        act.others = frozenset(other.token.i for other in acts if other is not act and other.sentence == act.sentence)
    return acts


def _sentence_numbers(docs: Sequence[Doc]) -> dict[tuple[int, int], int]:
    numbers: dict[tuple[int, int], int] = {}
    for block, doc in enumerate(docs):
        for sentence in doc.sents:
            numbers[block, sentence.start] = len(numbers)
    return numbers


def _countries(act: Act, context: _Context) -> list[str]:
    """The countries that an act is about, nearest first: its parties', its sentence's, its article's."""
    sentence, vocabulary = act.sentence, context.finder.vocabulary
    spans = context.names.at(act.candidate.block, sentence.start_char, sentence.end_char)
    places = [ref.actor.home for _, ref in act.roles] + [span.jurisdiction_id for span in spans]
    known = [vocabulary.country_of(place) for place in places if place in vocabulary.jurisdictions]
    return [*known, *context.names.dominant]


def _mention_id(act: Act, context: _Context) -> str:
    start, _ = context.texts[act.candidate.block].raw_span(act.candidate.start, act.candidate.end)
    return hashlib.sha256(f"{context.article.article_id}|{start}|{act.candidate.event_type}".encode()).hexdigest()[:16]


def _add(rows: Rows, act: Act, when: ActDate | None, context: _Context) -> None:
    """The rows of one act in every landed table, each value with its evidence."""
    mention_id = _mention_id(act, context)
    evidence = [*_evidence_of_act(act, context), *_evidence_of_date(act, when, context)]
    for table, read in _PARTS.items():
        for row, told in read(act, context):
            rows[table].append({"mention_id": mention_id, **row})
            evidence.append(told)
    topics = topics_of(act.sentence.text) or topics_of(context.article.title or "")
    rows["mention_topics"].extend({"mention_id": mention_id, "topic": topic} for topic in topics)
    names = ("field_name", "field_value", "char_start", "char_end", "rule")
    rows["mention_evidence"].extend(
        {"mention_id": mention_id, **dict(zip(names, told, strict=True))} for told in evidence
    )
    rows["mentions"].append({"mention_id": mention_id, **_mention(act, when, context)})


def _quote_span(act: Act, context: _Context) -> tuple[int, int]:
    return _trim(context.texts[act.candidate.block].text, act.sentence.start_char, act.sentence.end_char)


def _evidence_of_act(act: Act, context: _Context) -> Iterator[_Evidence]:
    candidate, text = act.candidate, context.texts[act.candidate.block]
    trigger = text.raw_span(candidate.start, candidate.end)
    yield "event_type", candidate.event_type, *trigger, candidate.rule
    yield "status", candidate.status, *text.raw_span(*_quote_span(act, context)), candidate.status_rule
    if candidate.event_subtype:
        yield "event_subtype", candidate.event_subtype, *trigger, candidate.rule


def _evidence_of_date(act: Act, when: ActDate | None, context: _Context) -> Iterator[_Evidence]:
    """Where the date was read: in the article's own text, or where the page says when it was published."""
    if when is None:
        return
    expression, resolved = when.expression, when.resolved
    if expression is not None:
        block = act.candidate.block if when.block is None else when.block
        spot = context.texts[block].raw_span(expression.start, expression.end)
        if resolved is not None:
            yield "event_date", resolved.day.isoformat(), *spot, resolved.rule
        else:
            yield "date_text", expression.text, *spot, "unresolved_date"
    elif resolved is not None and when.raw_span is not None:
        yield "event_date", resolved.day.isoformat(), *when.raw_span, resolved.rule


def _actors(act: Act, context: _Context) -> Iterator[tuple[dict[str, object], _Evidence]]:
    for role, reference in act.roles:
        block = act.candidate.block if reference.block is None else reference.block
        spot = context.texts[block].raw_span(reference.start, reference.end)
        row: dict[str, object] = {
            "actor_id": reference.actor.actor_id,
            "role": role,
            "name_as_reported": _folded(reference.text),
            "char_start": spot[0],
            "char_end": spot[1],
            "rule": reference.rule,
        }
        yield row, (f"actor_{role}", reference.actor.actor_id, *spot, reference.rule)


def _jurisdictions(act: Act, context: _Context) -> Iterator[tuple[dict[str, object], _Evidence]]:
    candidate, text = act.candidate, context.texts[act.candidate.block]
    # Where a party is named in another block, the words that point to it stand for it.
    here = [
        (role, ref if ref.block is None else replace(ref, start=candidate.start, end=candidate.end))
        for role, ref in act.roles
    ]
    for place in places_of(replace(act, roles=here), context.names, context.finder):
        spot = text.raw_span(place.start, place.end)
        row: dict[str, object] = {
            "jurisdiction_id": place.jurisdiction_id,
            "relation": place.relation,
            "rule": place.rule,
            "char_start": spot[0],
            "char_end": spot[1],
        }
        yield row, (f"jurisdiction_{place.relation}", place.jurisdiction_id, *spot, place.rule)


def _amounts(act: Act, context: _Context) -> Iterator[tuple[dict[str, object], _Evidence]]:
    text = context.texts[act.candidate.block]
    for number_of, (amount, role, rule) in enumerate(amounts_of(act, _countries(act, context)), start=1):
        spot = text.raw_span(amount.start, amount.end)
        row: dict[str, object] = {
            "amount_number": number_of,
            "amount_value": amount.value,
            "amount_value_max": amount.value_max,
            "amount_unit": amount.unit,
            "amount_role": role,
            "amount_qualifier": amount.qualifier,
            "amount_text": _folded(amount.text),
            "char_start": spot[0],
            "char_end": spot[1],
        }
        yield row, (f"amount_{role}", f"{amount.value:g} {amount.unit}", *spot, rule)


# What is landed of the parts of an act, in tables of their own.
_PARTS = {"mention_actors": _actors, "mention_jurisdictions": _jurisdictions, "mention_amounts": _amounts}


def _mention(act: Act, when: ActDate | None, context: _Context) -> dict[str, object]:
    candidate, article, text = act.candidate, context.article, context.texts[act.candidate.block]
    start, end = _quote_span(act, context)
    char_start, char_end = text.raw_span(start, end)
    expression, resolved = (when.expression, when.resolved) if when else (None, None)
    is_past = resolved is not None and article.published is not None and is_long_past(resolved, article.published)
    return {
        "article_id": article.article_id,
        "event_type": candidate.event_type,
        "event_subtype": candidate.event_subtype,
        "status": candidate.status,
        "is_background": candidate.is_background or is_past,
        "event_date": resolved.day if resolved else None,
        "event_date_end": resolved.end if resolved else None,
        "date_precision": resolved.precision if resolved else "unresolved",
        "date_text": _folded(expression.text) if expression else None,
        "date_rule": resolved.rule if resolved else None,
        "quote": _folded(text.text[start:end]),
        "char_start": char_start,
        "char_end": char_end,
        "sentence_number": act.number,
        "is_lede": act.number <= lede_sentences(article),
        "retells_mention_id": _mention_id(act.told, context) if act.told else None,
        "trigger_text": _folded(text.text[candidate.start : candidate.end]),
        "extractor": context.extractor,
        "extractor_version": context.extractor_version,
        "confidence": candidate.confidence,
    }


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _folded(text: str) -> str:
    return " ".join(text.split())
