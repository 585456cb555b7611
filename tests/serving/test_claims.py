"""When who is refused is told to come again: after those who were before."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from random import Random
from statistics import mean, median

import pytest

from service.serving.admission import Admission
from service.serving.claims import Claims
from service.serving.jobs import Refused
from service.serving.pace import Pace
from tests.serving.counting import RATE, Encoder, job, queue_of

DEADLINE = 6.0  # seconds
TOKENS = (10, 60)  # of an article: from, to
LATENCY = 0.05  # seconds


def test_who_was_told_to_come_again_is_expected_until_then() -> None:
    claims = Claims()
    claims.add("a", 30, until=2.0)
    claims.add("b", 50, until=4.0)
    assert claims.tokens(1.0, longest=100) == 80
    assert claims.tokens(1.0, longest=40) == 30
    assert claims.tokens(3.0, longest=100) == 50


def test_who_comes_again_is_not_before_itself() -> None:
    claims = Claims()
    claims.add("a", 30, until=2.0)
    claims.settle("a", now=2.0)
    claims.settle("b", now=2.0)
    assert claims.tokens(1.0, longest=100) == 0


def test_those_who_do_not_come_again_count_for_less() -> None:
    claims = Claims()
    for number in range(200):
        claims.add(f"{number}", 1, until=2.0)
    for number in range(100):
        claims.settle(f"{number}", now=3.0)
    assert claims.tokens(100.0, longest=100) == 0
    claims.add("new", 100, until=110.0)
    assert claims.tokens(100.0, longest=100) < 50


def test_those_who_come_too_early_are_not_expected_later() -> None:
    claims = Claims()
    for number in range(200):
        claims.add(f"{number}", 1, until=2.0)
        claims.settle(f"{number}", now=1.0)
    claims.add("new", 100, until=10.0)
    assert claims.tokens(2.0, longest=100) < 10


def test_it_remembers_so_many_and_no_more() -> None:
    claims = Claims()
    for number in range(5_000):
        claims.add(f"{number}", 1, until=2.0)
    assert claims.tokens(1.0, longest=1) == 1_000


class SteadyPace(Pace):
    """The encoder's, which it has measured long ago."""

    tokens_a_second = characters_a_second = RATE


@dataclass
class Client:
    """Sends an article again when it is told to, until it is taken."""

    number: int
    tokens: int
    named: int = 0  # seconds, by the first refusal
    refused: float = 0.0  # the moment of it
    waited: float = 0.0  # from then until it was taken
    tries: int = 0


def overloaded(times: float, seconds: float, *, patient: bool = True) -> list[Client]:
    """Clients that come at random moments, so many times as can be served; those of them that were refused.

    Where they are not ``patient``, each comes once, and has waited when another with as long an article is taken.
    """
    random, encoder = Random(0), Encoder(queue_of())
    admission = Admission(encoder.queue, SteadyPace(), max_chars=1_000_000)
    rate = times * RATE / mean(TOKENS)
    clients = [Client(number, random.randint(*TOKENS)) for number in range(int(rate * seconds))]
    coming = [(random.uniform(0, seconds), client.number) for client in clients]
    heapq.heapify(coming)
    while coming:
        moment, number = heapq.heappop(coming)
        while encoder.now < moment and encoder.run_slice():
            pass
        now = encoder.now = max(encoder.now, moment)
        client = clients[number]
        client.tries += 1
        article = job(client.tokens, now + DEADLINE, now, title=f"{number} ")
        try:
            admission.judge(article, now)
        except Refused as refusal:
            if client.tries == 1:
                client.named, client.refused = refusal.retry_after, now
            if patient:
                heapq.heappush(coming, (now + refusal.retry_after + random.uniform(0, LATENCY), number))
            continue
        encoder.queue.add(article)
        for other in [client] if patient else clients:
            if other.named and not other.waited and other.tokens <= client.tokens:
                other.waited = now - other.refused
    return [client for client in clients if client.waited]


@pytest.mark.parametrize(("times", "seconds"), [(2, 20), (10, 8)])
def test_what_is_named_is_what_it_takes_where_everybody_keeps_to_it(times: float, seconds: float) -> None:
    refused = overloaded(times, seconds)
    assert len(refused) > 20
    ratios = [client.waited / client.named for client in refused]
    assert 1 <= median(ratios) < 2
    assert mean(ratio < 2 for ratio in ratios) > 0.6
    assert mean(client.tries for client in refused) < 4


@pytest.mark.parametrize("times", [4, 10])
def test_what_is_named_is_what_it_takes_where_nobody_comes_again(times: float) -> None:
    refused = overloaded(times, 60, patient=False)
    late = [client for client in refused if client.refused > 20]  # before, the openings are too few to tell
    assert len(late) > 20
    assert 0.5 <= median(client.waited for client in late) / median(client.named for client in late) < 2
