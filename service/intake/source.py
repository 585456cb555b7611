"""The HTML in which an article was sent, and where its text is in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Extent:
    """A half-open span of the HTML in which an article was sent, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The HTML in which an article was sent, and the field of the request that contained it.

    ``extents`` maps a span of the article's text to the parts of the HTML that it consists of, without tags between
    them.
    """

    field: str
    html: str
    extents: Callable[[int, int], tuple[Extent, ...]]
