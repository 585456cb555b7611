"""Groups the name mentions of an article into the people and organisations they name.

Full names come first: two of them are one person when the surname is the same and the given names agree (equal, an
initial, a short form). Single words are then tied to a full name: a surname before a given name before an acronym.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.attribution.names import lexicon
from service.attribution.names.lexicon import Sex
from service.attribution.names.mentions import NameMention

_MAX_CANDIDATES = 24
_MIN_SHORT_FORM = 3
_ACRONYM_SKIPS = frozenset({"of", "the", "for", "and", "on", "in", "&", "to"})


@dataclass(slots=True)
class Entity:
    """A person or an organisation: the forms of its name with their counts, and where each form first stands."""

    forms: Counter[tuple[str, ...]] = field(default_factory=Counter)
    example: dict[tuple[str, ...], NameMention] = field(default_factory=dict)
    sex: Sex | None = None
    organisation: bool = False
    first: int = 0
    last_full: int = -1
    mentions: int = 0

    def add(self, mention: NameMention) -> None:
        self.forms[mention.words] += 1
        self.example.setdefault(mention.words, mention)
        self.sex = self.sex or mention.sex or lexicon.given_names().get(mention.words[0])
        self.organisation = self.organisation or mention.kind == "organization"

    def fullest(self) -> NameMention:
        """The mention with the longest form of the name."""
        return self.example[max(self.forms, key=lambda form: (len(form), sum(map(len, form)), self.forms[form]))]


class EntityTable:
    """Who each name mention of an article names."""

    def __init__(self, mentions: Sequence[NameMention]) -> None:
        self._by_key: dict[tuple[str, str, str | None], Entity] = {}
        self._by_last: dict[str, list[Entity]] = defaultdict(list)
        self._by_first: dict[str, list[Entity]] = defaultdict(list)
        self._by_form: dict[tuple[str, ...], Entity] = {}
        self._by_acronym: dict[str, Entity] = {}
        self._singles: dict[str, Entity] = {}
        full = [m for m in mentions if len(m.words) > 1 and not m.headline]
        self._gather(full)
        self._merge_endings()
        self._gather(m for m in mentions if len(m.words) > 1 and m.headline and m.kind == "person")
        self._list_short_forms()
        self._choice = [self._choose(m) for m in mentions]

    def of(self, index: int) -> Entity | None:
        """The entity that the mention with this index names, or None where it is no name after all."""
        return self._choice[index]

    def find(self, words: tuple[str, ...]) -> Entity | None:
        """The entity that goes by this name, folded words without suffix; None where the article has none."""
        if len(words) == 1:
            found = self._candidates(words[0], None)
            return found[0] if found else self._singles.get(words[0])
        return self._full_name(words, None)

    def _gather(self, mentions: Iterable[NameMention]) -> None:
        for mention in mentions:
            entity = self._full_name(mention.words, mention.suffix)
            if entity is None:
                entity = Entity(first=mention.start)
            entity.add(mention)
            self._register(entity, mention)

    def _full_name(self, words: tuple[str, ...], suffix: str | None) -> Entity | None:
        if words in self._by_form and suffix is None:
            return self._by_form[words]
        last, first = surname_key(words[-1]), words[0]
        for form in (first, lexicon.NICKNAMES.get(first, first)):
            for length in range(len(form), 0, -1):
                if (length >= _MIN_SHORT_FORM or length == len(form)) and (
                    found := self._by_key.get((last, form[:length], suffix))
                ):
                    return found
        if len(first) >= 1 and (found := self._by_key.get((last, first[0] + ".", suffix))):
            return found
        return None

    def _register(self, entity: Entity, mention: NameMention) -> None:
        words, suffix = mention.words, mention.suffix
        if suffix is None:
            self._by_form.setdefault(words, entity)
        if mention.kind == "organization":
            return
        first = words[0]
        lasts = {surname_key(w) for w in words[1:] if len(w) > 1 and w not in lexicon.PARTICLES}
        for last in lasts:
            if len(first) == 1:
                self._by_key.setdefault((last, first + ".", suffix), entity)
            for form in {first, lexicon.NICKNAMES.get(first, first)}:
                for length in range(_MIN_SHORT_FORM, len(form) + 1):
                    self._by_key.setdefault((last, form[:length], suffix), entity)
                self._by_key.setdefault((last, form, suffix), entity)
                self._by_key.setdefault((last, form[0], suffix), entity)

    def _merge_endings(self) -> None:
        """Merges a name with the longer one it ends: "Le Pen" with "Marine Le Pen", "Crooked Ann Lee" with "Ann Lee"."""
        for words, entity in list(self._by_form.items()):
            for cut in range(1, len(words) - 1):
                shorter = self._by_form.get(words[cut:])
                if shorter is None or shorter is entity or words[-1] in lexicon.ORGANISATION_HEADS:
                    continue
                junk = lexicon.is_given_name(words[cut]) and not self._opens_name(words[0])
                keep, drop = (shorter, entity) if junk else (entity, shorter)
                if not junk:
                    keep.forms.update(drop.forms)
                    keep.example.update({f: m for f, m in drop.example.items() if f not in keep.example})
                for form in drop.forms:
                    self._by_form[form] = keep
                self._by_key.update({k: keep for k in self._keys_of(drop)})
                break

    def _keys_of(self, entity: Entity) -> list[tuple[str, str, str | None]]:
        keys = []
        for words in entity.forms:
            key = (surname_key(words[-1]), words[0], None)
            if self._by_key.get(key) is entity:
                keys.append(key)
        return keys

    @staticmethod
    def _opens_name(word: str) -> bool:
        return len(word) == 1 or lexicon.is_given_name(word) or word in lexicon.PARTICLES

    def _list_short_forms(self) -> None:
        entities = {id(e): e for e in [*self._by_form.values(), *self._by_key.values()]}
        for entity in sorted(entities.values(), key=lambda e: e.first):
            lasts: set[str] = set()
            firsts: set[str] = set()
            for words in entity.forms:
                if entity.organisation:
                    initials = "".join(w[0] for w in words if w not in _ACRONYM_SKIPS)
                    self._by_acronym.setdefault(initials, entity)
                    continue
                lasts.add(surname_key(words[-1]))
                firsts.add(words[0])
            for word in lasts:
                if len(self._by_last[word]) < _MAX_CANDIDATES:
                    self._by_last[word].append(entity)
            for word in firsts - lasts:
                if len(self._by_first[word]) < _MAX_CANDIDATES:
                    self._by_first[word].append(entity)

    def _candidates(self, word: str, sex: Sex | None) -> list[Entity]:
        named = self._by_last.get(surname_key(word)) or self._by_first.get(word) or []
        return [e for e in named if sex is None or e.sex is None or e.sex == sex]

    def _choose(self, mention: NameMention) -> Entity | None:
        words = mention.words
        if len(words) > 1:
            entity = self._full_name(words, mention.suffix)
            if entity is None:
                entity = self._inside(words) if mention.headline else None
            if entity is None:
                return None
            entity.mentions += 1
            entity.last_full = mention.start
            return entity
        word = words[0]
        candidates = self._candidates(word, mention.sex)
        if mention.weak:
            candidates = [e for e in candidates if any(f[-1] == word for f in e.forms)]
        if candidates:
            chosen = max(candidates, key=lambda e: (e.last_full >= 0, e.mentions, -e.first))
            chosen.mentions += 1
            return chosen
        if word in self._by_acronym:
            return self._by_acronym[word]
        if mention.weak:
            return None
        if word not in self._singles:
            self._singles[word] = Entity(first=mention.start)
        self._singles[word].add(mention)
        return self._singles[word]

    def _inside(self, words: tuple[str, ...]) -> Entity | None:
        """The entity of the longest known name inside a headline's run of capitals."""
        for length in range(min(4, len(words)), 1, -1):
            for i in range(len(words) - length + 1):
                found = self._by_form.get(words[i : i + length])
                if found:
                    return found
        return next((c[0] for w in words if (c := self._candidates(w, None))), None)


def surname_key(word: str) -> str:
    """The form in which surnames are compared: without the Arabic article."""
    return word[3:] if word.startswith(("al-", "el-")) and len(word) > 4 else word
