from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.serving.engine import Options
from service.serving.jobs import Job, Terms
from service.serving.queue import SHARE
from tests.serving.counting import RATE, SLICE, WINDOW, Encoder, job, queue_of


def test_nothing_waits() -> None:
    assert queue_of().next_slice(0, RATE) == []
    assert queue_of(Job("not read yet", Options(), Terms(), 12)).next_slice(0, RATE) == []


def test_a_short_article_is_in_the_slice_after_it_came() -> None:
    long = job(100 * WINDOW)
    encoder = Encoder(queue_of(long))
    for _ in range(3):
        encoder.run_slice()
    short = job(WINDOW)
    encoder.queue.add(short)
    encoder.run_slice()
    assert encoder.slices[3] == [short]
    encoder.run()
    assert encoder.ended[long] == pytest.approx(101 * WINDOW / RATE)


def test_articles_that_come_together_share_a_slice() -> None:
    first, second, third = job(7), job(8), job(6)
    encoder = Encoder(queue_of(first, second, third, job(50)))
    encoder.run_slice()
    assert encoder.slices == [[third, first]]


def test_who_is_not_done_with_a_slice_does_not_make_it_longer() -> None:
    short, long = job(5), job(5 * WINDOW)
    encoder = Encoder(queue_of(long, short))
    encoder.run_slice()
    assert encoder.slices == [[short]]


def test_what_a_long_article_leaves_of_a_slice_the_next_one_takes() -> None:
    long, longer = job(3 * WINDOW), job(5 * WINDOW)
    encoder = Encoder(queue_of(long, longer))
    for _ in range(4):
        encoder.run_slice()
    assert encoder.slices == [[long], [long, longer], [longer], [longer]]
    assert encoder.tokens[False] == 8 * WINDOW


def test_who_would_be_late_goes_first() -> None:
    long = job(10 * WINDOW, deadline=2.0)
    encoder = Encoder(queue_of(long))
    while encoder.now < 10:
        encoder.queue.add(job(WINDOW, deadline=encoder.now + 20))
        encoder.run_slice()
    assert encoder.ended[long] <= 2.0
    assert encoder.slices[0] != [long], "there was time for a shorter one"


def test_who_is_late_already_hurries_nobody() -> None:
    late, short = job(10 * WINDOW, deadline=0.5), job(WINDOW, deadline=9)
    encoder = Encoder(queue_of(late, short))
    encoder.run_slice()
    assert encoder.slices == [[short]]


@pytest.mark.parametrize("with_bulk", [False, True])
def test_who_is_late_already_is_done_even_so_while_short_ones_keep_coming(with_bulk: bool) -> None:
    late = job(5 * SLICE, deadline=0.5)
    encoder = Encoder(queue_of(late))
    while late not in encoder.ended:
        encoder.queue.add(job(SLICE, deadline=encoder.now + 60, submitted=encoder.now + 0.01))
        if with_bulk:
            encoder.queue.add(job(SLICE, submitted=encoder.now + 0.01, in_bulk=True))
        encoder.run_slice()
        assert len(encoder.slices) < 200


def test_bulk_waits_for_the_others_but_has_its_share() -> None:
    bulk = [job(3 * WINDOW, in_bulk=True) for _ in range(100)]
    encoder = Encoder(queue_of(*bulk))
    encoder.queue.add(job(SLICE))
    encoder.run_slice()
    assert not encoder.slices[0][0].terms.in_bulk
    while len(encoder.slices) < 100:
        encoder.queue.add(job(SLICE))
        encoder.run_slice()
    share = encoder.tokens[True] / (encoder.tokens[True] + encoder.tokens[False])
    assert abs(share - SHARE) < 0.05
    in_order = [each for each in bulk if each in encoder.ended]
    assert in_order == bulk[: len(in_order)]


def test_a_line_in_bulk_does_not_wait_for_long_articles_in_bulk() -> None:
    line = job(WINDOW, submitted=1.0, in_bulk=True)
    encoder = Encoder(queue_of(job(100 * SLICE, in_bulk=True), line))
    encoder.run_slice()
    assert list(encoder.ended) == [line]


@pytest.mark.parametrize("others", [False, True])
def test_a_long_article_in_bulk_is_done_however_many_short_ones_come(others: bool) -> None:
    long = job(10 * SLICE, in_bulk=True)
    encoder = Encoder(queue_of(long))
    share = SHARE * SHARE if others else SHARE
    while long not in encoder.ended:
        encoder.queue.add(job(SLICE, submitted=encoder.now + 0.01, in_bulk=True))
        if others:
            encoder.queue.add(job(SLICE, submitted=encoder.now + 0.01))
        encoder.run_slice()
        assert len(encoder.slices) <= 12 / share


def test_bulk_saves_no_share_up_while_it_is_alone() -> None:
    encoder = Encoder(queue_of(*(job(SLICE, in_bulk=True) for _ in range(50))))
    for _ in range(20):
        encoder.run_slice()
    encoder.queue.add(short := job(WINDOW))
    encoder.run_slice()
    assert encoder.slices[-1] == [short]


def test_nothing_is_won_by_refusing_who_would_be_alone() -> None:
    assert queue_of().seconds_late(10**6, deadline=1, now=0, rate=RATE) == 0


def test_the_place_an_article_would_get() -> None:
    queue = queue_of(job(1000, deadline=30))
    assert queue.seconds_late(1000, deadline=30, now=0, rate=RATE) == 0
    assert queue.seconds_late(1300, deadline=30, now=0, rate=RATE) > 0
    queue.add(job(10**6, in_bulk=True))
    assert queue.seconds_late(1000, deadline=30, now=0, rate=RATE) > 0, "bulk has its share"
    assert queue.seconds_late(500, deadline=30, now=0, rate=RATE) == 0, "and no more"


def test_a_long_article_is_not_refused_for_a_little_work_before_it() -> None:
    queue = queue_of(job(50, deadline=30))
    assert queue.seconds_late(2250, deadline=30, now=0, rate=RATE) == 0, "it needs 22.5 s"
    encoder, long = Encoder(queue), job(2250, deadline=30)
    queue.add(long)
    while long not in encoder.ended:
        queue.add(job(SLICE, deadline=encoder.now + 60))
        encoder.run_slice()
    assert encoder.ended[long] <= 30, "however many short ones come"


def test_who_would_be_late_is_so_until_nobody_is_before_it() -> None:
    late = queue_of(job(50, deadline=30)).seconds_late(10_000, deadline=30, now=0, rate=RATE)
    assert 50 / RATE <= late < 1


def test_a_short_article_is_refused_only_for_other_short_ones() -> None:
    queue = queue_of(job(2900, deadline=30))
    assert queue.seconds_late(SLICE + 1, deadline=30, now=0, rate=RATE) > 0
    assert queue.seconds_late(SLICE, deadline=30, now=0, rate=RATE) == 0
    for _ in range(26):
        queue.add(job(SLICE, deadline=30))
    assert queue.seconds_late(SLICE, deadline=30, now=0, rate=RATE) > 0


def test_who_will_be_late_anyway_is_in_nobodys_way() -> None:
    queue = queue_of(job(10_000, deadline=30))
    assert queue.seconds_late(2500, deadline=30, now=0, rate=RATE) == 0


def test_short_articles_keep_their_share_beside_one_that_is_urgent() -> None:
    long = job(200 * WINDOW, deadline=25)
    encoder = Encoder(queue_of(long, *(job(SLICE, deadline=60 + n) for n in range(40))))
    while long not in encoder.ended:
        encoder.run_slice()
    assert encoder.ended[long] <= 25
    assert sum(each is not long for each in encoder.ended) >= 0.9 * SHARE * 100


Arrival = tuple[float, int]  # seconds since the last one, tokens


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 3), st.integers(1, 30 * WINDOW)), min_size=1, max_size=60),
    st.booleans(),
)
def test_what_is_admitted_is_never_late(arrivals: Sequence[Arrival], with_bulk: bool) -> None:
    encoder = Encoder(queue_of())
    if with_bulk:
        for _ in range(200):
            encoder.queue.add(job(2 * WINDOW, in_bulk=True))
    moment, admitted = 0.0, list[Job]()
    for pause, tokens in arrivals:
        moment += pause
        while encoder.now < moment and encoder.run_slice():
            pass
        now = encoder.now = max(encoder.now, moment)
        deadline = now + 10
        alone_in_time = encoder.queue.seconds_late(tokens, deadline, now, RATE) == 0
        if alone_in_time:
            admitted.append(job(tokens, deadline, now))
            encoder.queue.add(admitted[-1])
    encoder.run()
    assert admitted
    assert [each for each in admitted if encoder.ended[each] > each.terms.deadline] == []
