"""Which training articles are held back for fitting and model selection."""

from __future__ import annotations

import hashlib

TRAINED_ON = 0.8
"""The share of articles to train on; the rest is held back."""


def is_held_back(article: str) -> bool:
    """Whether the article with this id is held back."""
    return lot(article) >= TRAINED_ON


def lot(article: str) -> float:
    """A deterministic pseudo-random number for an article id, uniform in [0, 1)."""
    return int.from_bytes(hashlib.sha256(article.encode()).digest()[:6]) / 2**48
