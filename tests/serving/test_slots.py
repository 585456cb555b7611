from __future__ import annotations

import time

import pytest

from service.serving.jobs import RefusalReason, Refused
from service.serving.observer import Slice
from service.serving.slots import Slots


class Refusals(list[RefusalReason]):
    """An observer that remembers what was turned away."""

    def sliced(self, slice_: Slice) -> None: ...

    def failed(self, error: Exception) -> None: ...

    def refused(self, reason: RefusalReason) -> None:
        self.append(reason)


@pytest.fixture
def refusals() -> Refusals:
    return Refusals()


@pytest.fixture
def slots(refusals: Refusals) -> Slots:
    return Slots(2, RefusalReason.STREAMS, refusals)


def test_no_more_are_taken_than_there_are(slots: Slots, refusals: Refusals) -> None:
    with slots.hold(), slots.hold():
        with pytest.raises(Refused) as refusal:
            slots.take()
        assert refusal.value.reason is RefusalReason.STREAMS
        assert refusals == [RefusalReason.STREAMS]
    slots.take()()


def test_a_slot_is_given_back_when_the_request_fails(slots: Slots) -> None:
    for _ in range(3):
        with pytest.raises(ValueError, match="of no consequence"), slots.hold():
            raise ValueError("of no consequence")
    with slots.hold(), slots.hold():
        pass


def test_it_is_full_from_the_first_refusal_until_one_is_taken(slots: Slots) -> None:
    release = slots.take()
    slots.take()
    assert slots.full_seconds == 0
    with pytest.raises(Refused):
        slots.take()
    time.sleep(0.01)
    assert slots.full_seconds > 0
    release()
    assert slots.full_seconds == 0, "half of them are free"


def test_the_time_to_try_again_follows_how_long_slots_are_held(slots: Slots) -> None:
    for _ in range(500):
        slots._seconds_held.count(60.0, 1)
    with slots.hold(), slots.hold(), pytest.raises(Refused) as refusal:
        slots.take()
    assert refusal.value.retry_after == 30
