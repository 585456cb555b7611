"""How likely quotes near each other are one speaker's, by what the network's pointers at names mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

from service.attribution.document import Document
from service.attribution.model.chain import REACH
from service.attribution.model.decoding import QuotePrediction, marginalize


def tie_speakers(document: Document, predictions: Sequence[QuotePrediction]) -> Tensor:
    """For each quotation and each of the REACH before it, the nearest first, how likely both are speech of one
    speaker; 0 where there is none. [Q, REACH]"""
    speakers = [_speakers(document, prediction) for prediction in predictions]
    ties = torch.zeros(len(speakers), REACH)
    for index, own in enumerate(speakers):
        before = reversed(speakers[max(0, index - REACH) : index])
        found = [sum(share * other.get(name, 0.0) for name, share in own.items()) for other in before]
        ties[index, : len(found)] = torch.tensor(found)
    return ties


def _speakers(document: Document, prediction: QuotePrediction) -> Mapping[str, float]:
    """How likely the quotation is speech of each person or body that its pointer at names means."""
    speech = prediction.choices["kind"]["speech"]
    shares = marginalize(prediction.pointers["name"], lambda place: document.names.resolve(None, place))
    return {name: speech * share for name, share in shares.items()}
