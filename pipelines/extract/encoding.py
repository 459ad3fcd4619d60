"""How a sentence in its context becomes the input of the learned detector; training and reading share it.

Layout: [CLS] headline [SEP] previous sentence [SEP] sentence [SEP]. Context is cut first, from the far end, so that the
sentence itself is read whole up to the limit. Only tokens of the sentence carry labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from pipelines import codebook
from pipelines.extract.candidate import AMOUNT, REPORTED, WHEN

HEADLINE_TOKENS = 24
PREVIOUS_TOKENS = 40
SENTENCE_TOKENS = 160

TYPES: tuple[str, ...] = codebook.EVENT_TYPES
STATUSES: tuple[str, ...] = codebook.STATUSES
# What a phrase can be to an act: one of the codebook's roles, the words that date it, the words that only date the
# report of it, or a sum that is part of it.
ARGUMENTS: tuple[str, ...] = (*codebook.ROLES, WHEN, REPORTED, AMOUNT)
# Outside, then begin and inside of every argument.
ROLE_TAGS: tuple[str, ...] = ("O", *(f"{mark}-{argument}" for argument in ARGUMENTS for mark in "BI"))


@dataclass(frozen=True, slots=True)
class Encoded:
    """Token ids and segment ids of one input, and for the sentence's tokens their place in it and in the text."""

    ids: list[int]
    segments: list[int]
    first: int  # index of the sentence's first token
    spans: list[tuple[int, int]]  # characters of the sentence behind each of its tokens


def encode(tokenizer: Tokenizer, headline: str | None, previous: str | None, sentence: str) -> Encoded:
    """One input; the tokenizer must be the model's own, without truncation or padding of its own."""
    start, stop = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    if start is None or stop is None:
        raise ValueError("the tokenizer has no [CLS] and [SEP]: it is not the model's own")
    before = tokenizer.encode(headline or "", add_special_tokens=False).ids[:HEADLINE_TOKENS]
    last = tokenizer.encode(previous or "", add_special_tokens=False).ids[-PREVIOUS_TOKENS:]
    own = tokenizer.encode(sentence, add_special_tokens=False)
    head = [start, *before, stop, *last, stop]
    body = own.ids[:SENTENCE_TOKENS]
    return Encoded(
        ids=[*head, *body, stop],
        segments=[0] * len(head) + [1] * (len(body) + 1),
        first=len(head),
        spans=list(own.offsets[:SENTENCE_TOKENS]),
    )


def tokens_of(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[int]:
    """The indices of the sentence's tokens that lie in `start:end`."""
    return [index for index, (first, last) in enumerate(spans) if first < end and start < last]
