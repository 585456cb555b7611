"""Which training articles are held back: whoever chooses by them must not train on them."""

from __future__ import annotations

import hashlib

TRAINED_ON = 0.8
"""The share of articles that may be trained on; the fifth above it is held back."""


def is_held_back(article: str) -> bool:
    """Whether the article of this id belongs to the fifth of all that is held back."""
    return lot(article) >= TRAINED_ON


def lot(article: str) -> float:
    """A number from 0 up to but not 1, drawn for an article by its id: always the same, evenly spread over articles."""
    return int.from_bytes(hashlib.sha256(article.encode()).digest()[:6]) / 2**48
