"""Whether one client's work can starve another's, at the sizes that the service advertises.

    python -m benchmarks.fairness            # all of it, in five minutes or so on two cores
    python -m benchmarks.fairness long       # short articles beside long ones
    python -m benchmarks.fairness dropped    # what a client that hangs up and a deadline that passes still cost
    python -m benchmarks.fairness batch      # a JSON batch of the largest advertised size
    python -m benchmarks.fairness streams    # two streams beside one-liners
    python -m benchmarks.fairness start      # how soon it is ready, against its imports alone

Each prints its figures as a JSON line, and fails where a request is not answered that should be.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from statistics import median
from threading import Event

from benchmarks.articles import invented
from benchmarks.server import Answer, Client, Server, article_body, batch_body, served
from service.settings import Settings

_LONG = article_body(invented(190_000, 500, seed=1))
_SHORT = [article_body(invented(2_000, 7, seed=seed)) for seed in range(8)]
_ONE_LINER = article_body("“We are ready,” said Ada Brook.")
_SHORTS, _PAUSE = 30, 0.5  # seconds between them
_STREAMED_CHARS = 15_000
_SETTLING = 3.0  # seconds without work after which the service counts as idle


def long_beside_short(server: Server) -> None:
    """Long articles, one after another, and a short one every half second, until the short ones are done. Compares each
    with its time alone."""
    alone = [_timed(server, body)[1] for body in _SHORT]
    _, long_alone = _timed(server, _LONG)
    through = Event()
    with ThreadPoolExecutor(_SHORTS + 1) as pool:
        longs = pool.submit(_repeated, server, _LONG, through)
        shorts, readiness = [], Counter[int]()
        try:
            for number in range(_SHORTS):
                shorts.append(pool.submit(_timed, server, _SHORT[number % len(_SHORT)]))
                time.sleep(_PAUSE)
                readiness[_get(server, "/readyz").status] += 1
            statuses = Counter(each.result()[0].status for each in shorts)
            seconds = [each.result()[1] for each in shorts]
        finally:
            through.set()
    long_statuses = Counter(answer.status for answer, _ in longs.result())
    long_beside = longs.result()[0][1]  # the last one ran beside fewer short ones
    _print(
        "long",
        short_alone=median(alone),
        short_median_ratio=median(seconds) / median(alone),
        short_slowest_ratio=max(seconds) / median(alone),
        short_statuses=statuses,
        readyz_statuses=readiness,
        long_alone=long_alone,
        long_ratio=long_beside / long_alone,
        long_statuses=long_statuses,
    )
    _require(set(statuses) == set(long_statuses) == {200}, "an article was not answered")
    _require(set(readiness) <= {200}, "the service said that it was not ready")


def dropped(server: Server) -> None:
    """The tokens that are still encoded after the client of a long article has disconnected."""
    client = Client(server.port)
    under_way = _metric(server, "quotes_slice_seconds_count") + 5
    client.send("POST", "/v1/attributions", _LONG)
    while _metric(server, "quotes_slice_seconds_count") < under_way:
        time.sleep(0.05)
    client.close()
    _cost("hang-up", server)


def late(server: Server) -> None:
    """The tokens that are still encoded after the deadline of a long article."""
    answer, seconds = _timed(server, _LONG)
    _require(answer.status == 504, f"a deadline that had passed was answered {answer.status}, after {seconds:.1f} s")
    _cost("deadline", server)


def _cost(name: str, server: Server) -> None:
    before = _metric(server, "quotes_encoded_tokens_total")
    time.sleep(_SETTLING)
    slices = _metric(server, "quotes_slice_seconds_count")
    a_slice = _metric(server, "quotes_encoded_tokens_total") / slices
    encoded = _metric(server, "quotes_encoded_tokens_total") - before
    _print(name, tokens_encoded_afterwards=encoded, tokens_of_a_slice=a_slice)
    _require(_metric(server, "quotes_articles_in_flight") == 0, "the article is still worked on")


def batch(server: Server) -> None:
    """A batch with the maximum number of articles, of 4,000 characters each."""
    count = Settings().max_batch_articles
    texts = [invented(4_000, 13, seed=seed) for seed in range(count)]
    began = time.perf_counter()
    answer = Client(server.port).ask("POST", "/v1/attributions/batch", batch_body(texts))
    results = json.loads(answer.body)["results"]
    answered = sum("result" in each for each in results)
    _print("batch", articles=count, answered=answered, seconds=time.perf_counter() - began)
    _require(answered == count, "an article of the batch was not answered")


def streams(server: Server, articles: int) -> None:
    """Two NDJSON streams and, at the same time, an article of one line every half second."""
    memory = [server.memory()]
    latencies: list[float] = []
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        lengths = [pool.submit(_stream, server, articles, seed) for seed in range(2)]
        while not _all_done(lengths):
            answer, seconds = _timed(server, _ONE_LINER)
            _require(answer.status == 200, f"a one-liner was answered {answer.status}")
            latencies.append(seconds)
            memory.append(server.memory())
            time.sleep(_PAUSE)
    answered = [length.result() for length in lengths]
    _print(
        "streams",
        articles_each=articles,
        answered=answered,
        seconds=time.perf_counter() - began,
        one_liner_median=median(latencies),
        one_liner_slowest=max(latencies),
        memory_megabytes=[round(size / 1e6) for size in (memory[0], median(memory), max(memory))],
    )
    _require(answered == [articles] * 2, "an article of a stream was not answered")


def start(server: Server) -> None:
    """The time from starting the process to ready, compared with a process that only imports the libraries; three runs
    of each."""
    model = Settings()
    ready, imported = [server.ready_seconds], [_import_seconds()]
    for _ in range(2):
        with served(model.model_path, model.device) as another:
            ready.append(another.ready_seconds)
        imported.append(_import_seconds())
    _print("start", ready=median(ready), imports=median(imported), ratio=median(ready) / median(imported))


def _import_seconds() -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import torch, transformers"], check=True)
    return time.perf_counter() - began


def _stream(server: Server, articles: int, seed: int) -> int:
    """Send a stream of articles. Returns how many have a result."""
    numbers = range(seed * articles, (seed + 1) * articles)
    lines = (article_body(invented(_STREAMED_CHARS, 50, seed=number)) + b"\n" for number in numbers)
    return sum("result" in json.loads(line) for line in Client(server.port).stream("/v1/attributions/batch", lines))


def _timed(server: Server, body: bytes) -> tuple[Answer, float]:
    """The response to an article, on a new connection, and the seconds it took."""
    client = Client(server.port)
    began = time.perf_counter()
    answer = client.ask("POST", "/v1/attributions", body)
    seconds = time.perf_counter() - began
    client.close()
    return answer, seconds


def _repeated(server: Server, body: bytes, through: Event) -> list[tuple[Answer, float]]:
    """The responses to an article that is sent again as soon as it is answered, until ``through`` is set."""
    answers = [_timed(server, body)]
    while not through.is_set():
        answers.append(_timed(server, body))
    return answers


def _get(server: Server, path: str) -> Answer:
    client = Client(server.port)
    answer = client.ask("GET", path)
    client.close()
    return answer


def _metric(server: Server, name: str) -> float:
    lines = _get(server, "/metrics").body.decode().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(f"{name} "))


def _all_done(futures: Sequence[Future[int]]) -> bool:
    return all(future.done() for future in futures)


def _print(name: str, **figures: object) -> None:
    rounded = {key: round(value, 3) if isinstance(value, float) else value for key, value in figures.items()}
    print(json.dumps({"measured": name} | rounded), flush=True)


def _require(condition: bool, otherwise: str) -> None:
    if not condition:
        sys.exit(f"FAILED: {otherwise}")


def _runs(articles: int) -> Iterator[tuple[str, dict[str, str], Callable[[Server], None]]]:
    """The benchmarks: name, settings of the service, and function."""
    yield "long", {}, long_beside_short
    yield "dropped", {}, dropped
    yield "dropped", {"DEADLINE_SECONDS": "2"}, late
    yield "batch", {}, batch
    yield "start", {}, start
    yield "streams", {}, lambda server: streams(server, articles)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    names = sorted({name for name, _, _ in _runs(0)})
    parser.add_argument("what", nargs="*", help=", ".join(names), default=names)
    parser.add_argument("--articles", type=int, default=40, help="of each stream")
    options = parser.parse_args()
    model = Settings()
    for name, settings, measure in _runs(options.articles):
        if name in options.what:
            with served(model.model_path, model.device, **settings) as server:
                _timed(server, _SHORT[0])
                measure(server)


if __name__ == "__main__":
    main()
