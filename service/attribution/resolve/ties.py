"""The probability that nearby quotes have the same speaker, from the network's name pointers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from service.attribution.document import Document
from service.attribution.model.chain import REACH
from service.attribution.model.decoding import QuotePrediction, marginalize

PointedNames = Mapping[str, float]
"""The probability that a quote's name pointer means each person or organisation."""


def pointed_names(document: Document, prediction: QuotePrediction) -> PointedNames:
    """Whom the name pointer means, by display name."""
    return marginalize(prediction.pointers["name"], lambda place: document.names.resolve(None, place))


def tie_speakers(predictions: Sequence[QuotePrediction], pointed: Sequence[PointedNames]) -> Tensor:
    """The probability that each quotation and each of the REACH before it, nearest first, are speech of the same
    speaker; 0 if there is none. [Q, REACH]"""
    speakers = [_speakers(*each) for each in zip(predictions, pointed, strict=True)]
    ties = torch.zeros(len(speakers), REACH)
    for index, own in enumerate(speakers):
        before = reversed(speakers[max(0, index - REACH) : index])
        found = [sum(share * other.get(name, 0.0) for name, share in own.items()) for other in before]
        ties[index, : len(found)] = torch.tensor(found)
    return ties


def _speakers(prediction: QuotePrediction, pointed: PointedNames) -> Mapping[str, float]:
    """The probability that the quotation is speech of each person its pointer means."""
    speech = prediction.choices["kind"]["speech"]
    return {name: speech * share for name, share in pointed.items()}
