"""Interleaves timed runs, so that drift of the machine's speed affects all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping


def in_turn(runs: Mapping[str, Callable[[], object]], rounds: int, warm_up: bool = True) -> dict[str, list[float]]:
    """The seconds of each run in each round. Every round executes every run once."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + warm_up):
        for name, run in runs.items():
            times[name].append(seconds(run))
    return {name: own[warm_up:] for name, own in times.items()}


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
