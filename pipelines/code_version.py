"""Names code by its source and by the releases of the libraries it stands on: what new code may read otherwise is
read again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path


def code_version(sources: Iterable[Path], libraries: Iterable[str]) -> str:
    """Twelve hexadecimal digits that change with any byte of the files and with any release of the libraries."""
    digest = hashlib.sha256()
    for source in sorted(sources):
        digest.update(source.name.encode() + source.read_bytes())
    for library in libraries:
        digest.update(f"{library}={version(library)}".encode())
    return digest.hexdigest()[:12]
