"""The interface of an archive, independent of its storage format: ordered entries, a size, and a fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

WORKING_SUFFIX = ".partial"
"""The suffix of a run's working folder. Folders with this suffix are never read as articles."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of an archive, as stored.

    ``value`` is the article's JSON value, or a ``Problem`` if it could not be read; ``id`` is its id if that is not in
    the value. ``position`` is how much of the archive has been read including this entry, in the unit of the source's
    ``size``.
    """

    value: Any
    position: int
    id: str | None = None


class Source(Protocol):
    """An archive. Each kind has its own unit of ``size``; ``fingerprint`` changes when the archive does."""

    @property
    def size(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def entries(self) -> Iterator[Entry]:
        """All entries, the same at each call. Raises ``SourceError`` if the archive is damaged."""
        ...


def fingerprint_of(files: list[Path]) -> str:
    """A digest of the names and sizes of files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
