"""Credits given by the layout: the outlet in brackets, after "Source:", or in the line under an excerpt.

    The premier called it “thin soup.” (New York Times / Reuters)
    “We have stone,” he said (Axios).
    “We have timber.” Source: Reuters, 3 June
    “Nobody asked us.” — Ann Lee, Ashby Gazette

They are not part of a sentence, so their position decides: each covers the quotes of its line since the previous
credit; within a sentence, the quotes of that sentence; in a line of its own, the excerpt above. Offsets are code points
of the article.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.outlets.unlisted import likely_outlets
from service.attribution.quotations import Quotation
from service.attribution.resolve.outlets import OutletAnswer, outlet_places, with_listed
from service.attribution.text import Span
from service.records import OutletBasis

CONFIDENCE = 0.9
"""The uncalibrated confidence: such a credit states whose report it is, but not for which of the quotes."""

_ENDED = r"(?<=[.!?…”\"’'»*_])\s{0,3}"
_NAME = r"[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30}){1,3}"
_PERSON = rf"(?:[—–―-]{{1,2}} ?)?{_NAME}, "
_SOURCE = r"(?i:(?:sources?|via|credit|hat tip): |h/t:? )"
_BRACKET = r"[(\[](?i:sources?: |h/t:? |hat tip: |via |per |from )?(?P<{}>[^()\[\]\n]{{2,120}})[)\]]"
_CREDIT = re.compile(
    rf"{_ENDED}(?:{_BRACKET.format('bracket')}"
    rf"|{_SOURCE}(?P<source>[^\n]{{2,120}})$"
    rf"|[—–―-]{{1,2}} ?{_NAME}, (?P<under>[^\n,]{{2,60}})$)"
    rf"|(?<=\w) {_BRACKET.format('within')}(?=[.!?](?:\s|$)|$)",
    re.MULTILINE,
)
_OWN_LINE = re.compile(rf"^(?:{_SOURCE}|{_PERSON})(?P<outlet>[^\n]{{2,120}})$", re.MULTILINE)
_EXCERPT = re.compile(r"[“\"‘'«„].*[”\"’'»]")
_SEPARATOR = re.compile(r"\s*(?:[/,;&|+]|\band\b|\bvia\b)\s*")
_DATE = re.compile(r", (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}|\d[\d/.-]{3,9})(?:,? \d{4})?\.?")
_LONGEST_EXCERPT = 2000  # characters
_LONGEST_SENTENCE = 1000
_SENTENCE_END = re.compile(r"[.!?][”\"’']?\s+[A-Z“\"‘]")  # no bracket opens the next: it may hold a credit


@dataclass(frozen=True, slots=True)
class LayoutCredit:
    """The spans of the outlets in a credit, and the part of the article that it covers."""

    outlets: tuple[Span, ...]
    covered: Span


def layout_credits(text: str, matches: Sequence[OutletMatch]) -> Iterator[LayoutCredit]:
    """The credits of an article in order; ``matches`` are its known outlets. Linear in the length."""
    reached = passed = line_start = 0
    for found in _CREDIT.finditer(text):
        line_start = max(line_start, text.rfind("\n", passed, found.start()) + 1)
        passed = found.start()
        assert found.lastgroup is not None  # each form has a group
        within = found.lastgroup == "within"
        outlets = _outlets(text, Span(*found.span(found.lastgroup)), matches)
        if outlets and not (within and _ends_outlet(found.start(), matches)):
            start = _sentence_start(text, found.start()) if within else line_start
            yield LayoutCredit(outlets, Span(max(reached, line_start, start), found.start()))
            reached = found.end()
    for found in _OWN_LINE.finditer(text):
        above = text[max(0, found.start() - _LONGEST_EXCERPT) : found.start()].rstrip()
        line = above[above.rfind("\n") + 1 :]
        if _EXCERPT.fullmatch(line) and (outlets := _outlets(text, Span(*found.span("outlet")), matches)):
            start = text.rindex(line, 0, found.start())
            yield LayoutCredit(outlets, Span(start, start + len(line)))


def _ends_outlet(place: int, matches: Sequence[OutletMatch]) -> bool:
    """Whether an outlet's name ends at ``place``: what follows in brackets is short for it."""
    i = bisect_left(matches, place, key=lambda match: match.end)
    return i < len(matches) and matches[i].end == place


def _sentence_start(text: str, place: int) -> int:
    """Where the sentence that ``place`` is in starts, as far back as one is looked for."""
    ends = [found.end() - 1 for found in _SENTENCE_END.finditer(text, max(0, place - _LONGEST_SENTENCE), place)]
    return ends[-1] if ends else 0


def with_layout(
    text: str,
    quotations: Sequence[Quotation],
    outlets: Sequence[OutletAnswer | None],
    registry: OutletRegistry,
    matches: Sequence[OutletMatch],
) -> list[tuple[OutletAnswer, ...]]:
    """All outlets of each quotation, the main one first: those in ``outlets``, others listed with them, and the
    layout's.

    An outlet in the quote's own sentence stays first, except before a credit right behind the quote: “timber”
    (Reuters). One carried over from elsewhere is replaced.
    """
    places = outlet_places(text, matches) if any(outlets) else []
    credited = [with_listed(text, one, registry, matches, places) if one else () for one in outlets]
    starts = [quotation.outer.start for quotation in quotations]
    layout = list(layout_credits(text, matches))
    sentence_ends = [Span(*found.span()) for found in _SENTENCE_END.finditer(text)] if layout else []
    for credit in layout:
        named = [(registry.identify(text, span.start, span.end, matches), span) for span in credit.outlets]
        first, stop = bisect_left(starts, credit.covered.start), bisect_left(starts, credit.covered.end)
        for i in range(first, stop):
            between = Span(quotations[i].outer.end, credit.covered.end)
            basis: OutletBasis = "context" if _holds_one(between, sentence_ends) else "sentence"
            found = tuple(OutletAnswer(who, at, basis, "reported", CONFIDENCE) for who, at in named if who)
            right_behind = not text[between.start : between.end].strip()
            credited[i] = _joined(None if right_behind and found else outlets[i], found) or credited[i]
    return credited


def _holds_one(place: Span, spans: Sequence[Span]) -> bool:
    """Whether ``place`` contains one of ``spans``, which are in order and do not overlap."""
    i = bisect_left(spans, place.start, key=lambda span: span.start)
    return i < len(spans) and spans[i].end <= place.end


def _joined(chosen: OutletAnswer | None, found: tuple[OutletAnswer, ...]) -> tuple[OutletAnswer, ...]:
    if chosen is None:
        return found
    others = tuple(answer for answer in found if answer.identity != chosen.identity)
    return (chosen, *others) if chosen.basis == "sentence" or len(others) < len(found) else found


def _outlets(text: str, place: Span, matches: Sequence[OutletMatch]) -> tuple[Span, ...]:
    """The outlets that ``place`` lists; empty if it contains anything else except a date at its end."""
    place = _without_date(text, place)
    spans: list[Span] = []
    position = place.start
    for i in range(bisect_left(matches, place.start, key=lambda match: match.start), len(matches)):
        match = matches[i]
        if match.end > place.end:
            break
        spans += _unlisted(text, position, match.start)
        spans.append(Span(match.start, match.end))
        position = match.end
    spans += _unlisted(text, position, place.end)
    named = sum(len(text[span.start : span.end].split()) for span in spans)
    words = _SEPARATOR.sub(" ", text[place.start : place.end]).replace("the ", " ").rstrip(" .").split()
    return tuple(spans) if named == len(words) else ()


def _without_date(text: str, place: Span) -> Span:
    """The place up to the first comma that is followed only by a date."""
    commas = (i for i in range(place.start, place.end) if text[i] == ",")
    return Span(place.start, next((i for i in commas if _DATE.fullmatch(text, i, place.end)), place.end))


def _unlisted(text: str, start: int, end: int) -> list[Span]:
    """The spans that look like names of unknown outlets."""
    return [Span(start + span.start, start + span.end) for span in likely_outlets(text[start:end])]
