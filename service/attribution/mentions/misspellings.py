"""Surnames that a word is but a letter away from: "Lindqist" for "Lindqvist"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

_SHORTEST = 5
_LONGEST = 20
_MAX_SURNAMES = 24
"""Surnames with one remainder that are compared, at most."""


class Misspellings:
    """Finds what is nearly one of some surnames, without comparing all of them.

    They are listed by what is left of them without one letter, at the first question: two that are a letter apart have
    such a remainder in common.
    """

    def __init__(self, surnames: Iterable[str]) -> None:
        self._surnames = surnames

    def near(self, word: str) -> Iterator[str]:
        """The surnames that ``word`` may be a misspelling of, in no order; none where it is too short to tell."""
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
    """The word, and what is left of it without any one letter but the first."""
    return {word} | {word[:k] + word[k + 1 :] for k in range(1, min(len(word), _LONGEST))}


def _differs_once(one: str, other: str) -> bool:
    """Whether a letter added, dropped, changed or swapped with the next makes one word of another."""
    start = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right or left == right[1:]
    return left[1:] == right[1:] or (left[2:] == right[2:] and left[:2] == right[1::-1])
