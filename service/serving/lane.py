"""The inference lane: one thread that owns the model, fed by a bounded queue, so that requests share batches."""

from __future__ import annotations

import logging
import math
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Condition, Thread
from typing import Protocol

from service.libraries import loading
from service.records import Attribution, ModelInfo
from service.serving.saturation import Saturation

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5  # who waits looks this often whether the article is still wanted
_CAUTION = 1.15  # inference may turn out slower than it was

WARM_UP_TEXT = "“The bridge opens on Monday,” Mayor Ada Brook told the Associated Press. “We are ready.”"


class Attributor(Protocol):
    """What the lane asks of the domain; ``service.attribution.QuoteAttributor`` has it."""

    @property
    def model(self) -> ModelInfo: ...

    @property
    def precision(self) -> str: ...

    def attribute_batch(
        self, texts: Sequence[str], *, min_confidence: float = 0.0, include_nonspeech: bool = False
    ) -> list[Attribution]: ...


class LaneState(StrEnum):
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    CLOSED = "shutting down"


class LaneUnavailable(Exception):
    """The lane admits nothing now: it is loading, has failed or is closed. The message says which."""


class LaneFull(Exception):
    """The queue has no room for the article now."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"room is expected in {retry_after} s")
        self.retry_after = retry_after


class DeadlinePassed(Exception):
    """The article was not done by its deadline."""


class Abandoned(Exception):
    """Nobody waits for the article any more."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a caller chooses about the answer; only articles with the same options share a batch."""

    min_confidence: float = 0.0
    include_nonspeech: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """An admitted article on its way through the lane; ``is_wanted`` says whether somebody still waits for it, and
    ``deadline`` until when."""

    text: str
    options: Options
    is_wanted: Callable[[], bool]
    deadline: float = math.inf
    submitted: float = field(default_factory=time.monotonic)
    future: Future[Attribution] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class BatchReport:
    """An inference that is over: how long each of its articles had waited, how long it took, how much it was."""

    queue_seconds: Sequence[float]
    inference_seconds: float
    characters: int


class Pace:
    """How fast characters are attributed, by the last few batches, the latest counting most."""

    _FADING = 0.8

    def __init__(self) -> None:
        self._characters, self._seconds = 10_000.0, 1.0  # a guess until batches are measured

    def count(self, characters: int, seconds: float) -> None:
        """Take a batch into account."""
        self._characters = self._FADING * self._characters + characters
        self._seconds = self._FADING * self._seconds + seconds

    def seconds(self, characters: float) -> float:
        """The time that so many characters will take."""
        return characters * self._seconds / max(1.0, self._characters)


class InferenceLane:
    """A queue of articles and the thread that attributes them, several at a time when several wait.

    The thread loads the model first. It never waits for a batch to fill: while it is busy, requests gather, and the
    next batch takes as many of them as ``max_batch_chars`` allows, in their order. Times are ``time.monotonic()``.
    """

    def __init__(
        self,
        load: Callable[[], Attributor],
        *,
        max_queue_chars: int,
        max_batch_chars: int,
        hang_seconds: float = math.inf,
        report: Callable[[BatchReport], None] = lambda _: None,
    ) -> None:
        self._load = load
        self._report = report
        self._max_queue_chars = max_queue_chars
        self._max_batch_chars = max_batch_chars
        self._hang_seconds = hang_seconds
        self._changed = Condition()  # guards all that follows
        self._state = LaneState.LOADING
        self._attributor: Attributor | None = None
        self._queue: deque[Job] = deque()
        self._queued_chars = 0
        self._full_chars = max_queue_chars  # the room there was at the last refusal: the deadline may leave less
        self._saturation = Saturation()
        self._busy_since: float | None = None
        self._running_chars = 0
        self._pace = Pace()
        self._thread = Thread(target=self._run, name="inference", daemon=True)

    def start(self) -> None:
        """Load the model in the background, then take in work."""
        self._thread.start()

    def close(self) -> None:
        """Admit nothing more; what has been admitted is finished."""
        with self._changed:
            self._state = LaneState.CLOSED
            self._changed.notify_all()

    def join(self, timeout: float) -> None:
        """Wait, after ``close``, for the inference under way to end, for that many seconds at most."""
        self._thread.join(timeout)

    @property
    def state(self) -> LaneState:
        return self._state

    @property
    def is_ready(self) -> bool:
        return self._state is LaneState.READY

    @property
    def model(self) -> ModelInfo | None:
        """The model that answers, None until it is loaded."""
        return self._attributor.model if self._attributor else None

    @property
    def precision(self) -> str | None:
        """The number format that it computes in, None until it is loaded."""
        return self._attributor.precision if self._attributor else None

    @property
    def queued_chars(self) -> int:
        return self._queued_chars

    @property
    def full_seconds(self) -> float:
        """For how long articles have been turned away for want of room, 0 where there is room."""
        return self._saturation.seconds

    def fault(self) -> str | None:
        """Why the lane will not answer again without a restart, None as long as it may."""
        busy_since = self._busy_since
        if self._state is LaneState.FAILED:
            return "the model could not be loaded"
        if busy_since is not None and time.monotonic() - busy_since > self._hang_seconds:
            return f"one inference has taken more than {self._hang_seconds:g} s"
        if self._state is LaneState.READY and not self._thread.is_alive():
            return "the inference thread has ended"
        return None

    def submit(
        self,
        text: str,
        options: Options,
        *,
        deadline: float = math.inf,
        wait_until: float | None = None,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> Job:
        """Queue an article. With ``wait_until``, wait that long for room instead of raising at once.

        There is no room either where what is before it would not be done in time for the ``deadline``: work that comes
        too late is work lost to those who wait behind it.

        Its work is dropped when ``is_wanted``, asked now and then by whoever waits for it, says no. Raises
        ``LaneUnavailable`` while loading or shutting down, ``LaneFull`` where the queue has no room, ``Abandoned``
        where the article is no longer wanted.
        """
        job = Job(text, options, is_wanted, deadline)
        with self._changed:
            if wait_until is not None:
                self._wait_for_room(job, wait_until)
            if self._state is not LaneState.READY:
                raise LaneUnavailable(f"the service is {self._state}")
            if not self._has_room(job):
                self._saturation.refuse()
                self._full_chars = min(self._max_queue_chars, self._queued_chars + len(job.text))
                raise LaneFull(self._seconds_until_room())
            self._queue.append(job)
            self._queued_chars += len(job.text)
            self._changed.notify_all()
        return job

    def result(self, job: Job, deadline: float) -> Attribution:
        """Wait for the answer to an article. Past the deadline, or when it is no longer wanted, it is dropped, unless
        it has been begun.

        Raises ``DeadlinePassed``, ``Abandoned``, or whatever the attribution raised.
        """
        while not job.future.done():
            if (remaining := deadline - time.monotonic()) <= 0:
                self.drop(job)
                raise DeadlinePassed
            if not job.is_wanted():
                self.drop(job)
                raise Abandoned
            with suppress(TimeoutError):
                job.future.exception(timeout=min(remaining, _LOOK_SECONDS))
        return job.future.result()

    def drop(self, job: Job) -> None:
        """Give up an article that nobody waits for any more, unless it has been begun."""
        with self._changed:
            if job in self._queue:
                self._queue.remove(job)
                self._make_room(len(job.text))

    def _make_room(self, chars: int) -> None:
        self._queued_chars -= chars
        self._saturation.ease(self._queued_chars, self._full_chars)
        self._changed.notify_all()

    def _wait_for_room(self, job: Job, until: float) -> None:
        while self._state is LaneState.READY and not self._has_room(job):
            if (remaining := until - time.monotonic()) <= 0:
                return
            if not job.is_wanted():
                raise Abandoned
            self._changed.wait(timeout=min(remaining, _LOOK_SECONDS))

    def _has_room(self, job: Job) -> bool:
        before = self._running_chars + self._queued_chars
        in_time = not before or self._is_done_by(job.deadline, _CAUTION * (before + len(job.text)))
        return in_time and self._queued_chars + len(job.text) <= self._max_queue_chars

    def _is_done_by(self, deadline: float, characters: float) -> bool:
        return time.monotonic() + self._pace.seconds(characters) <= deadline

    def _seconds_until_room(self) -> int:
        return min(60, max(1, math.ceil(self._pace.seconds(self._running_chars + self._queued_chars))))

    def _run(self) -> None:
        try:
            with loading():
                attributor = self._load()
                attributor.attribute_batch([WARM_UP_TEXT])
        except Exception as error:
            log.exception("the model could not be loaded: %s", error)
            self._become(LaneState.FAILED)
            return
        self._attributor = attributor
        self._become(LaneState.READY)
        log.info("ready with model %s %s", attributor.model.name, attributor.model.version)
        while batch := self._take():
            self._busy_since = began = time.monotonic()
            _infer(attributor, batch)
            self._busy_since = None
            self._running_chars = 0
            self._measure(batch, began, time.monotonic())

    def _measure(self, batch: Sequence[Job], began: float, ended: float) -> None:
        characters = sum(len(job.text) for job in batch)
        self._pace.count(characters, ended - began)
        self._report(BatchReport([began - job.submitted for job in batch], ended - began, characters))

    def _become(self, state: LaneState) -> None:
        with self._changed:
            if self._state is not LaneState.CLOSED:
                self._state = state
            self._changed.notify_all()

    def _take(self) -> list[Job]:
        """The next batch, waited for; empty when the lane is closed and nothing is left to do."""
        with self._changed:
            self._changed.wait_for(lambda: self._queue or self._state is LaneState.CLOSED)
            batch: list[Job] = []
            chars = 0
            while self._queue and (not batch or self._fits(self._queue[0], batch[0], chars)):
                job = self._queue.popleft()
                batch.append(job)
                chars += len(job.text)
            self._running_chars = chars
            self._make_room(chars)
            return batch

    def _fits(self, job: Job, first: Job, chars: int) -> bool:
        """Whether an article may join a batch of so many characters, without making its first one late."""
        chars += len(job.text)
        alike = job.options == first.options and chars <= self._max_batch_chars
        return alike and self._is_done_by(first.deadline, _CAUTION * chars)


def _infer(attributor: Attributor, batch: Sequence[Job]) -> None:
    """Attribute a batch; where that fails, each article alone, so that only the one at fault fails."""
    options = batch[0].options
    try:
        attributions = attributor.attribute_batch(
            [job.text for job in batch],
            min_confidence=options.min_confidence,
            include_nonspeech=options.include_nonspeech,
        )
        answers = list(zip(batch, attributions, strict=True))
    except Exception as error:
        if len(batch) == 1:
            batch[0].future.set_exception(error)
            return
        log.warning("a batch of %d articles failed (%s); each is tried alone", len(batch), type(error).__name__)
        for job in batch:
            _infer(attributor, [job])
        return
    for job, attribution in answers:
        job.future.set_result(attribution)
