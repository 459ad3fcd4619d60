"""A process of its own in which containers are unpacked, because their formats come from anybody.

It is started with the first container of a run and given one file at a time. One that takes too long, too much memory
or crashes the process costs itself only: the process is killed and the next file gets a new one. What is done in
there is in `pipelines.ingest.containers`.
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from pipelines.ingest.article import Document
from pipelines.ingest.discover import SeedFile
from pipelines.ingest.text_encoding import decode_problem
from pipelines.problems import Problem

SECONDS = 60.0
MEMORY_BYTES = 1536 * 1024 * 1024
# Starting Python on a busy machine may take this long; the seconds of a file begin after it.
_START_SECONDS = 120.0

Result = tuple[Document | None, list[Problem]]
Unpack = Callable[[SeedFile, str, bytes], Result]


class Sandbox:
    """Unpacks containers in a process that can be killed. A context manager; costs nothing while it has no work."""

    def __init__(self, seconds: float = SECONDS, work: Unpack | None = None) -> None:
        """`work` replaces the unpacking in tests; it must be importable by name in another process."""
        self._seconds = seconds
        self._work = work
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *fault: object) -> None:
        self._stop()

    def unpack(self, seed: SeedFile, document_id: str, content: bytes) -> Result:
        """What `containers.unpack` makes of the file, or None with the limit it broke."""
        reason_code, detail = "reader_died", "reading it took too much memory or crashed; save it again or leave it out"
        try:
            pipe = self._pipe or self._start()
            pipe.send((seed, document_id, content))
            if pipe.poll(self._seconds):
                result: Result = pipe.recv()
                return result
            reason_code, detail = "took_too_long", f"it was not read within {self._seconds:g} seconds; split the file"
        except (EOFError, OSError):
            pass
        self._stop()
        return None, [decode_problem(seed, document_id, reason_code, detail)]

    def _start(self) -> Connection:
        # Forking a process that holds DuckDB's threads is not safe; spawning is.
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._seconds, self._work), daemon=True)
        self._process.start()
        theirs.close()
        if not self._pipe.poll(_START_SECONDS):
            raise OSError("the process does not start")
        self._pipe.recv()
        return self._pipe

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None


def _serve(pipe: Connection, seconds: float, work: Unpack | None) -> None:
    """The life of the process: a file in, its result out, until the other end is gone."""
    from pipelines.ingest.containers import unpack

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, resource.RLIM_INFINITY))
    # The libraries print warnings; there is nobody to read them.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.dup2(null, 2)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipe.send("ready")
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        # Should the parent die meanwhile, nobody else would end a reader that hangs.
        signal.setitimer(signal.ITIMER_REAL, seconds + 5)
        pipe.send((work or unpack)(*job))
        signal.setitimer(signal.ITIMER_REAL, 0)
