"""Names of people, split into parts so that they can be compared: titles, initials, nicknames and generations."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import dropwhile

from service.data.name_variants import GENERATIONS, SHORTEST_CLIPPING, formal_name
from service.data.word_lists import (
    AMBIGUOUS_TITLES,
    NOBLE_TITLES,
    PARTICLES,
    POSTNOMINALS,
    PREPOSITIONS,
    SUFFIXES,
    fold,
    is_title,
)

SMALL_WORDS = PARTICLES | PREPOSITIONS | {"the", "and", "&"}  # words that a name has in lower case


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name without titles, folded. ``given`` holds the words before the surname; initials are single letters.

    ``given`` is empty if the article has only one word, a surname or a mononym.
    """

    given: tuple[str, ...]
    surname: str
    generation: str | None = None

    @classmethod
    def parse(cls, name: str) -> PersonName | None:
        """The parts of a name as it is in an article; None if no letter is a capital or only titles remain."""
        if not any(c.isupper() for c in name):
            return None
        words = [word for part in name.replace(",", " ").split() if (word := fold(part).strip(".'\"“”()"))]
        words = [word for word in words if word not in POSTNOMINALS] or words
        generation = words.pop() if len(words) > 2 and words[-1] in SUFFIXES else None
        words = _untitled(words)
        if not words:
            return None
        *given, surname = words
        given = [letter for word in given for letter in _initials(word)]
        while given and given[-1] in PARTICLES and len(given) > 1:
            given.pop()  # "van der" is written in too many ways
        return cls(tuple(given), surname, GENERATIONS.get(generation or "", generation))

    @property
    def words(self) -> int:
        """How complete the name is: the number of its words that are not initials."""
        return 1 + sum(len(word) > 1 for word in self.given)

    def may_be(self, other: PersonName) -> bool:
        """Whether two names are compatible: neither contradicts the other, though parts may be missing."""
        if (self.surname, self.generation) != (other.surname, other.generation):
            return False
        if not self.given or not other.given:
            return True
        if not _same_given(self.given[0], other.given[0]):
            return False
        return _fits(self.given[1:], other.given[1:])


def _untitled(words: list[str]) -> list[str]:
    """The words without leading titles.

    The last word before the surname is kept if it may be a given name ("Dean") or identifies the person ("Pope").
    """
    rest = list(dropwhile(is_title, words[:-1])) + words[-1:]
    kept = len(rest) == 1 and len(words) > 1 and words[-2] in NOBLE_TITLES | AMBIGUOUS_TITLES
    return words[-2:] if kept else rest


def _initials(word: str) -> list[str]:
    """The word, or the letters of "j.d." one by one."""
    parts = [part for part in word.split(".") if part]
    return parts if len(parts) > 1 and all(len(part) == 1 for part in parts) else [word]


def _same_given(one: str, other: str) -> bool:
    """Whether two given names are compatible: equal, an initial, a nickname, or one the beginning of the other."""
    short, long = sorted((one, other), key=len)
    formal = formal_name(long)
    if short == long or formal_name(short) == formal:
        return True
    clipped = len(short) == 1 or len(short) >= SHORTEST_CLIPPING
    return clipped and (long.startswith(short) or formal.startswith(short))


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sequences of middle names are compatible, pair by pair as far as both have them."""
    return all(_same_given(a, b) for a, b in zip(one, other, strict=False))


def is_name(text: str) -> bool:
    """Whether words are a name ("the Department of Labor") rather than a description ("a Labor official")."""
    words = [word for word in text.split() if fold(word) not in SMALL_WORDS]
    return bool(words) and all(word.lstrip("'‘’“\"(")[:1].isupper() or word[:1].isdigit() for word in words)
