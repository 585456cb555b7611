"""Turns the weight that an answer gathered into how often such an answer is right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

_EDGE: Final = 1e-4
"""Keeps the odds of 0 and of 1 finite."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A line over the log odds (Platt, Advances in Large Margin Classifiers, 1999); by default it changes nothing."""

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, confidence: float) -> float:
        """The calibrated confidence, from 0 to 1; a surer answer never gets less where the slope is positive."""
        return 1 / (1 + math.exp(-(self.slope * log_odds(confidence) + self.shift)))


def log_odds(probability: float) -> float:
    """The logarithm of the odds, of 0 and 1 too, which count as next to them."""
    bounded = min(1 - _EDGE, max(_EDGE, probability))
    return math.log(bounded / (1 - bounded))
