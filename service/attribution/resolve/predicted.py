"""What the network predicts for a document, with the outlets decided: the evidence for its speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.attribution.model.decoding import QuotePrediction
from service.attribution.resolve.outlets import OutletAnswer, OutletChain
from service.attribution.resolve.ties import PointedNames


@dataclass(frozen=True, slots=True)
class Predicted:
    """For each quotation of a document, in the order of the text, one prediction, whom its pointer at names means, and
    one outlet or None; ``chain`` is what the outlets were decided by, None where there is no quotation."""

    quotes: Sequence[QuotePrediction]
    pointed: Sequence[PointedNames]
    outlets: Sequence[OutletAnswer | None]
    chain: OutletChain | None = None
