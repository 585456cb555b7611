"""Generates load: concurrent clients that each wait for their answer, or requests at a given rate."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, count
from random import Random
from statistics import quantiles

from benchmarks.server import Client

_OK = 200
_TOO_BUSY = frozenset({429, 503, 504})
_MOST_AT_A_TIME = 48  # connections of a load at random moments

Schedule = Callable[[int, float], float]
"""When the article with this number is due, given the time at which a client is free: in seconds from the start of the
load; infinite after its end."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request: the number of its article, when it was sent (seconds from the load's start), the seconds from when it
    was due to its response, and, if it was refused, the seconds of ``Retry-After``."""

    number: int
    status: int
    began: float
    seconds: float
    retry_after: int = 0


@dataclass(frozen=True)
class Outcome:
    """The requests of a load, and its duration."""

    sent: Sequence[Sent]
    seconds: float

    @cached_property
    def answered(self) -> Sequence[Sent]:
        """The requests that were answered, neither refused nor timed out."""
        return [each for each in self.sent if each.status == _OK]

    @property
    def throughput(self) -> float:
        """Articles answered per second."""
        return len(self.answered) / self.seconds

    def percentile(self, rank: int) -> float:
        """The latency in seconds below which ``rank`` per cent of the answered articles were."""
        return quantiles((each.seconds for each in self.answered), n=100, method="inclusive")[rank - 1]


def closed_loop(port: int, bodies: Sequence[bytes], clients: int, seconds: float, pause: float = 1.0) -> Outcome:
    """Each client sends its next article when the last is answered, for ``seconds``; after a refusal it waits ``pause``
    seconds."""
    return _send(port, bodies, clients, lambda _, free: free if free < seconds else math.inf, pause)


def steady(port: int, bodies: Sequence[bytes], clients: int, seconds: float, rate: float) -> Outcome:
    """``rate`` articles per second at even intervals, each as soon as a client is free."""

    def due(number: int, free: float) -> float:
        moment = max(free, number / rate)
        return moment if moment < seconds else math.inf

    return _send(port, bodies, clients, due)


def at_random(port: int, bodies: Sequence[bytes], seconds: float, rate: float) -> Outcome:
    """``rate`` articles per second at random times (a Poisson process), whether or not earlier ones have been answered.

    An article's latency counts from when it was due, so that waiting for a free connection is included.
    """
    random = Random(0)
    moments = list(accumulate(random.expovariate(rate) for _ in range(math.ceil(2 * rate * seconds) + 100)))

    def due(number: int, _: float) -> float:
        return moments[number] if number < len(moments) and moments[number] < seconds else math.inf

    return _send(port, bodies, _MOST_AT_A_TIME, due)


def _send(port: int, bodies: Sequence[bytes], clients: int, due: Schedule, pause: float = 0.0) -> Outcome:
    """Send the articles cyclically, each when it is due."""
    numbers = count()
    start = time.perf_counter()

    def run(_: int) -> list[Sent]:
        client, sent = Client(port), []
        for number in numbers:
            moment = start + due(number, time.perf_counter() - start)
            if moment == math.inf:
                break
            time.sleep(max(0.0, moment - time.perf_counter()))
            began = time.perf_counter()
            answer = client.ask("POST", "/v1/attributions", bodies[number % len(bodies)])
            seconds = time.perf_counter() - moment
            sent.append(Sent(number, answer.status, began - start, seconds, answer.retry_after))
            if answer.status in _TOO_BUSY:
                time.sleep(pause)
            elif answer.status != _OK:
                raise RuntimeError(f"the service answered {answer.status}")
        client.close()
        return sent

    with ThreadPoolExecutor(clients) as pool:
        sent = [each for own in pool.map(run, range(clients)) for each in own]
    return Outcome(sent, time.perf_counter() - start)
