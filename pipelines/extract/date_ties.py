"""What the dates of a sentence stand by: the act, a report of it, the document that tells it, or another clause.

By the parse and the words around a date; what it means is in `dates`, which one an act takes in `act_dates`.
"""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from pipelines.extract.act import Act
from pipelines.extract.dates import DateExpression, Resolved, find_dates, find_distances, in_year

# Statuses of what is told as a fact, or as none.
ASSERTED = frozenset({"occurred", "ongoing", "rumored", "negated"})
# The most steps from a date to the word that it modifies: through a preposition.
_OWN_WORD = 2
# How a date hangs on the noun that it stands before.
_NAMING = frozenset({"det", "nummod", "amod", "compound", "nmod"})
# "LAGOS, 5 May (Wire) -": what ends a dateline, how far into its block one begins, and the place before the day.
_DATELINE = re.compile(r"\s?(?:\([^()]{2,40}\)\s?)?(?:[-–—·|•]|:)\s")
_DATELINE_REACH = 40
_DATELINE_PLACE = re.compile(r"\s*[A-Z][A-Z .'’-]{2,}(?:,\s[A-Z][A-Za-z .]+)?,\s$")
# "originally planned for"
_ONCE_PLANNED = re.compile(
    r"\b(?:(?:once|originally|initially|previously|first|long)\s(?:due|planned|scheduled|slated|set|expected|promised)"
    r"|foreseen)\s(?:for|in|on|by)?\s?$"
)
# "its second warning this year"
_COUNTED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th)|another)\s(?:[\w-]+\s){1,3}$", re.IGNORECASE
)
_OVER = re.compile(r"this\syear$", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"[Ii]n\s\d{4}")
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
# What is said of a day to come, in the past tense.
_ARRANGED = frozenset({"set", "schedule", "plan", "slate", "expect", "due", "propose", "date"})
# "on Wednesday, in which"
_TAKEN_UP = re.compile(r",?\s(?:(?:in|during|at)\swhich|when|where)\b")
# Papers that an act is told by, and how they come out.
_DOCUMENTS = frozenset(
    """notice statement filing announcement release order circular letter post memo memorandum report bulletin
    communique advisory notification disclosure decision ruling gazette""".split()
)
# What is told in the news.
_REPORTS = frozenset("report article story piece dispatch interview".split())
# Words that stand for a time, not for what took place at it.
_TIMES = frozenset(
    """day morning afternoon evening night week weekend month quarter half year end start beginning middle close turn
    course summer spring autumn fall winter""".split()
)
# How what another act is done to came about.
_COMING_ABOUT = frozenset(
    """adopt agree announce approve begin conclude create establish found grant impose introduce issue launch open order
    pass promise propose publish sign start strike unveil""".split()
)
# What is done to what another act brought about.
_UNDOING = frozenset(
    "drop lift remove extend renew overturn quash annul repeal reverse revoke uphold amend end".split()
)
_ISSUED = frozenset({"date", "issue", "publish", "release"})
# Statuses that look back: a date that ends a period is not when they came about.
SETTLED = frozenset({"occurred", "negated", "cancelled"})
# A date after these words ends or opens a period, or names a law; it is not the day of an act that occurred.
_LIMITS = re.compile(
    r"\b(?:until|till|through|since|by|before|(?:Act|Law|Bill|Rules?|Regulations?|Directive)(?:,|\sof))\s(?:the\s|late\s|early\s)?$"
)
_INNER_LIMITS = re.compile(r"^(?:since|until|till|through|by|before|(?:as\s)?of)\b", re.IGNORECASE)
# "from 1 July", "was pencilled in for 23 February", "are promised for the first quarter"
STARTS = re.compile(
    r"\b(?:as\s(?:soon|early)\sas|from|effective|beginning|starting|as\sof|with\seffect\sfrom|commencing|due|on\sor\safter)\s(?:on\s|from\s)?$"
    r"|\b(?:set|scheduled|slated|pencilled|penciled|planned|expected|promised|targeted|booked|earmarked|fixed|listed)"
    r"\s(?:in\s|back\s|down\s)?for\s(?:the\s)?$"
)
_STATES = frozenset("be have hold lead head chair own run serve".split())
REPORT_VERBS = frozenset(
    """say tell report announce state reveal disclose confirm add write note explain claim publish release post tweet
    declare indicate show quote cite unveil communicate inform reveal mention outline""".split()
)


def dating(act: Act, published: date | None) -> list[DateExpression]:
    """The date expressions of the act's sentence that may date an act: not those of a dateline, of a plan that lies
    behind, or of the time over which acts are counted."""
    block, offset, text = act.sentence.doc.text, act.sentence.start_char, act.sentence.text
    return [
        expression
        for expression in find_dates(text)
        if not (
            (
                _DATELINE.match(block, offset + expression.end)
                and offset + expression.start <= _DATELINE_REACH
                and (resolved := expression.resolve(published)) is not None
                and (resolved.day == published or _DATELINE_PLACE.match(block[: offset + expression.start]))
            )
            or _ONCE_PLANNED.search(text[max(0, expression.start - 40) : expression.start])
            or (_OVER.match(expression.text) and _COUNTED.search(text[: expression.start]))
        )
    ]


def root_of(act: Act, expression: DateExpression) -> Token | None:
    """The head of the words of a date."""
    offset = act.sentence.start_char
    span = act.sentence.doc.char_span(offset + expression.start, offset + expression.end, alignment_mode="expand")
    return span.root if span is not None else None


def clause_of(act: Act, expression: DateExpression) -> Token | None:
    """The verb of the clause that a date stands in."""
    root = root_of(act, expression)
    return next((t for t in root.ancestors if t.pos_ in {"VERB", "AUX"}), None) if root is not None else None


def auxiliaries(verb: Token) -> set[str]:
    """The helping verbs of a verb, in lower case."""
    return {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}


def in_named_year(
    act: Act, expression: DateExpression, expressions: list[DateExpression], published: date | None
) -> tuple[DateExpression, Resolved] | None:
    """The month or day, and what it means, where it stands beside its year in the clause of a date: "in 2025 they
    banned it in early May"."""
    for other in expressions:  # "as it found out last year: the request was granted on March 25"
        if act.sentence.text[other.end : other.end + 1] == ":" and other.end < expression.start:
            told = other.resolve(published)
            if told is not None and told.precision == "year" and expression.is_month_without_year:
                return _in_year(expression, told.day.year)
    clause = clause_of(act, expression)
    beside = [other for other in expressions if clause is not None and clause_of(act, other) == clause]
    years = [other for other in beside if _YEAR_ALONE.fullmatch(other.text)]
    months = [other for other in beside if other.is_month_without_year]
    if len(years) != 1 or not months or expression not in (*years, *months):
        return None
    found = expression if expression in months else months[0]
    if years[0].start > found.start or not _hangs_on(act, years[0], clause_of(act, found)):
        return None  # "in April they were fined for lapses in 2023"
    year = years[0].resolve(None)
    return _in_year(found, year.day.year) if year is not None else None


def _in_year(expression: DateExpression, year: int) -> tuple[DateExpression, Resolved] | None:
    resolved = in_year(expression, year)
    return (expression, resolved) if resolved is not None else None


def _hangs_on(act: Act, expression: DateExpression, verb: Token | None) -> bool:
    """Whether nothing but prepositions stands between a date and a verb."""
    root = root_of(act, expression)
    above = list(root.ancestors) if root is not None else []
    return verb in above and all(token.pos_ in {"ADP", "SCONJ"} for token in above[: above.index(verb)])


def dates_report(act: Act, expression: DateExpression) -> bool:
    """Whether a date stands by the verb of saying above the act: "said on Thursday that it had fined"."""
    root = root_of(act, expression)
    attached = _attachment(root, act) if root is not None else None
    return attached is not None and attached[1]


def dates_telling(act: Act, expression: DateExpression) -> bool:
    """Whether a date is that of the verb by which an act was told of: "confirmed plans in July", "announced on
    Wednesday a partnership"."""
    stage = act.stage
    return (
        stage.i != act.token.i
        and stage.tag_ in {"VBD", "VBN"}
        and stage.lemma_.lower() in REPORT_VERBS
        and _hangs_on(act, expression, stage)
        and not STARTS.search(act.sentence.text, max(0, expression.start - 32), expression.start)
    )


def dates_another(act: Act, expression: DateExpression) -> bool:
    """Whether a date clearly stands in a clause that tells of something else than the act."""
    text, word = act.sentence.text, act.token.idx - act.sentence.start_char
    for distance in find_distances(text):  # "one week after the searches of 3 March they agreed"
        between = text[distance.end : expression.start]
        if between and "," not in between and not distance.end <= word < expression.start:
            return True
    verb, stage = clause_of(act, expression), act.stage
    root = root_of(act, expression)
    if root is None or _dates_a_noun(act, root):
        return root is not None
    if verb is None or verb.i in (stage.i, act.token.i):
        return False
    is_first = root.left_edge.i <= act.sentence.start + _OWN_WORD
    if not is_first and ";" in text[min(expression.end, word) : max(expression.start, word)]:
        return True
    for token in (act.token, *act.token.ancestors):  # "resumed in February after it paid a fine"
        if token == verb:
            break
        if any(t.dep_ == "mark" and t.lower_ in {"after", "before"} and root.i < t.i for t in token.children):
            return True
    if _attachment(root, act) is not None:
        return False
    if _dates_what_it_is_done_to(act, verb):
        return True
    above = [verb, *verb.ancestors]
    # "lost 5 million on the platform, which in September had been flagged", "a framework, to be published in May"
    for token in above:
        if token.i in (stage.i, act.token.i):
            return False
        if token.dep_ == "relcl":
            opens = _relative_word(token)
            inside = act.token.i in {t.i for t in token.subtree}
            return opens is not None and not inside and not opens.i < act.token.i < root.i
        if token.dep_ == "conj" and stage in token.ancestors and act.token.i < token.i:
            # "flew to Abuja, and both were detained on Monday", but "fined and banned on Monday"
            return token.head == stage and (
                any(child.dep_ in _SUBJECTS for child in token.children) or root.i < token.i
            )
    return False


def _dates_a_noun(act: Act, root: Token) -> bool:
    """Whether a date is that of a thing which the act is not: "dropped its sanctions of August 2022"."""
    noun = _noun_of(root)
    if noun is None or noun.dep_ != "dobj" or noun.head not in (act.stage, act.token):
        return False
    if noun.i == act.token.i or noun.lemma_.lower() in _TIMES:
        return False
    told = act.sentence.doc.char_span(act.candidate.start, act.candidate.end, alignment_mode="expand")
    return told is None or noun not in told or act.token.lemma_.lower() in _UNDOING


def _noun_of(root: Token) -> Token | None:
    """The noun that a date hangs on by an "of"."""
    preposition = root if root.dep_ == "prep" else root.head
    is_of = preposition.lower_ == "of" and preposition.dep_ == "prep" and preposition.head.pos_ in {"NOUN", "PROPN"}
    return preposition.head if is_of else None


def _dates_what_it_is_done_to(act: Act, verb: Token) -> bool:
    """Whether a participle tells when what the act is done to came about: "shelved a project begun in March", "extended
    the freeze, first imposed in May"."""
    if verb.tag_ != "VBN" or auxiliaries(verb) or verb.dep_ not in {"acl", "advcl", "conj"}:
        return False
    if any(child.lower_ == "first" for child in verb.children):
        return verb.i > act.token.i
    if verb.lemma_.lower() not in _COMING_ABOUT:
        return False
    noun = verb.head
    while noun.dep_ in {"appos", "pobj", "prep", "compound", "conj"}:
        if noun.head == noun or noun.i == act.token.i:
            return False
        noun = noun.head
    return verb.dep_ == "acl" and noun.dep_ == "dobj" and noun.head in (act.stage, act.token)


def _done_by(act: Act, noun: Token) -> bool:
    """Whether the act is told as done by what a noun names: "the circular of 2021 by which it cut off the trade"."""
    stage = act.stage
    if stage.dep_ != "relcl" or stage.head != noun:
        return False
    opens = _relative_word(stage)
    return opens is not None and (opens.head.pos_ == "ADP" or opens.tag_ == "WRB")


def _relative_word(verb: Token) -> Token | None:
    """The relative word, or the "to", that a clause after a noun opens with."""
    opening = (inner for inner in verb.subtree if inner.i <= verb.i)
    relative = {"WDT", "WP", "WP$", "WRB"}
    return next((t for t in opening if t.tag_ in relative or (t.tag_ == "TO" and t.head == verb)), None)


def looks_back(act: Act, expression: DateExpression) -> bool:
    """Whether a date stands by a verb in the past that is not the act's own: "coins that it promised in December"."""
    verb = clause_of(act, expression)
    before = act.sentence.text[: expression.start]
    if verb is None or verb.i in (act.token.i, act.stage.i) or _LIMITS.search(before):
        return False
    helped = auxiliaries(verb)
    # "adopted on Tuesday"
    told = verb.tag_ == "VBN" and verb.dep_ in {"acl", "advcl"} and not helped and verb.lemma_ not in _ARRANGED
    return told or verb.tag_ == "VBD" or bool(helped & {"had", "has", "have", "was", "were", "did"})


def is_possible(act: Act, expression: DateExpression) -> bool:
    """Whether a date stands by what may or should come: "could be unveiled in the 4 November budget"."""
    verb = clause_of(act, expression) if act.candidate.status != "occurred" else None
    return verb is not None and bool(auxiliaries(verb) & {"could", "may", "might", "can", "should", "will", "shall"})


def looks_ahead(act: Act) -> bool:
    """Whether the act's clause is in the present or the future: "convenes on Sunday", "will close on 4 December"."""
    stage = act.stage
    helped = auxiliaries(stage)
    if helped & {"will", "shall", "’ll", "'ll"}:
        return True
    if stage.dep_ == "xcomp" and "to" in helped and stage.head.lower_ in {"is", "are"}:  # "is to rule on Friday"
        return True
    return (
        stage.i == act.token.i
        and stage.tag_ in {"VBZ", "VBP"}
        and not helped & {"has", "have", "had", "was", "were", "did"}
    )


def nearest_date(act: Act, expressions: list[DateExpression]) -> tuple[DateExpression | None, bool]:
    """The date expression nearest to the act in the parse, unless it only dates a report of the act, and whether it
    hangs on the act's own word."""
    best: tuple[int, DateExpression, bool] | None = None
    for expression in expressions:
        root = root_of(act, expression)
        if root is None:
            continue
        if _opens_clause(act, expression) or _dates_means(act, root):
            return expression, True
        if _bounds_a_period(act, expression):
            continue
        named = _named_by(root)
        if named is not None and named.i != act.token.i:
            if _is_told_of(act, named):  # "its 5 December debut, where it raised", but not "the 2021 statute"
                return expression, True
            continue
        attached = _attachment(root, act)
        if attached is None or (attached[1] and act.candidate.status not in ASSERTED):
            continue
        if best is None or attached[0] < best[0]:
            best = (attached[0], expression, attached[1])
    if best is None or best[2]:
        return None, False
    return best[1], best[0] <= _OWN_WORD


def _dates_means(act: Act, root: Token) -> bool:
    """Whether a date is that of the thing by which the act was done."""
    noun = _noun_of(root)
    return noun is not None and _done_by(act, noun)


def _named_by(date_root: Token) -> Token | None:
    """The noun that a date stands before: "the 2021 statute"."""
    is_name = date_root.dep_ in _NAMING and date_root.head.pos_ in {"NOUN", "PROPN"}
    return date_root.head if is_name else None


def _is_told_of(act: Act, noun: Token) -> bool:
    """Whether the act stands in a clause on the occasion that a noun names: "a meeting where they signed"."""
    stage = act.stage
    return (
        stage.dep_ == "relcl"
        and noun in (stage.head, *_phrase(stage.head))
        and any(child.lower_ in {"where", "when"} for child in stage.children)
    )


def _opens_clause(act: Act, expression: DateExpression) -> bool:
    """Whether the act's clause takes up what the date has just dated: "the break-in on Wednesday, in which 90 million
    were lost"."""
    after = _TAKEN_UP.match(act.sentence.text, expression.end)
    if after is None or act.stage.dep_ not in {"relcl", "advcl", "acl"}:
        return False
    return expression.end <= act.stage.left_edge.idx - act.sentence.start_char <= after.end()


def date_of_document(act: Act, expressions: list[DateExpression]) -> DateExpression | None:
    """The date of the document that the act is told by: "according to a 5 December notice", "a notice dated 5 May"."""
    for expression in expressions:
        root = root_of(act, expression)
        document = (_named_by(root) or _dated_noun(root)) if root is not None else None
        if (
            document is not None
            and document.lemma_.lower() in _DOCUMENTS
            and document.dep_ == "pobj"
            and _attachment(document, act) is not None
        ):
            return expression
    return None


def date_of_report_before(act: Act) -> tuple[DateExpression, int] | None:
    """The date of the report that the act's sentence goes on with, and where its sentence begins: "A report of 25 May
    points to that. It says that the state has ..."."""
    doc, start = act.sentence.doc, act.sentence.start
    says = next((t for t in act.stage.ancestors if t.lemma_.lower() in REPORT_VERBS), None)
    teller = next((t for t in says.children if t.dep_ == "nsubj"), None) if says is not None else None
    if not start or teller is None or not (teller.lower_ == "it" or teller.lemma_.lower() in _REPORTS):
        return None
    before = doc[start - 1].sent
    expressions = find_dates(before.text)
    report = next((t for t in before.root.children if t.dep_ == "nsubj"), None)
    if len(expressions) != 1 or report is None or report.lemma_.lower() not in _REPORTS:
        return None
    return expressions[0], before.start_char


def _dated_noun(date_root: Token) -> Token | None:
    """The noun that a date stands after: "a notice of 5 May", "a decision published on 5 May"."""
    token = date_root
    while token.dep_ in {"pobj", "prep", "npadvmod", "nummod", "dobj"} or token.lemma_ in _ISSUED:
        if token.head == token:
            break
        token = token.head
        if token.pos_ == "NOUN":
            return token
    return None


def _bounds_a_period(act: Act, expression: DateExpression) -> bool:
    if act.candidate.status not in SETTLED:
        return False
    before = act.sentence.text[max(0, expression.start - 24) : expression.start]
    limit = _LIMITS.search(before) or _INNER_LIMITS.match(expression.text)
    if limit is None:
        return False
    # "has led the firm since July": a state is dated by its first day.
    verb = clause_of(act, expression)
    return not (limit[0].lower().startswith("since") and verb == act.stage and verb.lemma_ in _STATES)


def _attachment(date_root: Token, act: Act) -> tuple[int, bool] | None:
    """How far above a date its act stands and whether only a report lies there; None when it dates another clause."""
    stage, own = act.stage, act.token.i
    for depth, token in enumerate([date_root, *date_root.ancestors]):
        if token.i in (own, stage.i):
            return depth, False
        if token.pos_ in {"VERB", "AUX"} and depth and stage in token.conjuncts and stage.i > token.i:
            # "In January it pleaded guilty and agreed to pay"; a date within the first clause holds less.
            opens = date_root.left_edge.i <= act.sentence.start + 1
            shares = (opens or _goes_on(token, stage)) and not any(child.dep_ in _SUBJECTS for child in stage.children)
            return (min(depth, _OWN_WORD) if shares else depth + 2), False
        if token == stage.head and stage.dep_ == "advcl" and depth and date_root.left_edge.i <= act.sentence.start + 1:
            if any(child.dep_ == "mark" and child.lower_ == "while" for child in stage.children):
                return min(depth, _OWN_WORD), False  # "The same day Britain listed them, while America cut them off"
        if token.i in act.others:
            # "launched a coin in 2017, raising 5,000 ether"
            shares = stage.dep_ == "advcl" and stage.tag_ == "VBG" and stage.head == token and stage.i > token.i
            return (depth, False) if shares else None
        if token.pos_ in {"VERB", "AUX"} and depth:
            inside = {inner.i for inner in token.subtree}
            if own in inside or stage.i in inside:
                return depth + 4, token.lemma_.lower() in REPORT_VERBS
            if token.dep_ in {"relcl", "acl"} and own in {token.head.i, *(above.i for above in _phrase(token.head))}:
                return depth + 1, False  # "a ban that took effect in January", "the ban on trading imposed in May"
            if token.dep_ in {"relcl", "acl", "advcl", "conj", "parataxis"}:
                return None
    return None


def _goes_on(verb: Token, stage: Token) -> bool:
    """Whether a verb in the past only goes on with what another began: "was picked up in May and put behind bars",
    but "was licensed in May and has since left"."""
    if stage.head != verb or not {verb.tag_, stage.tag_} <= {"VBD", "VBN"}:
        return False
    return not any(child.lower_ in _LATER or child.ent_type_ == "DATE" for child in stage.children)


_LATER = frozenset("later then since subsequently finally eventually now has have had".split())


def _phrase(token: Token) -> list[Token]:
    """What a noun hangs on within its own noun phrase."""
    found = []
    while token.dep_ in {"pobj", "prep", "conj", "compound", "nmod"} and token.head is not token:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            break
        found.append(token)
    return found
