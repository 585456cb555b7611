"""Times things in turn, so that a machine whose speed drifts favours none of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping


def in_turn(runs: Mapping[str, Callable[[], object]], rounds: int, warm_up: bool = True) -> dict[str, list[float]]:
    """The seconds that each run took in each round; in every round each has its turn."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + warm_up):
        for name, run in runs.items():
            times[name].append(seconds(run))
    return {name: own[warm_up:] for name, own in times.items()}


def seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
