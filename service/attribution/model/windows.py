"""Splits a long article: into windows of tokens that the encoder can read, and into sections of quotes for the decoder.

Sections keep the work of the decoder growing with the article, not with its square.
A section is a run of quotes with the tokens within reach of them. It overlaps the section before, so that each quote
is read with its neighbours, unless they are so far apart that neither reaches what the other does. An article of
ordinary length is one section: all quotes, all tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from service.attribution.model.features import QuotedTokens, Tokens


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


QUOTES = 32
"""Quotes of a section, at most."""
OVERLAP = 8
"""Quotes that neighbouring sections share, at least."""
REACH = 1024
"""Tokens before the first and after the last quote of a section that it may point to."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an article for the decoder: ``tokens`` are the article's from number ``first`` on, ``quotes`` counts
    from there, and ``kept`` is the range of its quotes that the section answers for."""

    first: int
    tokens: Tokens
    quotes: QuotedTokens
    kept: slice

    @property
    def within(self) -> range:
        """Its tokens, by their numbers in the article."""
        return range(self.first, self.first + len(self.tokens))


def cut_sections(tokens: Tokens, quotes: QuotedTokens) -> Iterator[Section]:
    """The sections of an article, in order; each quote is kept by exactly one."""
    for begin, end in _runs(quotes):
        for w in cut_windows(end - begin, QUOTES, OVERLAP):
            first, stop = begin + w.start, begin + w.stop
            from_token = max(0, int(quotes.first[first:stop].min()) - REACH)
            to_token = int(quotes.last[first:stop].max()) + 1 + REACH
            yield Section(
                from_token,
                tokens.part(from_token, to_token),
                quotes.part(first, stop, from_token),
                slice(w.keep_start - w.start, w.keep_stop - w.start),
            )


def _runs(quotes: QuotedTokens) -> Iterator[tuple[int, int]]:
    """Ranges of quotes between which there are tokens out of reach from either side."""
    reached = np.maximum.accumulate(quotes.last)[:-1] + 2 * REACH
    breaks = 1 + np.flatnonzero(quotes.first[1:] > reached)
    return pairwise((0, *breaks.tolist(), len(quotes)))
