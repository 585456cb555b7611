"""Parquet: an archive's result with one row per article. The schema is made from the records. Needs pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pyarrow
from pyarrow.parquet import ParquetFile, ParquetWriter

from service.formats.json_lines import Result, read_lines
from service.records import Attribution

_ROWS = 256  # per batch
_SAID = ("publisher", "date", "title", "uri", "language")  # an article's metadata; each may be missing
_OPTIONAL = ("uri", "text")  # optional members of an answer


def write(lines: Path, target: Path) -> None:
    """Write one row per article: the members of the contract's answer, or the problem."""
    results = read_lines(lines)
    with ParquetWriter(target, schema()) as writer:
        while rows := [_row(result) for result in islice(results, _ROWS)]:
            writer.write_table(pyarrow.Table.from_pylist(rows, schema()))


def read(path: Path) -> Iterator[Result]:
    """The results in a file written by ``write``. Raises ``ValueError`` if it is not a Parquet file."""
    for batch in ParquetFile(path).iter_batches(_ROWS):
        for row in batch.to_pylist():
            yield _result(row)


@cache
def schema() -> pyarrow.Schema:
    """The columns. All but the id and ``article`` are null for an article that failed, ``problem`` for one that did
    not."""
    text, number = pyarrow.string(), pyarrow.int64()
    problem = pyarrow.struct({"type": text, "title": text, "status": number, "detail": text}.items())
    article = pyarrow.struct(dict.fromkeys(_SAID, text).items())
    answer = {field.name: _type(hint) for field, hint in _hints(Attribution)}
    echoed = dict.fromkeys(("publisher", "language", *_OPTIONAL), text)
    return pyarrow.schema(
        {"id": text, "article": article, "problem": problem, "model": answer.pop("model"), **echoed, **answer}
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
    said = {"id": result["id"], "article": result.get("article"), "problem": result.get("problem")}
    return said | dict(result.get("result", {}))


def _result(row: dict[str, Any]) -> Result:
    said = {"id": row.pop("id")}
    if article := _given(row.pop("article") or {}, _SAID):
        said["article"] = article
    if problem := row.pop("problem"):
        return said | {"problem": problem}
    return said | {"result": _given(row, _OPTIONAL)}


def _given(members: Mapping[str, Any], optional: Sequence[str]) -> dict[str, Any]:
    """The members, without optional ones that are null."""
    return {name: value for name, value in members.items() if value is not None or name not in optional}
