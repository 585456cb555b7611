"""Quotes as the decoder reads them."""

from __future__ import annotations

import numpy as np
import torch

from service.attribution.model.features import SHAPE_FEATURES, QuotedTokens
from service.attribution.model.inputs import QuoteInputs
from tests.attribution.model.rows import row_of_tokens

QUOTES = QuotedTokens(np.array([1, 5]), np.array([3, 8]), np.eye(2, len(SHAPE_FEATURES), dtype=np.int64))
TOKENS = row_of_tokens(12, paragraph_of=6, marks=[1, 3, 8])


def test_an_articles_arrays_become_tensors() -> None:
    inputs = QuoteInputs.of(QUOTES, TOKENS)
    assert (inputs.first.tolist(), inputs.last.tolist()) == ([1, 5], [3, 8])
    assert inputs.shape.tolist() == QUOTES.shape.tolist()
    assert inputs.paragraphs.tolist() == [0] * 6 + [1] * 6
    assert inputs.regions.tolist() == TOKENS.regions.tolist()
    assert (inputs.regions == -1).nonzero().flatten().tolist() == [1, 3, 8]


def test_all_of_it_goes_to_a_device() -> None:
    moved = QuoteInputs.of(QUOTES, TOKENS).to(torch.device("meta"))
    assert {getattr(moved, name).device.type for name in QuoteInputs.__slots__} == {"meta"}
