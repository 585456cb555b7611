"""Builds labelled quotes of invented articles, and quotes returned for them, from the words they are made of."""

from __future__ import annotations

import re

from service.attribution.text import Span
from service.records import Mention, Outlet, Quote, QuoteKind, Speaker, SpeakerType
from training.corpus import Article, LabelledQuote


def article(text: str, *quotes: LabelledQuote, name: str = "invented") -> Article:
    return Article(name, text, quotes, ())


def label(
    text: str,
    words: str,
    *,
    kind: QuoteKind = "speech",
    speaker: str | None = None,
    type: SpeakerType = "person",
    mention: str | None = None,
    outlet: str | None = None,
    outlet_mention: str | None = None,
    basis: str | None = None,
    role: str | None = None,
    doubtful: bool = False,
) -> LabelledQuote:
    """The label of the quote whose ``words`` stand once in the text, between marks of one character."""
    inner = _find(text, words)
    return LabelledQuote(
        span=Span(inner.start - 1, inner.end + 1),
        kind=kind,
        speaker=speaker,
        type=type,
        mention=None if mention is None else (_find(text, mention),),
        outlet=outlet,
        outlet_mention=None if outlet_mention is None else _find(text, outlet_mention),
        basis=basis,
        role=role,
        doubtful=doubtful,
    )


def returned(
    text: str,
    words: str,
    *,
    speaker: str | None = None,
    mention: str | None = None,
    speaker_confidence: float = 0.9,
    outlet: str | None = None,
    outlet_confidence: float = 0.9,
) -> Quote:
    """A returned quote whose ``words`` stand once in the text."""
    span = _find(text, words)
    place = _find(text, mention) if mention else None
    named = Mention(text[place.start : place.end], place.start, place.end) if place else None
    return Quote(
        id=f"q{span.start}-{span.end}",
        text=words,
        start=span.start,
        end=span.end,
        kind="speech",
        closed=True,
        parent=None,
        continues=None,
        speaker=Speaker("s1", speaker, "person", named, speaker_confidence) if speaker else None,
        outlet=Outlet("o", outlet, Mention(text[:1], 0, 1), "sentence", "told", outlet_confidence) if outlet else None,
        confidence=0.9,
    )


def _find(text: str, words: str) -> Span:
    """The only place of the text where the words stand, as whole ones."""
    (place,) = re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)
    return Span(place.start(), place.end())
