from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Event

import pytest

from service.serving.pool import Pool
from tests.waiting import wait_for


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(2, large=100)
    pool.start()
    yield pool
    pool.close()
    pool.join(60)


def occupy(pool: Pool, gate: Event, size: int = 1) -> None:
    """Take a thread until the gate opens."""
    begun = Event()

    def stay() -> None:
        begun.set()
        gate.wait(60)

    pool.submit(size, stay)
    assert begun.wait(60)


def test_the_smallest_of_those_that_came_together_goes_first() -> None:
    pool, gate, done = Pool(2, large=10**9), Event(), list[int]()
    pool.start()
    occupy(pool, gate)
    occupy(pool, gate)
    for size in (3_000_000, 1_000_000, 2_000_000):
        pool.submit(size, lambda size=size: done.append(size))  # type: ignore[misc]
    gate.set()
    wait_for(lambda: len(done) == 3)
    assert done[0] == 1_000_000
    pool.close()


def test_a_larger_task_goes_first_that_has_waited_long_enough(pool: Pool) -> None:
    gate, done = Event(), list[int]()
    occupy(pool, gate)
    occupy(pool, gate)
    pool.submit(99, lambda: done.append(99))
    time.sleep(0.02)
    pool.submit(1, lambda: done.append(1))
    gate.set()
    wait_for(lambda: len(done) == 2)
    assert done[0] == 99


def test_large_tasks_leave_a_thread_free(pool: Pool) -> None:
    gate, large, small = Event(), Event(), Event()
    occupy(pool, gate, size=1000)
    pool.submit(1000, large.set)
    pool.submit(1, small.set)
    assert small.wait(60)
    assert not large.wait(0.02)
    gate.set()
    assert large.wait(60)


def test_a_task_that_fails_costs_no_thread(pool: Pool) -> None:
    def fail() -> None:
        raise ValueError("of no consequence")

    for _ in range(3):
        pool.submit(1, fail)
    done = Event()
    pool.submit(1, done.set)
    assert done.wait(60)


def test_closing_does_first_what_was_submitted() -> None:
    pool, done = Pool(2, large=100), list[int]()
    for number in range(10):
        pool.submit(1000, lambda number=number: done.append(number))  # type: ignore[misc]
    pool.start()
    pool.close()
    pool.join(60)
    assert sorted(done) == list(range(10))


def test_who_joins_waits_for_all_threads_together_no_longer_than_told() -> None:
    pool, gate = Pool(4, large=100), Event()
    pool.start()
    for _ in range(4):
        occupy(pool, gate)
    pool.close()
    began = time.monotonic()
    pool.join(0.5)
    assert 0.5 <= time.monotonic() - began < 1.5
    gate.set()


def test_one_thread_is_too_few() -> None:
    with pytest.raises(ValueError, match="free"):
        Pool(1, large=100)
