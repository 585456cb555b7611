"""Predictions made by hand, as the network might have given them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from service.attribution.document import Document, read_document
from service.attribution.model.config import CHOICES, AttributionConfig
from service.attribution.model.decoding import Candidate, PointerPrediction, QuotePrediction
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.resolve.predicted import Predicted
from service.attribution.resolve.ties import pointed_names
from service.attribution.text import Span
from tests.tiny_model import tiny_tokenizer

TOKENIZER = tiny_tokenizer()
CONFIG = AttributionConfig()


def read(text: str, registry: OutletRegistry | None = None) -> Document:
    """The document that the engine would read, by default with no outlets known."""
    return read_document(text, registry or OutletRegistry([]), TOKENIZER, CONFIG)


def span_of(text: str, words: str) -> Span:
    """The only place of ``words`` in the text."""
    start = text.index(words)
    assert text.count(words) == 1, f"{words!r} stands more than once"
    return Span(start, start + len(words))


def pointer(text: str, weights: Mapping[str, float], none: float = 0.0) -> PointerPrediction:
    """A pointer that weighs these words of the text, likeliest first."""
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return PointerPrediction(tuple(Candidate(span_of(text, words), weight, weight) for words, weight in ranked), none)


def prediction(answers: Mapping[str, str] | None = None, **pointers: PointerPrediction) -> QuotePrediction:
    """A prediction with these pointers, "none" for the others, that is sure (0.9) of each answer: speech, and of the
    other questions the first by default."""
    chosen = {question: options[0] for question, options in CHOICES.items()} | {"kind": "speech"} | dict(answers or {})
    choices = {
        question: {option: 0.9 if option == chosen[question] else 0.1 / (len(options) - 1) for option in options}
        for question, options in CHOICES.items()
    }
    nothing = PointerPrediction((), 1.0)
    return QuotePrediction(choices, {"mention": nothing, "name": nothing, "outlet": nothing} | pointers)


def predicted(
    document: Document, predictions: Sequence[QuotePrediction], outlets: Sequence[OutletAnswer | None] | None = None
) -> Predicted:
    """The evidence for the speakers of a document's quotes, by default without outlets."""
    pointed = [pointed_names(document, each) for each in predictions]
    return Predicted(predictions, pointed, outlets or [None] * len(predictions))
