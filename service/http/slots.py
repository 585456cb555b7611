"""How many requests for attribution may be under way: never so many that no thread is left for the health endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from service.http.problems import QUEUE_FULL, Problem


class Slots:
    """A request takes its slot before its body is read, since a slow sender holds a thread too."""

    def __init__(self, number: int) -> None:
        self._free = BoundedSemaphore(number)

    def take(self) -> None:
        """Take a slot, to be given back with ``release``. Raises ``Problem`` 429 when there is none."""
        if not self._free.acquire(blocking=False):
            raise Problem(QUEUE_FULL, "Too many requests are under way.", headers={"Retry-After": "1"})

    def release(self) -> None:
        self._free.release()

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Take a slot for the length of a block. Raises ``Problem`` 429 when there is none."""
        self.take()
        try:
            yield
        finally:
            self.release()
