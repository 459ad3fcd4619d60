"""Which extractor this is, told without loading it: a run in which no article is new never needs the models.

Whatever changes what comes out of an article is part of the version; that an article was read by this version is why
it is not read again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from pipelines.vocabulary.loader import load

# Raised whenever the code of this package changes what comes out, so that every article is read again.
CODE_VERSION = "32"
LANGUAGE_MODEL = "en_core_web_sm-3.8.0"
DETECTOR = "learned"
MODEL_FOLDER = Path(__file__).parent / "model"


class ModelError(Exception):
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


def version_with(detector_version: str) -> str:
    """The version of an extractor with this detector."""
    return f"{CODE_VERSION}.{detector_version}+{LANGUAGE_MODEL}+{load().version}"


def extractor_identity() -> tuple[str, str]:
    """Name and version of the extractor that the pipeline uses."""
    return DETECTOR, version_with(model_version(read_manifest()))
