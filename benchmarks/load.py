"""Puts a load on the service: so many clients that each wait for their answer, or requests at a rate of their own."""

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
"""When a load's article of that number is due, given the moment at which a client is free for it: seconds from the
start of the load, infinite after its end."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one request: the number of its article, when it was sent (seconds from the load's start), the
    seconds from when it was due to its answer, and after how many it may be tried again, if it was refused."""

    number: int
    status: int
    began: float
    seconds: float
    retry_after: int = 0


@dataclass(frozen=True)
class Outcome:
    """What came of a load, and how long it all lasted."""

    sent: Sequence[Sent]
    seconds: float

    @cached_property
    def answered(self) -> Sequence[Sent]:
        """The others were turned away or given up."""
        return [each for each in self.sent if each.status == _OK]

    @property
    def throughput(self) -> float:
        """Articles answered a second."""
        return len(self.answered) / self.seconds

    def percentile(self, rank: int) -> float:
        """Seconds within which ``rank`` per cent of the articles that were answered were."""
        return quantiles((each.seconds for each in self.answered), n=100, method="inclusive")[rank - 1]


def closed_loop(port: int, bodies: Sequence[bytes], clients: int, seconds: float, pause: float = 1.0) -> Outcome:
    """Each client sends its next article when the last is answered, for that long; after a refusal it waits first."""
    return _send(port, bodies, clients, lambda _, free: free if free < seconds else math.inf, pause)


def steady(port: int, bodies: Sequence[bytes], clients: int, seconds: float, rate: float) -> Outcome:
    """``rate`` articles a second at even intervals, each as soon as a client is free for it."""

    def due(number: int, free: float) -> float:
        moment = max(free, number / rate)
        return moment if moment < seconds else math.inf

    return _send(port, bodies, clients, due)


def at_random(port: int, bodies: Sequence[bytes], seconds: float, rate: float) -> Outcome:
    """``rate`` articles a second at random moments (a Poisson process), whether or not the last ones are answered.

    An article's time counts from the moment it was due, so that waiting for a free connection counts too.
    """
    random = Random(0)
    moments = list(accumulate(random.expovariate(rate) for _ in range(math.ceil(2 * rate * seconds) + 100)))

    def due(number: int, _: float) -> float:
        return moments[number] if number < len(moments) and moments[number] < seconds else math.inf

    return _send(port, bodies, _MOST_AT_A_TIME, due)


def _send(port: int, bodies: Sequence[bytes], clients: int, due: Schedule, pause: float = 0.0) -> Outcome:
    """The articles round and round, each when it is due."""
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
