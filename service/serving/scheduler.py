"""Takes articles through reading, encoding and answering, such that none blocks the others.

An article is admitted, read by the pool, encoded slice by slice in the inference thread, and answered by the pool.
Between slices, articles are dropped that are past their deadline or that no client waits for.
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

_LOOK_SECONDS = 0.5  # how often a waiting thread checks whether the article is still wanted
_POOL_THREADS = 2
_LARGE_CHARS = 20_000  # from this length on, an article occupies a pool thread for too long to let it have the last one


class State(StrEnum):
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"
    CLOSED = "shutting down"


@dataclass(frozen=True, slots=True)
class Load:
    """The current work: articles not answered yet, those among them whose encoding has not begun, and tokens left to
    encode."""

    in_flight: int
    waiting: int
    tokens: int


class Scheduler:
    """The only access to the engine. Thread-safe. Times are ``time.monotonic()``.

    ``max_chars`` limits the characters of queued text. ``fault`` reports an inference longer than ``hang_seconds``.
    """

    def __init__(
        self, load: Callable[[], Engine], *, max_chars: int, observer: Observer, hang_seconds: float = math.inf
    ) -> None:
        self._load = load
        self._hang_seconds = hang_seconds
        self._observer = observer
        self._changed = Condition()  # guards the fields below
        self._state = State.LOADING
        self._engine: Engine | None = None
        self._queue = WorkQueue()
        self._pace = Pace()
        self._admission = Admission(self._queue, self._pace, max_chars)
        self._in_flight = 0
        self._busy_since: float | None = None
        self._paced_until: float | None = None  # end of the last pace measurement, None after a pause
        self._pool = Pool(_POOL_THREADS, large=_LARGE_CHARS)
        self._thread = Thread(target=self._run, name="inference", daemon=True)

    def start(self) -> None:
        """Load the model in the background, then accept work."""
        self._pool.start()
        self._thread.start()

    def close(self) -> None:
        """Admit no more articles; the admitted ones are finished."""
        self._become(State.CLOSED)

    def join(self, timeout: float) -> None:
        """Wait, after ``close``, for the remaining work to end, at most ``timeout`` seconds."""
        deadline = time.monotonic() + timeout
        self._thread.join(timeout)
        self._pool.join(max(0.0, deadline - time.monotonic()))

    @property
    def state(self) -> State:
        return self._state

    @property
    def model(self) -> ModelInfo | None:
        """The loaded model; None until it is loaded."""
        return self._engine.model if self._engine else None

    @property
    def precision(self) -> str | None:
        """The number format of inference; None until the model is loaded."""
        return self._engine.precision if self._engine else None

    @property
    def slice_tokens(self) -> int:
        """Tokens of one pass of the encoder; 1 until the model is loaded."""
        return self._queue.slice_tokens

    @property
    def characters_a_second(self) -> float:
        """The recent throughput of the encoder."""
        return self._pace.characters_a_second

    @property
    def saturated_seconds(self) -> float:
        """For how long even short articles have been refused; 0 if they are admitted."""
        with self._changed:
            return self._admission.saturated_seconds(time.monotonic())

    def load(self) -> Load:
        """The current work."""
        with self._changed:
            waiting = sum(job.begun is None for job in self._queue)
            return Load(self._in_flight, waiting, self._queue.tokens)

    def fault(self) -> str | None:
        """Why the service cannot answer until it is restarted; None if it can."""
        busy_since = self._busy_since
        if self._state is State.FAILED:
            return "the model could not be loaded"
        if busy_since is not None and time.monotonic() - busy_since > self._hang_seconds:
            return f"one inference has taken more than {self._hang_seconds:g} s"
        if self._state is State.READY and not self._thread.is_alive():
            return "the inference thread has ended"
        return None

    def submit(self, text: str, options: Options, terms: Terms) -> Job:
        """Admit an article; ``result`` waits for its answer.

        Blocks a bulk article until there is room, and refuses others at once if there is no room or too little time.

        Raises ``Unavailable`` while loading or shutting down, ``Refused`` for an interactive article, and ``Abandoned``
        or ``DeadlinePassed`` for a bulk article that has waited in vain.
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
        """Wait for the answer to an article. At its deadline it is dropped, unless it is already encoded.

        Raises ``DeadlinePassed``, ``Abandoned``, or what the engine raised.
        """
        while not job.future.done():
            remaining = job.terms.deadline - time.monotonic()
            if remaining <= 0:
                self._give_up(job)
            with suppress(TimeoutError):
                job.future.exception(timeout=remaining if 0 < remaining < _LOOK_SECONDS else _LOOK_SECONDS)
        return job.future.result()

    def drop(self, job: Job, error: Exception | None = None) -> None:
        """Drop an article, with ``Abandoned`` as its outcome unless an error is given. It has no part in further
        slices."""
        with self._changed:
            self._fail(job, error or Abandoned())

    def _give_up(self, job: Job) -> None:
        """Drop an article past its deadline, unless it is already encoded."""
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

    # Runs in the pool.

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

    # Runs in the inference thread.

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
        """Wait for the next slice to encode; empty when the service is closed and no work is left."""
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
        """Encode a slice. If that fails, encode each article's part alone, so that only the faulty article fails."""
        began = time.monotonic()
        try:
            vectors = engine.encode([window for part in parts for window in part.windows])
        except Exception as error:
            if len(parts) == 1:
                self.drop(parts[0].job, error)
                return
            log.warning("a slice of %d articles failed (%s); retrying each alone", len(parts), type(error).__name__)
            for part in parts:
                self._encode(engine, [part])
            return
        self._account(parts, vectors, time.monotonic() - began)

    def _account(self, parts: Sequence[Part], vectors: Sequence[object], seconds: float) -> None:
        """Distribute the vectors of a slice, and record its measurements."""
        tokens = sum(part.tokens for part in parts)
        waits = [part.job.begun - part.job.submitted for part in parts if part.job.begun and not part.job.vectors]
        with self._changed:
            now = time.monotonic()  # time between slices counts as well
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

    # The caller of these holds the lock.

    def _pass_on(self, job: Job) -> None:
        """Have the article answered if it is fully encoded."""
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
