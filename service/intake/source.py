"""The HTML that an article was sent in, and where its text stands in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """A stretch of the HTML that an article was sent in, half-open, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The HTML that an article was sent in, and the field of the request that held it.

    ``extents`` gives the stretches of it that a span of the article's text is made of, tags between them excluded.
    """

    field: str
    html: str
    extents: Callable[[int, int], tuple[Extent, ...]]
