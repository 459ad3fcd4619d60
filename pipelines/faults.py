"""Errors that are told to a user in one line.

A fault stops the run (or the command); what merely cannot be used is a `pipelines.problems.Problem` instead.
"""

from __future__ import annotations


class GazetteError(Exception):
    """Something the user can act on; its message is one clear line and needs no stack trace."""


class BuildDatabaseBusyError(GazetteError):
    """Another program has the private build database open."""


class BuildDatabaseDamagedError(GazetteError):
    """The private build database cannot be read; it has been moved aside."""


class NothingToPublishError(GazetteError):
    """The build database does not hold marts that passed their tests."""


# What the system refuses, by its words, and what to do about it. Nobody's fault but that of the machine's state.
_REFUSALS = {
    "no space left": "the disk is full; make room and run again",
    "read-only file system": "the warehouse is on a file system that cannot be written to; mount it for writing",
    "permission denied": "this user may not write to the warehouse; change its permissions or run as its owner",
    "too many open files": "too many files are open; raise the limit (ulimit -n) and run again",
}


def refusal(message: object) -> str | None:
    """What to do when the message is one of the system's refusals, else None."""
    text = str(message).lower()
    return next((line for words, line in _REFUSALS.items() if words in text), None)
