"""Groups the name mentions of an article into the people and organisations they name.

Full names come first: two of them are one person when the surname is the same and the given names agree (equal, an
initial, a short form). Then words that were only prefixed to a name are told from parts of it, by the names that the
article has without them. Single words are tied to a full name last: a surname before a given name before an acronym.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from service.attribution.mentions.mention import NameMention
from service.attribution.text import Span
from service.data import word_lists
from service.data.word_lists import Sex, is_organisation_head

Form = tuple[str, ...]
_Key = tuple[str, str, str | None]

_MAX_CANDIDATES = 24
_JUST_NOW = 100
"""Characters after a full name within which a bare one means its bearer rather than somebody named more often."""
_SHORTEST_MISSPELT = 5
_LONGEST_MISSPELT = 20
_SHORTEST_CLIPPING = 3
_LONGEST_CLIPPING = 12
_GENERATIONS = frozenset({"jr", "sr", "junior", "senior"})
_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "to"})


@dataclass(eq=False)
class Entity:
    """A person or an organisation: the forms of its name, how often each stands in the article, and how it is spelt.

    ``places`` has the first place of each form; ``first`` is where a full form stands first, ``last_in_full`` where one
    has been read last. ``person``: a title or a given name says so. ``titles`` are the words that introduce the name.
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
        """Where the full form stands first."""
        return self.places.get(self._full_form)

    @property
    def _full_form(self) -> Form:
        return max(self.forms, key=lambda f: (len(f), self.forms[f], len(self.spelling[f])))

    def absorb(self, other: Entity) -> None:
        """Takes over the forms of another entity that turned out to be the same."""
        self.forms.update(other.forms)
        self.spelling = other.spelling | self.spelling
        self.places = other.places | self.places
        self.sex = self.sex or other.sex
        self.person = self.person or other.person
        other.same_as = self

    def claim(self, other: Entity) -> None:
        """Takes over the mentions of another entity, whose forms were no names."""
        other.same_as = self

    def shorten(self, form: Form) -> None:
        """Leaves of ``form`` its last word."""
        self.forms[form[-1:]] = self.forms.pop(form)
        self.spelling[form[-1:]] = self.spelling.pop(form).split()[-1]
        self.places.pop(form, None)

    @cached_property
    def name(self) -> str:
        """The fullest form of the name, as the article spells it."""
        form = self._full_form
        name = self.spelling[form]
        return name.title() if _one_case(name) and len(form) > 1 and not self.organisation else name


def _one_case(name: str) -> bool:
    return name.isupper() or name.islower()


class EntityTable:
    """Who each name mention of an article names."""

    def __init__(self, text: str, mentions: Sequence[NameMention]) -> None:
        self._by_form: dict[Form, Entity] = {}
        self._by_given_and_surname: dict[_Key, Entity] = {}
        self._by_clipping_and_surname: dict[_Key, Entity] = {}
        self._by_surname: dict[str, list[Entity]] = defaultdict(list)
        self._by_given: dict[str, list[Entity]] = defaultdict(list)
        self._by_acronym: dict[str, Entity] = {}
        self._by_head: dict[str, Entity] = {}
        self._singles: dict[str, Entity] = {}
        singles = [m for m in mentions if len(m.words) == 1]
        self._titled = frozenset(m.words[0] for m in singles if m.kind == "person")
        self._gather(mentions)
        self._join_repeated(text, mentions)
        self._bare = {m.words[0]: m.start for m in reversed(singles) if not m.weak}
        self._drop_prefixes()
        self._list_short_forms()
        self._list_bracketed(text, mentions)
        self._count_titled(singles)
        self._choices = [self._choose(m) for m in mentions]

    def of(self, index: int) -> Entity | None:
        """The entity that the mention with this index names, or None where it is no name after all."""
        return self._choices[index]

    def find(self, form: Form, suffix: str | None) -> Entity | None:
        """The entity that goes by these words; None where the article has none."""
        if len(form) > 1:
            return self._full_name(form, suffix)
        candidates = self._candidates(form[0], None)
        return candidates[0] if candidates else self._by_acronym.get(form[0]) or self._singles.get(form[0])

    def _gather(self, mentions: Iterable[NameMention]) -> None:
        for mention in mentions:
            if len(mention.words) < 2:
                continue
            entity = self._full_name(mention.words, mention.suffix)
            if entity is None:
                organisation = mention.kind == "organization"
                entity = Entity(organisation=organisation, suffix=mention.suffix, first=mention.start)
            entity.add(mention.words, mention, mention.name)
            self._register(entity, mention.words, mention.suffix)
            self._gather_namesake(mention)

    def _gather_namesake(self, mention: NameMention) -> None:
        """Takes the person out of what is named after one: "The Ann Lee Show", "Ann B. Lee Foundation".

        That it is a person shows in the given name, or in a title before the surname elsewhere.
        """
        form, name = mention.words, mention.name.split()
        end = next(
            (k for k, w in enumerate(form) if k and (word_lists.is_ordinary(w) or is_organisation_head(w))), len(form)
        )
        if not 1 < end < len(form) or len(form) != len(name):
            return
        if not word_lists.is_given_name(form[0]) and form[end - 1] not in self._titled:
            return
        if len(form[end - 1]) > 1 and self._full_name(form[:end], None) is None:
            entity = Entity(first=mention.start)
            entity.add(form[:end], mention, " ".join(name[:end]))
            self._register(entity, form[:end], None)

    def _register(self, entity: Entity, form: Form, suffix: str | None) -> None:
        if _generation(suffix) is None:
            self._by_form.setdefault(form, entity)
        if entity.organisation:
            return
        surnames = {form[-1]} if word_lists.is_ordinary(form[-1]) else {w for w in form[1:] if len(w) > 1}
        for surname in map(_surname_key, surnames - word_lists.PARTICLES):
            self._by_given_and_surname.setdefault((form[0], surname, _generation(suffix)), entity)
            for clipping in _clippings(form[0]):
                self._by_clipping_and_surname.setdefault((clipping, surname, _generation(suffix)), entity)

    def _full_name(self, form: Form, suffix: str | None) -> Entity | None:
        """The person whose surname is the same and one of whose given names is the same, or cut down to the other."""
        entity = self._by_form.get(form) if _generation(suffix) is None else None
        if entity is None:
            surname, generation = _surname_key(form[-1]), _generation(suffix)
            longer = self._by_clipping_and_surname.get((form[0], surname, generation))
            shorter = (self._by_given_and_surname.get((c, surname, generation)) for c in _clippings(form[0]))
            entity = longer or next((e for e in shorter if e is not None), None)
        return _final(entity)

    def _join_repeated(self, text: str, mentions: Sequence[NameMention]) -> None:
        """Tells "Ann Lee Dorothy Ann Lee", where text extraction lost what stood between, to be one person, Ann Lee."""
        for one, two in pairwise(mentions):
            if len(one.words) > 1 < len(two.words) and one.words[-1] == two.words[-1]:
                first, second = (self._full_name(m.words, m.suffix) for m in (one, two))
                if first is not None and second not in (None, first) and not text[one.stop : two.outer].strip():
                    first.claim(second)

    def _bare_before(self, word: str, entity: Entity) -> bool:
        """Whether the article uses a word as a name before it names an entity in full."""
        return self._bare.get(word, entity.first) < entity.first

    def _drop_prefixes(self) -> None:
        """Tells "Crooked Ann Lee" to be Ann Lee, "de Luc" Jean de Luc, and "Denver Post Lee" to lack a comma."""
        bearers = self._bearers()
        for form, entity in list(self._by_form.items()):
            if entity.same_as is not None:
                continue
            for cut in range(1, len(form) - 1):
                other = _final(self._by_form.get(form[cut:]))
                if other is not None and other is not entity:
                    self._settle(form, form[cut:], entity, other)
                    break
            body = _final(self._by_form.get(form[:-1]))
            if body is not None and body.organisation and not entity.organisation:
                other = _another(bearers[_surname_key(form[-1])], entity)
                if other is not None:
                    other.claim(entity)
                    continue
            if self._may_be_adjunct(form, entity):
                before = self._bare_before(form[1], entity)
                other = _another(filter(_has_given_name, bearers[_surname_key(form[1])]), entity)
                if other is not None and (entity.only_opening or before or other.first < entity.first):
                    other.claim(entity)
                elif before or (entity.only_opening and word_lists.is_adjective(form[0]) and form[1] in self._bare):
                    entity.shorten(form)

    def _settle(self, form: Form, rest: Form, entity: Entity, other: Entity) -> None:
        """Tells what a name has to do with the one that it ends with."""
        before = form[: len(form) - len(rest)]
        apart = len(before) > 1 or other.first < entity.first  # "Wacko Ann Lee" after "Ann Lee", not before
        if word_lists.is_ordinary(form[0]) or (
            word_lists.is_given_name(rest[0]) and not _opens_name(form[0]) and apart
        ):
            other.claim(entity)
        elif not is_organisation_head(form[-1]):
            entity.absorb(other)

    def _may_be_adjunct(self, form: Form, entity: Entity) -> bool:
        """Whether the first of two words may be no part of the name: "Dogged Lee won", "Team Lee", "WATCHED Lee"."""
        if len(form) != 2 or entity.organisation or form[0] in word_lists.PARTICLES:
            return False
        first, _, last = entity.spelling[form].partition(" ")
        shouted = first.isupper() and not last.isupper() and (len(first) > 2 or form[1] in self._titled)
        return shouted or word_lists.is_ordinary(form[0]) or form[0] in word_lists.NATIONALITIES

    def _bearers(self) -> dict[str, list[Entity]]:
        """The people of each surname."""
        bearers: dict[str, list[Entity]] = defaultdict(list)
        for form, entity in self._by_form.items():
            if not entity.organisation:
                _append(bearers[_surname_key(form[-1])], entity)
        return bearers

    def _list_short_forms(self) -> None:
        named = [*self._by_form.values(), *self._by_given_and_surname.values()]
        for entity in dict.fromkeys(e for e in named if e.same_as is None):
            for form in entity.forms:
                if entity.organisation:
                    self._list_acronyms(entity, form)
                    continue
                _append(self._by_surname[_surname_key(form[-1])], entity)
                glued = form[0] in self._titled and self._bare_before(form[0], entity)  # "Lee Reaffirms"
                if _opens_name(form[0]) or not (word_lists.is_ordinary(form[-1]) or glued):
                    _append(self._by_given[form[0]], entity)

    def _list_acronyms(self, entity: Entity, form: Form) -> None:
        telling = [w for w in form if w not in _SMALL]
        self._by_acronym.setdefault("".join(w[0] for w in telling), entity)
        if "and" in form:
            before = form[: form.index("and")]
            self._by_acronym.setdefault("".join(w[0] for w in before if w not in _SMALL), entity)
        if all(w in word_lists.COMPANY_ENDINGS for w in form[1:]):
            self._by_acronym.setdefault(form[0], entity)

    def _list_bracketed(self, text: str, mentions: Sequence[NameMention]) -> None:
        """Reads "Norfolk Chambers of Commerce (NCC)": the word in brackets is short for the name before it."""
        for one, two in pairwise(mentions):
            if len(one.words) < 2 or len(two.words) != 1 or text[one.stop : two.start].strip() != "(":
                continue
            entity = self._full_name(one.words, one.suffix)
            if text[two.stop : two.stop + 1] == ")" and entity is not None and _abbreviates(two, one):
                self._by_acronym.setdefault(two.words[0], entity)

    def _count_titled(self, singles: Iterable[NameMention]) -> None:
        """Counts for whoever "Mr. Lee" or "Mrs. Lee" leaves alone, before "President Lee" is to mean one of several."""
        for mention in singles:
            bearers = self._candidates(mention.words[0], mention.sex) if mention.sex is not None else []
            if len(bearers) == 1:
                bearers[0].mentions += 1

    def _candidates(self, word: str, sex: Sex | None) -> list[Entity]:
        named = self._by_surname.get(_surname_key(word)) or self._by_given.get(word) or []
        return [e for e in named if sex is None or e.sex is None or e.sex == sex]

    def _choose(self, mention: NameMention) -> Entity | None:
        form = mention.words
        if mention.surname is not None:
            return self._sharing(mention, mention.surname)
        if len(form) > 1:
            entity = self._full_name(form, mention.suffix)
            if entity is not None:
                entity.last_in_full = mention.start
                entity.mentions += 1
                if entity.organisation:
                    self._by_head[form[-1]] = self._by_head[form[0]] = entity
            return entity
        return self._single(mention)

    def _single(self, mention: NameMention) -> Entity | None:
        word = mention.words[0]
        candidates = self._candidates(word, mention.sex)
        if mention.suffix is not None:
            candidates = [e for e in candidates if e.suffix == mention.suffix] or candidates
        else:  # "Lee" from the start of an article on is no relative who is named later
            candidates = [e for e in candidates if not (_is_relative(e, mention) and self._bare_before(word, e))]
        candidates = _titled_alike(candidates, mention)
        if mention.weak:
            candidates = [e for e in candidates if any(form[-1] == word for form in e.forms)]
        if candidates:
            chosen = max(candidates, key=lambda e: _prominence(e, mention))
            chosen.mentions += 1
            return chosen
        if word in self._by_acronym:
            return self._by_acronym[word]
        if is_organisation_head(word):
            if word in self._by_head:
                return self._by_head[word]
        elif mention.weak and word not in word_lists.PARTIES:
            return None
        if word not in self._singles and (misspelt := self._misspelt(word)) is not None:
            return misspelt
        entity = self._singles.setdefault(word, Entity())
        entity.add(mention.words, mention, mention.name)
        return entity

    def _misspelt(self, word: str) -> Entity | None:
        """The one person of a surname that ``word`` is but a letter away from: "Lindqist" for Karin Lindqvist."""
        known = word in self._by_surname or word_lists.is_ordinary(word) or word_lists.is_given_name(word)
        if known or len(word) < _SHORTEST_MISSPELT:
            return None
        surnames = {s for cut in _with_one_letter_less(word) for s in self._surnames_by_cut.get(cut, ())}
        near = [e for surname in surnames if _differs_once(word, surname) for e in self._by_surname[surname]]
        return near[0] if len(near) == 1 else None

    @cached_property
    def _surnames_by_cut(self) -> Mapping[str, list[str]]:
        """Surnames by what is left of them without one letter: those a letter apart share such a remainder."""
        surnames: dict[str, list[str]] = defaultdict(list)
        for surname in self._by_surname:
            for cut in _with_one_letter_less(surname):
                if len(surnames[cut]) < _MAX_CANDIDATES:
                    surnames[cut].append(surname)
        return surnames

    def _sharing(self, mention: NameMention, surname: str) -> Entity | None:
        """The entity of a given name that shares the surname with the name after it."""
        form = (mention.words[0], word_lists.fold(surname))
        bearers = self._candidates(form[0], None)
        entity = self._full_name(form, None) or next(iter(bearers), None)
        if entity is None:
            entity = Entity()
            entity.add(form, mention, f"{mention.name} {surname}")
            self._register(entity, form, None)
            _append(self._by_surname[_surname_key(form[-1])], entity)
            _append(self._by_given[form[0]], entity)
        entity.mentions += 1
        return entity


def _with_one_letter_less(word: str) -> set[str]:
    """The word, and what is left of it without any one letter but the first."""
    return {word} | {word[:k] + word[k + 1 :] for k in range(1, min(len(word), _LONGEST_MISSPELT))}


def _differs_once(one: str, other: str) -> bool:
    """Whether a letter added, dropped, changed or swapped with the next makes one word of another."""
    start = next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    if len(left) != len(right):
        return left[1:] == right or left == right[1:]
    return left[1:] == right[1:] or (left[2:] == right[2:] and left[:2] == right[1::-1])


def _prominence(entity: Entity, mention: NameMention) -> tuple[bool, bool, int, int]:
    """How likely a bare name means one of its bearers: named in full before, just now, how often in all, and last."""
    last = entity.last_in_full
    if last is None:
        return False, False, entity.mentions, 0
    return True, mention.start - last < _JUST_NOW, entity.mentions, last


def _is_relative(entity: Entity, mention: NameMention) -> bool:
    """Whether an article introduces somebody as a relative, which the mention does not: "his daughter Ann Lee"."""
    introduced = entity.titles & word_lists.FAMILY and not entity.titles & mention.titles
    return _generation(entity.suffix) == "jr" or bool(introduced and mention.sex is None)


def _titled_alike(candidates: list[Entity], mention: NameMention) -> list[Entity]:
    """Those who share a title with the mention, if any do; else all but spouses, whose own title another has.

    "Senator Lee" is the Ann Lee who was introduced as a senator, "President Lee" is not "First lady Ann Lee".
    """
    alike = [e for e in candidates if e.titles & mention.titles]
    if alike or not mention.titles - word_lists.COURTESY_TITLES:
        return alike or candidates
    return [e for e in candidates if not e.titles & word_lists.SPOUSES]


def _final(entity: Entity | None) -> Entity | None:
    """The entity that an entity turned out to be."""
    while entity is not None and entity.same_as is not None:
        entity = entity.same_as
    return entity


def _another(entities: Iterable[Entity], entity: Entity) -> Entity | None:
    """The first of some entities that did not turn out to be the same as ``entity``."""
    return next((other for e in entities if (other := _final(e)) is not entity), None)


def _has_given_name(entity: Entity) -> bool:
    return any(not word_lists.is_ordinary(form[0]) for form in entity.forms)


def _append(entities: list[Entity], entity: Entity) -> None:
    if len(entities) < _MAX_CANDIDATES and entity not in entities:
        entities.append(entity)


def _opens_name(word: str) -> bool:
    return len(word) == 1 or word_lists.is_given_name(word) or word in word_lists.PARTICLES


def _clippings(given: str) -> list[str]:
    """What a given name and its formal form may be cut down to, longest first: themselves, beginnings, an initial."""
    formal = word_lists.NICKNAMES.get(given, given)
    lengths = range(_LONGEST_CLIPPING, _SHORTEST_CLIPPING - 1, -1)
    beginnings = [name[:n] for n in lengths for name in (given, formal) if n < len(name)]
    return [given, formal, *beginnings, given[0]]


def _generation(suffix: str | None) -> str | None:
    """The suffix that tells a child from a parent of the same name; "III" mostly tells nobody in the article apart."""
    return {"junior": "jr", "senior": "sr"}.get(suffix, suffix) if suffix in _GENERATIONS else None


def _abbreviates(short: NameMention, long: NameMention) -> bool:
    initials = "".join(w[0] for w in long.words if w not in _SMALL)
    return long.kind == "organization" or (short.name.isupper() and short.words[0][:1] == initials[:1])


def _surname_key(word: str) -> str:
    """The form in which surnames are compared: without the Arabic article."""
    return word[3:] if word.startswith(("al-", "el-")) and len(word) > 4 else word
