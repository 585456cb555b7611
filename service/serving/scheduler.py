"""Takes articles in, has them read, encoded and answered, and sees that none keeps the others from it.

An article goes one way: it is admitted, read by the pool, encoded slice by slice in the inference thread, answered by
the pool. Between two slices, what nobody waits for and what is past its deadline is dropped.
"""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Condition, Thread
from typing import TYPE_CHECKING

from service.libraries import loading
from service.serving.admission import Admission
from service.serving.engine import Engine, Options, warm_up
from service.serving.jobs import Abandoned, DeadlinePassed, Job, Refused, Terms, Unavailable
from service.serving.observer import Observer, Slice
from service.serving.pace import Pace
from service.serving.pool import Pool
from service.serving.queue import Part, WorkQueue

if TYPE_CHECKING:
    from service.records import Attribution, ModelInfo

log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5  # who waits looks this often whether what it waits for is still wanted
_POOL_THREADS = 2
_LARGE_CHARS = 20_000  # of an article that keeps a thread of the pool for so long that others must not wait for it


class State(StrEnum):
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    CLOSED = "shutting down"


@dataclass(frozen=True, slots=True)
class Load:
    """What there is to do at a moment: articles that are not answered yet, those of them whose encoding has not begun,
    and the tokens that are left to encode."""

    in_flight: int
    waiting: int
    tokens: int


class Scheduler:
    """The one way to the engine. Any thread may call it. Times are ``time.monotonic()``.

    ``max_chars`` bounds the text that waits; whether there is time, the deadlines say.
    """

    def __init__(
        self, load: Callable[[], Engine], *, max_chars: int, observer: Observer, hang_seconds: float = math.inf
    ) -> None:
        self._load = load
        self._hang_seconds = hang_seconds
        self._observer = observer
        self._changed = Condition()  # guards all that follows
        self._state = State.LOADING
        self._engine: Engine | None = None
        self._queue = WorkQueue()
        self._pace = Pace()
        self._admission = Admission(self._queue, self._pace, max_chars)
        self._in_flight = 0
        self._busy_since: float | None = None
        self._paced_until: float | None = None  # up to when the pace has been measured, None after a pause
        self._pool = Pool(_POOL_THREADS, large=_LARGE_CHARS)
        self._thread = Thread(target=self._run, name="inference", daemon=True)

    def start(self) -> None:
        """Load the model in the background, then take in work."""
        self._pool.start()
        self._thread.start()

    def close(self) -> None:
        """Admit nothing more; what has been admitted is finished."""
        self._become(State.CLOSED)

    def join(self, timeout: float) -> None:
        """Wait, after ``close``, for the work under way to end, for that many seconds at most."""
        deadline = time.monotonic() + timeout
        self._thread.join(timeout)
        self._pool.join(max(0.0, deadline - time.monotonic()))

    @property
    def state(self) -> State:
        return self._state

    @property
    def model(self) -> ModelInfo | None:
        """The model that answers, None until it is loaded."""
        return self._engine.model if self._engine else None

    @property
    def precision(self) -> str | None:
        """The number format that it computes in, None until it is loaded."""
        return self._engine.precision if self._engine else None

    @property
    def slice_tokens(self) -> int:
        """Tokens of one pass of the encoder; 1 until the model is loaded."""
        return self._queue.slice_tokens

    @property
    def characters_a_second(self) -> float:
        """How fast articles have been encoded lately."""
        return self._pace.characters_a_second

    @property
    def saturated_seconds(self) -> float:
        """For how long not even short articles have been taken, 0 where they are."""
        with self._changed:
            return self._admission.saturated_seconds(time.monotonic())

    def load(self) -> Load:
        """What there is to do now."""
        with self._changed:
            waiting = sum(job.begun is None for job in self._queue)
            return Load(self._in_flight, waiting, self._queue.tokens)

    def fault(self) -> str | None:
        """Why there will be no answers without a restart, None as long as there may be."""
        busy_since = self._busy_since
        if self._state is State.FAILED:
            return "the model could not be loaded"
        if busy_since is not None and time.monotonic() - busy_since > self._hang_seconds:
            return f"one inference has taken more than {self._hang_seconds:g} s"
        if self._state is State.READY and not self._thread.is_alive():
            return "the inference thread has ended"
        return None

    def submit(self, text: str, options: Options, terms: Terms) -> Job:
        """Take an article in, to be waited for with ``result``.

        One in bulk waits for room; the others are refused where there is none, or no time.

        Raises ``Unavailable`` while loading or shutting down, ``Refused``, or, where an article in bulk has waited in
        vain, ``Abandoned`` or ``DeadlinePassed``.
        """
        with self._changed:
            if terms.in_bulk:
                self._wait_for_room(len(text), terms)
            if self._state is not State.READY:
                raise Unavailable(f"the service is {self._state}")
            job = Job(text, options, terms, tokens_left=self._pace.tokens_of(len(text)))
            if not terms.in_bulk:
                self._judge(job)
            self._queue.add(job)
            self._in_flight += 1
        self._pool.submit(len(text), lambda: self._read(job))
        return job

    def result(self, job: Job) -> Attribution:
        """Wait for the answer to an article. Past the deadline it is dropped, unless it is being answered.

        Raises ``DeadlinePassed``, ``Abandoned``, or whatever the attribution raised.
        """
        while not job.future.done():
            remaining = job.terms.deadline - time.monotonic()
            if remaining <= 0:
                self._give_up(job)
            with suppress(TimeoutError):
                job.future.exception(timeout=remaining if 0 < remaining < _LOOK_SECONDS else _LOOK_SECONDS)
        return job.future.result()

    def drop(self, job: Job, error: Exception | None = None) -> None:
        """Give up an article that nobody waits for any more: no more slices have windows of it."""
        with self._changed:
            self._fail(job, error or Abandoned())

    def _give_up(self, job: Job) -> None:
        """Drop an article whose time is up, unless it is being answered."""
        with self._changed:
            if not job.is_encoded:
                self._fail(job, DeadlinePassed())

    def _judge(self, job: Job) -> None:
        try:
            self._admission.judge(job, time.monotonic())
        except Refused as refusal:
            self._observer.refused(refusal.reason)
            raise

    def _wait_for_room(self, characters: int, terms: Terms) -> None:
        while self._state is State.READY and not self._admission.has_room_in_bulk(characters):
            if not terms.is_wanted():
                raise Abandoned
            if (remaining := terms.deadline - time.monotonic()) <= 0:
                raise DeadlinePassed
            self._changed.wait(timeout=min(remaining, _LOOK_SECONDS))

    # What the pool does.

    def _read(self, job: Job) -> None:
        if job.future.done() or not self._engine:
            return
        try:
            document = self._engine.read(job.text)
        except Exception as error:
            self.drop(job, error)
            return
        with self._changed:
            if not job.future.done():
                job.set_document(document)
                self._pace.count_text(job.tokens_left, len(job.text))
                self._pass_on(job)
                self._changed.notify_all()

    def _answer(self, job: Job) -> None:
        if job.future.done() or not self._engine:
            return
        options = job.options
        try:
            answer = self._engine.answer(
                job.document,
                job.vectors,
                min_confidence=options.min_confidence,
                include_nonspeech=options.include_nonspeech,
            )
        except Exception as error:
            self.drop(job, error)
            return
        with self._changed:
            if not job.future.done():
                self._forget(job)
                job.future.set_result(answer)

    # What the inference thread does.

    def _run(self) -> None:
        try:
            with loading():
                engine = self._load()
                warm_up(engine)
        except Exception as error:
            log.exception("the model could not be loaded: %s", error)
            self._become(State.FAILED)
        else:
            self._engine = engine
            self._queue.slice_tokens = engine.slice_tokens
            self._become(State.READY)
            log.info("ready with model %s %s", engine.model.name, engine.model.version)
            self._serve(engine)
        self._pool.close()

    def _serve(self, engine: Engine) -> None:
        while parts := self._next_slice():
            self._busy_since = time.monotonic()
            self._encode(engine, parts)
            self._busy_since = None

    def _become(self, state: State) -> None:
        with self._changed:
            if self._state is not State.CLOSED:
                self._state = state
            self._changed.notify_all()

    def _next_slice(self) -> Sequence[Part]:
        """What to encode next, waited for; nothing when the service is closed and nothing is left to do."""
        with self._changed:
            while True:
                now = time.monotonic()
                for job in tuple(self._queue):
                    if error := job.reason_to_drop(now):
                        self._fail(job, error)
                if parts := self._queue.next_slice(now, self._pace.tokens_a_second):
                    for part in parts:
                        part.job.begun = part.job.begun or now
                    return parts
                if self._state is State.CLOSED and not len(self._queue):
                    return ()
                self._paced_until = None
                self._changed.wait(timeout=_LOOK_SECONDS if len(self._queue) else None)

    def _encode(self, engine: Engine, parts: Sequence[Part]) -> None:
        """Run a slice; where that fails, each article's part alone, so that only the one at fault fails."""
        began = time.monotonic()
        try:
            vectors = engine.encode([window for part in parts for window in part.windows])
        except Exception as error:
            if len(parts) == 1:
                self.drop(parts[0].job, error)
                return
            log.warning("a slice of %d articles failed (%s); each is tried alone", len(parts), type(error).__name__)
            for part in parts:
                self._encode(engine, [part])
            return
        self._account(parts, vectors, time.monotonic() - began)

    def _account(self, parts: Sequence[Part], vectors: Sequence[object], seconds: float) -> None:
        """Hand out the vectors of a slice, and count it."""
        tokens = sum(part.tokens for part in parts)
        waits = [part.job.begun - part.job.submitted for part in parts if part.job.begun and not part.job.vectors]
        with self._changed:
            now = time.monotonic()  # what passes between two slices is time in which nothing is encoded, too
            self._pace.count_slice(tokens, now - (self._paced_until or now - seconds))
            self._paced_until = now
            start = 0
            for part in parts:
                stop = start + len(part.windows)
                if not part.job.future.done():
                    part.job.add_vectors(vectors[start:stop], seconds)
                    self._pass_on(part.job)
                start = stop
        self._observer.sliced(Slice(len(parts), tokens, seconds, waits))

    # The end of an article, under the lock.

    def _pass_on(self, job: Job) -> None:
        """Have an article answered once it is encoded."""
        if job.is_encoded:
            self._queue.remove(job)
            self._changed.notify_all()
            self._pool.submit(len(job.text), lambda: self._answer(job))

    def _fail(self, job: Job, error: Exception) -> None:
        if job.future.done():
            return
        if not job.is_encoded:
            self._queue.remove(job)
        self._observer.failed(error)
        self._forget(job)
        job.future.set_exception(error)

    def _forget(self, job: Job) -> None:
        self._in_flight -= 1
        job.release()
        self._changed.notify_all()
