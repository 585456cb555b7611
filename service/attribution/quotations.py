"""Finds the quoted segments of an article by their typography alone.

What is speech and what is a title or a scare quote is decided later, so recall comes first here. The difficulty is that
marks lie: straight marks have no direction, text extraction turns curly ones round or loses them, and an apostrophe is
the same character as a single closing mark. So no mark is believed on its own. Each is weighed by its glyph and by the
characters beside it: what would it cost to read it as opening, as closing, or as no quotation mark at all? The cheapest
reading of the whole paragraph is then found by dynamic programming (Viterbi) over the stacks of quotations that may be
open. A lost or turned mark thus costs one odd reading where it stands and does not throw the later pairs out of step.

Nothing that goes wrong in one paragraph reaches the next. One convention does, and is followed: an utterance of several
paragraphs re-opens its mark in each and closes only the last.

Time is linear in the length of the text: stacks are bounded in depth, and so are the readings kept at each mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from itertools import zip_longest
from typing import NamedTuple

from service.attribution.text import SENTENCE_MARKS, Span


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quoted segment as typography alone shows it, before anyone has decided who said it.

    ``outer`` takes in the quotation marks, ``inner`` does not. ``parent`` and ``continues`` are indices into the
    article's sequence of quotations: the one this is nested in, and the one whose utterance it carries on (a quote
    re-opened at the start of each paragraph). ``closed`` is false where the closing mark never came.
    """

    outer: Span
    inner: Span
    closed: bool = True
    parent: int | None = None
    continues: int | None = None


# The families of marks, each named by one of its own. A stack of open quotations is a string of them, outermost first.
_STRAIGHT, _CURLY, _ANGLED, _SINGLE = '"', "“", "«", "'"

_OPENING = {
    "``": _STRAIGHT,
    **dict.fromkeys((*"“„‟〝", "‘‘"), _CURLY),
    **dict.fromkeys("«「", _ANGLED),
    **dict.fromkeys("‘‚‛‹『`", _SINGLE),
}
_CLOSING = {
    **dict.fromkeys((*"”〞", "’’"), _CURLY),
    **dict.fromkeys("»」", _ANGLED),
    **dict.fromkeys("’›』", _SINGLE),
}
_FAMILY = {**_OPENING, **_CLOSING, **dict.fromkeys(('"', "＂", "''"), _STRAIGHT), "'": _SINGLE}
_CHARACTERS = "".join(sorted({character for glyph in _FAMILY for character in glyph}))

_LINE = re.compile(r"\S[^\n\r\u2028\u2029]*")
_CLUSTER = re.compile(
    r"(?<==)(?:\"[^\"\n<>]{0,200}\"|'[^'\n<>]{0,200}')"  # the value of a markup attribute: passed over
    rf"|[{_CHARACTERS}](?:\s?[{_CHARACTERS}]){{6,}}"  # so many marks together are ornament: passed over
    rf"|(?P<marks>(?!(?<=\w)['’‘`]\w)[{_CHARACTERS}]+)"  # an apostrophe within a word is no mark
)
_GLYPH = re.compile(r"``|‘‘|’’|''|.")
_GLYPH_OF_CLOSING = re.compile(r"'(?=''(?!'))|’(?=’’(?!’))|``|‘‘|’’|''|.")  # the single mark of three comes first
_CONTENT = re.compile(rf"[^\s{_CHARACTERS}]")
_TURN_LABEL = re.compile(r"([A-Z][A-Z.'’-]{1,20}(?: [A-Z][A-Z.'’-]{0,20}){0,2}):\s")
_ELISION = re.compile(  # words that begin with an apostrophe, and endings that extraction has split off
    r"(?:[sdtmnN]|ll|re|ve|[Ee]m|[Tt]is|[Tt]was|[Tt]il|[Tt]ill|[Cc]ause|[Cc]os|[Bb]out|[Rr]ound|[Nn]uff|\d\ds?)\b"
)

_APOSTROPHES = frozenset("'’‘`")
_BRACKETS = frozenset("([{<")
_BEFORE_OPENING = _BRACKETS | frozenset("—–-/=|:>*•#+~")
_AFTER_OPENING = _BRACKETS | frozenset("$£€@#")
_STOPS = frozenset(".,;:!?…)]}")

# Costs of a reading. Only their differences matter; they were set on labelled news, and small changes change little.
_NEVER = 99  # as good as forbidden: no other reading of a paragraph's mark is ever this dear
_DETACHED = 3  # a mark with white space between it and what it quotes
_TURNED = 2  # a curly mark that points the wrong way
_UNCLOSED = 3  # a quotation that ends without its mark
_REOPENED = 1  # the same where the next paragraph re-opens it, or a mark that opens after the end of a sentence
_REPLACED = 4  # the same where another opens in its stead in mid-sentence
_SAME_FAMILY = 2  # a quotation nested in one of the same marks
_MIXED = 2  # a quotation opened by marks of one family, closed by another's
_IGNORED = 5  # a clear quotation mark that takes no part

_DEEPEST = 3  # quotations nested in one another
_BEAM = 4  # readings of a paragraph that are followed at a time, the cheapest for each stack


class _Role(IntEnum):
    """What a mark does; the first fields of ``_Evidence`` have the same order."""

    NONE = 0
    OPENS = 1
    CLOSES = 2
    REPLACES = 3  # opens a quotation in the stead of one that thereby ends without its mark


class _Reading(NamedTuple):
    """What a mark is read as. The outermost ``depth`` of the quotations open before it are left as they are."""

    role: _Role
    depth: int


class _Evidence(NamedTuple):
    """What each role would cost a mark, and whether a sentence ends before it."""

    none: int
    opens: int
    closes: int
    replaces: int
    after_sentence: bool


class _Mark(NamedTuple):
    start: int
    end: int
    family: str
    evidence: _Evidence


class _Paragraph(NamedTuple):
    start: int
    end: int
    marks: tuple[_Mark, ...]

    @property
    def opening(self) -> str:
        """The families of the marks that the paragraph begins with, as a stack of quotations that they would open."""
        families, position = "", self.start
        for mark in self.marks[:_DEEPEST]:
            if mark.start != position:
                break
            families, position = families + mark.family, mark.end
        return families


class _Step(NamedTuple):
    """How the readings of a paragraph go on over one mark.

    ``costs`` holds the stacks that may be open after it, each with the cost of its cheapest reading above the cheapest
    of all; ``origins`` the stack before the mark and what the mark is read as, in that reading.
    """

    costs: tuple[tuple[str, int], ...]
    origins: dict[str, tuple[str, _Reading]]


@dataclass(slots=True)
class _Draft:
    """A quotation in the making; ``parent`` and ``continues`` are indices among the drafts."""

    family: str
    start: int
    inner_start: int
    parent: int | None
    continues: int | None
    inner_end: int = -1
    end: int = -1
    closed: bool = False


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """Find every quoted segment of ``text``, in order of ``outer.start``, a nested one after the one it stands in.

    Paragraphs are separated by newlines. Offsets are code points of ``text``. Segments without content are left out.

    A quotation whose closing mark is missing ends, white space excluded, with its paragraph, with the quotation around
    it, or where another is opened in its stead; its ``outer`` and ``inner`` then end together. Where the next paragraph
    re-opens it, the two are linked by ``continues``; likewise where a mark after the end of a sentence re-opens it in
    the same paragraph, since text extraction often joins paragraphs. ``closed`` speaks of the whole utterance: it is
    true of every part of a chain whose last part has its closing mark.

    No input raises.
    """
    paragraphs = [_Paragraph(start, end, tuple(_marks(text, start, end))) for start, end in _paragraphs(text)]
    drafts: list[_Draft] = []
    unclosed: Sequence[int] = ()
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        readings = _cheapest_reading(paragraph.marks, following.opening if following else "")
        first = len(drafts)
        left_open = _replay(text, paragraph, readings, drafts)
        _link(text, drafts, unclosed, first, paragraph)
        unclosed = left_open
    return _settled(text, drafts)


def turn_label(text: str, quote: Span) -> Span | None:
    """The name that a quoted turn of a transcript opens with: that in “BROOK: Good morning.”, in capitals."""
    label = _TURN_LABEL.match(text, quote.start, quote.end)
    return None if label is None else Span(*label.span(1))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs that have content start and end, white space around them excluded."""
    for line in _LINE.finditer(text):
        if _CONTENT.search(text, *line.span()):
            yield line.start(), _trimmed_end(text, *line.span())


def _trimmed_end(text: str, start: int, end: int) -> int:
    while start < end and text[end - 1].isspace():
        end -= 1
    return end


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    """The marks of the paragraph ``[start, end)``."""
    for cluster in _CLUSTER.finditer(text, start, end):
        glyphs = cluster["marks"]
        if glyphs is None:
            continue
        low, high = cluster.span()
        before, after = text[max(start, low - 2) : low], text[high : min(end, high + 2)]
        elided = glyphs[-1] in _APOSTROPHES and _ELISION.match(text, high, end) is not None
        for offset, glyph, evidence in _weigh(glyphs, before, after, elided):
            yield _Mark(low + offset, low + offset + len(glyph), _FAMILY[glyph], evidence)


@lru_cache(maxsize=1 << 14)
def _weigh(glyphs: str, before: str, after: str, elided: bool) -> tuple[tuple[int, str, _Evidence], ...]:
    """Take marks that touch apart, and weigh each by its glyph and by the characters on either side of them all.

    ``before`` and ``after`` are up to two characters of the paragraph; ``elided`` tells that the letters after make a
    word that an apostrophe begins ('tis, '90s).
    """
    pattern = _GLYPH if _is_space(before[-1:]) else _GLYPH_OF_CLOSING
    return tuple(
        (match.start(), match[0], _evidence(match[0], before, after, elided)) for match in pattern.finditer(glyphs)
    )


def _is_space(neighbour: str) -> bool:
    """Whether the character beside a mark is white space; it is empty at the paragraph's edge, which counts as such."""
    return not neighbour or neighbour.isspace()


def _evidence(glyph: str, before: str, after: str, elided: bool) -> _Evidence:
    none, opens, closes = _IGNORED, _opening_cost(glyph, before, after), _closing_cost(glyph, before, after)
    if glyph in _APOSTROPHES:
        none = 0 if elided else _apostrophe_cost(glyph, before, after, opens=opens < closes)
        opens += 2 * (elided or before[-1:].isalnum())
        closes += _is_plural_possessive(before, after)
    elif _is_measure(before, after):
        none = 1
        opens += 2
    spaced = len(before) == 2 and before[0] in SENTENCE_MARKS and before[1].isspace()
    run_on = before[-1:] in SENTENCE_MARKS and after[:1].isalnum() and glyph not in _APOSTROPHES  # “Who?“Nobody.”
    after_sentence = spaced or run_on
    return _Evidence(none, opens, closes, opens + (_REOPENED if after_sentence else _REPLACED), after_sentence)


def _opening_cost(glyph: str, before: str, after: str) -> int:
    """An opening mark stands after white space or what may precede a quotation, and close before its first word."""
    left, right = before[-1:], after[:1]
    if not right:
        return _NEVER
    cost = _DETACHED * right.isspace() + (right in _STOPS and not after.startswith(".."))
    if not _is_space(left) and left not in _BEFORE_OPENING:
        cost += 2 if left in _STOPS else 1
    return cost + _TURNED * (glyph in _CLOSING)


def _closing_cost(glyph: str, before: str, after: str) -> int:
    """A closing mark stands close after a word or a stop, and before white space or another stop."""
    left, right = before[-1:], after[:1]
    if not left:
        return _NEVER
    cost = _DETACHED * left.isspace() + (left in _BRACKETS)
    cost += right.isalnum() or right in _AFTER_OPENING
    return cost + _TURNED * (glyph in _OPENING)


def _apostrophe_cost(glyph: str, before: str, after: str, *, opens: bool) -> int:
    """The cost of reading a mark that may be an apostrophe as one, when no elided word follows it.

    ``opens``: by its neighbours it is rather an opening mark than a closing one.
    """
    left, right = before[-1:], after[:1]
    if opens:
        if glyph == "‘" or not left:
            return _IGNORED
        return 2 if glyph == "'" else 1
    if left.isspace() and _is_space(right) and before[0] in _STOPS:
        return _IGNORED  # tokenised text: he said , '
    if left in _STOPS:
        return 3
    if left in ("s", "S") or left.isdigit() or before == "in" or not left.isalnum():
        return 0  # the players' union, 5' 11", goin' home
    return 2 if right in _STOPS else 1


def _is_plural_possessive(before: str, after: str) -> bool:
    return before[-1:] in ("s", "S") and after[:1].isspace() and after[1:].islower()


def _is_measure(before: str, after: str) -> bool:
    """Inches: a digit before the mark and no letter after it. A closing mark may look the same."""
    return before[-1:].isdigit() and not after[:1].isalpha()


def _cheapest_reading(marks: Sequence[_Mark], reopened: str) -> list[_Reading]:
    """What each mark of a paragraph is read as in the cheapest reading of them all.

    ``reopened`` is the stack of quotations that the next paragraph begins by opening.
    """
    steps: list[_Step] = []
    costs: tuple[tuple[str, int], ...] = (("", 0),)
    for mark in marks:
        step = _advance(costs, mark.family, mark.evidence)
        steps.append(step)
        costs = step.costs

    def final_cost(candidate: tuple[str, int]) -> int:
        stack, cost = candidate
        return cost + len(stack) * (_REOPENED if reopened.startswith(stack) else _UNCLOSED)

    stack, _ = min(costs, key=final_cost)
    readings: list[_Reading] = []
    for step in reversed(steps):
        stack, reading = step.origins[stack]
        readings.append(reading)
    readings.reverse()
    return readings


@lru_cache(maxsize=1 << 14)
def _advance(costs: tuple[tuple[str, int], ...], family: str, evidence: _Evidence) -> _Step:
    """Carry every reading kept so far over one more mark, and keep the cheapest for each stack.

    Costs are relative to the cheapest reading, so the same few hundred steps recur in all articles.
    """
    best: dict[str, tuple[int, str, _Reading]] = {}
    for stack, cost in costs:
        for reading, after, surcharge in _moves(stack, family):
            total = cost + evidence[reading.role] + surcharge
            if after not in best or total < best[after][0]:
                best[after] = (total, stack, reading)
    kept = sorted(best.items(), key=lambda item: item[1][0])[:_BEAM]
    least = kept[0][1][0]
    return _Step(
        tuple((stack, total - least) for stack, (total, _, _) in kept),
        {stack: (origin, reading) for stack, (_, origin, reading) in kept},
    )


@cache
def _moves(stack: str, family: str) -> tuple[tuple[_Reading, str, int], ...]:
    """What a mark may be read as while ``stack`` is open: the reading, the stack after it, what it costs besides."""
    moves = [(_Reading(_Role.NONE, len(stack)), stack, 0)]
    if len(stack) < _DEEPEST:
        moves.append((_Reading(_Role.OPENS, len(stack)), stack + family, _SAME_FAMILY * stack.endswith(family)))
    for depth, other in enumerate(stack):
        if (other == _SINGLE) == (family == _SINGLE):
            surcharge = _MIXED * (other != family) + _UNCLOSED * (len(stack) - depth - 1)
            moves.append((_Reading(_Role.CLOSES, depth), stack[:depth], surcharge))
            moves.append((_Reading(_Role.REPLACES, depth), stack[:depth] + family, surcharge))
    return tuple(moves)


def _replay(text: str, paragraph: _Paragraph, readings: Sequence[_Reading], drafts: list[_Draft]) -> list[int]:
    """Add the quotations of a paragraph to ``drafts``; return those that it leaves open, outermost first."""
    stack: list[int] = []
    for mark, (role, depth) in zip(paragraph.marks, readings, strict=True):
        if role is _Role.NONE:
            continue
        for index in stack[depth:]:
            draft = drafts[index]
            draft.inner_end = draft.end = _trimmed_end(text, draft.inner_start, mark.start)
        if role is _Role.CLOSES:
            draft = drafts[stack[depth]]
            draft.inner_end, draft.end, draft.closed = mark.start, mark.end, True
            del stack[depth:]
            continue
        continues = stack[depth] if role is _Role.REPLACES and mark.evidence.after_sentence else None
        parent = stack[depth - 1] if depth else None
        stack[depth:] = [len(drafts)]
        drafts.append(_Draft(mark.family, mark.start, mark.end, parent, continues))
    for index in stack:
        drafts[index].inner_end = drafts[index].end = paragraph.end
    return stack


def _link(text: str, drafts: Sequence[_Draft], unclosed: Sequence[int], first: int, paragraph: _Paragraph) -> None:
    """Link quotations that open where their paragraph starts with those that the paragraph before left unclosed.

    ``first`` is the index of the paragraph's first draft. A turn of a transcript carries no other one on.
    """
    start = paragraph.start
    for index, draft in zip(unclosed, drafts[first:], strict=False):
        if draft.start != start or not _go_together(drafts[index], draft, paragraph):
            return
        if turn_label(text, Span(draft.inner_start, paragraph.end)):
            return
        draft.continues = index
        start = draft.inner_start


def _go_together(before: _Draft, draft: _Draft, paragraph: _Paragraph) -> bool:
    """Whether the marks of two quotations are of one family, or both double ones where the second is all there is."""
    whole = draft.end == paragraph.end and _SINGLE not in (before.family, draft.family)
    return draft.family == before.family or whole


def _settled(text: str, drafts: Sequence[_Draft]) -> tuple[Quotation, ...]:
    """The drafts that have content as records; an utterance is closed if its last part is."""
    for draft in reversed(drafts):
        if draft.continues is not None:
            drafts[draft.continues].closed = draft.closed
    kept = [index for index, draft in enumerate(drafts) if _CONTENT.search(text, draft.inner_start, draft.inner_end)]
    place = {index: position for position, index in enumerate(kept)}
    return tuple(
        Quotation(
            outer=Span(draft.start, draft.end),
            inner=Span(draft.inner_start, draft.inner_end),
            closed=draft.closed,
            parent=None if draft.parent is None else place[draft.parent],
            continues=None if draft.continues is None else place.get(draft.continues),
        )
        for draft in map(drafts.__getitem__, kept)
    )
