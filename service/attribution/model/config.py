"""The network's labels, configuration and calibration."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from transformers import PretrainedConfig

POINTERS: Final = ("mention", "name", "outlet")
KINDS: Final = ("nonspeech", "speech")
TYPES: Final = ("person", "group", "organization", "document", "unknown")
BASES: Final = ("sentence", "context")
ROLES: Final = ("reported", "told", "aired", "wrote", "own")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"kind": KINDS, "type": TYPES, "basis": BASES, "role": ROLES}
"""The closed questions about each quote, with their answers."""
TRANSITIONS: Final = ("stay", "end", "begin", "switch")
"""The changes of the credited outlet from a quote to the next; staying at "none" scores 0."""
LONGEST: Final[Mapping[str, int]] = {"mention": 24, "name": 12, "outlet": 12}
"""The most tokens of a span that a pointer means."""

SPEAKER_FEATURES: Final = (
    *("pointed", "pointed x named", "pointed x pronoun", "pointed x described"),
    *("named", "who", "holder", "described", "described person", "described organization", "described thing"),
    *("agreeing", "opposed", "several, organisation", "bears a name", "bears a name x described"),
    *("organisation, as the type", "organisation, type person", "person, type other"),
    *("near", "near x pronoun", "near x described", "distance", "often", "often x pronoun"),
    *("last", "last x pronoun", "last x named", "last x described", "last but one", "last but one x pronoun"),
    *("last, close by", "shares the head", "words", "capitalised", "labelled", "around"),
    *("reports", "own words", "has reported"),
    *("nobody", "nobody, by the pointer", "no mention", "is person", "is organization", "is document or group"),
)
"""The features of a candidate for a quote's speaker, in the order of the scorer's columns; "A x K" is A weighted by how
far the mention is of kind K."""


class AttributionConfig(PretrainedConfig):
    """The network's configuration. ``encoder`` is the complete configuration of the wrapped Hugging Face encoder.

    Fitted on articles that the network was not trained on are ``speech_threshold``, the minimum probability for a
    quotation to count as speech, ``credit_threshold``, the minimum for an outlet to be credited, ``chain``, the weights
    of the outlets' chain, and ``calibration``, the slope and offset for the confidences of "speaker" and "outlet".
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
        scorer_width: int = 8,
        speaker_features: Sequence[str] = SPEAKER_FEATURES,
        speech_threshold: float = 0.5,
        credit_threshold: float = 0.5,
        chain: dict[str, float] | None = None,
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
        self.scorer_width = scorer_width
        self.speaker_features = tuple(speaker_features)
        self.speech_threshold = speech_threshold
        self.credit_threshold = credit_threshold
        self.chain = chain or {}
        self.model_version = model_version
        self.calibration = calibration or {}
        super().__init__(**kwargs)


_EDGE: Final = 1e-4
"""Keeps the odds of 0 and 1 finite."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """A linear map of the log odds (Platt, Advances in Large Margin Classifiers, 1999); by default the identity."""

    slope: float = 1.0
    shift: float = 0.0

    def __call__(self, confidence: float) -> float:
        """The calibrated confidence, from 0 to 1; monotonic if the slope is positive."""
        return 1 / (1 + math.exp(-(self.slope * log_odds(confidence) + self.shift)))


def log_odds(probability: float) -> float:
    """The log odds of a probability, which is clipped to keep them finite."""
    bounded = min(1 - _EDGE, max(_EDGE, probability))
    return math.log(bounded / (1 - bounded))
