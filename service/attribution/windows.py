"""Cuts an article into overlapping windows of tokens that an encoder can read, and says what each answers for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens ``[start, stop)`` are read together; of those, ``[keep_start, keep_stop)`` keep this window's vectors.

    The kept stretches of an article's windows tile its tokens: every token is kept once, by the window in which it
    stands furthest from an edge.
    """

    start: int
    stop: int
    keep_start: int
    keep_stop: int


def cut_windows(n_tokens: int, size: int, overlap: int) -> tuple[Window, ...]:
    """Windows over ``n_tokens`` tokens: at most ``size`` each, as few as can be, all of nearly the same length.

    Neighbours share at least ``overlap`` tokens. Even lengths keep the padding of a batch small.

    Raises:
        ValueError: if ``overlap`` is not in ``[0, size)``.
    """
    if not 0 <= overlap < size:
        raise ValueError(f"overlap must be in [0, {size}), not {overlap}")
    if n_tokens <= size:
        return (Window(0, n_tokens, 0, n_tokens),) if n_tokens else ()
    count = -(-(n_tokens - overlap) // (size - overlap))
    length = -(-(n_tokens + (count - 1) * overlap) // count)
    starts = [i * (n_tokens - length) // (count - 1) for i in range(count)]
    seams = [(left + length + right) // 2 for left, right in pairwise(starts)]
    kept = pairwise((0, *seams, n_tokens))
    return tuple(Window(start, start + length, *bounds) for start, bounds in zip(starts, kept, strict=True))
