"""What OUT holds: read back, counted, and written in the format that its name asks for."""

from __future__ import annotations

import csv
import gzip
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from service.archive.errors import TargetError

Result = Mapping[str, Any]
"""What came of an article: ``id``, and the contract's ``result`` or the ``problem`` that it had."""

Write = Callable[[Path, Path], None]
"""From the file of JSON Lines that is the first argument, write the second."""

_COMPRESSION = 6  # gzip's own default: nearly as small as 9, much faster


@dataclass(frozen=True, slots=True)
class Totals:
    """What an archive came to."""

    articles: int
    failed: int
    quotes: int


def count(results: Iterable[Result]) -> Totals:
    """Count what there is in an archive's results."""
    articles = failed = quotes = 0
    for result in results:
        articles += 1
        if "problem" in result:
            failed += 1
        else:
            quotes += len(result["result"]["quotes"])
    return Totals(articles, failed, quotes)


def read_lines(path: Path) -> Iterator[Result]:
    """The results in a file of JSON Lines, gzipped if it is named so."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def quote_rows(result: Result) -> Iterator[dict[str, Any]]:
    """An article's rows in a table of quotes, by column; one that failed has a row with its problem alone."""
    if "problem" in result:
        yield dict.fromkeys(COLUMNS) | {"article": result["id"], "problem": result["problem"]["detail"]}
        return
    for quote in result["result"]["quotes"]:
        yield {
            "article": result["id"],
            "publisher": result["result"]["publisher"],
            "quote": quote["id"],
            **{name: quote[name] for name in _OF_QUOTE},
            **_party("speaker", quote["speaker"], _OF_SPEAKER),
            **_party("outlet", quote["outlet"], _OF_OUTLET),
            "problem": None,
        }


def _party(role: str, party: Mapping[str, Any] | None, members: Iterable[str]) -> dict[str, Any]:
    """The columns of a speaker or an outlet."""
    if party is None:
        return {role: None, f"{role}_mention": None, **{f"{role}_{name}": None for name in members}}
    mention = party["mention"]["text"] if party["mention"] else None
    return {role: party["name"], f"{role}_mention": mention, **{f"{role}_{name}": party[name] for name in members}}


_OF_QUOTE = ("text", "start", "end", "kind", "closed", "parent", "continues", "confidence")
_OF_SPEAKER = ("type", "confidence")
_OF_OUTLET = ("id", "basis", "role", "confidence")
COLUMNS = (
    "article",
    "publisher",
    "quote",
    *_OF_QUOTE,
    *_party("speaker", None, _OF_SPEAKER),
    *_party("outlet", None, _OF_OUTLET),
    "problem",
)
"""The columns of a table of quotes."""


def write_csv(lines: Path, target: Path) -> None:
    """Write a table of quotes: UTF-8, a heading, and a row for each quote."""
    with target.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        for result in read_lines(lines):
            table.writerows(quote_rows(result))


def write_gzip(lines: Path, target: Path) -> None:
    """Write the lines gzipped; without a time or a name in it, so that the same lines give the same file."""
    with (
        lines.open("rb") as source,
        target.open("wb") as file,
        gzip.GzipFile("", "wb", _COMPRESSION, file, mtime=0) as compressed,
    ):
        shutil.copyfileobj(source, compressed, 1 << 20)


def writer_of(target: Path) -> Write | None:
    """How a result of that name is written, None where the lines are the result. Raises ``TargetError``."""
    match target.suffixes:
        case [*_, ".jsonl" | ".ndjson"]:
            return None
        case [*_, ".jsonl" | ".ndjson", ".gz"]:
            return write_gzip
        case [*_, ".csv"]:
            return write_csv
        case [*_, ".parquet"]:
            write: Write = _parquet(target).write_parquet
            return write
    raise TargetError(f"{target} is not named *.jsonl, *.jsonl.gz, *.csv or *.parquet")


def read(path: Path) -> Iterator[Result]:
    """The results that a run has made. Raises ``BulkError`` where they cannot be read back."""
    match path.suffixes:
        case [*_, ".jsonl" | ".ndjson"] | [*_, ".jsonl" | ".ndjson", ".gz"]:
            return read_lines(path)
        case [*_, ".parquet"]:
            results: Iterator[Result] = _parquet(path).read_parquet(path)
            return results
    raise TargetError(f"{path} is not named *.jsonl, *.jsonl.gz or *.parquet")


def _parquet(path: Path) -> ModuleType:
    try:
        from service.archive import parquet
    except ImportError:
        raise TargetError(f"{path} needs pyarrow: install requirements-bulk.txt") from None
    return parquet
