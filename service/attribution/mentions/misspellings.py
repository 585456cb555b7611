"""Surnames that differ from a word by one letter: "Lindqist" for "Lindqvist"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

_SHORTEST = 5
_LONGEST = 20
_MAX_SURNAMES = 24
"""The most surnames to compare that share a remainder."""


class Misspellings:
    """Finds the surnames that a word nearly equals, without comparing all of them.

    They are indexed, at the first lookup, by what remains without one letter: two words that differ by one letter share
    such a remainder.
    """

    def __init__(self, surnames: Iterable[str]) -> None:
        self._surnames = surnames

    def near(self, word: str) -> Iterator[str]:
        """The surnames that ``word`` may be a misspelling of, in no order; none if it is too short."""
        if len(word) >= _SHORTEST:
            surnames = {s for cut in _with_one_letter_less(word) for s in self._by_remainder.get(cut, ())}
            yield from (surname for surname in surnames if _differs_once(word, surname))

    @cached_property
    def _by_remainder(self) -> Mapping[str, list[str]]:
        listed: dict[str, list[str]] = defaultdict(list)
        for surname in self._surnames:
            for cut in _with_one_letter_less(surname):
                if len(listed[cut]) < _MAX_SURNAMES:
                    listed[cut].append(surname)
        return listed


def _with_one_letter_less(word: str) -> set[str]:
    """The word, and what remains of it without any one letter except the first."""
    return {word} | {word[:k] + word[k + 1 :] for k in range(1, min(len(word), _LONGEST))}


def _differs_once(one: str, other: str) -> bool:
    """Whether adding, dropping, changing or transposing one letter turns one word into the other."""
    start = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right or left == right[1:]
    return left[1:] == right[1:] or (left[2:] == right[2:] and left[:2] == right[1::-1])
