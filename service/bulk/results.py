"""What a run has made: counted, read back, and written in the form that the result's name asks for."""

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

_LISTED = 10  # failures

Failure = tuple[str | None, str]
"""An article that failed, by id, and why."""

_DAMAGE = (ValueError, KeyError, TypeError, EOFError, zlib.error, csv.Error, DatabaseError)
"""What reading a file raises that is no result, or not a whole one."""


@dataclass(slots=True)
class Failures:
    """How many articles failed, and the first of them."""

    number: int = 0
    first: list[Failure] = field(default_factory=list)

    def add(self, failure: Failure) -> None:
        self.number += 1
        if len(self.first) < _LISTED:
            self.first.append(failure)


@dataclass(slots=True)
class Totals:
    """What an archive came to."""

    articles: int = 0
    quotes: int = 0
    failures: Failures = field(default_factory=Failures)


def count(results: Iterable[Result]) -> Totals:
    """Count what there is in an archive's results."""
    totals = Totals()
    for result in results:
        totals.articles += 1
        if "problem" in result:
            totals.failures.add(_failure(result))
        else:
            totals.quotes += len(result["result"]["quotes"])
    return totals


def form_of(path: Path) -> ArchiveFormat:
    """The form of a result of that name. Raises ``TargetError`` if there is none, or what it needs is not installed."""
    form = archive_format(path)
    if form is None:
        raise TargetError(f"{path} is not named {archive_suffixes()}")
    if form.needs and find_spec(form.needs) is None:
        raise TargetError(f"{path} needs {form.needs}: install the extra `bulk`")
    return form


def read(path: Path) -> Iterator[Result]:
    """The results that a run has made. Raises ``BulkError`` where they cannot be read back."""
    form = form_of(path)
    if form.read is None:
        raise TargetError(f"{path} does not contain all results; use a result that is not {path.suffix}")
    try:
        yield from form.read(path)
    except ValueError as error:
        raise SourceError(f"{path} is damaged: {error}") from error


def failures_in(path: Path) -> Failures:
    """The failures in a result of any form. Raises ``BulkError`` where it cannot be read."""
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
