"""How the name of one person varies: generations, and the short forms of given names. All words are folded."""

from __future__ import annotations

from typing import Final

from service.data.word_lists import NICKNAMES

GENERATIONS: Final = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr"}
"""The suffixes that tell a child from a parent of the same name, each with the one that it is written as here."""

SHORTEST_CLIPPING: Final = 3
"""Letters that a given name may be cut down to, initials apart: Ben, Alex, Rob."""


def formal_name(given: str) -> str:
    """The given name that a nickname stands for, "william" for "bill"; any other as it is."""
    return NICKNAMES.get(given, given)
