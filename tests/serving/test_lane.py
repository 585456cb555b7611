from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from service.serving.lane import (
    WARM_UP_TEXT,
    Abandoned,
    DeadlinePassed,
    InferenceLane,
    LaneFull,
    LaneState,
    LaneUnavailable,
    Options,
    Pace,
)
from tests.fakes import POISON, FakeAttributor
from tests.http.conftest import wait_for

PLAIN = Options()


class Bench:
    """A lane whose batches each wait for ``gate``, and what was seen of it."""

    def __init__(self, max_queue_chars: int = 100, max_batch_chars: int = 100) -> None:
        self.gate = Event()
        self.gate.set()
        self.attributor = FakeAttributor(before_batch=lambda: self.gate.wait(60))
        self.lane = InferenceLane(
            lambda: self.attributor, max_queue_chars=max_queue_chars, max_batch_chars=max_batch_chars, hang_seconds=0.05
        )
        self.lane.start()
        wait_for(lambda: self.lane.state is LaneState.READY)

    def occupy(self) -> None:
        """Have the lane busy with an article until ``gate`` is set."""
        self.gate.clear()
        self.lane.submit("busy", PLAIN)
        wait_for(lambda: self.attributor.batches[-1] == ["busy"])


def soon() -> float:
    return time.monotonic() + 60


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.gate.set()
    bench.lane.close()


def test_the_model_is_warm_before_it_is_ready(bench: Bench) -> None:
    assert bench.attributor.batches == [[WARM_UP_TEXT]]
    assert bench.lane.model == bench.attributor.model


def test_requests_that_wait_share_a_batch(bench: Bench) -> None:
    bench.occupy()
    jobs = [bench.lane.submit(text, PLAIN) for text in ("a", "b", "c")]
    bench.gate.set()
    for job in jobs:
        assert bench.lane.result(job, soon()).model == bench.attributor.model
    assert bench.attributor.batches[2:] == [["a", "b", "c"]]


def test_a_batch_keeps_to_its_characters_and_to_the_same_options() -> None:
    bench = Bench(max_queue_chars=1000, max_batch_chars=10)
    bench.occupy()
    others = Options(min_confidence=0.5)
    texts = [("a" * 6, PLAIN), ("b" * 4, PLAIN), ("c" * 3, PLAIN), ("d", others), ("e", others), ("f" * 50, others)]
    jobs = [bench.lane.submit(text, options) for text, options in texts]
    bench.gate.set()
    for job in jobs:
        bench.lane.result(job, soon())
    assert [[text[0] for text in batch] for batch in bench.attributor.batches[2:]] == [
        ["a", "b"],
        ["c"],
        ["d", "e"],
        ["f"],
    ]


def test_an_article_that_fails_fails_alone(bench: Bench) -> None:
    bench.occupy()
    jobs = [bench.lane.submit(text, PLAIN) for text in ("a", POISON, "c")]
    bench.gate.set()
    assert bench.lane.result(jobs[0], soon())
    with pytest.raises(RuntimeError):
        bench.lane.result(jobs[1], soon())
    assert bench.lane.result(jobs[2], soon())


def test_a_full_lane_refuses_or_waits_for_room(bench: Bench) -> None:
    bench.occupy()
    bench.lane.submit("a" * 100, PLAIN)
    with pytest.raises(LaneFull) as refusal:
        bench.lane.submit("b", PLAIN)
    assert 1 <= refusal.value.retry_after <= 60
    with pytest.raises(LaneFull):
        bench.lane.submit("b", PLAIN, wait_until=time.monotonic() + 0.01)
    with ThreadPoolExecutor() as pool:
        patient = pool.submit(bench.lane.submit, "b", PLAIN, wait_until=soon())
        bench.gate.set()
        assert bench.lane.result(patient.result(), soon())


def test_work_past_its_deadline_makes_room(bench: Bench) -> None:
    bench.occupy()
    job = bench.lane.submit("a" * 100, PLAIN)
    with pytest.raises(DeadlinePassed):
        bench.lane.result(job, time.monotonic())
    assert bench.lane.queued_chars == 0
    bench.lane.submit("b" * 100, PLAIN)


def test_work_that_nobody_waits_for_makes_room(bench: Bench) -> None:
    bench.occupy()
    job = bench.lane.submit("a" * 100, PLAIN, is_wanted=lambda: False)
    with pytest.raises(Abandoned):
        bench.lane.submit("b", PLAIN, wait_until=soon(), is_wanted=lambda: False)
    with pytest.raises(Abandoned):
        bench.lane.result(job, soon())
    assert bench.lane.queued_chars == 0


def test_how_long_it_has_been_full(bench: Bench) -> None:
    bench.occupy()
    jobs = [bench.lane.submit("a" * 40, PLAIN) for _ in range(2)]
    assert bench.lane.full_seconds == 0
    with pytest.raises(LaneFull):
        bench.lane.submit("b" * 40, PLAIN)
    bench.lane.submit("c", PLAIN)
    wait_for(lambda: bench.lane.full_seconds > 0)
    bench.lane.drop(jobs.pop())
    assert bench.lane.full_seconds == 0


def test_closing_finishes_what_was_admitted(bench: Bench) -> None:
    bench.occupy()
    job = bench.lane.submit("a", PLAIN)
    bench.lane.close()
    with pytest.raises(LaneUnavailable, match="shutting down"):
        bench.lane.submit("b", PLAIN)
    bench.gate.set()
    bench.lane.join(60)
    assert job.future.done()
    assert bench.lane.result(job, soon())


def test_a_model_that_does_not_load_is_a_fault() -> None:
    def load() -> FakeAttributor:
        raise OSError("no such checkpoint")

    lane = InferenceLane(load, max_queue_chars=1, max_batch_chars=1)
    lane.start()
    wait_for(lambda: lane.state is LaneState.FAILED)
    assert lane.fault() == "the model could not be loaded"
    assert lane.model is None
    with pytest.raises(LaneUnavailable, match="failed"):
        lane.submit("a", PLAIN)


def test_an_inference_that_hangs_is_a_fault(bench: Bench) -> None:
    assert bench.lane.fault() is None
    bench.occupy()
    wait_for(bench.lane.fault)
    bench.gate.set()
    wait_for(lambda: bench.lane.fault() is None)


def test_pace_follows_the_last_batches() -> None:
    pace = Pace()
    for _ in range(40):
        pace.count(1000, 2.0)
    assert pace.seconds(500) == pytest.approx(1.0, rel=0.01)
    pace.count(0, 0.0)
    assert pace.seconds(0) == 0


def test_what_would_come_too_late_is_turned_away_unless_nothing_is_before_it(bench: Bench) -> None:
    bench.lane.result(bench.lane.submit("a" * 90, PLAIN, deadline=time.monotonic()), soon())
    bench.occupy()
    with pytest.raises(LaneFull):
        bench.lane.submit("a" * 90, PLAIN, deadline=time.monotonic())
    bench.lane.submit("a" * 90, PLAIN, deadline=soon())


def test_room_that_the_deadline_leaves_is_full_until_half_of_it_is_free(bench: Bench) -> None:
    bench.occupy()
    large, small = (bench.lane.submit("a" * n, PLAIN) for n in (30, 10))
    with pytest.raises(LaneFull):
        bench.lane.submit("a" * 10, PLAIN, deadline=time.monotonic())
    bench.lane.drop(small)
    wait_for(lambda: bench.lane.full_seconds > 0)
    bench.lane.drop(large)
    assert bench.lane.full_seconds == 0
