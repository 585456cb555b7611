"""What is told of the work as it goes on, for metrics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from service.serving.jobs import RefusalReason


@dataclass(frozen=True, slots=True)
class Slice:
    """A pass of the encoder that is over: of how many articles it had windows, how many tokens, how long it took, and
    how long those that it began had waited."""

    articles: int
    tokens: int
    seconds: float
    waits: Sequence[float]


class Observer(Protocol):
    """Is told what happens. Any thread may, with a lock in its hand: what it does must be quick."""

    def sliced(self, slice_: Slice) -> None: ...

    def refused(self, reason: RefusalReason) -> None:
        """Something has been turned away with 429."""

    def failed(self, error: Exception) -> None:
        """An article that was admitted has ended without an answer."""
