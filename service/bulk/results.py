"""The results of a run: counting them, reading them back, and choosing the format to write."""

from __future__ import annotations

import csv
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from service.bulk.errors import SourceError, TargetError
from service.database.search import DatabaseError, opened
from service.formats.json_lines import Result
from service.formats.registry import ArchiveFormat, archive_format, archive_suffixes

_LISTED = 10  # failures to print

Failure = tuple[str | None, str]
"""The id of an article that failed, if it has one, and the reason."""

_DAMAGE = (ValueError, KeyError, TypeError, EOFError, zlib.error, csv.Error, DatabaseError)
"""The exceptions raised on reading a file that is not a complete result."""


@dataclass(slots=True)
class Failures:
    """The number of articles that failed, and the first ``_LISTED`` of them."""

    number: int = 0
    first: list[Failure] = field(default_factory=list)

    def add(self, failure: Failure) -> None:
        self.number += 1
        if len(self.first) < _LISTED:
            self.first.append(failure)


@dataclass(slots=True)
class Totals:
    """The counts of a result."""

    articles: int = 0
    quotes: int = 0
    failures: Failures = field(default_factory=Failures)


def count(results: Iterable[Result]) -> Totals:
    """Count articles, quotes and failures."""
    totals = Totals()
    for result in results:
        totals.articles += 1
        if "problem" in result:
            totals.failures.add(_failure(result))
        else:
            totals.quotes += len(result["result"]["quotes"])
    return totals


def form_of(path: Path) -> ArchiveFormat:
    """The format of a result with this name. Raises ``TargetError`` if there is none, or if it needs a package that is
    not installed."""
    form = archive_format(path)
    if form is None:
        raise TargetError(f"{path} is not named {archive_suffixes()}")
    if form.needs and find_spec(form.needs) is None:
        raise TargetError(f"{path} needs {form.needs}: install the extra `bulk`")
    return form


def read(path: Path) -> Iterator[Result]:
    """The results in a file. Raises ``BulkError`` if they cannot be read back."""
    form = form_of(path)
    if form.read is None:
        raise TargetError(f"{path} does not contain all results; use a result that is not {path.suffix}")
    try:
        yield from form.read(path)
    except ValueError as error:
        raise SourceError(f"{path} is damaged: {error}") from error


def failures_in(path: Path) -> Failures:
    """The failures in a result of any format. Raises ``BulkError`` if it cannot be read."""
    of_form = {".db": _in_database, ".csv": _in_table}.get(path.suffix, _in_results)
    failures = Failures()
    try:
        for failure in of_form(path):
            failures.add(failure)
    except _DAMAGE as error:
        raise SourceError(f"{path} is not a result of `bulk`, or is damaged: {error}") from error
    return failures


def _in_results(path: Path) -> Iterator[Failure]:
    return (_failure(result) for result in read(path) if "problem" in result)


def _in_table(path: Path) -> Iterator[Failure]:
    csv.field_size_limit(sys.maxsize)  # a quote may be long
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["problem"]:
                yield row["article"] or None, row["problem"]


def _in_database(path: Path) -> Iterator[Failure]:
    with opened(path) as connection:
        rows = connection.execute("SELECT name, problem FROM articles WHERE problem IS NOT NULL ORDER BY id")
        yield from map(tuple, rows)


def _failure(result: Result) -> Failure:
    return result["id"], result["problem"]["detail"]
