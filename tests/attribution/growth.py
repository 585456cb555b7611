"""Whether time grows with the length of a text, no faster."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

TIMES_LONGER = 8
ALLOWANCE = 3
"""How much more than its share a longer text may take; one of quadratic cost takes eight times its share."""
ROUNDS = 3


def grows_with_length(run: Callable[[str], object], piece: str, length: int) -> bool:
    """Whether ``run`` takes in proportion for a text of ``piece`` over and over, ``length`` characters and longer."""
    short, long = (_best_seconds(run, piece * (size // len(piece))) for size in (length, TIMES_LONGER * length))
    return long < TIMES_LONGER * ALLOWANCE * max(short, 1e-3)


def _best_seconds(run: Callable[[str], object], text: str) -> float:
    """Processor time, the least of a few rounds: other work on the machine and the garbage collector add to it."""
    best = float("inf")
    gc.disable()
    try:
        for _ in range(ROUNDS):
            begin = process_time()
            run(text)
            best = min(best, process_time() - begin)
    finally:
        gc.enable()
    return best
