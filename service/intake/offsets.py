"""Maps offsets between a text and a copy of it that was made by edits.

An edit replaces, removes or inserts characters of the *source*; everything between edits is copied. Spans are pairs
``(start, end)`` of code point offsets, half-open.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, Self

Span = tuple[int, int]


class Edit(NamedTuple):
    """``source[start:end]`` was replaced by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Side:
    """The positions of the edits in one of the two texts, in order and without overlap."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Maps spans between a copy and its source, in both directions.

    A span that starts or ends within an edit is extended to contain it; one that ends next to an insertion or deletion
    is not. So mapping a span there and back gives a span that contains it, and the same span unless it ended within an
    edit.
    """

    _source: _Side
    _copy: _Side

    def to_source(self, span: Span) -> Span:
        """The span of the source for a span of the copy."""
        return _carry(span, self._copy, self._source)

    def to_copy(self, span: Span) -> Span:
        """The span of the copy for a span of the source."""
        return _carry(span, self._source, self._copy)

    def stretches(self, span: Span) -> list[Span]:
        """The spans of the source that make up a span of the copy, without what was removed between them."""
        first, stop = bisect_right(self._copy.starts, span[0]), bisect_left(self._copy.starts, span[1])
        gaps = range(first, stop)
        cuts = [self._copy.starts[i] for i in gaps if self._copy.starts[i] == self._copy.ends[i]]
        parts = (self.to_source(part) for part in pairwise((span[0], *cuts, span[1])))
        return [part for part in parts if part[0] < part[1]]


@dataclass(frozen=True, slots=True)
class Copy:
    """A text with the maps back to the text that it was made from, one per step, the first step first."""

    text: str
    steps: tuple[OffsetMap, ...] = ()

    def edited(self, edits: Iterable[Edit]) -> Self:
        """A further copy. The offsets of the edits refer to this ``text``; they must be in order and not overlap."""
        text, step = apply(self.text, edits)
        return type(self)(text, self.steps if step is None else (*self.steps, step))

    def to_source(self, span: Span) -> Span:
        """The span of the original text for a span of ``text``."""
        for step in reversed(self.steps):
            span = step.to_source(span)
        return span

    def to_copy(self, span: Span) -> Span:
        """The span of ``text`` for a span of the original text."""
        for step in self.steps:
            span = step.to_copy(span)
        return span

    def stretches(self, span: Span) -> list[Span]:
        """The spans of the original text that make up a span of ``text``."""
        parts = [span]
        for step in reversed(self.steps):
            parts = [stretch for part in parts for stretch in step.stretches(part)]
        return parts


def apply(source: str, edits: Iterable[Edit]) -> tuple[str, OffsetMap | None]:
    """The copy that the edits make of ``source``, and its map; no map if no edit changes an offset."""
    pieces: list[str] = []
    source_starts, source_ends, copy_starts, copy_ends = [], [], [], []
    position = length = 0
    for edit in edits:
        pieces += (source[position : edit.start], edit.text)
        length += edit.start - position
        if len(edit.text) != edit.end - edit.start:
            source_starts.append(edit.start)
            source_ends.append(edit.end)
            copy_starts.append(length)
            copy_ends.append(length + len(edit.text))
        length += len(edit.text)
        position = edit.end
    pieces.append(source[position:])
    copy = "".join(pieces)
    if not source_starts:
        return copy, None
    return copy, OffsetMap(_Side(tuple(source_starts), tuple(source_ends)), _Side(tuple(copy_starts), tuple(copy_ends)))


def _carry(span: Span, here: _Side, there: _Side) -> Span:
    start, end = span
    i = bisect_right(here.starts, start) - 1  # the last edit that begins before or at the start
    if i >= 0:
        start = there.ends[i] + start - here.ends[i] if here.ends[i] <= start else there.starts[i]
    j = bisect_left(here.starts, end) - 1  # the last edit that begins before the end
    if j >= 0:
        end = there.ends[j] + max(0, end - here.ends[j])
    return min(start, end), end


def joined(pieces: Sequence[tuple[str, Span]], source: str) -> Copy:
    """The copy that consists only of ``pieces``: each is a text with the span of the source that it represents.

    The spans are in order. Everything between them is removed; an empty span marks an insertion.
    """
    edits: list[Edit] = []
    position = 0
    for text, (start, end) in pieces:
        if position < start:
            edits.append(Edit(position, start, ""))
        if source[start:end] != text:
            edits.append(Edit(start, end, text))
        position = end
    if position < len(source):
        edits.append(Edit(position, len(source), ""))
    return Copy(source).edited(edits)
