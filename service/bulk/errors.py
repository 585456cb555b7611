"""Errors that end a run."""

from __future__ import annotations


class BulkError(Exception):
    """The message is for the user. Completed work is kept."""


class SourceError(BulkError):
    """The archive cannot be read, or not to its end."""


class TargetError(BulkError):
    """The result cannot be written to, or read from, a file of this name."""


class RunMismatch(BulkError):
    """The run to resume had other inputs or options."""


class JournalInUse(BulkError):
    """Another run is writing to the journal."""


class EngineError(BulkError):
    """The engine is not installed, or has failed."""


class LoadError(BulkError):
    """A process could not load the model."""
