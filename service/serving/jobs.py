"""An article on its way through the service, the terms it was taken on, and the ways it may end without an answer."""

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
    """Nothing is admitted now: the service is loading, has failed or is closed. The message says which."""


class RefusalReason(StrEnum):
    TIME = "time"  # it would come too late
    ROOM = "room"  # it would take too much memory beside what waits already
    REQUESTS = "requests"  # no thread is left for another request
    STREAMS = "streams"  # nor for another batch or stream


class Refused(Exception):
    """The article cannot be taken now; in ``retry_after`` seconds it may be, when what is before it is through."""

    def __init__(self, reason: RefusalReason, seconds: float) -> None:
        self.reason = reason
        self.retry_after = max(1, math.ceil(seconds))
        super().__init__(f"room is expected in {self.retry_after} s")


class Abandoned(Exception):
    """Nobody waits for the article any more."""


class DeadlinePassed(Exception):
    """The article was not done by its deadline, or took more work than one may."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms an article is taken.

    ``deadline`` (``time.monotonic()``) is when it is given up, ``work_seconds`` how long it may keep the encoder, and
    ``is_wanted`` says, from any thread, whether somebody still waits for it. One ``in_bulk`` is part of a batch or a
    stream, whose owner waits for the whole: it lets those that somebody waits for go first, and takes its turn.
    """

    deadline: float = math.inf
    work_seconds: float = math.inf
    in_bulk: bool = False
    is_wanted: Callable[[], bool] = lambda: True


@dataclass(eq=False, slots=True)
class Job:
    """An admitted article. Who changes it holds the scheduler's lock.

    ``tokens_left`` is the work that the encoder still has with it, by estimate until it has been read. ``future`` has
    its answer, or what became of it instead.
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
        """Those that the encoder has still to take; none before the article has been read."""
        return self.document.windows[len(self.vectors) :] if self.document else ()

    @property
    def tokens(self) -> int:
        """All of them, left or not; those of an article that has not been read are left."""
        return sum(map(len, self.document.windows)) if self.document else self.tokens_left

    @property
    def is_encoded(self) -> bool:
        return self.document is not None and len(self.vectors) == len(self.document.windows)

    def set_document(self, document: Document) -> None:
        """Take the article as it was read; its windows replace the estimate of the work."""
        self.document = document
        self.tokens_left = self.tokens

    def add_vectors(self, vectors: Sequence[Any], seconds: float) -> None:
        """Take the vectors of the next windows, from a slice of that many seconds."""
        self.tokens_left -= sum(map(len, self.windows_left[: len(vectors)]))
        self.vectors.extend(vectors)
        self.seconds_encoded += seconds

    def reason_to_drop(self, now: float) -> Exception | None:
        """Why no more work should go into it, None where it should."""
        if now > self.terms.deadline or self.seconds_encoded > self.terms.work_seconds:
            return DeadlinePassed()
        return None if self.terms.is_wanted() else Abandoned()

    def release(self) -> None:
        """Free everything but the outcome."""
        self.document, self.vectors, self.tokens_left = None, [], 0
