"""Finds the occurrence of a label's words that is nearest to the quote, preferably in the narration."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.attribution.text import Span

PARAGRAPH = 300
"""The number of characters that a paragraph break adds to a distance."""


def nearest_wording(text: str, words: str, quote: Span, quotes: Sequence[Span] = ()) -> Span | None:
    """The occurrence of ``words`` nearest to ``quote`` and outside it; if possible, outside all ``quotes``.

    All spans of quotes include their marks. None if the words do not occur elsewhere.
    """
    places = [Span(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    outside = [p for p in places if not p.meets(quote)]
    narrated = [p for p in outside if not any(map(p.meets, quotes))]
    return min(narrated or outside, key=lambda p: _distance(text, p, quote), default=None)


def _distance(text: str, place: Span, quote: Span) -> int:
    between = (quote.end, place.start) if place.start >= quote.end else (place.end, quote.start)
    return between[1] - between[0] + PARAGRAPH * text.count("\n", *between)
