"""A few threads for the work around the encoder: reading articles before it, answering after it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from threading import Condition, Thread

log = logging.getLogger(__name__)


@dataclass(order=True, frozen=True, slots=True)
class _Task:
    size: int
    number: int
    run: Callable[[], None] = field(compare=False)


class Pool:
    """Runs the smallest task first, and one that is ``large`` only where a thread stays free for the others.

    So few threads, as most of what they do is Python's, which runs in one thread at a time: more of them would do no
    more, and keep the encoder's thread waiting longer for its turn.
    """

    def __init__(self, threads: int, large: int) -> None:
        if threads < 2:
            raise ValueError("a large task must leave a thread free")
        self._large = large
        self._changed = Condition()  # guards what follows
        self._tasks: list[_Task] = []
        self._numbers = count()
        self._idle = threads
        self._is_open = True
        self._threads = [Thread(target=self._work, name=f"pool-{n}", daemon=True) for n in range(threads)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def submit(self, size: int, run: Callable[[], None]) -> None:
        """Run a task, which must not raise, when its turn has come."""
        with self._changed:
            heappush(self._tasks, _Task(size, next(self._numbers), run))
            self._changed.notify_all()

    def close(self) -> None:
        """End the threads when nothing is left to do."""
        with self._changed:
            self._is_open = False
            self._changed.notify_all()

    def join(self, timeout: float) -> None:
        """Wait, after ``close``, for each thread to end, for that many seconds at most."""
        for thread in self._threads:
            thread.join(timeout)

    def _work(self) -> None:
        while task := self._next():
            try:
                task.run()
            except Exception:
                log.exception("a task of the pool failed")
            with self._changed:
                self._idle += 1
                self._changed.notify_all()

    def _next(self) -> _Task | None:
        with self._changed:
            self._changed.wait_for(lambda: self._may_begin() or not (self._tasks or self._is_open))
            if not self._tasks:
                return None
            self._idle -= 1
            return heappop(self._tasks)

    def _may_begin(self) -> bool:
        """Whether the smallest task may take the thread that asks."""
        return bool(self._tasks) and (self._tasks[0].size < self._large or self._idle > 1)
