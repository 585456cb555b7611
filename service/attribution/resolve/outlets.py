"""Decides which outlet an article credits with each quote, by exact decoding of the chain of all its quotes."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final, cast

import torch
from torch.nn import functional as F  # noqa: N812 - torch's own idiom

from service.attribution.document import Document
from service.attribution.model.chain import REACH, ChainWeights, Lattice, Places, emissions, marginals
from service.attribution.model.config import KINDS, LONGEST
from service.attribution.model.decoding import QuotePrediction
from service.attribution.model.outputs import QuoteLogits
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.outlets.unlisted import likely_outlets
from service.attribution.quotations import Quotation
from service.attribution.resolve.ties import PointedNames, tie_speakers
from service.attribution.text import Span
from service.data import word_lists
from service.records import OutletBasis, OutletRole

CONSIDERED: Final = 0.01
"""The minimum weight in the outlet's pointer for a place to count as an outlet that is not otherwise known."""
_SENTENCE_END: Final = re.compile(r"[.!?][”\"’')]*\s+[“\"‘'(]*[A-Z]")
_BETWEEN_LISTED: Final = re.compile(r",? and (?:the |to (?:the )?)?|, (?:the |to (?:the )?)?|/| & ", re.IGNORECASE)
_CLOSES_LIST: Final = re.compile(r"and|[/&]", re.IGNORECASE)
_LONGEST_CLAUSE: Final = 300
"""The most characters between a quote and an outlet named in its own sentence."""


@dataclass(frozen=True, slots=True)
class OutletAnswer:
    """The outlet credited with one quote, and its mention."""

    identity: OutletIdentity
    mention: Span
    basis: OutletBasis
    role: OutletRole
    confidence: float


@dataclass(frozen=True, slots=True)
class OutletChain:
    """The chain of a document before decoding: its K outlets, their mentions, and its lattice."""

    outlets: tuple[OutletIdentity, ...]
    places: tuple[tuple[Span, ...], ...]
    lattice: Lattice


class _Named:
    """The mentions of one outlet, in the order of the text."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._furthest = list(accumulate(spans, _further))
        self.has = frozenset(spans).__contains__

    def nearest(self, quote: Span) -> Span:
        """The mention nearest to a quote; the first of equally near ones."""
        first = bisect_left(self._spans, quote.start, key=lambda span: span.start)
        last = bisect_right(self._spans, quote.end, key=lambda span: span.start)
        near = [*self._furthest[first - 1 : first], *self._spans[first : last + 1]]
        return min(near, key=lambda span: max(span.start - quote.end, quote.start - span.end))


def _further(first: Span, second: Span) -> Span:
    """The span that ends last; the first if both end at the same place."""
    return second if second.end > first.end else first


def build_chain(
    document: Document,
    registry: OutletRegistry,
    logits: Sequence[QuoteLogits],
    predictions: Sequence[QuotePrediction],
    pointed: Sequence[PointedNames],
) -> OutletChain:
    """The chain of a document with at least one quotation. ``logits`` are those of its sections, in order; ``pointed``
    is whom each quotation's name pointer means."""
    candidates = _candidates(document, registry, predictions)
    everywhere = [document.tokens.places(spans, LONGEST["outlet"]) for spans in candidates.values()]
    scores, arriving = [], []
    for section, part in zip(document.sections, logits, strict=True):
        places = [_within(section.within, found) for found in everywhere]
        speech = part.choices["kind"].softmax(1)[:, KINDS.index("speech")]
        scores.append(emissions(part.pointers["outlet"], speech, places)[section.kept])
        arriving.append(F.pad(part.transitions, (0, 0, 1, 0))[section.kept])  # none into a section's first quote
    lattice = Lattice(
        torch.cat(scores).cpu(),
        torch.cat(arriving)[1:].cpu(),
        tuple(not registry.knows(outlet) for outlet in candidates),
        tie_speakers(predictions, pointed) if candidates else torch.zeros(len(predictions), REACH),
    )
    return OutletChain(tuple(candidates), tuple(map(tuple, candidates.values())), lattice)


def decide_outlets(
    document: Document,
    chain: OutletChain,
    predictions: Sequence[QuotePrediction],
    weights: ChainWeights,
    threshold: float,
) -> list[OutletAnswer | None]:
    """The outlet of each quotation of the document; None if none reaches ``threshold``."""
    if not chain.outlets:
        return [None] * len(predictions)
    best = marginals(*weights.weigh(chain.lattice))[:, 1:].max(dim=1)
    named = [_Named(places) for places in chain.places]
    return [
        _answer(document, index, chain.outlets[state], named[state], predictions[index], probability)
        if probability >= threshold
        else None
        for index, (state, probability) in enumerate(zip(best.indices.tolist(), best.values.tolist(), strict=True))
    ]


def outlet_places(text: str, matches: Sequence[OutletMatch]) -> list[Span]:
    """Where the article certainly names an outlet, in order without overlap: known ones, and names built like
    outlets'."""
    known = [Span(match.start, match.end) for match in matches if not match.ambiguous]
    places: list[Span] = []
    for span in sorted((*known, *likely_outlets(text)), key=lambda span: span.start):
        if not (places and places[-1].meets(span)):
            places.append(span)
    return places


def with_listed(
    text: str,
    credited: OutletAnswer,
    registry: OutletRegistry,
    matches: Sequence[OutletMatch],
    places: Sequence[Span],
) -> tuple[OutletAnswer, ...]:
    """The credited outlet, followed by the others in the same list: Reuters in "told CNN and Reuters".

    ``places`` are the `outlet_places` of the article.
    """
    listed = _list_around(text, credited.mention, places)
    named = [(registry.identify(text, span.start, span.end, matches), span) for span in listed]
    found = {who.id: replace(credited, identity=who, mention=at) for who, at in named if who}
    own = found.pop(credited.identity.id, credited)
    return (own if found else credited, *found.values())


def _list_around(text: str, mention: Span, places: Sequence[Span]) -> Sequence[Span]:
    """The outlets in a list around a mention, separated only by "and" and commas.

    What follows the last comma without an "and" is not part of the list ("told WJZ, the CBS affiliate"). There is no
    list before a verb whose subject is the last of them: "told CNN and the Post reported".
    """
    first = bisect_right(places, mention.start, key=lambda place: place.end)
    stop = first + (first < len(places) and places[first].meets(mention))
    listed = deque(places[first:stop] or [mention])
    while first and _in_list(text, places[first - 1], listed[0]):
        first -= 1
        listed.appendleft(places[first])
    while stop < len(places) and _in_list(text, listed[-1], places[stop]):
        listed.append(places[stop])
        stop += 1
    while len(listed) > 1 and not _CLOSES_LIST.search(text, listed[-2].end, listed[-1].start):
        listed.pop()
    following = text[listed[-1].end : listed[-1].end + 30].split()
    goes_on = bool(following) and word_lists.fold(following[0]) in word_lists.CUE_WORDS
    return () if goes_on or not any(map(mention.meets, listed)) else listed


def _in_list(text: str, one: Span, other: Span) -> bool:
    return _BETWEEN_LISTED.fullmatch(text, one.end, other.start) is not None


def _candidates(
    document: Document, registry: OutletRegistry, predictions: Sequence[QuotePrediction]
) -> Mapping[OutletIdentity, Sequence[Span]]:
    """The outlets that the article names, with the places of each; people are excluded."""
    spans = [Span(match.start, match.end) for match in document.outlets if not match.ambiguous]
    likely = list(likely_outlets(document.text))
    spans += likely
    pointed = (c for p in predictions for c in p.pointers["outlet"].candidates)
    considered = {candidate.span for candidate in pointed if candidate.weight >= CONSIDERED}
    quoted = _quoted_people(document, predictions)
    spans += [span for span in considered if not _names_person(document, span, quoted) or any(map(span.meets, spans))]
    found: dict[OutletIdentity, list[Span]] = {}
    for span in sorted(set(spans), key=lambda s: (s.start, s.end)):
        identity = registry.identify(document.text, span.start, span.end, document.outlets, likely)
        if identity is not None:
            found.setdefault(identity, []).append(span)
    return found


def _quoted_people(document: Document, predictions: Sequence[QuotePrediction]) -> frozenset[str]:
    """The names of the people who are quoted."""
    persons = (p for p in predictions if p.best("kind") == "speech" and p.best("type") == "person")
    named = (document.names.name_of(best) for p in persons if (best := p.pointers["name"].best))
    return frozenset(filter(None, named))


def _names_person(document: Document, span: Span, quoted: Set[str]) -> bool:
    name = document.names.name_of(span)
    return name is not None and (name in quoted or document.names.bearer_called(name) in ("m", "f"))


def _within(section: range, places: Sequence[tuple[int, int]]) -> Places:
    """The first and last tokens within a section, relative to its start."""
    inside = [(a - section.start, b - section.start) for a, b in places if a in section and b in section]
    table = torch.tensor(inside, dtype=torch.long).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _answer(
    document: Document,
    index: int,
    identity: OutletIdentity,
    named: _Named,
    prediction: QuotePrediction,
    probability: float,
) -> OutletAnswer:
    quotation = document.quotations[index]
    mention = _mention(named, quotation.outer, prediction)
    role = cast(OutletRole, prediction.best("role"))
    return OutletAnswer(identity, mention, _basis(document.text, quotation, mention, prediction), role, probability)


def _mention(named: _Named, quote: Span, prediction: QuotePrediction) -> Span:
    """The outlet's mention to which the quote's pointer gives most weight, or else the nearest one."""
    pointed = (c.span for c in prediction.pointers["outlet"].candidates if named.has(c.span))
    return next(pointed, None) or named.nearest(quote)


def _basis(text: str, quotation: Quotation, mention: Span, prediction: QuotePrediction) -> OutletBasis:
    """The network's prediction, unless the words between quote and mention determine the basis."""
    first, second = sorted((quotation.outer, mention), key=lambda span: span.start)
    begin = quotation.inner.end - 1 if first == quotation.outer else first.end  # with a full stop before the mark
    between = text[first.end : second.start]
    if "\n" in between:
        return "context"
    if not _SENTENCE_END.search(text, begin, second.start) and len(between) < _LONGEST_CLAUSE:
        return "sentence"
    return cast(OutletBasis, prediction.best("basis"))
