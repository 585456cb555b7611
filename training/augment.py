"""Data augmentation: rewrites the text of a training article as newsrooms and text extraction do.

Every rewrite preserves the length of the text, so that labelled offsets stay valid.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from service.attribution.text import Span

Rewrite = Callable[[str, Sequence[Span], random.Random], str]

MARKS = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("«", "»"), ("„", "“"))
"""Single-character opening and closing quotation marks of various countries."""


def rewrite(text: str, quotes: Sequence[Span], rng: random.Random, rates: dict[Rewrite, float]) -> str:
    """Apply each rewrite with its own probability. ``quotes`` are the outer spans of the labelled quotations."""
    for change, rate in rates.items():
        if rng.random() < rate:
            text = change(text, quotes, rng)
    return text


def other_marks(text: str, quotes: Sequence[Span], rng: random.Random) -> str:
    """Replace the marks of all labelled quotations by another style."""
    opening, closing = rng.choice(MARKS)
    characters = list(text)
    for span in quotes:
        if characters[span.start] in '“”"„«':
            characters[span.start] = opening
        if span.end - span.start > 1 and characters[span.end - 1] in '“”"»':
            characters[span.end - 1] = closing
    return "".join(characters)


def straight_marks(text: str, _quotes: Sequence[Span], _rng: random.Random) -> str:
    """Replace all quotation marks and apostrophes by typewriter marks."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def lost_paragraphs(text: str, _quotes: Sequence[Span], _rng: random.Random) -> str:
    """Remove paragraph breaks, so that the article is one line."""
    return text.replace("\n", " ")


def lower_case(text: str, _quotes: Sequence[Span], _rng: random.Random) -> str:
    """Convert the text to lower case, as in chat logs."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


DEFAULT_RATES: dict[Rewrite, float] = {
    other_marks: 0.25,
    straight_marks: 0.15,
    lost_paragraphs: 0.05,
    lower_case: 0.06,
}
