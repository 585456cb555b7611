"""An admitted article, the terms of its admission, and the exceptions that it may end with."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence, Sized
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from service.serving.engine import Document, Options

if TYPE_CHECKING:
    from service.records import Attribution


class Unavailable(Exception):
    """Nothing is admitted: the service is loading, has failed or is shutting down. The message says which."""


class RefusalReason(StrEnum):
    TIME = "time"  # it would miss its deadline
    ROOM = "room"  # it would take too much memory beside the queued articles
    REQUESTS = "requests"  # no thread is left for another request
    STREAMS = "streams"  # no thread is left for another batch or stream


class Refused(Exception):
    """The article cannot be admitted now. It may be in ``retry_after`` seconds."""

    def __init__(self, reason: RefusalReason, seconds: float) -> None:
        self.reason = reason
        self.retry_after = max(1, math.ceil(seconds))
        super().__init__(f"room is expected in {self.retry_after} s")


class Abandoned(Exception):
    """The client no longer waits for the article."""


class DeadlinePassed(Exception):
    """The article missed its deadline, or exceeded its encoding time."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms on which an article is admitted.

    The article is dropped at ``deadline`` (``time.monotonic()``) or after ``work_seconds`` of encoding. ``is_wanted``
    returns whether the client still waits for it, and may be called from any thread. An article ``in_bulk`` is part of
    a batch or a stream: it yields to interactive articles, and waits for room instead of being refused.
    """

    deadline: float = math.inf
    work_seconds: float = math.inf
    in_bulk: bool = False
    is_wanted: Callable[[], bool] = lambda: True


@dataclass(eq=False, slots=True)
class Job:
    """An admitted article. Whoever changes it holds the scheduler's lock.

    ``tokens_left`` are still to be encoded; until the article has been read, this is an estimate. ``future`` holds the
    answer, or the exception that the article ended with.
    """

    text: str
    options: Options
    terms: Terms
    tokens_left: int
    submitted: float = field(default_factory=time.monotonic)
    begun: float | None = None
    seconds_encoded: float = 0.0
    document: Document | None = None
    vectors: list[Any] = field(default_factory=list)
    future: Future[Attribution] = field(default_factory=Future)

    @property
    def windows_left(self) -> Sequence[Sized]:
        """The windows still to be encoded; empty until the article has been read."""
        return self.document.windows[len(self.vectors) :] if self.document else ()

    @property
    def tokens(self) -> int:
        """The tokens of all windows; until the article has been read, the estimate."""
        return sum(map(len, self.document.windows)) if self.document else self.tokens_left

    @property
    def is_encoded(self) -> bool:
        return self.document is not None and len(self.vectors) == len(self.document.windows)

    def set_document(self, document: Document) -> None:
        """Store the read article; its windows replace the estimate of its tokens."""
        self.document = document
        self.tokens_left = self.tokens

    def add_vectors(self, vectors: Sequence[Any], seconds: float) -> None:
        """Store the vectors of the next windows, from a slice that took ``seconds``."""
        self.tokens_left -= sum(map(len, self.windows_left[: len(vectors)]))
        self.vectors.extend(vectors)
        self.seconds_encoded += seconds

    def reason_to_drop(self, now: float) -> Exception | None:
        """The exception to end the article with, if no more work should go into it, else None."""
        if now > self.terms.deadline or self.seconds_encoded > self.terms.work_seconds:
            return DeadlinePassed()
        return None if self.terms.is_wanted() else Abandoned()

    def release(self) -> None:
        """Free the memory of everything but the outcome."""
        self.document, self.vectors, self.tokens_left = None, [], 0
