"""One identity for a person over all articles of an archive.

Who bears a name in an article joins the person who may bear it (``PersonName.may_be``) and is the most likely to: in
whose articles the names of this one stand, those that few articles have counting most, and who is named often. Fuller
names come first, so that a bare surname finds the people that it may mean; where two are nearly as likely, or none is
near enough, it stays by itself.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from service.data.word_lists import fold
from service.database.people import PersonName

_NEAR_FULL = 0.01  # nearness to who has the same given name, below which there is nothing that tells them to be one
_NEAR_SHORT = 0.05  # nearness to the person whom a bare surname is to mean
_LEAD = 1.3  # times as near as the next person that the surname may mean
_CONTEXT_CHARS = 20_000
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w'’.-]*\w")

Context = frozenset[str]
"""The names in an article, a word each, folded."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who is called ``name`` in an article; ``key`` is the caller's."""

    key: int
    name: PersonName
    context: Context


def context_of(text: str) -> Context:
    """The words that are written as names within the sentences of an article."""
    return frozenset(fold(word) for word in _NAME.findall(text, 0, _CONTEXT_CHARS))


class Rarity:
    """What it tells that two articles have a word in common: more, the fewer articles have it."""

    def __init__(self, contexts: Iterable[Context]) -> None:
        self._articles = 0
        self._having: Counter[str] = Counter()
        for context in contexts:
            self._articles += 1
            self._having.update(context)

    def of(self, word: str) -> float:
        """Its inverse document frequency; 0 for what one article alone has."""
        having = self._having[word]
        return math.log((self._articles + 1) / having) if having > 1 else 0.0


@dataclass(slots=True)
class _Person:
    """Somebody who has been told apart, with the words of the articles that name them."""

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
        """The cosine of the article's words and the person's; as little as a full name needs where either has none."""
        weights = {word: rarity.of(word) for word in context}
        length = math.sqrt(sum(weights.values()) * self.length)
        if not length:
            return _NEAR_FULL
        return sum(self.words[word] * weight for word, weight in weights.items()) / length


def tell_apart(bearers: Iterable[Bearer], rarity: Rarity) -> Iterator[Sequence[int]]:
    """The people among the bearers of one surname, each as the keys of the bearers that are this person."""
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
    """The person who the bearer of a name is, None if none of those who may bear it."""
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
    """Of the names that articles give a person, with how many do, the one to call them by.

    The most frequent of those with a given name; of others the most frequent.
    """
    full = [name for name in names if (parsed := PersonName.parse(name)) and parsed.words > 1]
    return min(full or names, key=lambda name: (-names[name], name))
