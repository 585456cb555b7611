"""Splits a long article's quotes into sections, so that the decoder's work grows with the article, not with its square.

A section is a run of quotes with the tokens within reach of them. It overlaps the section before, so that each quote
is read with its neighbours. An article of ordinary length is one section: all quotes, all tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.attribution.tokens import QuotedTokens, Tokens
from service.attribution.windows import cut_windows

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


def cut_sections(tokens: Tokens, quotes: QuotedTokens) -> Iterator[Section]:
    """The sections of an article, in order; each quote is kept by exactly one."""
    for w in cut_windows(len(quotes), QUOTES, OVERLAP):
        start = max(0, int(quotes.first[w.start : w.stop].min()) - REACH)
        stop = int(quotes.last[w.start : w.stop].max()) + 1 + REACH
        yield Section(
            start,
            tokens.part(start, stop),
            quotes.part(w.start, w.stop, first_token=start),
            slice(w.keep_start - w.start, w.keep_stop - w.start),
        )
