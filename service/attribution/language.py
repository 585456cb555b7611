"""Detects articles that are not in English, for which the model gives no meaningful answers."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

MIN_CHARACTERS = 200
"""Shorter texts are not checked: a few names may look like any language."""
MIN_PROBABILITY = 0.95
_ENGLISH_WORDS = re.compile(r"\b(?:the|and|of|to|that|is)\b")
_ENGLISH_SHARE = 100
"""The most characters per common English word in a text that counts as English without running the detector; half of it
is usual."""


def foreign_language(text: str) -> str | None:
    """The ISO 639-1 code of the text's language if it clearly is not English, otherwise None.

    Linear in the text. The first call loads the detector's tables, about 5 MB.
    """
    if sum(1 for _ in _ENGLISH_WORDS.finditer(text)) * _ENGLISH_SHARE > len(text):
        return None
    language, probability = _identifier().classify(text.encode("utf-8", "replace"))
    is_plain = len(text) >= MIN_CHARACTERS and probability >= MIN_PROBABILITY
    return str(language) if is_plain and language not in ("en", "zxx") else None


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
