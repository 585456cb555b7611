"""Groups an article's name mentions into the people and organisations that they name.

Full names are resolved first (`full_names`). Then words that merely precede a name are separated from it (`prefixes`).
Single words are linked to a full name last (`short_forms`): as a surname, else a given name, else an acronym, else the
initials that label a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from service.attribution.mentions.entity import Entity, Form
from service.attribution.mentions.full_names import FullNames
from service.attribution.mentions.mention import BareNames, NameMention
from service.attribution.mentions.prefixes import drop_prefixes
from service.attribution.mentions.short_forms import ShortForms
from service.data import word_lists
from service.data.name_variants import GENERATIONS
from service.data.word_lists import is_organisation_head

_JUST_NOW = 100
"""The characters after a full name within which a bare name means its bearer rather than somebody named more often."""

_AFTER_LABEL = re.compile(r"[*_\]]{0,3}:")
_BEFORE_LABEL = "*_[> \t"


class EntityTable:
    """The entity that each name mention of an article names."""

    def __init__(self, text: str, mentions: Sequence[NameMention]) -> None:
        self._bare = BareNames.of(mentions)
        self._full_names = FullNames(mentions, self._bare)
        self._full_names.join_repeated(text, mentions)
        drop_prefixes(self._full_names, self._bare)
        self._short_forms = ShortForms(self._full_names, self._bare)
        self._short_forms.add_bracketed(text, mentions, self._full_names)
        self._by_head: dict[str, Entity] = {}
        self._singles: dict[str, Entity] = {}
        self._count_titled(mentions)
        self._labels = {m.start for m in mentions if _is_label(text, m)}
        self._choices = [self._choose(m) for m in mentions]

    def of(self, index: int) -> Entity | None:
        """The entity named by the mention with this index; None if it is not a name after all."""
        return self._choices[index]

    def find(self, form: Form, suffix: str | None) -> Entity | None:
        """The entity with this name; None if the article has none."""
        if len(form) > 1:
            return self._full_names.find(form, suffix)
        (word,) = form
        people = self._short_forms.people(word, None)
        return people[0] if people else self._short_forms.organisation(word) or self._singles.get(word)

    def _count_titled(self, mentions: Iterable[NameMention]) -> None:
        """Count mentions such as "Mr. Lee" that leave only one person, before resolving ambiguous ones such as
        "President Lee"."""
        for mention in mentions:
            if len(mention.words) == 1 and mention.sex is not None:
                bearers = self._short_forms.people(mention.words[0], mention.sex)
                if len(bearers) == 1:
                    bearers[0].mentions += 1

    def _choose(self, mention: NameMention) -> Entity | None:
        if mention.surname is not None:
            return self._sharing(mention, mention.surname)
        return self._in_full(mention) if len(mention.words) > 1 else self._single(mention)

    def _in_full(self, mention: NameMention) -> Entity | None:
        form = mention.words
        entity = self._full_names.find(form, mention.suffix)
        if entity is not None:
            entity.last_in_full = mention.start
            entity.mentions += 1
            if entity.organisation:
                self._by_head[form[-1]] = self._by_head[form[0]] = entity
        return entity

    def _single(self, mention: NameMention) -> Entity | None:
        word = mention.words[0]
        if people := self._people(mention):
            chosen = max(people, key=lambda e: _prominence(e, mention))
            chosen.mentions += 1
            return chosen
        if (organisation := self._short_forms.organisation(word)) is not None:
            return organisation
        if mention.start in self._labels and (person := self._short_forms.labelled(word)) is not None:
            return person
        if is_organisation_head(word):
            if word in self._by_head:
                return self._by_head[word]
        elif mention.weak and word not in word_lists.PARTIES:
            return None
        if word not in self._singles and (misspelt := self._short_forms.misspelt(word)) is not None:
            return misspelt
        entity = self._singles.setdefault(word, Entity())
        entity.add(mention.words, mention, mention.name)
        return entity

    def _people(self, mention: NameMention) -> list[Entity]:
        """The people with a full name that a single word may mean."""
        word = mention.words[0]
        people = self._short_forms.people(word, mention.sex)
        if mention.suffix is not None:
            people = [e for e in people if e.suffix == mention.suffix] or people
        else:  # "Lee" from the start of an article on is no relative who is named later
            people = [e for e in people if not (_is_relative(e, mention) and self._bare.stands_before(word, e.first))]
        people = _titled_alike(people, mention)
        if mention.weak:
            people = [e for e in people if any(form[-1] == word for form in e.forms)]
        return people

    def _sharing(self, mention: NameMention, surname: str) -> Entity | None:
        """The entity with this given name that shares the surname of the following name."""
        form = (mention.words[0], word_lists.fold(surname))
        bearers = self._short_forms.people(form[0], None)
        entity = self._full_names.find(form, None) or next(iter(bearers), None)
        if entity is None:
            entity = Entity()
            entity.add(form, mention, f"{mention.name} {surname}")
            self._full_names.register(entity, form, None)
            self._short_forms.add_person(entity, form)
        entity.mentions += 1
        return entity


def _is_label(text: str, mention: NameMention) -> bool:
    """Whether a mention is in capitals, at the start of a line and before a colon."""
    before = text[max(0, mention.outer - len(_BEFORE_LABEL)) : mention.outer].rstrip(_BEFORE_LABEL)
    opens = before[-1:] == "\n" or (not before and mention.outer <= len(_BEFORE_LABEL))
    return opens and mention.name.isupper() and _AFTER_LABEL.match(text, mention.stop) is not None


def _prominence(entity: Entity, mention: NameMention) -> tuple[bool, bool, int, int]:
    """Sort key for the likely bearer of a bare name: named in full before, just now, how often, and how recently."""
    last = entity.last_in_full
    if last is None:
        return False, False, entity.mentions, 0
    return True, mention.start - last < _JUST_NOW, entity.mentions, last


def _is_relative(entity: Entity, mention: NameMention) -> bool:
    """Whether an article introduces a person as a relative and the mention does not: "his daughter Ann Lee"."""
    introduced = entity.titles & word_lists.FAMILY and not entity.titles & mention.titles
    return GENERATIONS.get(entity.suffix or "") == "jr" or bool(introduced and mention.sex is None)


def _titled_alike(people: list[Entity], mention: NameMention) -> list[Entity]:
    """Those who share a title with the mention, if any do; else all except spouses whose title belongs to somebody
    else.

    "Senator Lee" is the Ann Lee who was introduced as a senator, "President Lee" is not "First lady Ann Lee".
    """
    alike = [e for e in people if e.titles & mention.titles]
    if alike or not mention.titles - word_lists.COURTESY_TITLES:
        return alike or people
    return [e for e in people if not e.titles & word_lists.SPOUSES]
