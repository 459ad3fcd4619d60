"""From a document to its articles: the right reader, ids, languages. How pages are read is in the readers."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from pipelines.ingest.article import Article, Document, MappedText
from pipelines.ingest.cleaning import has_mojibake
from pipelines.ingest.discover import MEDIA_TYPES
from pipelines.ingest.html_reader import read_html
from pipelines.ingest.jsonl_reader import read_jsonl
from pipelines.ingest.pages import Draft
from pipelines.ingest.records import read_records
from pipelines.ingest.text_reader import read_text
from pipelines.problems import Problem, Severity, Stage

# Below this a list of names decides the language (nlp research: Malay for a Malaysian minister's name and
# office).
_LANGUAGE_CHARACTERS = 200
_LANGUAGE_SAMPLE = 5000
_LANGUAGE_SURE = 0.9
_ENGLISH_WORDS = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "that",
        "is",
        "for",
        "with",
        "by",
        "has",
        "was",
        "have",
        "are",
        "be",
        "which",
        "been",
        "its",
        "this",
        "from",
        "as",
        "at",
        "it",
        "their",
        "will",
    ]
)
_ENGLISH_SHARE = 0.15
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u1e00-\u1eff]")


def split_articles(document: Document) -> tuple[list[Article], list[Problem]]:
    """The articles of a document in page order, and what could not be used.

    An article that is not English comes without blocks, with a `not_english` problem; a document in which nothing can
    be read gives `no_article`.
    """
    problems: list[Problem] = []
    if document.media_type == "application/x-ndjson":
        drafts, problems = read_jsonl(document)
    elif document.media_type in ("message/rfc822", "application/warc"):
        drafts, problems = read_records(document)
    elif document.media_type in ("text/html", MEDIA_TYPES[".docx"]):
        drafts = read_html(MappedText.of(document.text))
    elif document.media_type in ("text/plain", "text/markdown", "application/pdf"):
        drafts = read_text(MappedText.of(document.text), is_markdown=document.media_type == "text/markdown")
    else:
        raise ValueError(f"no reader for media type {document.media_type!r}")
    articles: list[Article] = []
    for number, draft in enumerate(drafts, start=1):
        article, problem = _article(document, number, draft)
        articles.append(article)
        if problem:
            problems.append(problem)
    if not articles:
        detail = "no paragraph of an article was found; check that the page was saved whole"
        problems.append(_problem(document, Stage.SEGMENT, "no_article", detail))
    elif has_mojibake(document.text):
        detail = "UTF-8 that had been read as Windows-1252 was repaired in the cleaned text; the raw text is as it came"
        problems.append(_problem(document, Stage.READ, "mojibake_repaired", detail, Severity.INFO))
    return articles, problems


def _article(document: Document, number: int, draft: Draft) -> tuple[Article, Problem | None]:
    language = _language(" ".join(block.text.text for block in draft.blocks))
    article_id = f"{document.document_id}-{number:03d}"
    problem = None
    if language != "en":
        detail = f"article {number} is in {language!r}; only English is read"
        problem = _problem(document, Stage.SEGMENT, "not_english", detail)
    article = Article(
        article_id=article_id,
        document_id=document.document_id,
        article_number=number,
        title=draft.title.text if draft.title is not None else None,
        published=draft.published,
        published_rule=draft.published_rule,
        published_span=draft.published_span,
        language=language,
        char_start=draft.char_start,
        char_end=draft.char_end,
        blocks=tuple(draft.blocks) if language == "en" else (),
    )
    return article, problem


def _language(text: str) -> str:
    """The ISO 639-1 code, `und` for an unknown one; English unless a text of some length is clearly something else.

    Letters of another script are clear in a text of any length.
    """
    letters = [char for char in text[:_LANGUAGE_SAMPLE] if char.isalpha()]
    if sum(map(bool, map(_LATIN.match, letters))) * 2 < len(letters):
        language = str(_identifier().classify(text[:_LANGUAGE_SAMPLE])[0])
        return "und" if language == "en" else language
    if len(text) < _LANGUAGE_CHARACTERS:
        return "en"
    sample = text[:_LANGUAGE_SAMPLE]
    words = re.findall(r"[a-z]+", sample.lower())
    if (
        words
        and sum(word in _ENGLISH_WORDS for word in words) >= len(words) * _ENGLISH_SHARE
        and len(words) * 3 > len(sample) / 4
    ):
        return "en"
    language, probability = _identifier().classify(sample)
    return str(language) if probability >= _LANGUAGE_SURE else "en"


@cache
def _identifier() -> LanguageIdentifier:
    """Loaded once a process: it takes a second."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _problem(
    document: Document, stage: Stage, reason_code: str, detail: str, severity: Severity = Severity.ERROR
) -> Problem:
    return Problem(stage, document.seed_path, reason_code, detail, severity, document.document_id)
