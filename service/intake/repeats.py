"""Detects pull quotes and quotes in headlines, which repeat a quote of the article."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.records import Attribution, Quote

_FEWEST_WORDS = 3
_MOST_ALONE = 200  # lines that consist of one quote; an article with more consists of such lines
_WORD = re.compile(r"\w+")
_AROUND = frozenset("\"'“”‘’„«»—–―- \t\u00a0")
_HEADLINE = re.compile(r"\s*+(?=[^\n]{1,200}\n)[^\n]*(?<![.!?…,;:])(?<![.!?…][\"'”’»])[^\S\n]*\n")
_LINE_OVER = re.compile(r"[\"'”’»]*[^\S\n]*(?:[\n—–―-]|\Z)")  # except for a credit after a dash


def with_repeats(attribution: Attribution, text: str) -> Attribution:
    """The answer with each pull quote linked to the quote that it repeats, whose speaker and outlet it takes over.

    A pull quote fills its line, except for a credit after a dash, and its words are part of an equal or longer quote
    elsewhere. A quote in the headline, a first line without a full stop, counts too. Offsets refer to ``text``.
    """
    if len(attribution.quotes) < 2:
        return attribution
    headline = _HEADLINE.match(text)
    below = headline.end() if headline else 0
    alone = {quote.id for quote in attribution.quotes if quote.end < below or _is_alone(quote, text)}
    if not 0 < len(alone) <= _MOST_ALONE:
        return attribution
    words = {quote.id: f" {' '.join(_WORD.findall(quote.text.lower()))} " for quote in attribution.quotes}
    found = {q.id: _original(q, attribution.quotes, words, alone) for q in attribution.quotes if q.id in alone}
    originals = {id_: original for id_, original in found.items() if original}
    if not originals:
        return attribution
    linked = {quote.id: _linked(quote, originals) for quote in attribution.quotes if quote.id in originals}
    return replace(
        attribution,
        quotes=tuple(linked.get(quote.id, quote) for quote in attribution.quotes),
        speakers=tuple(replace(s, quotes=kept) for s in attribution.speakers if (kept := _without(s.quotes, linked))),
        outlets=tuple(replace(o, quotes=kept) for o in attribution.outlets if (kept := _without(o.quotes, linked))),
    )


def _is_alone(quote: Quote, text: str) -> bool:
    before = quote.start - 1
    while before >= 0 and text[before] in _AROUND:
        before -= 1
    return (before < 0 or text[before] == "\n") and _LINE_OVER.match(text, quote.end) is not None


def _original(quote: Quote, quotes: Sequence[Quote], words: dict[str, str], alone: set[str]) -> Quote | None:
    """The quote that ``quote`` repeats: the first that contains its words and is longer or does not fill its line."""
    own = words[quote.id]
    if own.count(" ") <= _FEWEST_WORDS:
        return None
    others = (o for o in quotes if o.id != quote.id and o.parent != quote.id and own in words[o.id])
    return next((o for o in others if o.id not in alone or len(words[o.id]) > len(own)), None)


def _linked(quote: Quote, originals: Mapping[str, Quote]) -> Quote:
    """A pull quote linked to its original; if that is a pull quote too, to the original of that."""
    original = originals[quote.id]
    while original.id in originals:  # ends, as each is longer than the one before
        original = originals[original.id]
    taken_over = {name: getattr(original, name) for name in ("kind", "speaker", "outlet", "outlets_also")}
    return replace(quote, repeats=original.id, **taken_over)


def _without(ids: tuple[str, ...], linked: dict[str, Quote]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ not in linked)
