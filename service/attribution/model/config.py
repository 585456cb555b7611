"""What the network is made of and what it may answer: its labels, its configuration, its calibration."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from transformers import PretrainedConfig

POINTERS: Final = ("mention", "name", "outlet")
KINDS: Final = ("nonspeech", "speech")
TYPES: Final = ("person", "group", "organization", "document", "unknown")
BASES: Final = ("sentence", "context")
ROLES: Final = ("reported", "told", "aired", "wrote", "own")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"kind": KINDS, "type": TYPES, "basis": BASES, "role": ROLES}
"""The closed questions asked of each quote, with their answers."""


class AttributionConfig(PretrainedConfig):
    """What the network is made of. ``encoder`` is the whole configuration of the wrapped Hugging Face encoder.

    ``calibration`` holds, for "speaker" and "outlet", the slope and the shift that make a confidence true.
    """

    model_type = "quote-attribution"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        window: int = 512,
        overlap: int = 64,
        quote_width: int = 256,
        quote_layers: int = 2,
        quote_heads: int = 4,
        pointer_width: int = 64,
        head_dropout: float = 0.1,
        model_version: str = "0",
        calibration: dict[str, dict[str, float]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.encoder = encoder or {}
        self.window = window
        self.overlap = overlap
        self.quote_width = quote_width
        self.quote_layers = quote_layers
        self.quote_heads = quote_heads
        self.pointer_width = pointer_width
        self.head_dropout = head_dropout
        self.model_version = model_version
        self.calibration = calibration or {}
        super().__init__(**kwargs)


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
