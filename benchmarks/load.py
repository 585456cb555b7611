"""Puts a load on the service: so many clients that each wait for their answer, or requests at a rate of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from queue import SimpleQueue
from random import Random
from statistics import quantiles

from benchmarks.server import Client

_MOST_AT_A_TIME = 48  # connections of a load at a rate
_OK = 200
_TOO_BUSY = frozenset({429, 503, 504})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a load: the seconds that each answered article took, how many were refused or given up, and how
    long it all lasted."""

    latencies: Sequence[float]
    refused: int
    seconds: float

    @property
    def throughput(self) -> float:
        """Articles a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, rank: int) -> float:
        """Seconds within which ``rank`` per cent of the articles were answered."""
        return quantiles(self.latencies, n=100, method="inclusive")[rank - 1]


def closed_loop(port: int, bodies: Sequence[bytes], clients: int, seconds: float) -> Outcome:
    """Each of ``clients`` sends its next article when the last is answered, for that long; a refused one waits."""
    numbers = count()
    until = time.perf_counter() + seconds

    def run(_: int) -> tuple[list[float], int]:
        client, latencies, refused = Client(port), [], 0
        while (began := time.perf_counter()) < until:
            if _send(client, bodies[next(numbers) % len(bodies)]):
                latencies.append(time.perf_counter() - began)
            else:
                refused += 1
                time.sleep(1)
        client.close()
        return latencies, refused

    return _together(run, clients)


def at_rate(port: int, bodies: Sequence[bytes], rate: float, seconds: float) -> Outcome:
    """``rate`` articles a second at random moments (a Poisson process), whether or not the last ones are answered.

    An article's time counts from the moment it was due, so that waiting for a free connection counts too.
    """
    random = Random(0)
    due: SimpleQueue[float | None] = SimpleQueue()
    moment = time.perf_counter()
    end = moment + seconds
    while (moment := moment + random.expovariate(rate)) < end:
        due.put(moment)
    for _ in range(_MOST_AT_A_TIME):
        due.put(None)
    numbers = count()

    def run(_: int) -> tuple[list[float], int]:
        client, latencies, refused = Client(port), [], 0
        while (moment := due.get()) is not None:
            time.sleep(max(0.0, moment - time.perf_counter()))
            if _send(client, bodies[next(numbers) % len(bodies)]):
                latencies.append(time.perf_counter() - moment)
            else:
                refused += 1
        client.close()
        return latencies, refused

    return _together(run, _MOST_AT_A_TIME)


def _together(run: Callable[[int], tuple[list[float], int]], clients: int) -> Outcome:
    began = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(run, range(clients)))
    elapsed = time.perf_counter() - began
    return Outcome([t for latencies, _ in results for t in latencies], sum(n for _, n in results), elapsed)


def _send(client: Client, body: bytes) -> bool:
    """Whether the article was answered; False where the service was too busy for it."""
    status = client.attribute(body)
    if status != _OK and status not in _TOO_BUSY:
        raise RuntimeError(f"the service answered {status}")
    return status == _OK
