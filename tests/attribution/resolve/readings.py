"""Readings made by hand, as the network might have given them."""

from __future__ import annotations

from collections.abc import Mapping

from service.attribution.model.config import CHOICES
from service.attribution.model.decoding import Candidate, Pointing, Reading
from service.attribution.text import Span


def span_of(text: str, words: str) -> Span:
    """The only place of ``words`` in the text."""
    start = text.index(words)
    assert text.count(words) == 1, f"{words!r} stands more than once"
    return Span(start, start + len(words))


def pointing(text: str, weights: Mapping[str, float], none: float = 0.0) -> Pointing:
    """A pointer that weighs these words of the text, likeliest first."""
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return Pointing(tuple(Candidate(span_of(text, words), weight, weight) for words, weight in ranked), none)


def reading(answers: Mapping[str, str] | None = None, **pointers: Pointing) -> Reading:
    """A reading with these pointers, "none" for the others, that is sure (0.9) of each answer, by default the first."""
    chosen = {question: options[0] for question, options in CHOICES.items()} | {"kind": "speech"} | dict(answers or {})
    choices = {
        question: {option: 0.9 if option == chosen[question] else 0.1 / (len(options) - 1) for option in options}
        for question, options in CHOICES.items()
    }
    nothing = Pointing((), 1.0)
    return Reading(choices, {"mention": nothing, "name": nothing, "outlet": nothing} | pointers)
