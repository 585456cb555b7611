"""Archives and results in Parquet. Alone in needing pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

import pyarrow
from pyarrow import ArrowException
from pyarrow.parquet import ParquetFile, ParquetWriter

from service.archive.errors import SourceError
from service.archive.results import Result, read_lines
from service.archive.sources import Entry, fingerprint_of

_ROWS = 256  # read or written at a time


@dataclass(frozen=True)
class ParquetArchive:
    """A Parquet file with an article in each row. ``size`` is in rows; ``fields`` are the columns that are read."""

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
            raise SourceError(f"{self.path} is no Parquet file: {error}") from error


def write_parquet(lines: Path, target: Path) -> None:
    """Write a row for each article: the members of the contract's answer, or the problem."""
    results = read_lines(lines)
    with ParquetWriter(target, SCHEMA) as writer:
        while rows := [_row(result) for result in islice(results, _ROWS)]:
            writer.write_table(pyarrow.Table.from_pylist(rows, SCHEMA))


def read_parquet(path: Path) -> Iterator[Result]:
    """The results that ``write_parquet`` has written. Raises ``SourceError``."""
    try:
        for batch in ParquetFile(path).iter_batches(_ROWS):
            for row in batch.to_pylist():
                yield _result(row)
    except ArrowException as error:
        raise SourceError(f"{path} is no Parquet file: {error}") from error


def _row(result: Result) -> Result:
    return {"id": result["id"], "problem": result.get("problem"), **result.get("result", {})}


def _result(row: dict[str, object]) -> Result:
    id_, problem = row.pop("id"), row.pop("problem")
    return {"id": id_, "problem": problem} if problem else {"id": id_, "result": row}


def _struct(**fields: pyarrow.DataType) -> pyarrow.StructType:
    return pyarrow.struct(list(fields.items()))


_TEXT, _OFFSET, _PROBABILITY = pyarrow.string(), pyarrow.int64(), pyarrow.float64()
_TEXTS = pyarrow.list_(_TEXT)
_MENTION = _struct(text=_TEXT, start=_OFFSET, end=_OFFSET)
_SPEAKER = _struct(id=_TEXT, name=_TEXT, type=_TEXT, mention=_MENTION, confidence=_PROBABILITY)
_OUTLET = _struct(id=_TEXT, name=_TEXT, mention=_MENTION, basis=_TEXT, role=_TEXT, confidence=_PROBABILITY)
_QUOTE = _struct(
    id=_TEXT,
    text=_TEXT,
    start=_OFFSET,
    end=_OFFSET,
    kind=_TEXT,
    closed=pyarrow.bool_(),
    parent=_TEXT,
    continues=_TEXT,
    speaker=_SPEAKER,
    outlet=_OUTLET,
    confidence=_PROBABILITY,
)
SCHEMA = pyarrow.schema(
    {
        "id": _TEXT,
        "problem": _struct(type=_TEXT, title=_TEXT, status=_OFFSET, detail=_TEXT),
        "model": _struct(name=_TEXT, version=_TEXT, sha256=_TEXT),
        "publisher": _TEXT,
        "language": _TEXT,
        "quotes": pyarrow.list_(_QUOTE),
        "speakers": pyarrow.list_(_struct(id=_TEXT, name=_TEXT, type=_TEXT, quotes=_TEXTS)),
        "outlets": pyarrow.list_(_struct(id=_TEXT, name=_TEXT, quotes=_TEXTS)),
        "warnings": _TEXTS,
    }
)
"""A row's columns: null, all but the first two, where the article failed, and ``problem`` where it did not."""
