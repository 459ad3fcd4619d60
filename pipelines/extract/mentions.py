"""From acts found in sentences to landed rows: actors, date, amounts, jurisdictions, topics and the evidence of each.

Whatever a detector says, a value comes out only with the characters it was read from: every span is a stretch of the
cleaned text that maps back to the raw document.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Doc, Span, Token

from pipelines.extract.amounts import Amount, find_amounts
from pipelines.extract.candidate import Candidate
from pipelines.extract.dates import DateExpression, Resolved, find_dates, resolve_by
from pipelines.extract.names import ArticleNames, NameFinder
from pipelines.extract.places import places_of
from pipelines.extract.references import Reference, References
from pipelines.extract.topics import topics_of
from pipelines.ingest.article import Article, MappedText

Rows = dict[str, list[dict[str, object]]]

REPORT_VERBS = frozenset(
    """say tell report announce state reveal disclose confirm add write note explain claim publish release post tweet
    declare indicate show quote cite unveil communicate inform reveal mention outline""".split()
)
BACKGROUND_AGE = timedelta(days=90)

# What an amount is for, by the event it belongs to and the words before it.
AMOUNT_ROLE = {
    ("enforcement", "settlement"): "settlement",
    ("enforcement", "seizure"): "seizure",
    ("enforcement", None): "fine",
    ("funding", "loan"): "debt",
    ("funding", "grant"): "grant",
    ("funding", "acquisition"): "valuation",
    ("funding", None): "raise",
    ("state_allocation", "holding_disclosed"): "reserve",
    ("state_allocation", "reserve_purchase"): "reserve",
    ("state_allocation", "reserve_sale"): "reserve",
    ("state_allocation", "reserve_policy"): "reserve",
    ("state_allocation", None): "allocation",
    ("security_incident", None): "loss",
    ("restriction", "cap"): "cap",
    ("litigation", None): "debt",
    ("legislation", None): "tax_rate",
    ("court_ruling", None): "fine",
    ("agreement_signed", None): "valuation",
    ("launch", None): "reserve",
    ("criticism", "accuse"): "debt",
    ("market_access", "ipo"): "raise",
    ("institution_created", "fund"): "allocation",
    ("licensing", None): "other",
    ("legal_relief", None): "fine",
    ("restriction", None): "cap",
    ("regulation", None): "cap",
}
_ROLE_WORDS = (
    ("fine", re.compile(r"\b(?:fine[ds]?|penalt\w+|penalised|penalized)\b", re.IGNORECASE)),
    ("settlement", re.compile(r"\b(?:settle\w*|plea)\b", re.IGNORECASE)),
    ("seizure", re.compile(r"\b(?:seiz\w+|confiscat\w+|forfeit\w*)\b", re.IGNORECASE)),
    (
        "loss",
        re.compile(
            r"\b(?:los[ts]\w*|losses|stolen|stole|drain\w*|steal\w*|siphon\w*|laundered|defraud\w*)\b", re.IGNORECASE
        ),
    ),
    ("valuation", re.compile(r"\b(?:valu\w+|worth)\b", re.IGNORECASE)),
    ("raise", re.compile(r"\b(?:rais\w+|round|funding|series)\b", re.IGNORECASE)),
    ("tax_rate", re.compile(r"\b(?:tax\w*|levy|levies)\b", re.IGNORECASE)),
    ("debt", re.compile(r"\b(?:repay\w*|borrow\w*|loan\w*|lent|owe[ds]?|debt)\b", re.IGNORECASE)),
    ("reserve", re.compile(r"\b(?:reserves?|backed|hold\w*|accumulat\w+|stockpile)\b", re.IGNORECASE)),
)
# Types whose amounts are part of the act; elsewhere an amount in the sentence is background.
_MONEYED = frozenset(event_type for event_type, _ in AMOUNT_ROLE)


@dataclass(slots=True)
class _Draft:
    candidate: Candidate
    token: Token
    sentence: Span
    roles: list[tuple[str, Reference]]


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
    references = References(finder, names, docs, article.published)
    drafts = []
    for candidate in candidates:
        doc = docs[candidate.block]
        span = doc.char_span(candidate.start, candidate.end, alignment_mode="expand")
        if span is None:
            continue
        sentence = span.root.sent
        if sentence.text.rstrip().endswith("?"):
            continue
        roles = _roles(candidate, doc, sentence, names, references)
        drafts.append(_Draft(candidate, span.root, sentence, roles))
    drafts = _without_repetition(drafts)
    rows: Rows = defaultdict(list)
    sentence_numbers = _sentence_numbers(docs)
    timeline = Timeline(docs, article.published)
    sightings: dict[str, dict[str, object]] = {}
    for draft in drafts:
        others = [d.token for d in drafts if d.sentence == draft.sentence and d is not draft]
        _add(
            rows,
            draft,
            others,
            article,
            docs,
            texts,
            names,
            finder,
            sentence_numbers,
            timeline,
            extractor,
            extractor_version,
        )
        for _, reference in draft.roles:
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


def _roles(
    candidate: Candidate, doc: Doc, sentence: Span, names: ArticleNames, references: References
) -> list[tuple[str, Reference]]:
    found: dict[tuple[str, str], Reference] = {}
    for argument in candidate.arguments:
        span = doc.char_span(argument.start, argument.end, alignment_mode="expand")
        if span is None:
            continue
        resolved = references.resolve(candidate.block, span, argument.role, is_actor=candidate.has_actors)
        colon = re.match(r"[^.;:]{0,30}:", doc.text[span.end_char : sentence.end_char])
        listed = (
            [
                Reference(name.actor, name.text, name.start, name.end, "listed_after_colon")
                for name in names.at(candidate.block, span.end_char + colon.end(), sentence.end_char)
                if name.actor is not None
            ]
            if colon and argument.role in {"initiator", "recipient", "participant", "affected", "speaker"}
            else []
        )
        for reference in listed if len(listed) > 1 else resolved:
            if reference.actor.actor_type == "media_outlet" and argument.role in {
                "initiator",
                "speaker",
                "participant",
            }:
                continue
            found.setdefault((argument.role, reference.actor.actor_id), reference)
    # One role per actor and act: the first in grammar wins, save for a participant who is also something sharper.
    taken: dict[str, str] = {}
    kept = []
    for (role, actor_id), reference in found.items():
        if actor_id not in taken:
            taken[actor_id] = role
            kept.append((role, reference))
    return kept


# Speech without a speaker is nobody's; every other act may be told without a party that can be named.
_NEEDS_ACTOR = frozenset({"statement", "criticism"})


def _family(candidate: Candidate) -> str:
    """The type, with the two names that one accord may be told by taken as one."""
    return "agreement_signed" if candidate.event_type == "partnership" else candidate.event_type


def _without_repetition(drafts: list[_Draft]) -> list[_Draft]:
    """One mention per act and sentence: a support verb and its noun, or a report of an act, are not two acts."""
    by_sentence: dict[tuple[int, int], list[_Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.candidate.event_type in _NEEDS_ACTOR and not draft.roles:
            continue
        by_sentence[draft.candidate.block, draft.sentence.start].append(draft)
    kept: list[_Draft] = []
    for group in by_sentence.values():
        acts = [draft for draft in group if draft.candidate.event_type not in {"statement"}]
        chosen: list[_Draft] = []
        for draft in sorted(acts or group, key=lambda d: (-d.candidate.confidence, d.candidate.start)):
            actors = {reference.actor.actor_id for _, reference in draft.roles}
            family = _family(draft.candidate)
            twin = next(
                (
                    other
                    for other in chosen
                    if _family(other.candidate) == family
                    and (actors <= {reference.actor.actor_id for _, reference in other.roles} or not other.roles)
                ),
                None,
            )
            if twin is None:
                chosen.append(draft)
            elif not twin.roles and draft.roles:
                chosen[chosen.index(twin)] = draft
        kept.extend(chosen)
    kept.sort(key=lambda d: (d.candidate.block, d.candidate.start))
    return kept


def _sentence_numbers(docs: Sequence[Doc]) -> dict[tuple[int, int], int]:
    numbers: dict[tuple[int, int], int] = {}
    for block, doc in enumerate(docs):
        for sentence in doc.sents:
            numbers[block, sentence.start] = len(numbers)
    return numbers


def _add(
    rows: Rows,
    draft: _Draft,
    others: list[Token],
    article: Article,
    docs: Sequence[Doc],
    texts: Sequence[MappedText],
    names: ArticleNames,
    finder: NameFinder,
    sentence_numbers: dict[tuple[int, int], int],
    timeline: Timeline,
    extractor: str,
    extractor_version: str,
) -> None:
    candidate, sentence = draft.candidate, draft.sentence
    doc, text = docs[candidate.block], texts[candidate.block]
    start, end = _trim(text.text, sentence.start_char, sentence.end_char)
    char_start, char_end = text.raw_span(start, end)
    trigger_start, trigger_end = text.raw_span(candidate.start, candidate.end)
    mention_id = hashlib.sha256(f"{article.article_id}|{trigger_start}|{candidate.event_type}".encode()).hexdigest()[
        :16
    ]
    when = _date_of(draft, others, article.published, timeline)
    expression, resolved = when if when else (None, None)
    background = candidate.is_background or _is_background(resolved, article.published)
    number = sentence_numbers.get((candidate.block, sentence.start), 0)
    evidence: list[tuple[str, str, int, int, str]] = [
        ("event_type", candidate.event_type, trigger_start, trigger_end, candidate.rule),
        ("status", candidate.status, char_start, char_end, candidate.status_rule),
    ]
    if candidate.event_subtype:
        evidence.append(("event_subtype", candidate.event_subtype, trigger_start, trigger_end, candidate.rule))
    if expression is not None:
        spot = text.raw_span(expression.start, expression.end)
        if resolved is not None:
            evidence.append(("event_date", resolved.day.isoformat(), *spot, resolved.rule))
        else:
            evidence.append(("date_text", expression.text, *spot, "unresolved_date"))
    for role, reference in draft.roles:
        spot = text.raw_span(reference.start, reference.end)
        rows["mention_actors"].append(
            {
                "mention_id": mention_id,
                "actor_id": reference.actor.actor_id,
                "role": role,
                "name_as_reported": _folded(reference.text),
                "char_start": spot[0],
                "char_end": spot[1],
                "rule": reference.rule,
            }
        )
        evidence.append((f"actor_{role}", reference.actor.actor_id, *spot, reference.rule))
    for place in places_of(
        candidate.event_type, doc, sentence, candidate.block, candidate.start, draft.roles, names, finder
    ):
        spot = text.raw_span(place.start, place.end)
        rows["mention_jurisdictions"].append(
            {
                "mention_id": mention_id,
                "jurisdiction_id": place.jurisdiction_id,
                "relation": place.relation,
                "rule": place.rule,
                "char_start": spot[0],
                "char_end": spot[1],
            }
        )
        evidence.append((f"jurisdiction_{place.relation}", place.jurisdiction_id, *spot, place.rule))
    for number_of, (amount, role) in enumerate(_amounts_of(draft, others), start=1):
        spot = text.raw_span(amount.start, amount.end)
        rows["mention_amounts"].append(
            {
                "mention_id": mention_id,
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
        )
        evidence.append((f"amount_{role}", f"{amount.value:g} {amount.unit}", *spot, "amount_in_clause"))
    topics = topics_of(sentence.text) or topics_of(article.title or "")
    rows["mention_topics"].extend({"mention_id": mention_id, "topic": topic} for topic in topics)
    rows["mention_evidence"].extend(
        {
            "mention_id": mention_id,
            "field_name": name,
            "field_value": value,
            "char_start": first,
            "char_end": last,
            "rule": rule,
        }
        for name, value, first, last, rule in evidence
    )
    rows["mentions"].append(
        {
            "mention_id": mention_id,
            "article_id": article.article_id,
            "event_type": candidate.event_type,
            "event_subtype": candidate.event_subtype,
            "status": candidate.status,
            "is_background": background,
            "event_date": resolved.day if resolved else None,
            "event_date_end": resolved.end if resolved else None,
            "date_precision": resolved.precision if resolved else "unresolved",
            "date_text": _folded(expression.text) if expression else None,
            "date_rule": resolved.rule if resolved else None,
            "quote": _folded(text.text[start:end]),
            "char_start": char_start,
            "char_end": char_end,
            "sentence_number": number,
            "is_lede": number <= (2 if article.title else 1),
            "trigger_text": _folded(text.text[candidate.start : candidate.end]),
            "extractor": extractor,
            "extractor_version": extractor_version,
            "confidence": _confidence(candidate, draft.roles, resolved),
        }
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _folded(text: str) -> str:
    return " ".join(text.split())


def _is_background(resolved: Resolved | None, published: date | None) -> bool:
    if resolved is None or published is None:
        return False
    last = resolved.end or resolved.day
    if resolved.precision == "year":
        last = date(resolved.day.year, 12, 31)
    return last < published - BACKGROUND_AGE


def _confidence(candidate: Candidate, roles: list[tuple[str, Reference]], resolved: Resolved | None) -> float:
    value = candidate.confidence
    if any(reference.actor.curated for _, reference in roles):
        value += 0.1
    if not roles:
        value -= 0.2
    if roles and all(reference.rule in {"pronoun", "named_before"} for _, reference in roles):
        value -= 0.1
    if candidate.status in {"hypothetical", "rumored"}:
        value -= 0.1
    if resolved is not None:
        value += 0.05
    return round(min(max(value, 0.05), 0.95), 3)


# Dates --------------------------------------------------------------------------------


class Timeline:
    """The dates that an article gives in so many words, in text order."""

    def __init__(self, docs: Sequence[Doc], published: date | None) -> None:
        self._dates = [
            (block, expression.start, resolved)
            for block, doc in enumerate(docs)
            for expression in find_dates(doc.text)
            if (resolved := expression.resolve(published)) is not None
        ]

    def before(self, block: int, start: int) -> Resolved | None:
        """The last date given before a place."""
        return next((date for at, where, date in reversed(self._dates) if (at, where) < (block, start)), None)


def _date_of(
    draft: _Draft, others: list[Token], published: date | None, timeline: Timeline
) -> tuple[DateExpression, Resolved | None] | None:
    """The date expression that dates this act: under its predicate, or under the verb that reports it."""
    sentence, candidate = draft.sentence, draft.candidate
    doc = sentence.doc
    offset = sentence.start_char
    best: tuple[int, DateExpression, bool] | None = None
    asserted = candidate.status in {"occurred", "ongoing", "rumored", "negated"}
    expressions = find_dates(sentence.text)
    for expression in expressions:
        span = doc.char_span(offset + expression.start, offset + expression.end, alignment_mode="expand")
        if span is None:
            continue
        if _bounds_a_period(sentence.text, expression, candidate):
            continue
        attached = _attachment(span.root, draft.token, {token.i for token in others})
        if attached is not None and attached[1] and not asserted:
            continue  # when a plan was announced is not when it is to happen
        if attached is not None and (best is None or attached[0] < best[0]):
            best = (attached[0], expression, attached[1])
    if best is None:
        return None
    _, expression, reported = best
    shifted = DateExpression(offset + expression.start, offset + expression.end, expression.text, expression._resolver)
    starts_later = _STARTS.search(sentence.text, max(0, expression.start - 24), expression.start) is not None
    if expression.is_anaphoric:
        resolved = resolve_by(expression, timeline.before(candidate.block, offset + expression.start))
    else:
        resolved = expression.resolve(published, ahead=candidate.ahead or starts_later)
    if resolved is not None and reported and resolved.precision == "day":
        resolved = Resolved(resolved.day, resolved.end, "week", "date_of_report")
    if (
        resolved is not None
        and published is not None
        and not candidate.ahead
        and candidate.status == "occurred"
        and not starts_later
        and resolved.day > published + timedelta(days=1)
    ):
        return shifted, None
    return shifted, resolved


# A date after these words ends or opens a period, or names a law; it is not the day of an act that occurred.
_LIMITS = re.compile(
    r"\b(?:until|till|through|since|by|before|(?:Act|Law|Bill|Rules?|Regulations?|Directive)(?:,|\sof))\s(?:the\s|late\s|early\s)?$"
)
_INNER_LIMITS = re.compile(r"^(?:since|until|till|through|by|before|(?:as\s)?of)\b", re.IGNORECASE)
_STARTS = re.compile(
    r"\b(?:from|effective|beginning|starting|as\sof|with\seffect\sfrom|commencing|due|on\sor\safter)\s(?:on\s|from\s)?$"
)


def _bounds_a_period(text: str, expression: DateExpression, candidate: Candidate) -> bool:
    if candidate.status not in {"occurred", "negated", "cancelled"}:
        return False
    before = text[max(0, expression.start - 24) : expression.start]
    return bool(_LIMITS.search(before) or _INNER_LIMITS.match(expression.text))


def _attachment(date_root: Token, act: Token, rivals: set[int]) -> tuple[int, bool] | None:
    """How far above a date its act stands and whether only a report lies there; None when it dates another clause."""
    stage = _stage(act)
    for depth, token in enumerate([date_root, *date_root.ancestors]):
        if token.i in (act.i, stage.i):
            return depth, False
        if token.pos_ in {"VERB", "AUX"} and depth and stage in token.conjuncts and stage.i > token.i:
            return depth + 2, False  # "in July it told them ... and restricted them"
        if token.i in rivals:
            return None
        if token.pos_ in {"VERB", "AUX"} and depth:
            inside = {inner.i for inner in token.subtree}
            if act.i in inside or stage.i in inside:
                return depth + 4, token.lemma_.lower() in REPORT_VERBS
            if token.dep_ in {"relcl", "acl", "advcl", "conj", "parataxis"}:
                return None
    return None


def _stage(token: Token) -> Token:
    """The verb a nominal act hangs on, else the act's own token."""
    found = token
    while found.pos_ not in {"VERB", "AUX"} and found.dep_ in {
        "dobj",
        "pobj",
        "prep",
        "nsubj",
        "nsubjpass",
        "attr",
        "conj",
        "agent",
        "compound",
    }:
        if found.head is found:
            return token
        found = found.head
    return found if found.pos_ in {"VERB", "AUX"} else token


# Amounts --------------------------------------------------------------------------------


def _amounts_of(draft: _Draft, others: list[Token]) -> list[tuple[Amount, str]]:
    """The amounts that are part of this act: in its clause, of a kind that such an act has."""
    candidate, sentence = draft.candidate, draft.sentence
    if candidate.event_type not in _MONEYED:
        return []
    doc, offset = sentence.doc, sentence.start_char
    kept: list[tuple[Amount, str]] = []
    for amount in find_amounts(sentence.text):
        if amount.kind == "percent" and candidate.event_type not in {
            "legislation",
            "funding",
            "regulation",
            "restriction",
        }:
            continue
        if amount.kind == "power" and candidate.event_type != "state_allocation":
            continue
        span = doc.char_span(offset + amount.start, offset + amount.end, alignment_mode="expand")
        if span is None:
            continue
        rivals = {token.i for token in others}
        stage = _stage(draft.token)
        belongs = True
        for token in [span.root, *span.root.ancestors]:
            if token.i in (draft.token.i, stage.i):
                break
            if token.i in rivals:
                belongs = False
                break
        if not belongs:
            continue
        placed = Amount(
            offset + amount.start, offset + amount.end, amount.text, amount.value, amount.value_max,
            amount.unit, amount.qualifier, amount.kind,
        )  # fmt: skip
        kept.append((placed, _amount_role(candidate, sentence.text, amount)))
    return kept


def _amount_role(candidate: Candidate, sentence: str, amount: Amount) -> str:
    near = sentence[max(0, amount.start - 45) : amount.end + 25]
    allowed: frozenset[str] | set[str] = {
        "enforcement": {"fine", "settlement", "seizure", "loss"},
        "funding": {"raise", "valuation", "debt"},
        "launch": {"reserve", "valuation"},
        "legislation": {"tax_rate", "fine"},
        "court_ruling": {"fine", "loss", "settlement", "debt", "seizure"},
        "litigation": {"loss", "debt"},
    }.get(candidate.event_type, frozenset())
    for role, pattern in _ROLE_WORDS:
        if role in allowed and pattern.search(near):
            return role
    key = (candidate.event_type, candidate.event_subtype)
    return AMOUNT_ROLE.get(key) or AMOUNT_ROLE.get((candidate.event_type, None), "other")
