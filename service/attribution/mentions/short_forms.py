"""Resolves the single words of an article that may stand for a name: surnames, given names, acronyms, initials,
misspelt surnames."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from service.attribution.mentions.entity import Entity, Form, add_candidate
from service.attribution.mentions.full_names import FullNames, surname_key
from service.attribution.mentions.mention import BareNames, NameMention
from service.attribution.mentions.misspellings import Misspellings
from service.attribution.mentions.prefixes import opens_name
from service.data import word_lists
from service.data.word_lists import Sex

_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "to"})


class ShortForms:
    """The single words that abbreviate the full names of an article."""

    def __init__(self, names: FullNames, bare: BareNames) -> None:
        self._by_surname: dict[str, list[Entity]] = defaultdict(list)
        self._by_given: dict[str, list[Entity]] = defaultdict(list)
        self._by_initials: dict[str, list[Entity]] = defaultdict(list)
        self._by_acronym: dict[str, Entity] = {}
        self._misspellings = Misspellings(self._by_surname)
        for entity in names.entities():
            for form in entity.forms:
                if entity.organisation:
                    self._list_acronyms(entity, form)
                    continue
                add_candidate(self._by_surname[surname_key(form[-1])], entity)
                for initials in {_initials(form), _initials((form[0], form[-1]))}:
                    add_candidate(self._by_initials[initials], entity)
                glued = form[0] in bare.titled and bare.stands_before(form[0], entity.first)  # "Lee Reaffirms"
                if opens_name(form[0]) or not (word_lists.is_ordinary(form[-1]) or glued):
                    add_candidate(self._by_given[form[0]], entity)

    def people(self, word: str, sex: Sex | None) -> list[Entity]:
        """The people with this surname, else with this given name, who may be of this sex."""
        named = self._by_surname.get(surname_key(word)) or self._by_given.get(word) or []
        return [e for e in named if sex is None or e.sex is None or e.sex == sex]

    def labelled(self, initials: str) -> Entity | None:
        """The only person with these initials, which label a turn: "JD: Good morning."; None if not exactly one."""
        people = self._by_initials.get(initials, ())
        return people[0] if len(people) == 1 else None

    def organisation(self, word: str) -> Entity | None:
        """The organisation that an acronym, or its name without "Inc.", stands for."""
        return self._by_acronym.get(word)

    def misspelt(self, word: str) -> Entity | None:
        """The only person whose surname differs from ``word`` by one letter: Karin Lindqvist for "Lindqist"."""
        if word in self._by_surname or word_lists.is_ordinary(word) or word_lists.is_given_name(word):
            return None
        near = [e for surname in self._misspellings.near(word) for e in self._by_surname[surname]]
        return near[0] if len(near) == 1 else None

    def add_person(self, entity: Entity, form: Form) -> None:
        """Make a person findable by the words of a form that is not a full name."""
        add_candidate(self._by_surname[surname_key(form[-1])], entity)
        add_candidate(self._by_given[form[0]], entity)

    def add_bracketed(self, text: str, mentions: Sequence[NameMention], names: FullNames) -> None:
        """Reads "Norfolk Chambers of Commerce (NCC)": the word in brackets abbreviates the name before it."""
        for one, two in pairwise(mentions):
            if len(one.words) < 2 or len(two.words) != 1 or text[one.stop : two.start].strip() != "(":
                continue
            entity = names.find(one.words, one.suffix)
            if text[two.stop : two.stop + 1] == ")" and entity is not None and _abbreviates(two, one):
                self._by_acronym.setdefault(two.words[0], entity)

    def _list_acronyms(self, entity: Entity, form: Form) -> None:
        self._by_acronym.setdefault(_initials(form), entity)
        if "and" in form:
            self._by_acronym.setdefault(_initials(form[: form.index("and")]), entity)
        if all(w in word_lists.COMPANY_ENDINGS for w in form[1:]):
            self._by_acronym.setdefault(form[0], entity)


def _initials(form: Form) -> str:
    return "".join(w[0] for w in form if w not in _SMALL)


def _abbreviates(short: NameMention, long: NameMention) -> bool:
    initials = _initials(long.words)
    return long.kind == "organization" or (short.name.isupper() and short.words[0][:1] == initials[:1])
