"""What an article's body looks like to a comparison: an exact hash and a MinHash signature.

Which articles are near duplicates of which is decided downstream; nothing here compares.
"""

from __future__ import annotations

import hashlib
import re

from datasketch import MinHash

from pipelines.ingest.article import Article

PERMUTATIONS = 64
SHINGLE_WORDS = 3
# Fixed: signatures of different runs must be comparable.
SEED = 20090103
_WORD = re.compile(r"[^\W_]+")


def signature(article: Article) -> list[int]:
    """The MinHash signature of the body, `PERMUTATIONS` integers, over shingles of `SHINGLE_WORDS` words."""
    words = _body_words(article)
    last = max(len(words) - SHINGLE_WORDS, 0)
    shingles = {" ".join(words[start : start + SHINGLE_WORDS]) for start in range(last + 1)}
    minhash = MinHash(num_perm=PERMUTATIONS, seed=SEED)
    minhash.update_batch([shingle.encode("utf-8") for shingle in sorted(shingles)])
    return [int(value) for value in minhash.hashvalues]


def body_hash(article: Article) -> str:
    """SHA-256, in hexadecimal, of the lower-cased words of the body: spacing, quotes and headline do not
    count."""
    return hashlib.sha256(" ".join(_body_words(article)).encode("utf-8")).hexdigest()


def _body_words(article: Article) -> list[str]:
    words = [
        word
        for block in article.blocks
        if block.block_type != "title"
        for word in _WORD.findall(block.text.text.lower())
    ]
    # An article without a body must not look like every other article without one.
    return words or [article.article_id]
