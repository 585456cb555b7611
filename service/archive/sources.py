"""Archives to read: JSON Lines, plain or gzipped, folders of text files, and Parquet."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

from service.archive.errors import SourceError
from service.errors import FieldError
from service.intake.parsing import invalid, read_values

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")


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


def open_source(path: Path, *, id_field: str, text_field: str, max_line_bytes: int) -> Source:
    """The archive at ``path``, by its name. Raises ``SourceError`` if it is none."""
    if path.is_dir():
        return Folder(path, text_field)
    if not path.is_file():
        raise SourceError(f"there is no {path}")
    if path.name.endswith(LINES):
        return Lines(path, max_line_bytes)
    if path.suffix == ".parquet":
        return _parquet(path, (id_field, text_field, "publisher"))
    raise SourceError(f"{path} is neither a folder nor named *{', *'.join((*LINES, '.parquet'))}")


def _parquet(path: Path, fields: Sequence[str]) -> Source:
    try:
        from service.archive.parquet import ParquetArchive
    except ImportError:
        raise SourceError(f"{path} needs pyarrow to be read: install the extra `bulk`") from None
    return ParquetArchive(path, fields)


@dataclass(frozen=True)
class Lines:
    """A file with an article in each line that is not blank, as a JSON object. ``size`` is in bytes of the file."""

    path: Path
    max_line_bytes: int

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def fingerprint(self) -> str:
        return fingerprint_of([self.path])

    def entries(self) -> Iterator[Entry]:
        with self.path.open("rb") as file:
            lines = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if self.path.suffix == ".gz" else file
            try:
                for value in read_values(lines, self.max_line_bytes):
                    yield Entry(value, file.tell())
            except (OSError, EOFError, zlib.error) as error:
                raise SourceError(f"{self.path} is damaged: {error}") from error


@dataclass(frozen=True)
class Folder:
    """A folder with an article in each ``*.txt``, at any depth, whose path in it is its id. ``size`` is in files.

    ``text_field`` is the name that an article has its text under.
    """

    path: Path
    text_field: str

    @cached_property
    def files(self) -> list[Path]:
        return sorted(file for file in self.path.rglob("*.txt") if file.is_file())

    @property
    def size(self) -> int:
        return len(self.files)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.files)

    def entries(self) -> Iterator[Entry]:
        for number, file in enumerate(self.files, start=1):
            yield Entry(self._article(file), number, id=file.relative_to(self.path).as_posix())

    def _article(self, file: Path) -> Any:
        try:
            return {self.text_field: file.read_bytes().decode("utf-8")}
        except OSError as error:
            return invalid([FieldError("text", f"cannot be read: {error.strerror}")])
        except UnicodeDecodeError as error:
            return invalid([FieldError("text", f"is not UTF-8: byte {error.start} is invalid")])


def fingerprint_of(files: list[Path]) -> str:
    """A digest of the names and the sizes of files."""
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.name}\0{file.stat().st_size}\0".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
