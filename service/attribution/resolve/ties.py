"""How likely quotes near each other are one speaker's, by what the network's pointers at names mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from service.attribution.document import Document
from service.attribution.model.chain import REACH
from service.attribution.model.decoding import QuotePrediction, marginalize

PointedNames = Mapping[str, float]
"""How likely a quote's pointer at names means each person or body."""


def pointed_names(document: Document, prediction: QuotePrediction) -> PointedNames:
    """Whom the pointer at names means, by the names that a reader would give."""
    return marginalize(prediction.pointers["name"], lambda place: document.names.resolve(None, place))


def tie_speakers(predictions: Sequence[QuotePrediction], pointed: Sequence[PointedNames]) -> Tensor:
    """For each quotation and each of the REACH before it, the nearest first, how likely both are speech of one
    speaker; 0 where there is none. [Q, REACH]"""
    speakers = [_speakers(*each) for each in zip(predictions, pointed, strict=True)]
    ties = torch.zeros(len(speakers), REACH)
    for index, own in enumerate(speakers):
        before = reversed(speakers[max(0, index - REACH) : index])
        found = [sum(share * other.get(name, 0.0) for name, share in own.items()) for other in before]
        ties[index, : len(found)] = torch.tensor(found)
    return ties


def _speakers(prediction: QuotePrediction, pointed: PointedNames) -> Mapping[str, float]:
    """How likely the quotation is speech of each of those whom its pointer means."""
    speech = prediction.choices["kind"]["speech"]
    return {name: speech * share for name, share in pointed.items()}
