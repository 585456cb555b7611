"""Whether the service stays correct and stable: at ten times the load that it can serve, and over many mixed requests.

    python -m benchmarks.endurance overload --seconds 120    # 64 clients, with articles of up to 40,000 characters
    python -m benchmarks.endurance soak --requests 20000     # articles, batches, invalid requests, singly and in bursts

Each prints its figures as JSON lines, and fails if the service returns an unexpected response.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import mean, median

from benchmarks.articles import invented
from benchmarks.load import Outcome, Sent, closed_loop, steady
from benchmarks.server import Client, Server, article_body, batch_body, served
from service.settings import Settings

_CLIENTS = 64
_OVERLOAD = 10  # times the load that the service can serve
_BURST = 32
_LOOKS = 20  # measurements of the process during a soak
_SHORT = [invented(n, n // 300, seed=n) for n in range(200, 1_801, 200)]
_OK = 200
_ONE, _MANY = "/v1/attributions", "/v1/attributions/batch"
_MIXED = {
    _ONE: [article_body(text) for text in _SHORT],
    _MANY: [batch_body([*_SHORT[i : i + 3], "", "“" * 500]) for i in range(6)],
}
_NONSENSE = [b"", b"{", b"[]", b'{"text": 7}', b'{"articles": []}', article_body(" "), article_body("“" * 500)]


@dataclass(frozen=True, slots=True)
class Footprint:
    """The resources of the service's processes at one time."""

    bytes: int
    threads: int
    descriptors: int

    @classmethod
    def of(cls, server: Server) -> Footprint:
        processes = [Path("/proc") / str(pid) for pid in server.processes()]
        return cls(
            server.memory(),
            sum(len(list((process / "task").iterdir())) for process in processes),
            sum(len(list((process / "fd").iterdir())) for process in processes),
        )


def overload(server: Server, seconds: float, longest: int, deadline: float) -> None:
    """Checks that every response is 200 or 429, that responses 200 come before the deadline, and that throughput does
    not drop."""
    texts = [invented(n, n // 300, seed=n) for n in range(longest // 12, longest + 1, longest // 12)]
    bodies = [article_body(text) for text in texts]
    best = _characters_a_second(closed_loop(server.port, bodies, 16, seconds / 2, pause=0), texts)
    offered = _OVERLOAD * best / mean(map(len, texts))
    memory: list[int] = []
    with ThreadPoolExecutor(1) as pool:
        pressing = pool.submit(steady, server.port, bodies, _CLIENTS, seconds, offered)
        while not pressing.done():
            memory.append(server.memory())
            time.sleep(seconds / 100)
    outcome = pressing.result()
    rate = _characters_a_second(outcome, texts)
    statuses = Counter(each.status for each in outcome.sent)
    slowest = max(each.seconds for each in outcome.answered)
    _print(
        seconds=seconds,
        clients=_CLIENTS,
        longest_article=longest,
        statuses=statuses,
        slowest_seconds=round(slowest, 2),
        times_of_what_is_served=round(_characters(outcome.sent, texts) / seconds / rate, 1),
        characters_per_second=round(rate),
        share_of_what_16_clients_get=round(rate / best, 3),
        memory_growth=growth(memory),
        **honesty(outcome.sent, texts),
    )
    _require(set(statuses) <= {200, 429}, "an answer is neither 200 nor 429")
    _require(slowest <= deadline + 1, "an accepted request took longer than the deadline")


def honesty(sent: Sequence[Sent], texts: Sequence[str]) -> dict[str, float]:
    """The ``Retry-After`` of refusals, and the actual time until an article of at least the same length was admitted:
    medians, in seconds."""
    lengths = [len(texts[each.number % len(texts)]) for each in sent]
    taken = sorted((each.began, length) for each, length in zip(sent, lengths, strict=True) if each.status == _OK)
    named, truth = [], []
    for each, length in zip(sent, lengths, strict=True):
        later = (began for began, size in taken if began > each.began and size >= length)
        if each.retry_after and (began := next(later, None)) is not None:
            named.append(each.retry_after)
            truth.append(began - each.began)
    return {"retry_after_median": median(named), "taken_after_median": round(median(truth), 2)} if named else {}


def _characters(sent: Iterable[Sent], texts: Sequence[str]) -> int:
    return sum(len(texts[each.number % len(texts)]) for each in sent)


def _characters_a_second(outcome: Outcome, texts: Sequence[str]) -> float:
    """The characters of the answered articles per second."""
    return _characters(outcome.answered, texts) / outcome.seconds


def soak(server: Server, count: int) -> None:
    """Checks that no request fails, and that memory, threads and descriptors do not grow."""
    statuses: Counter[int] = Counter()
    footprints: list[Footprint] = []
    with ThreadPoolExecutor(_BURST) as pool:
        for part in range(_LOOKS):
            requests = list(islice(_mixed(part), count // _LOOKS))
            client = Client(server.port)
            half = len(requests) // 2
            statuses.update(client.post(*request) for request in requests[:half])
            client.close()
            statuses.update(pool.map(lambda request: _alone(server, *request), requests[half:]))
            footprints.append(Footprint.of(server))
            _print(part=part, **asdict(footprints[-1]))
    _print(
        requests=statuses.total(),
        statuses=statuses,
        memory_growth=growth([footprint.bytes for footprint in footprints]),
        threads=[footprint.threads for footprint in (footprints[0], footprints[-1])],
        descriptors=[footprint.descriptors for footprint in (footprints[0], footprints[-1])],
    )
    _require(set(statuses) <= {200, 400, 422, 429, 504}, "an answer is a failure")


def _mixed(seed: int) -> Iterator[tuple[str, bytes]]:
    """An endless sequence of paths and bodies: mostly articles; of 16, one is a batch with invalid articles and four
    are invalid."""
    for number in cycle(range(seed, seed + 997)):
        path = _MANY if number % 16 == 1 else _ONE
        bodies = _NONSENSE if number % 4 == 0 else _MIXED[path]
        yield path, bodies[number % len(bodies)]


def _alone(server: Server, path: str, body: bytes) -> int:
    client = Client(server.port)
    status = client.post(path, body)
    client.close()
    return status


def growth(figures: Sequence[int]) -> float:
    """By what share the mean of the second half exceeds that of the first, after skipping the first tenth as
    warm-up."""
    figures = figures[len(figures) // 10 :]
    half = len(figures) // 2
    return round(mean(figures[half:]) / mean(figures[:half]) - 1, 4)


def _print(**figures: object) -> None:
    print(json.dumps(figures), flush=True)


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        sys.exit(f"FAILED: {otherwise}")


def main() -> None:
    settings = Settings()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    under_load = commands.add_parser("overload")
    under_load.add_argument("--seconds", type=float, default=120)
    under_load.add_argument("--longest", type=int, default=40_000, help="characters of the longest article")
    commands.add_parser("soak").add_argument("--requests", type=int, default=20_000)
    options = parser.parse_args()
    with served(settings.model_path, settings.device) as server:
        if options.command == "overload":
            overload(server, options.seconds, options.longest, settings.deadline_seconds)
        else:
            soak(server, options.requests)


if __name__ == "__main__":
    main()
