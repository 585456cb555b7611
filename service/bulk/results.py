"""What a run has made: counted, read back, and written in the form that the result's name asks for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from service.bulk.errors import SourceError, TargetError
from service.formats.json_lines import Result
from service.formats.registry import ArchiveFormat, archive_format, archive_suffixes

_FAILURES = 10  # that are listed


@dataclass(frozen=True, slots=True)
class Totals:
    """What an archive came to. ``failures`` are the first articles that failed, by id, and why."""

    articles: int
    failed: int
    quotes: int
    failures: tuple[tuple[str | None, str], ...] = ()


def count(results: Iterable[Result]) -> Totals:
    """Count what there is in an archive's results."""
    articles = failed = quotes = 0
    failures: list[tuple[str | None, str]] = []
    for result in results:
        articles += 1
        if "problem" in result:
            failed += 1
            if failed <= _FAILURES:
                failures.append((result["id"], result["problem"]["detail"]))
        else:
            quotes += len(result["result"]["quotes"])
    return Totals(articles, failed, quotes, tuple(failures))


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
        raise TargetError(f"{path} does not hold all of the results; give one that is not {path.suffix}")
    try:
        yield from form.read(path)
    except ValueError as error:
        raise SourceError(f"{path} is damaged: {error}") from error
