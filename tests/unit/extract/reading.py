"""An article read for its names, from its blocks' texts."""

from spacy.tokens import Doc

from pipelines.extract.actors import ArticleNames
from pipelines.extract.gazetteer import shipped_gazetteer
from pipelines.extract.names import NameFinder
from pipelines.extract.parse import language
from pipelines.vocabulary.loader import load


def names_of(*texts: str) -> tuple[NameFinder, ArticleNames, list[Doc]]:
    """The names of an article whose blocks are the texts."""
    finder = NameFinder(load(), shipped_gazetteer())
    docs = [language()(text) for text in texts]
    return finder, finder.find(docs), docs
