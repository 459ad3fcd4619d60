"""Which extractor this is, told without loading it: a run in which no article is new never needs the models.

Whatever changes what comes out of an article is part of the version; that an article was read by this version is why
it is not read again.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from pipelines import codebook
from pipelines.code_version import code_version
from pipelines.faults import GazetteError
from pipelines.vocabulary.loader import load

_LIBRARIES = ("spacy", "onnxruntime", "tokenizers", "numpy", "rigour", "pyahocorasick")
LANGUAGE_MODEL = "en_core_web_sm-3.8.0"
DETECTOR = "learned"
MODEL_FOLDER = Path(__file__).parent / "model"


class ModelError(GazetteError):
    """A model is missing or is not the one this version was measured with."""


def read_manifest(folder: Path = MODEL_FOLDER) -> dict[str, Any]:
    """What the folder of the event model says it holds; raises `ModelError` when it says nothing."""
    try:
        manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"the event model in {folder} cannot be read ({error}): reinstall gazette") from error
    return manifest


def model_version(manifest: dict[str, Any]) -> str:
    """Names an event model by its files and its calibration."""
    files = "".join(manifest["sha256"][name][:6] for name in sorted(manifest["sha256"]))
    calibration = hashlib.sha256(json.dumps(manifest["calibration"], sort_keys=True).encode()).hexdigest()[:6]
    return f"{DETECTOR}-{files}{calibration}"


@cache
def _code() -> str:
    sources = [*Path(__file__).parent.glob("*.py"), Path(codebook.__file__)]
    return code_version(sources, _LIBRARIES)


def version_with(detector_version: str) -> str:
    """The version of an extractor with this detector."""
    return f"{_code()}.{detector_version}+{LANGUAGE_MODEL}+{load().version}"


def extractor_identity() -> tuple[str, str]:
    """Name and version of the extractor that the pipeline uses."""
    return DETECTOR, version_with(model_version(read_manifest()))
