"""What an archive is, whatever it is stored as: entries in an order, a size, and a fingerprint."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

WORKING_SUFFIX = ".partial"
"""What the name of the folder that a run works in ends with. Such a folder holds no articles, wherever it is."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an archive has in the place of one article.

    ``value`` is the article's JSON value, or the ``Problem`` with it; ``id`` is the id of an article that has none in
    its value. ``position`` is how much of the archive has been read with it, in the unit of the source's ``size``.
    """

    value: Any
    position: int
    id: str | None = None


class Source(Protocol):
    """An archive. ``size`` is in a unit of its own; ``fingerprint`` changes with the archive."""

    @property
    def size(self) -> int: ...

    @property
    def fingerprint(self) -> str: ...

    def entries(self) -> Iterator[Entry]:
        """Every article, the same each time. Raises ``SourceError`` where the archive is damaged."""
        ...


def fingerprint_of(files: list[Path]) -> str:
    """A digest of the names and the sizes of files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
