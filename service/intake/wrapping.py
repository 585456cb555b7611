"""Detects hard-wrapped text and joins its lines.

Only line ends show whether a text is wrapped. A full line has no room for the first word of the next, which mostly
continues in lower case. Texts with one paragraph per line, lists, verse and transcripts have lines of any length, or
none that continue. The time is linear in the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from service.intake.offsets import Edit

_NARROWEST, _NARROW, _WIDEST = 40, 55, 132
"""Characters of a full line: none is narrower or wider, and a narrow one could also be verse, so must show it twice."""

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
_LINE = re.compile(r"(?P<quoting>(?:>[ \t]?)*)(?P<indent>[ \t\u00a0]*)(?P<words>[^\n]*)")
_FIRST_WORD = re.compile(r"[^\s-]*-?")
_OPENING = "\"“‘'`«"
_CLOSING = "\"”’')]»"
_ITEM = re.compile(
    r"[-*•·–—] ?(?![a-z])|\d{1,3}[.)]\s|[A-Z][\w.'’ -]{1,30}(?:\([^)]{1,30}\))?:\s|[QA][.:]\s|#{1,6}\s|[|•]"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with words: where they start and end, and their width including indentation."""

    start: int
    end: int
    indent: int
    width: int
    after_blank: bool


@dataclass(frozen=True, slots=True)
class _Break:
    """The end of a line that is directly followed by another."""

    before: _Line
    after: _Line
    room_needed: int
    """The width of the line with the first word of the next one appended."""
    goes_on: bool
    """Whether the sentence clearly continues: no punctuation before, a lower-case letter after."""


def with_line_ends(text: str) -> Iterator[Edit]:
    """The edits that convert every line end to a line feed, and remove form feeds after one."""
    for found in _LINE_END.finditer(text):
        if len(found[0]) > 1 or (found[0] == "\x0c" and text[found.start() - 1 : found.start()] == "\n"):
            yield Edit(found.start(), found.start() + 1, "")
        else:
            yield Edit(*found.span(), "\n")


def unwrapped(text: str) -> Iterator[Edit]:
    """The edits that join wrapped lines to paragraphs: a space for each line end, nothing after a hyphen.

    No edits if the text is not wrapped.
    """
    lines = list(_lines(text))
    breaks = [_break(text, a, b) for a, b in pairwise(lines) if not b.after_blank]
    width = max((line.width for line in lines if " " in text[line.start : line.end]), default=0)
    if not _is_wrapped(breaks, width):
        return
    parted = any(line.after_blank for line in lines[1:])
    for b in breaks:
        if _is_within_paragraph(text, b, width, parted=parted):
            yield Edit(b.before.end, b.after.start, "" if text[b.before.end - 1] == "-" else " ")


def _lines(text: str) -> Iterator[_Line]:
    position, after_blank = 0, False
    while position < len(text):
        found = _LINE.match(text, position)
        assert found is not None  # matches any line
        words = found["words"].rstrip()
        if words:
            start = found.start("words")
            prefix = start - position
            yield _Line(start, start + len(words), len(found["indent"]), prefix + len(words), after_blank)
        after_blank = not words
        position = found.end() + 1


def _break(text: str, before: _Line, after: _Line) -> _Break:
    word = _FIRST_WORD.match(text, after.start, after.end)
    length = len(word[0]) if word and word[0] else 1
    last = text[before.start : before.end].rstrip(_CLOSING)[-1:]
    goes_on = text[after.start].islower() and last not in (".", "!", "?", ":")
    return _Break(before, after, before.width + 1 + length, goes_on)


def _is_wrapped(breaks: Sequence[_Break], width: int) -> bool:
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = [b for b in breaks if b.room_needed > width]
    going_on = sum(b.goes_on for b in full)
    if 5 * going_on < 4 * sum(b.goes_on for b in breaks):  # sentences that continue must mostly do so from full lines
        return False
    if width < _NARROW:
        return going_on >= 2 and 5 * len(full) >= 4 * len(breaks)
    return going_on >= 4 or (going_on >= 1 and 2 * len(full) >= len(breaks))


def _is_within_paragraph(text: str, b: _Break, width: int, *, parted: bool) -> bool:
    """Whether a line end of a wrapped text is within a paragraph. ``parted``: blank lines separate paragraphs."""
    if b.after.indent > b.before.indent + 1:
        return False
    if b.goes_on:
        return b.before.width > width // 2
    if b.room_needed <= width or _ITEM.match(text, b.after.start, b.after.end):
        return False
    return parted or text[b.after.start] not in _OPENING
