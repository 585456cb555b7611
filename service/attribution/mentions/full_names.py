"""The full names of an article, and which of them name the same person or organisation.

Two full names are the same person's if the surnames are equal and the given names compatible: equal, an initial, a
short form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from service.attribution.mentions.entity import Entity, Form, final
from service.attribution.mentions.mention import BareNames, NameMention
from service.data import word_lists
from service.data.name_variants import GENERATIONS, SHORTEST_CLIPPING, formal_name
from service.data.word_lists import is_organisation_head

_Key = tuple[str, str, str | None]
"""A given name, a surname and a generation."""

_LONGEST_CLIPPING = 12


class FullNames:
    """The people and organisations that an article names with at least two words."""

    def __init__(self, mentions: Iterable[NameMention], bare: BareNames) -> None:
        self._bare = bare
        self._by_form: dict[Form, Entity] = {}
        self._by_given_and_surname: dict[_Key, Entity] = {}
        self._by_clipping_and_surname: dict[_Key, Entity] = {}
        for mention in mentions:
            if len(mention.words) > 1:
                self._gather(mention)

    def find(self, form: Form, suffix: str | None) -> Entity | None:
        """The person with this surname and an equal or abbreviated given name."""
        generation = _generation(suffix)
        entity = self._by_form.get(form) if generation is None else None
        if entity is None:
            surname = surname_key(form[-1])
            longer = self._by_clipping_and_surname.get((form[0], surname, generation))
            shorter = (self._by_given_and_surname.get((c, surname, generation)) for c in _clippings(form[0]))
            entity = longer or next((e for e in shorter if e is not None), None)
        return final(entity)

    def exactly(self, form: Form) -> Entity | None:
        """The entity that has ``form`` among its forms."""
        return final(self._by_form.get(form))

    def forms(self) -> list[tuple[Form, Entity]]:
        """Every form with the entity that it was first read as, in the order of the text."""
        return list(self._by_form.items())

    def entities(self) -> list[Entity]:
        """The distinct entities after merging."""
        named = [*self._by_form.values(), *self._by_given_and_surname.values()]
        return list(dict.fromkeys(e for e in named if e.same_as is None))

    def register(self, entity: Entity, form: Form, suffix: str | None) -> None:
        """Make an entity findable by one of its forms."""
        generation = _generation(suffix)
        if generation is None:
            self._by_form.setdefault(form, entity)
        if entity.organisation:
            return
        surnames = {form[-1]} if word_lists.is_ordinary(form[-1]) else {w for w in form[1:] if len(w) > 1}
        for surname in map(surname_key, surnames - word_lists.PARTICLES):
            self._by_given_and_surname.setdefault((form[0], surname, generation), entity)
            for clipping in _clippings(form[0]):
                self._by_clipping_and_surname.setdefault((clipping, surname, generation), entity)

    def join_repeated(self, text: str, mentions: Sequence[NameMention]) -> None:
        """Merge "Ann Lee Dorothy Ann Lee", where text extraction lost a separator, into one person, Ann Lee."""
        for one, two in pairwise(mentions):
            if len(one.words) > 1 < len(two.words) and one.words[-1] == two.words[-1]:
                first, second = (self.find(m.words, m.suffix) for m in (one, two))
                if first is not None and second not in (None, first) and not text[one.stop : two.outer].strip():
                    first.claim(second)

    def _gather(self, mention: NameMention) -> None:
        entity = self.find(mention.words, mention.suffix)
        if entity is None:
            organisation = mention.kind == "organization"
            entity = Entity(organisation=organisation, suffix=mention.suffix, first=mention.start)
        entity.add(mention.words, mention, mention.name)
        self.register(entity, mention.words, mention.suffix)
        self._gather_namesake(mention)

    def _gather_namesake(self, mention: NameMention) -> None:
        """Separate the person from what is named after one: "The Ann Lee Show", "Ann B. Lee Foundation".

        The given name, or a title before the surname elsewhere, shows that it is a person.
        """
        form, name = mention.words, mention.name.split()
        end = next(
            (k for k, w in enumerate(form) if k and (word_lists.is_ordinary(w) or is_organisation_head(w))), len(form)
        )
        if not 1 < end < len(form) or len(form) != len(name):
            return
        if not word_lists.is_given_name(form[0]) and form[end - 1] not in self._bare.titled:
            return
        if len(form[end - 1]) > 1 and self.find(form[:end], None) is None:
            entity = Entity(first=mention.start)
            entity.add(form[:end], mention, " ".join(name[:end]))
            self.register(entity, form[:end], None)


def surname_key(word: str) -> str:
    """The form in which surnames are compared: without the Arabic article."""
    return word[3:] if word.startswith(("al-", "el-")) and len(word) > 4 else word


def _generation(suffix: str | None) -> str | None:
    """The suffix that distinguishes a child from a parent of the same name. "III" rarely distinguishes two people of an
    article."""
    return None if suffix is None else GENERATIONS.get(suffix)


def _clippings(given: str) -> list[str]:
    """The possible abbreviations of a given name and its formal form, longest first: themselves, beginnings, an
    initial."""
    formal = formal_name(given)
    lengths = range(_LONGEST_CLIPPING, SHORTEST_CLIPPING - 1, -1)
    beginnings = [name[:n] for n in lengths for name in (given, formal) if n < len(name)]
    return [given, formal, *beginnings, given[0]]
