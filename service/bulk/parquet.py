"""Archives in Parquet. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile

from service.bulk.entries import Entry, fingerprint_of
from service.bulk.errors import SourceError

_ROWS = 256  # per batch


@dataclass(frozen=True)
class ParquetArchive:
    """A Parquet file with one article per row. ``size`` is in rows; only the columns ``fields`` are read."""

    path: Path
    fields: Sequence[str]

    @cached_property
    def size(self) -> int:
        return int(self._open().metadata.num_rows)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of([self.path])

    def entries(self) -> Iterator[Entry]:
        file = self._open()
        columns = [name for name in file.schema_arrow.names if name in self.fields]
        position = 0
        try:
            for batch in file.iter_batches(_ROWS, columns=columns):
                for row in batch.to_pylist():
                    position += 1
                    yield Entry(row, position)
        except (OSError, ArrowException) as error:
            raise SourceError(f"{self.path} is damaged: {error}") from error

    def _open(self) -> ParquetFile:
        try:
            return ParquetFile(self.path)
        except ArrowException as error:
            raise SourceError(f"{self.path} is not a Parquet file: {error}") from error
