"""What is taken off letters before words are compared."""

from __future__ import annotations

import unicodedata
from typing import Final

APOSTROPHES: Final = str.maketrans("’‘ʼ`´", "'''''")
"""For `str.translate`: every apostrophe as the plain one."""


def without_accents(text: str) -> str:
    """The text without accents, and with ligatures and wide letters taken apart (NFKD)."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
