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
