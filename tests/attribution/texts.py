"""Texts to try the engine on: such as look like articles, and any others."""

from __future__ import annotations

from hypothesis import strategies as st

BRIDGE = (
    "“The bridge opens on Monday,” Ada Brook told Reuters. “We are ready.”\n\n"
    "Carl Dunn, an engineer, called it ‘a wonder’, according to the BBC.\n"
    "“It took nine years, and “many” doubted us.\n"
    "“Nobody does now,” she added.\n"
)
"""Quotes nested, carried over a paragraph and in single marks, of two people in two outlets; more than one window."""

_MARKS = ("“", "”", '"', "'", "‘", "’", "''", "«", "»", ",", ".", " ", "\n", "\n\n", "\r\n")
_WORDS = ("Ada Brook", "Dunn", "she", "said", "told Reuters", "the BBC")
_ODDITIES = ("\x00", "\ud800", "\udc00", "\ufffd", "🌉", "👩\u200d🚒", "e\u0301", "\u0301", "İ", "한", "ﬁ")
_PIECES = st.sampled_from((*_MARKS, *_WORDS, *_ODDITIES))

ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(), max_size=60),
    st.lists(_PIECES, max_size=30).map("".join),
    st.lists(_PIECES, max_size=30).map(" ".join),
)
"""Any string at all, lone surrogates included; most are pieces of articles, thrown together."""
