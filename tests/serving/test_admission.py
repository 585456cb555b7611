"""Whether an article can be taken, and what it is told where it cannot."""

from __future__ import annotations

import math

import pytest

from service.serving.admission import Admission
from service.serving.engine import Options
from service.serving.jobs import Job, RefusalReason, Refused, Terms
from service.serving.pace import Pace
from service.serving.queue import WorkQueue
from tests.serving.counting import SLICE

PACE = 2_000  # tokens a second, the guess of a pace that has measured nothing


def job(tokens: int, seconds: float = math.inf) -> Job:
    return Job("a" * tokens, Options(), Terms(deadline=seconds), tokens, 0.0)


def refusal(admission: Admission, tokens: int, now: float, deadline: float = math.inf) -> Refused:
    with pytest.raises(Refused) as raised:
        admission.judge(job(tokens, deadline), now)
    return raised.value


def full(tokens: int, max_chars: int = 1_000_000) -> tuple[Admission, WorkQueue]:
    """An admission beside an article of so many tokens that is in the queue."""
    queue = WorkQueue(SLICE)
    queue.add(job(tokens))
    return Admission(queue, Pace(), max_chars), queue


def test_without_others_any_article_is_taken() -> None:
    Admission(WorkQueue(SLICE), Pace(), max_chars=10).judge(job(1_000, 0.001), now=0.0)


def test_what_does_not_fit_beside_others_is_refused_for_room() -> None:
    admission, _ = full(900, max_chars=1_000)
    assert refusal(admission, 200, now=0.0).reason is RefusalReason.ROOM
    admission.judge(job(100), now=0.0)


def test_what_would_come_too_late_is_refused_for_time() -> None:
    admission, _ = full(20 * PACE)
    assert refusal(admission, 10 * PACE, now=0.0, deadline=6.0).reason is RefusalReason.TIME


def test_the_time_named_follows_what_refusals_turned_out_to_wait() -> None:
    admission, queue = full(9 * PACE, max_chars=10 * PACE)
    first = refusal(admission, 2 * PACE, now=0.0).retry_after
    (held,) = queue
    for number in range(60):  # each time the room goes to others, and is there three times as late as reckoned
        begin = 100.0 * number
        refusal(admission, 2 * PACE, now=begin)
        queue.remove(held)
        queue.add(short := job(PACE))
        admission.judge(job(2 * PACE), now=begin + 6.0 * first)
        queue.remove(short)
        queue.add(held)
    assert refusal(admission, 2 * PACE, now=10_000.0).retry_after >= 3 * first


def test_a_pause_between_two_articles_is_no_wait() -> None:
    admission, queue = full(9 * PACE, max_chars=10 * PACE)
    first = refusal(admission, 2 * PACE, now=0.0).retry_after
    (held,) = queue
    queue.remove(held)
    admission.judge(job(2 * PACE), now=3_600.0)
    queue.add(held)
    assert refusal(admission, 2 * PACE, now=3_601.0).retry_after == first
