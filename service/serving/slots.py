"""Limits the number of concurrent requests, so that threads are left for the health endpoints."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock

from service.serving.jobs import RefusalReason, Refused
from service.serving.observer import Observer
from service.serving.pace import FadingRate
from service.serving.saturation import Saturation


class Slots:
    """Each request holds a slot from the validation of its body until its response is sent.

    An incomplete or invalid request takes none.
    """

    def __init__(self, number: int, reason: RefusalReason, observer: Observer) -> None:
        self._number = number
        self._reason = reason
        self._observer = observer
        self._lock = Lock()  # guards the fields below
        self._taken = 0
        self._seconds_held = FadingRate(1, 1)
        self._saturation = Saturation()

    @property
    def full_seconds(self) -> float:
        """For how long every request has been refused; 0 if they are admitted."""
        return self._saturation.seconds

    def take(self) -> Callable[[], None]:
        """Take a slot, and return the function that releases it. Raises ``Refused`` if none is free."""
        with self._lock:
            if self._taken == self._number:
                self._saturation.refuse()
                self._observer.refused(self._reason)
                raise Refused(self._reason, self._seconds_held.value / self._number)
            self._saturation.ease()
            self._taken += 1
        return partial(self._release, time.monotonic())

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold a slot for the duration of a block. Raises ``Refused`` if none is free."""
        release = self.take()
        try:
            yield
        finally:
            release()

    def _release(self, taken_at: float) -> None:
        with self._lock:
            self._taken -= 1
            self._seconds_held.count(time.monotonic() - taken_at, 1)
            if self._taken <= self._number / 2:
                self._saturation.ease()
