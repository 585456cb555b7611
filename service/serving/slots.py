"""How many requests for attribution may be under way: never so many that no thread is left for the health endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from service.errors import QUEUE_FULL, Problem
from service.serving.saturation import Saturation


class Slots:
    """Each request holds one from the time that its body is found sound to its answer, or to the end of its stream.

    One that did not arrive in full, or is at fault, is told so and takes none.
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._lock = Lock()  # guards what follows
        self._taken = 0
        self._saturation = Saturation()

    @property
    def full_seconds(self) -> float:
        """For how long there have been too few slots, 0 where there are enough."""
        return self._saturation.seconds

    def take(self) -> None:
        """Take a slot, to be given back with ``release``. Raises ``Problem`` 429 when there is none."""
        with self._lock:
            if self._taken == self._number:
                self._saturation.refuse()
                raise Problem(QUEUE_FULL, "Too many requests are under way.", headers={"Retry-After": "1"})
            self._taken += 1

    def release(self) -> None:
        with self._lock:
            self._taken -= 1
            self._saturation.ease(self._taken, self._number)

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Take a slot for the length of a block. Raises ``Problem`` 429 when there is none."""
        self.take()
        try:
            yield
        finally:
            self.release()
