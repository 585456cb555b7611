"""Names from the words that point at them. People and articles in these tests are invented."""

from __future__ import annotations

from service.attribution.mentions.index import NameIndex
from service.attribution.text import Span


def span_of(text: str, words: str) -> Span:
    """The last place of ``words`` in ``text``."""
    start = text.rindex(words)
    return Span(start, start + len(words))


def name_in(text: str, words: str) -> str | None:
    """Whom the last place of ``words`` names."""
    return NameIndex.read(text).name_of(span_of(text, words))
