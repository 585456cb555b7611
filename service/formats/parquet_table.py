"""Parquet: an archive's result with a row for each article. Its schema is made from the records. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pyarrow
from pyarrow.parquet import ParquetFile, ParquetWriter

from service.formats.json_lines import Result, read_lines
from service.records import Attribution

_ROWS = 256  # read or written at a time


def write(lines: Path, target: Path) -> None:
    """Write a row for each article: the members of the contract's answer, or the problem."""
    results = read_lines(lines)
    with ParquetWriter(target, schema()) as writer:
        while rows := [_row(result) for result in islice(results, _ROWS)]:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema()))


def read(path: Path) -> Iterator[Result]:
    """The results that ``write`` has written. Raises ``ValueError`` where it is no Parquet file."""
    for batch in ParquetFile(path).iter_batches(_ROWS):
        for row in batch.to_pylist():
            yield _result(row)


@cache
def schema() -> pyarrow.Schema:
    """A row's columns: null, all but the first two, where the article failed, and ``problem`` where it did not."""
    text, number = pyarrow.string(), pyarrow.int64()
    problem = pyarrow.struct({"type": text, "title": text, "status": number, "detail": text}.items())
    answer = {field.name: _type(hint) for field, hint in _hints(Attribution)}
    return pyarrow.schema(
        {"id": text, "problem": problem, "model": answer.pop("model"), "publisher": text, "language": text, **answer}
    )


def _hints(record: type[Any]) -> Iterator[tuple[Any, Any]]:
    hints = get_type_hints(record)
    return ((field, hints[field.name]) for field in fields(record))


def _type(hint: Any) -> pyarrow.DataType:
    """The column type of a record's field."""
    plain = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    members = [member for member in get_args(hint) if member not in (None, type(None), ...)]
    if hint in plain:
        return plain[hint]
    if get_origin(hint) is Literal:
        return pyarrow.string()
    if get_origin(hint) is tuple:
        return pyarrow.list_(_type(members[0]))
    if members:  # or None, which any column may be
        return _type(members[0])
    return pyarrow.struct([(field.name, _type(of)) for field, of in _hints(hint)])


def _row(result: Result) -> Mapping[str, Any]:
    return {"id": result["id"], "problem": result.get("problem"), **result.get("result", {})}


def _result(row: dict[str, Any]) -> Result:
    id_, problem = row.pop("id"), row.pop("problem")
    return {"id": id_, "problem": problem} if problem else {"id": id_, "result": row}
