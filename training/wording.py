"""Finds the place that a label means by its words: where they stand nearest to the quote, in the narration."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.attribution.text import Span

PARAGRAPH = 300
"""Characters that the end of a paragraph counts for in a distance."""


def nearest_wording(text: str, words: str, quote: Span, quotes: Sequence[Span] = ()) -> Span | None:
    """Where ``words`` stand nearest to ``quote`` outside of it, and, if anywhere, outside of all ``quotes``.

    All spans of quotes include their marks. None where the words stand nowhere else.
    """
    places = [Span(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    outside = [p for p in places if not p.meets(quote)]
    narrated = [p for p in outside if not any(map(p.meets, quotes))]
    return min(narrated or outside, key=lambda p: _distance(text, p, quote), default=None)


def _distance(text: str, place: Span, quote: Span) -> int:
    between = (quote.end, place.start) if place.start >= quote.end else (place.end, quote.start)
    return between[1] - between[0] + PARAGRAPH * text.count("\n", *between)
