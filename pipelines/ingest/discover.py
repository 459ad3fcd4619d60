"""Which files of the seeds folder are raw documents, and what is wrong with the others.

Looks at names, links and sizes only. Reading a file belongs in `pipelines.ingest.decode`.
"""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from pipelines.problems import Problem, Stage

MAX_BYTES = 10 * 1024 * 1024
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".jsonl": "application/x-ndjson",
    ".jsonl.gz": "application/x-ndjson",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": "message/rfc822",
    ".warc": "application/warc",
    ".warc.gz": "application/warc",
}
# Files that are not text but hold some; they may be larger, because most of them is not text.
_CONTAINERS = (".pdf", ".docx", ".eml", ".warc", ".gz")
MAX_CONTAINER_BYTES = 64 * 1024 * 1024
_UNFINISHED = (".tmp", ".part", ".swp", "~", ".crdownload")


@dataclass(frozen=True, slots=True)
class SeedFile:
    """One file that looks like a raw document. `seed_path` is relative to the seeds folder, with forward
    slashes."""

    seed_path: str
    path: Path
    byte_count: int
    mtime_ns: int


def media_type(seed_path: str) -> str | None:
    """What the name says the file is, None for a name that is not read."""
    return next((kind for suffix, kind in MEDIA_TYPES.items() if seed_path.lower().endswith(suffix)), None)


def is_container(seed_path: str) -> bool:
    """Whether text has to be got out of the file by a library of its format."""
    return seed_path.lower().endswith(_CONTAINERS)


def scan(seeds_dir: Path, max_bytes: int = MAX_BYTES) -> list[SeedFile | Problem]:
    """One entry per file below `seeds_dir` that is not ignored, sorted by relative path.

    Hidden files, `README*` and unfinished downloads are ignored. `max_bytes` is the largest size of a text that is
    accepted, a container may have `MAX_CONTAINER_BYTES`. Raises `NotADirectoryError` when there is no such folder:
    that is a wrong setting, not a bad file.
    """
    if not seeds_dir.is_dir():
        raise NotADirectoryError(f"no seeds folder at {seeds_dir}")
    root = Path(os.path.realpath(seeds_dir))
    found: list[tuple[str, SeedFile | Problem]] = []

    def unreadable_folder(error: OSError) -> None:
        name = _shown(os.path.relpath(error.filename, seeds_dir))
        found.append((name, _problem(name, "unreadable_file", "the folder cannot be listed; give read permission")))

    for folder, subfolders, names in os.walk(seeds_dir, onerror=unreadable_folder):
        # A linked folder is not walked: what it holds is either met at its own place or is outside the seeds.
        linked = [name for name in subfolders if (Path(folder) / name).is_symlink()]
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name not in linked)
        for name in names + linked:
            if _ignored(name):
                continue
            path = Path(folder) / name
            seed_path = path.relative_to(seeds_dir).as_posix()
            entry = _look(path, seed_path, root, max_bytes)
            if entry is not None:
                found.append((_shown(seed_path), entry))
    return [entry for _, entry in sorted(found, key=lambda pair: pair[0])]


def _ignored(name: str) -> bool:
    return name.startswith(".") or name.upper().startswith("README") or name.lower().endswith(_UNFINISHED)


def _look(path: Path, seed_path: str, root: Path, max_bytes: int) -> SeedFile | Problem | None:
    shown = _shown(seed_path)
    if shown != seed_path:
        return _problem(shown, "undecodable_name", "the file name is not valid text; rename the file")
    if path.is_symlink():
        target = Path(os.path.realpath(path))
        if target != root and root not in target.parents:
            return _problem(shown, "outside_seeds", "the link leads out of the seeds folder; copy the file into it")
        if not target.exists():
            return _problem(shown, "dangling_link", "the link leads nowhere; remove it or restore its target")
        if target.is_dir():
            return None
    try:
        status = path.stat()
    except OSError as error:
        return _problem(shown, "unreadable_file", f"{error.strerror or error}; give read permission")
    if not stat.S_ISREG(status.st_mode) or media_type(path.name) is None:
        return _problem(shown, "unsupported_format", f"only {', '.join(sorted(MEDIA_TYPES))} files are read")
    if not os.access(path, os.R_OK):
        return _problem(shown, "unreadable_file", "no permission to read; give read permission")
    if status.st_size == 0:
        return _problem(shown, "empty_file", "the file has 0 bytes; download it again or remove it")
    limit = MAX_CONTAINER_BYTES if is_container(path.name) else max_bytes
    if status.st_size > limit:
        return _problem(shown, "file_too_large", f"{status.st_size:,} bytes, the limit is {limit:,}; split the file")
    return SeedFile(seed_path, path, status.st_size, status.st_mtime_ns)


def _shown(name: str) -> str:
    """The name with bytes that are not text written as escapes, safe to print and to store."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _problem(path: str, reason_code: str, detail: str) -> Problem:
    return Problem(Stage.DISCOVER, path, reason_code, detail)
