"""Data augmentation: cuts excerpts of a few paragraphs out of training articles, since users send excerpts too."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from service.attribution.mentions.index import NameIndex
from service.attribution.text import Span
from training.corpus import Article, LabelledAttribution, LabelledQuote

_LENGTHS: Final = (1, 1, 2, 2, 3, 4, 6, 9)
"""The lengths of excerpts in paragraphs, drawn with equal probability."""


def crop(article: Article, rng: random.Random) -> Article:
    """Consecutive paragraphs with at least one labelled quote; the whole article if it is no longer than that, or if no
    quote lies within a paragraph.

    A speaker's name becomes the fullest one in the excerpt. An outlet that the excerpt does not name is not credited.
    """
    paragraphs = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", article.text)]
    length = rng.choice(_LENGTHS)
    quotes = [quote.span for quote in article.quotes or ()]
    quoted = [i for i, paragraph in enumerate(paragraphs) if any(_inside(quotes, paragraph))]
    if not quoted or len(paragraphs) <= length:
        return article
    first = max(0, min(rng.choice(quoted) - rng.randrange(length), len(paragraphs) - length))
    return excerpt(article, Span(paragraphs[first].start, paragraphs[first + length - 1].end))


def excerpt(article: Article, kept: Span) -> Article:
    """The part of an article within ``kept``, with the labels inside it. A quote that is cut loses its label."""
    text = article.text[kept.start : kept.end]
    whole, part = NameIndex.read(article.text), NameIndex.read(text)
    quotes = None
    if article.quotes is not None:
        inside = (q for q in article.quotes if _inside((q.span,), kept))
        quotes = tuple(_moved(article.text, q, _name_within(q, kept, whole, part), kept) for q in inside)
    return Article(
        article.id,
        text,
        quotes,
        tuple(_moved_attribution(a, kept) for a in article.attributions if _inside(a.content, kept)),
    )


def _name_within(quote: LabelledQuote, kept: Span, whole: NameIndex, part: NameIndex) -> str | None:
    """The speaker's name in the excerpt; None if the excerpt does not name them, and the name is not trained on."""
    if quote.speaker in (None, "UNKNOWN"):
        return quote.speaker
    places = _inside(whole.mentions_of(quote.speaker), kept)
    if not places:
        return None
    longest = max(places, key=len)
    return part.name_of(_shifted(longest, kept)) or quote.speaker


def _moved(text: str, quote: LabelledQuote, speaker: str | None, kept: Span) -> LabelledQuote:
    """The label within the excerpt. If the outlet's mention is cut off but the quote's sentence or the same name
    elsewhere still points to it, its outlet is doubtful."""
    mention = tuple(_shifted(m, kept) for m in _inside(quote.mention or (), kept))
    credit = quote.outlet_mention
    named = credit is not None and bool(_inside((credit,), kept))
    elsewhere = credit is not None and text[credit.start : credit.end] in text[kept.start : kept.end]
    return replace(
        quote,
        span=_shifted(quote.span, kept),
        speaker=speaker,
        mention=mention or None,
        outlet=quote.outlet if named else None,
        outlet_mention=_shifted(credit, kept) if named and credit else None,
        basis=quote.basis if named else None,
        role=quote.role if named else None,
        doubtful=quote.doubtful or (not named and (quote.basis == "sentence" or elsewhere)),
    )


def _moved_attribution(attribution: LabelledAttribution, kept: Span) -> LabelledAttribution:
    source, content = (
        tuple(_shifted(s, kept) for s in _inside(x, kept)) for x in (attribution.source, attribution.content)
    )
    return LabelledAttribution(source, content)


def _inside(spans: Sequence[Span], kept: Span) -> tuple[Span, ...]:
    return tuple(s for s in spans if kept.start <= s.start and s.end <= kept.end)


def _shifted(span: Span, kept: Span) -> Span:
    return Span(span.start - kept.start, span.end - kept.start)
