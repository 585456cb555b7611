"""Why a run cannot start or resume."""

from __future__ import annotations


class BulkError(Exception):
    """The message is for the person who started the run. What has been done is kept."""


class SourceError(BulkError):
    """The archive cannot be read, or no further."""


class TargetError(BulkError):
    """The result cannot be written by that name."""


class RunMismatch(BulkError):
    """The run to be resumed is another one."""


class JournalInUse(BulkError):
    """Another run is writing the journal."""


class EngineError(BulkError):
    """The engine is not installed, or failed."""


class LoadError(BulkError):
    """A process could not load the model."""
