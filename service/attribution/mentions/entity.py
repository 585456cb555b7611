"""A person or organisation named in an article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from service.attribution.mentions.mention import NameMention
from service.attribution.text import Span
from service.data import word_lists
from service.data.word_lists import Sex

Form = tuple[str, ...]
"""The folded words of a name."""

_MAX_CANDIDATES = 24


@dataclass(eq=False)
class Entity:
    """A person or organisation: the forms of its name, how often each occurs, and how it is spelt.

    ``places`` has the first place of each form; ``first`` is the first place of a full form, ``last_in_full`` the last
    one read so far. ``person``: a title or given name shows that it is a person. ``titles`` are the words that
    introduce the name.
    """

    organisation: bool = False
    person: bool = False
    suffix: str | None = None
    sex: Sex | None = None
    forms: Counter[Form] = field(default_factory=Counter)
    spelling: dict[Form, str] = field(default_factory=dict)
    places: dict[Form, Span] = field(default_factory=dict)
    only_opening: bool = True
    first: int = 0
    last_in_full: int | None = None
    mentions: int = 0
    titles: set[str] = field(default_factory=set)
    same_as: Entity | None = None

    def add(self, form: Form, mention: NameMention, name: str) -> None:
        self.forms[form] += 1
        known = self.spelling.get(form)
        if known is None or (_one_case(known) and not _one_case(name)):
            self.spelling[form] = name
        if form == mention.words:
            self.places.setdefault(form, Span(mention.start, mention.end))
        self.sex = self.sex or mention.sex or word_lists.given_names().get(form[0])
        self.person = self.person or mention.kind == "person"
        self.titles |= mention.titles
        self.only_opening = self.only_opening and mention.opens

    @property
    def named_at(self) -> Span | None:
        """The first place of the full form."""
        return self.places.get(self._full_form)

    @property
    def _full_form(self) -> Form:
        return max(self.forms, key=lambda f: (len(f), self.forms[f], len(self.spelling[f])))

    def absorb(self, other: Entity) -> None:
        """Take over the forms of another entity that turned out to be the same."""
        self.forms.update(other.forms)
        self.spelling = other.spelling | self.spelling
        self.places = other.places | self.places
        self.sex = self.sex or other.sex
        self.person = self.person or other.person
        other.same_as = self

    def claim(self, other: Entity) -> None:
        """Take over the mentions of another entity, whose forms turned out not to be names."""
        other.same_as = self

    def shorten(self, form: Form) -> None:
        """Reduce ``form`` to its last word."""
        self.forms[form[-1:]] = self.forms.pop(form)
        self.spelling[form[-1:]] = self.spelling.pop(form).split()[-1]
        self.places.pop(form, None)

    @cached_property
    def name(self) -> str:
        """The fullest form of the name, as spelt in the article."""
        form = self._full_form
        name = self.spelling[form]
        return name.title() if _one_case(name) and len(form) > 1 and not self.organisation else name


def _one_case(name: str) -> bool:
    return name.isupper() or name.islower()


def final(entity: Entity | None) -> Entity | None:
    """The entity into which an entity was finally merged."""
    while entity is not None and entity.same_as is not None:
        entity = entity.same_as
    return entity


def another(entities: Iterable[Entity], entity: Entity) -> Entity | None:
    """The first of some entities that is not the same as ``entity``."""
    return next((other for e in entities if (other := final(e)) is not entity), None)


def add_candidate(entities: list[Entity], entity: Entity) -> None:
    """Add an entity to those that a word may mean, once each; past a limit, the word is too ambiguous."""
    if len(entities) < _MAX_CANDIDATES and entity not in entities:
        entities.append(entity)
