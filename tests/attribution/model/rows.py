"""Tokens made by hand, without a text."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from service.attribution.model.features import FEATURE_SIZES, Tokens

_OPENING = 2


def row_of_tokens(count: int, paragraph_of: int = 1000, marks: Collection[int] = ()) -> Tokens:
    """Tokens of four characters with a space between: number i is ``[5 i, 5 i + 4)``.

    ``paragraph_of`` tokens are a paragraph; those whose numbers are in ``marks`` are quotation marks.
    """
    at = np.arange(count, dtype=np.int64)
    features = np.zeros((count, len(FEATURE_SIZES)), dtype=np.int64)
    features[:, list(FEATURE_SIZES).index("quotation")] = np.isin(at, list(marks)) * _OPENING
    return Tokens(at, 5 * at, 5 * at + 4, features, at // paragraph_of)
