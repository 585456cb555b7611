"""The quotes of an article as the network's decoder reads them."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from service.attribution.model.features import QuotedTokens, Tokens


@dataclass(frozen=True, slots=True)
class QuoteInputs:
    """The Q quotes of one article of T tokens, as the decoder reads them; all integer tensors.

    ``first`` and ``last`` [Q]: token of the opening and of the closing mark. ``shape`` [Q, S]: 0/1 columns of
    :data:`~service.attribution.model.features.SHAPE_FEATURES`. ``paragraphs`` [T]: the paragraph of each token.
    ``regions`` [T]: numbers of the stretches that no paragraph break and no quotation mark interrupts, -1 at a mark; a
    span that a pointer means lies within one.
    """

    first: Tensor
    last: Tensor
    shape: Tensor
    paragraphs: Tensor
    regions: Tensor

    @classmethod
    def of(cls, quotes: QuotedTokens, tokens: Tokens) -> QuoteInputs:
        """From an article's arrays."""
        arrays = (quotes.first, quotes.last, quotes.shape, tokens.paragraphs, tokens.regions)
        return cls(*(torch.from_numpy(array) for array in arrays))

    def to(self, device: torch.device) -> QuoteInputs:
        return QuoteInputs(*(getattr(self, name).to(device) for name in self.__slots__))
