"""Names of people, taken apart so that two can be compared: titles, initials, short forms and generations."""

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
    """A name without titles, folded: ``given`` are the words before the surname, an initial as its letter.

    ``given`` is empty where the article gives one word alone: a surname, or an only name.
    """

    given: tuple[str, ...]
    surname: str
    generation: str | None = None

    @classmethod
    def parse(cls, name: str) -> PersonName | None:
        """The parts of a name as an article gives it; None where it is no name (no letter is a capital)."""
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
        """How full the name is: words that are no initials."""
        return 1 + sum(len(word) > 1 for word in self.given)

    def may_be(self, other: PersonName) -> bool:
        """Whether one person may bear both names: nothing in them differs, whatever one of them lacks."""
        if (self.surname, self.generation) != (other.surname, other.generation):
            return False
        if not self.given or not other.given:
            return True
        if not _same_given(self.given[0], other.given[0]):
            return False
        return _fits(self.given[1:], other.given[1:])


def _untitled(words: list[str]) -> list[str]:
    """The words without the titles before them.

    Left is the last word before a surname if it may be a given name ("Dean") or tells who it is ("Pope").
    """
    rest = list(dropwhile(is_title, words[:-1])) + words[-1:]
    kept = len(rest) == 1 and len(words) > 1 and words[-2] in NOBLE_TITLES | AMBIGUOUS_TITLES
    return words[-2:] if kept else rest


def _initials(word: str) -> list[str]:
    """The word, or the letters of "j.d." one by one."""
    parts = [part for part in word.split(".") if part]
    return parts if len(parts) > 1 and all(len(part) == 1 for part in parts) else [word]


def _same_given(one: str, other: str) -> bool:
    """Whether two given names may be one: equal, an initial, a nickname, or one cut down to the other."""
    short, long = sorted((one, other), key=len)
    formal = formal_name(long)
    if short == long or formal_name(short) == formal:
        return True
    clipped = len(short) == 1 or len(short) >= SHORTEST_CLIPPING
    return clipped and (long.startswith(short) or formal.startswith(short))


def _fits(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether middle names do not contradict each other: either lacks them, or each may be its counterpart."""
    return all(_same_given(a, b) for a, b in zip(one, other, strict=False))


def is_name(text: str) -> bool:
    """Whether words are a name ("the Department of Labor") and no description of somebody ("a Labor official")."""
    words = [word for word in text.split() if fold(word) not in SMALL_WORDS]
    return bool(words) and all(word.lstrip("'‘’“\"(")[:1].isupper() or word[:1].isdigit() for word in words)
