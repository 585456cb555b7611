"""Worker threads for the work around the encoder: reading articles before it, answering after it."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Condition, Thread

log = logging.getLogger(__name__)

_SIZE_A_SECOND = 20_000  # a task of this size yields to the smallest ones submitted within a second after it


@dataclass(order=True, frozen=True, slots=True)
class _Task:
    rank: float  # a time: later tasks no longer overtake it from then on
    number: int
    size: int = field(compare=False)
    run: Callable[[], None] = field(compare=False)


class Pool:
    """Runs small tasks before larger ones that were submitted slightly earlier. Tasks of ``large`` size or more never
    occupy all threads.

    Few threads suffice: most of the work is Python code, which holds the global interpreter lock. More threads would
    not increase throughput, and would delay the inference thread.
    """

    def __init__(self, threads: int, large: int) -> None:
        if threads < 2:
            raise ValueError("a large task must leave a thread free")
        self._large = large
        self._changed = Condition()  # guards the fields below
        self._tasks: list[_Task] = []
        self._numbers = count()
        self._for_large = threads - 1  # threads still free to run a large task
        self._is_open = True
        self._threads = [Thread(target=self._work, name=f"pool-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def submit(self, size: int, run: Callable[[], None]) -> None:
        """Queue a task, which must not raise."""
        with self._changed:
            rank = time.monotonic() + size / _SIZE_A_SECOND
            self._tasks.append(_Task(rank, next(self._numbers), size, run))
            self._changed.notify_all()

    def close(self) -> None:
        """End the threads once all tasks are done."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def join(self, timeout: float) -> None:
        """Wait, after ``close``, for the threads to end, at most ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def _work(self) -> None:
        while task := self._next():
            try:
                task.run()
            except Exception:
                log.exception("a task of the pool failed")
            with self._changed:
                self._for_large += task.size >= self._large
                self._changed.notify_all()

    def _next(self) -> _Task | None:
        """The next task for the calling thread, once there is one; None when the pool is closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._may_begin() or not (self._tasks or self._is_open))
            task = min(self._may_begin(), default=None)
            if task:
                self._tasks.remove(task)
                self._for_large -= task.size >= self._large
            return task

    def _may_begin(self) -> list[_Task]:
        return [task for task in self._tasks if task.size < self._large or self._for_large > 0]
