"""Resolves the names of people to one identity across all articles of an archive.

A name joins the most likely of the people whose names are compatible with it (``PersonName.may_be``). Likelihood is the
similarity of the other names in the articles, weighted by their rarity, times how often the person is named. Fuller
names are resolved first, so that a bare surname can be compared with everybody who bears it. A bare surname stays by
itself if nobody is similar enough or two people are almost equally likely.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.data.word_lists import fold
from service.database.people import PersonName

_NEAR_FULL = 0.01  # minimum similarity of two bearers of compatible full names
_NEAR_SHORT = 0.05  # minimum similarity of a bare surname and a person
_LEAD = 1.3  # a bare surname's best candidate must be so many times as likely as the second
_CONTEXT_CHARS = 20_000
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’.-]*\w")

Context = frozenset[str]
"""The words of the names in an article, folded."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A person named ``name`` in an article. ``key`` is chosen by the caller."""

    key: int
    name: PersonName
    context: Context


def context_of(text: str) -> Context:
    """The capitalised words within the sentences of an article, folded; only the first ``_CONTEXT_CHARS`` are read."""
    return frozenset(fold(word) for word in _NAME.findall(text, 0, _CONTEXT_CHARS))


class Rarity:
    """The inverse document frequency of words over the articles' contexts."""

    def __init__(self, contexts: Iterable[Context]) -> None:
        self._articles = 0
        self._having: Counter[str] = Counter()
        for context in contexts:
            self._articles += 1
            self._having.update(context)

    def of(self, word: str) -> float:
        """The inverse document frequency of a word; 0 if at most one article has it."""
        having = self._having[word]
        return math.log((self._articles + 1) / having) if having > 1 else 0.0


@dataclass(slots=True)
class _Person:
    """A person resolved so far, with the words of the articles that name them."""

    names: set[PersonName] = field(default_factory=set)
    bearers: list[int] = field(default_factory=list)
    words: Counter[str] = field(default_factory=Counter)
    length: float = 0.0  # squared

    def may_bear(self, name: PersonName) -> bool:
        return all(name.may_be(other) for other in self.names)

    def add(self, bearer: Bearer, rarity: Rarity) -> None:
        self.names.add(bearer.name)
        self.bearers.append(bearer.key)
        for word in bearer.context:
            self.length += (2 * self.words[word] + 1) * rarity.of(word)
            self.words[word] += 1

    def nearness(self, context: Context, rarity: Rarity) -> float:
        """The cosine similarity of the article's and the person's words; ``_NEAR_FULL`` if either has no words."""
        weights = {word: rarity.of(word) for word in context}
        length = math.sqrt(sum(weights.values()) * self.length)
        if not length:
            return _NEAR_FULL
        return sum(self.words[word] * weight for word, weight in weights.items()) / length


def tell_apart(bearers: Iterable[Bearer], rarity: Rarity) -> Iterator[Sequence[int]]:
    """The people among the bearers of one surname, each as a list of the bearers' keys."""
    people: list[_Person] = []
    for bearer in sorted(bearers, key=lambda b: (-b.name.words, not b.name.given, b.key)):
        context = bearer.context - {bearer.name.surname, *bearer.name.given}
        bearer = Bearer(bearer.key, bearer.name, context)
        person = _choose(bearer, [p for p in people if p.may_bear(bearer.name)], rarity)
        if person is None:
            person = _Person()
            people.append(person)
        person.add(bearer, rarity)
    yield from (person.bearers for person in people)


def _choose(bearer: Bearer, people: Sequence[_Person], rarity: Rarity) -> _Person | None:
    """The most likely of the people whose names are compatible with the bearer's; None if none is likely enough."""
    near = [(person.nearness(bearer.context, rarity), person) for person in people]
    least = _NEAR_FULL if bearer.name.given else _NEAR_SHORT
    likely = sorted(
        ((nearness * (1 + math.log(len(person.bearers))), person) for nearness, person in near if nearness >= least),
        key=lambda pair: -pair[0],
    )
    if not likely or (not bearer.name.given and len(likely) > 1 and likely[0][0] < _LEAD * likely[1][0]):
        return None
    return likely[0][1]


def fullest(names: Mapping[str, int]) -> str:
    """The name to display for a person, given how many articles use each name.

    The most frequent name with a given name; if there is none, the most frequent name.
    """
    full = [name for name in names if (parsed := PersonName.parse(name)) and parsed.words > 1]
    return min(full or names, key=lambda name: (-names[name], name))
