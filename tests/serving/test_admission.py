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


def job(tokens: int, seconds: float = math.inf, *, in_bulk: bool = False) -> Job:
    return Job("a" * tokens, Options(), Terms(deadline=seconds, in_bulk=in_bulk), tokens, 0.0)


def refusal(admission: Admission, tokens: int, now: float, deadline: float = math.inf) -> Refused:
    with pytest.raises(Refused) as raised:
        admission.judge(job(tokens, deadline), now)
    return raised.value


def full(tokens: int, max_chars: int = 1_000_000) -> Admission:
    """An admission beside an article of so many tokens that is in the queue."""
    queue = WorkQueue(SLICE)
    queue.add(job(tokens))
    return Admission(queue, Pace(), max_chars)


def test_without_others_any_article_is_taken() -> None:
    Admission(WorkQueue(SLICE), Pace(), max_chars=10).judge(job(1_000, 0.001), now=0.0)


def test_what_does_not_fit_beside_others_is_refused_for_room() -> None:
    admission = full(900, max_chars=1_000)
    assert refusal(admission, 200, now=0.0).reason is RefusalReason.ROOM
    admission.judge(job(100), now=0.0)


def test_bulk_leaves_half_of_the_room_to_the_others() -> None:
    queue = WorkQueue(SLICE)
    admission = Admission(queue, Pace(), max_chars=1_000)
    while admission.has_room_in_bulk(40):
        queue.add(job(40, in_bulk=True))
    assert queue.bulk_characters == 480
    admission.judge(job(300), now=0.0)
    queue.add(job(300))
    admission.judge(job(200), now=0.0)
    assert refusal(admission, 201 + 20, now=0.0).reason is RefusalReason.ROOM


def test_bulk_never_leaves_the_others_less_than_half() -> None:
    queue = WorkQueue(SLICE)
    admission = Admission(queue, Pace(), max_chars=1_000)
    assert admission.has_room_in_bulk(1_000), "it is the only one"
    queue.add(job(1_000, in_bulk=True))
    assert not admission.has_room_in_bulk(1)
    queue.add(job(100))
    admission.judge(job(400), now=0.0)
    assert refusal(admission, 401, now=0.0).reason is RefusalReason.ROOM


def test_bulk_waits_where_the_others_have_the_room_but_for_one_article() -> None:
    queue = WorkQueue(SLICE)
    admission = Admission(queue, Pace(), max_chars=1_000)
    queue.add(job(900))
    assert admission.has_room_in_bulk(200)
    queue.add(job(50, in_bulk=True))
    assert admission.has_room_in_bulk(50)
    assert not admission.has_room_in_bulk(51)


def test_what_would_come_too_late_is_refused_for_time() -> None:
    admission = full(20 * PACE)
    assert refusal(admission, 10 * PACE, now=0.0, deadline=6.0).reason is RefusalReason.TIME


def test_what_would_be_late_can_be_taken_once_nobody_is_before_it() -> None:
    admission = full(PACE)
    assert refusal(admission, 100 * PACE, now=0.0, deadline=30.0).retry_after == 2
