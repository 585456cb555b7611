"""What is taken off letters before words are compared."""

from __future__ import annotations

import unicodedata
from typing import Final

APOSTROPHES: Final = str.maketrans("’‘ʼ`´", "'''''")
"""For `str.translate`: every apostrophe as the plain one."""

UNSHOWN: Final = dict.fromkeys(
    map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
"""For `str.translate`: removes soft hyphens, zero-width spaces and direction marks."""

LIGATURES: Final = {ord(sign): unicodedata.normalize("NFKD", sign) for sign in "ﬀﬁﬂﬃﬄﬅﬆ"}
"""For `str.translate`: typographic ligatures as separate letters."""


def without_accents(text: str) -> str:
    """The text without accents, and with ligatures and wide letters taken apart (NFKD)."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
