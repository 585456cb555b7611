from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Any

import pytest

from service.serving.engine import Options
from service.serving.jobs import Abandoned, DeadlinePassed, Job, RefusalReason, Refused, Terms, Unavailable
from service.serving.observer import Slice
from service.serving.scheduler import Load, Scheduler, State
from tests.serving.counting import SLICE, UNANSWERABLE, UNENCODABLE, UNREADABLE, WINDOW, CountingEngine
from tests.waiting import wait_for

PLAIN = Options()
MAX_CHARS = 1000


@dataclass
class Seen:
    """An observer that remembers."""

    slices: list[Slice] = field(default_factory=list)
    refusals: list[RefusalReason] = field(default_factory=list)
    failures: list[type[Exception]] = field(default_factory=list)

    def sliced(self, slice_: Slice) -> None:
        self.slices.append(slice_)

    def refused(self, reason: RefusalReason) -> None:
        self.refusals.append(reason)

    def failed(self, error: Exception) -> None:
        self.failures.append(type(error))


class Bench:
    """A scheduler whose slices each wait for ``gate``, and what was seen of it."""

    def __init__(self) -> None:
        self.gate = Event()
        self.gate.set()
        self.engine = CountingEngine(before_slice=lambda: self.gate.wait(60))
        self.seen = Seen()
        self.scheduler = Scheduler(lambda: self.engine, max_chars=MAX_CHARS, hang_seconds=0.05, observer=self.seen)
        self.scheduler.start()
        wait_for(lambda: self.scheduler.state is State.READY)

    def submit(self, text: str, terms: Terms | None = None, options: Options = PLAIN) -> Job:
        return self.scheduler.submit(text, options, terms or Terms(deadline=soon()))

    def occupy(self) -> Job:
        """Have a slice under way until ``gate`` is set."""
        self.gate.clear()
        before = len(self.engine.slices)
        job = self.submit("busy")
        wait_for(lambda: len(self.engine.slices) > before)
        return job

    def wait_until_read(self, *jobs: Job) -> None:
        wait_for(lambda: all(job.document for job in jobs))


def soon() -> float:
    return time.monotonic() + 60


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.gate.set()
    bench.scheduler.close()
    bench.scheduler.join(60)


def test_an_article_is_read_encoded_and_answered(bench: Bench) -> None:
    job = bench.submit("a" * 25, options=Options(0.5, include_nonspeech=True))
    assert bench.scheduler.result(job).warnings == ("a" * 25, "0.5", "True")
    assert bench.engine.slices == [["a" * 10, "a" * 10], ["a" * 5]]
    assert bench.scheduler.load() == Load(in_flight=0, waiting=0, tokens=0)


def test_an_empty_article_costs_no_slice(bench: Bench) -> None:
    assert bench.scheduler.result(bench.submit("")).quotes == ()
    assert bench.engine.slices == []


def test_the_model_is_warm_before_it_is_ready() -> None:
    engine = CountingEngine()
    scheduler = Scheduler(lambda: engine, max_chars=1, observer=Seen())
    assert scheduler.model is None
    scheduler.start()
    wait_for(lambda: scheduler.state is State.READY)
    assert engine.is_warm
    assert scheduler.model == engine.model
    assert scheduler.slice_tokens == SLICE
    scheduler.close()


def test_requests_that_wait_share_a_slice_whatever_their_options(bench: Bench) -> None:
    bench.occupy()
    jobs = [bench.submit(text, options=Options(n / 10)) for n, text in enumerate(("aaa", "bb", "c"))]
    bench.wait_until_read(*jobs)
    bench.gate.set()
    assert [bench.scheduler.result(job).warnings[1] for job in jobs] == ["0.0", "0.1", "0.2"]
    assert bench.engine.slices[1:] == [["c", "bb", "aaa"]]
    wait_for(lambda: len(bench.seen.slices) == 2)
    assert (bench.seen.slices[1].articles, bench.seen.slices[1].tokens) == (3, 6)
    assert len(bench.seen.slices[1].waits) == 3


def test_a_long_article_holds_a_short_one_up_for_no_more_than_a_slice(bench: Bench) -> None:
    bench.gate.clear()
    long = bench.submit("l" * 10 * SLICE)
    wait_for(lambda: bench.engine.slices)
    short = bench.submit("s")
    bench.wait_until_read(short)
    bench.gate.set()
    assert bench.scheduler.result(short)
    assert bench.engine.slices[1] == ["s"]
    assert bench.scheduler.result(long)


@pytest.mark.parametrize("word", [UNREADABLE, UNENCODABLE, UNANSWERABLE])
def test_an_article_that_fails_fails_alone(bench: Bench, word: str) -> None:
    bench.occupy()
    jobs = [bench.submit(text) for text in ("a", word, "c")]
    bench.gate.set()
    assert bench.scheduler.result(jobs[0])
    with pytest.raises(RuntimeError, match=word):
        bench.scheduler.result(jobs[1])
    assert bench.scheduler.result(jobs[2])
    assert bench.scheduler.load().in_flight == 0


def test_what_nobody_waits_for_is_dropped_before_the_next_slice(bench: Bench) -> None:
    bench.gate.clear()
    gone = Event()
    job = bench.submit("a" * 10 * SLICE, Terms(soon(), is_wanted=lambda: not gone.is_set()))
    wait_for(lambda: bench.engine.slices)
    gone.set()
    bench.gate.set()
    with pytest.raises(Abandoned):
        bench.scheduler.result(job)
    assert len(bench.engine.slices) == 1
    assert bench.seen.failures == [Abandoned]
    assert bench.scheduler.load() == Load(0, 0, 0)


def test_what_is_past_its_deadline_is_dropped_before_the_next_slice(bench: Bench) -> None:
    bench.gate.clear()
    job = bench.submit("a" * 10 * SLICE, Terms(deadline=time.monotonic() + 1))
    wait_for(lambda: bench.engine.slices)
    with pytest.raises(DeadlinePassed):
        bench.scheduler.result(job)
    bench.gate.set()
    assert bench.scheduler.result(bench.submit("b"))
    assert len(bench.engine.slices) == 2
    assert bench.seen.failures == [DeadlinePassed]


def test_an_article_that_is_answered_at_its_deadline_is_no_failure(bench: Bench) -> None:
    bench.occupy()
    job = bench.submit("a", Terms(deadline=time.monotonic() + 0.2))
    bench.wait_until_read(job)

    def answer() -> None:
        with bench.scheduler._changed:
            job.release()

    class Vectors(list[Any]):
        def __len__(self) -> int:
            """Has another thread finish the article between two looks at it, if the lock lets it."""
            answering = Thread(target=answer)
            answering.start()
            answering.join(0.2)
            return 0

    job.vectors = Vectors()
    with pytest.raises(DeadlinePassed):
        bench.scheduler.result(job)


def test_in_bulk_only_the_own_work_counts(bench: Bench) -> None:
    bench.occupy()
    patient = bench.submit("a" * 2 * SLICE, Terms(in_bulk=True, work_seconds=1.0))
    time.sleep(1.1)
    bench.gate.set()
    assert bench.scheduler.result(patient), "it has waited for others"
    bench.engine.before_slice = lambda: time.sleep(0.02)
    heavy = bench.submit("b" * 100 * SLICE, Terms(in_bulk=True, work_seconds=0.05))
    with pytest.raises(DeadlinePassed):
        bench.scheduler.result(heavy)


def test_what_is_given_up_has_no_more_slices(bench: Bench) -> None:
    bench.occupy()
    job = bench.submit("a")
    bench.scheduler.drop(job)
    bench.scheduler.drop(job)
    bench.gate.set()
    with pytest.raises(Abandoned):
        bench.scheduler.result(job)
    bench.scheduler.result(bench.submit("b"))
    assert bench.engine.slices == [["busy"], ["b"]]


def test_without_room_an_article_is_refused_and_one_in_bulk_waits(bench: Bench) -> None:
    busy = bench.occupy()
    bench.submit("a" * (MAX_CHARS - len(busy.text)))
    with pytest.raises(Refused) as refusal:
        bench.submit("b")
    assert refusal.value.retry_after >= 1
    assert bench.seen.refusals == [RefusalReason.ROOM]
    bench.submit("b" * MAX_CHARS, Terms(in_bulk=True))
    with pytest.raises(Abandoned):
        bench.submit("b", Terms(in_bulk=True, is_wanted=lambda: False))
    with ThreadPoolExecutor() as pool:
        patient = pool.submit(bench.submit, "b", Terms(in_bulk=True))
        bench.gate.set()
        assert bench.scheduler.result(patient.result())


def test_without_time_an_article_is_refused_with_the_time_it_takes_to_have_some(bench: Bench) -> None:
    bench.occupy()
    pace = bench.scheduler._pace
    pace.count_slice(tokens=100, seconds=2e4)  # so slow that what is under way takes most of a minute
    deadline = soon()
    late = bench.scheduler._queue.seconds_late(pace.tokens_of(30), deadline, deadline - 60, pace.tokens_a_second)
    with pytest.raises(Refused) as refusal:
        bench.submit("b" * 30, Terms(deadline))
    assert refusal.value.reason is RefusalReason.TIME
    assert refusal.value.retry_after == pytest.approx(late, rel=0.1)
    assert bench.submit("b", Terms(in_bulk=True)), "nobody waits for it"


def test_only_short_articles_that_are_refused_make_it_saturated(bench: Bench) -> None:
    bench.occupy()
    bench.submit("a" * (MAX_CHARS - WINDOW))
    with pytest.raises(Refused):
        bench.submit("b" * 10 * SLICE)
    assert bench.scheduler.saturated_seconds == 0
    with pytest.raises(Refused):
        bench.submit("b" * WINDOW)
    wait_for(lambda: bench.scheduler.saturated_seconds > 0)
    assert bench.submit("c")
    assert bench.scheduler.saturated_seconds == 0
    with pytest.raises(Refused):
        bench.submit("b" * WINDOW)
    wait_for(lambda: bench.scheduler.saturated_seconds > 0)
    bench.gate.set()
    wait_for(lambda: bench.scheduler.saturated_seconds == 0)


def test_closing_finishes_what_was_admitted(bench: Bench) -> None:
    bench.occupy()
    job = bench.submit("a" * 3 * SLICE)
    bench.scheduler.close()
    with pytest.raises(Unavailable, match="shutting down"):
        bench.submit("b")
    bench.gate.set()
    bench.scheduler.join(60)
    assert job.future.done()
    assert bench.scheduler.result(job)


def test_who_joins_waits_no_longer_than_told(bench: Bench) -> None:
    bench.occupy()
    bench.scheduler.close()
    began = time.monotonic()
    bench.scheduler.join(1.0)
    assert 1.0 <= time.monotonic() - began < 2.0


def test_a_model_that_does_not_load_is_a_fault() -> None:
    def load() -> CountingEngine:
        raise OSError("no such checkpoint")

    scheduler = Scheduler(load, max_chars=1, observer=Seen())
    with pytest.raises(Unavailable, match="loading"):
        scheduler.submit("a", PLAIN, Terms())
    scheduler.start()
    wait_for(lambda: scheduler.state is State.FAILED)
    assert scheduler.fault() == "the model could not be loaded"
    with pytest.raises(Unavailable, match="failed"):
        scheduler.submit("a", PLAIN, Terms())
    scheduler.close()
    scheduler.join(60)


def test_a_slice_that_hangs_is_a_fault(bench: Bench) -> None:
    assert bench.scheduler.fault() is None
    bench.occupy()
    wait_for(bench.scheduler.fault)
    bench.gate.set()
    wait_for(lambda: bench.scheduler.fault() is None)
