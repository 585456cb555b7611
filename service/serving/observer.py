"""Events of the scheduler, for metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from service.serving.jobs import RefusalReason


@dataclass(frozen=True, slots=True)
class Slice:
    """A completed pass of the encoder.

    ``articles`` and ``tokens`` count what it processed, ``seconds`` is its duration, and ``waits`` are the seconds that
    each article which it began had been queued.
    """

    articles: int
    tokens: int
    seconds: float
    waits: Sequence[float]


class Observer(Protocol):
    """Receives events. They may come from any thread, with a lock held: methods must return quickly."""

    def sliced(self, slice_: Slice) -> None: ...

    def refused(self, reason: RefusalReason) -> None:
        """A request has been refused with 429."""

    def failed(self, error: Exception) -> None:
        """An admitted article has ended without an answer."""
