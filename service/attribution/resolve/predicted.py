"""The network's predictions for a document and the decided outlets: the evidence for its speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.attribution.model.decoding import QuotePrediction
from service.attribution.resolve.outlets import OutletAnswer, OutletChain
from service.attribution.resolve.ties import PointedNames


@dataclass(frozen=True, slots=True)
class Predicted:
    """For each quotation of a document, in order: its prediction, whom its name pointer means, and its outlet or None.
    ``chain`` is what the outlets were decided by; None without quotations."""

    quotes: Sequence[QuotePrediction]
    pointed: Sequence[PointedNames]
    outlets: Sequence[OutletAnswer | None]
    chain: OutletChain | None = None
