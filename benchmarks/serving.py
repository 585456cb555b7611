"""The service over HTTP compared with the engine alone; its start-up time and memory."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from benchmarks.articles import invented
from benchmarks.engine import Engine
from benchmarks.load import Outcome, at_random, closed_loop
from benchmarks.report import Table, milliseconds
from benchmarks.server import Server, article_body, served

_ARTICLES = [invented(characters, characters // 300, seed=characters) for characters in range(2_000, 6_001, 500)]
_CLIENTS = (1, 4, 16, 64)
_LOAD = 0.8  # of the throughput at 16 clients
_SECONDS = 12.0  # of each load


def measure(engine: Engine, model: Path, device: str) -> tuple[Table, Table]:
    """The table of loads, and the table of start-up and memory."""
    bodies = [article_body(text) for text in _ARTICLES]
    with served(model, device) as server:
        idle = server.memory()
        alone = [_engine_alone(engine)]
        loads: dict[str, Outcome] = {}
        for clients in _CLIENTS:
            loads[f"{clients} clients"] = closed_loop(server.port, bodies, clients, _SECONDS)
            alone.append(_engine_alone(engine))
        rate = _LOAD * loads["16 clients"].throughput
        loads[f"{rate:.1f} articles a second"] = at_random(server.port, bodies, _SECONDS, rate)
        alone.append(_engine_alone(engine))
        return _loads(loads, list(map(fmean, pairwise(alone)))), _start(server, idle)


def _engine_alone(engine: Engine) -> float:
    """Articles per second of the engine in this process."""
    engine.attributor.attribute_batch(_ARTICLES)
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < _SECONDS / 2:
        engine.attributor.attribute_batch(_ARTICLES)
        done += len(_ARTICLES)
    return done / (time.perf_counter() - began)


def _loads(loads: Mapping[str, Outcome], alone: Sequence[float]) -> Table:
    return Table(
        "As a service",
        f"{len(_ARTICLES)} invented articles of 2,000 to 6,000 characters, sent over HTTP by clients on the same "
        "machine with connections kept open. The engine alone, in this process and without HTTP, did "
        f"{min(alone):.1f} to {max(alone):.1f} of them a second before and after each load, all in one batch. The last "
        f"row is a load at a rate: {_LOAD:.0%} of what 16 clients got, at random moments.",
        ("load", "articles a second", "of the engine alone", "p50", "p95", "p99", "refused"),
        [
            (
                name,
                f"{outcome.throughput:.1f}",
                f"{outcome.throughput / engine_alone:.0%}",
                *(milliseconds(outcome.percentile(rank)) for rank in (50, 95, 99)),
                len(outcome.sent) - len(outcome.answered),
            )
            for (name, outcome), engine_alone in zip(loads.items(), alone, strict=True)
        ],
    )


def _start(server: Server, idle: int) -> Table:
    return Table(
        "Start and memory",
        "From the start of the process to its first 200 from `/readyz`, which is after a warm-up inference; memory of "
        "all its processes (Pss) when ready and after the loads above.",
        ("ready after", "memory idle", "memory after load"),
        [(milliseconds(server.ready_seconds), _megabytes(idle), _megabytes(server.memory()))],
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f} MB"
