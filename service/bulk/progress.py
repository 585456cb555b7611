"""The progress of a run: its speed, the time left, and messages while the result is written."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

_LOG_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed of this run, without the work of earlier runs.

    ``begun``, ``position`` and ``size`` are in the archive's unit: where this run began, where it is, and the whole.
    ``articles`` and ``seconds`` count from the begin of this run.
    """

    size: int
    begun: int
    position: int
    articles: int
    seconds: float

    @property
    def articles_per_second(self) -> float:
        return self.articles / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """The estimated time left; None until there is progress."""
        done = self.position - self.begun
        return self.seconds * (self.size - self.position) / done if done > 0 else None

    def __str__(self) -> str:
        left = "?" if self.seconds_left is None else timedelta(seconds=round(self.seconds_left))
        return f"{self.articles_per_second:.1f} articles/s, {left} left"


class Meter:
    """Shows a progress bar on a terminal; elsewhere prints a line each minute."""

    def __init__(self, console: Console, size: int, articles_before: int) -> None:
        self._console = console
        self._size = size
        self._before = articles_before
        self._articles = 0
        self._begun: int | None = None
        self._start = self._logged = time.monotonic()
        self._bar = Progress(
            TaskProgressColumn(),
            BarColumn(None),
            TextColumn("{task.fields[articles]:,} articles, {task.fields[pace]}"),
            console=console,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("", total=size, articles=articles_before, pace="starting")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def advance(self, position: int) -> None:
        """Record that an article is done and that the archive has been processed up to ``position``."""
        self._articles += 1
        self._begun = position if self._begun is None else self._begun
        now = time.monotonic()
        pace = Pace(self._size, self._begun, position, self._articles, now - self._start)
        articles = self._before + self._articles
        self._bar.update(self._task, completed=position, articles=articles, pace=pace)
        if not self._console.is_terminal and now - self._logged > _LOG_SECONDS:
            self._console.print(f"{position / self._size:.0%}, {articles:,} articles, {pace}", highlight=False)
            self._logged = now


@contextmanager
def shown(log: logging.Logger, console: Console) -> Iterator[None]:
    """Print messages that ``log`` receives within the block, at level INFO or above."""
    printer, level = _Printer(console), log.level
    log.addHandler(printer)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.setLevel(level)
        log.removeHandler(printer)


class _Printer(logging.Handler):
    def __init__(self, console: Console) -> None:
        super().__init__(logging.INFO)
        self._console = console

    def emit(self, record: logging.LogRecord) -> None:
        self._console.print(record.getMessage(), markup=False, highlight=False)
