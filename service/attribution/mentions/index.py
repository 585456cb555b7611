"""Looks up the name to display for the words that refer to a speaker: the fullest form in the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Literal

from service.attribution.mentions.cluster import EntityTable
from service.attribution.mentions.descriptions import Descriptions
from service.attribution.mentions.detect import find_mentions
from service.attribution.mentions.entity import Entity
from service.attribution.mentions.mention import NameMention
from service.attribution.mentions.offices import Bodies, Holder, Offices
from service.attribution.mentions.phrases import Item, head_name
from service.attribution.mentions.titles import Titles
from service.attribution.text import Span, Word, words_of
from service.data import word_lists
from service.data.word_lists import Sex

Bearer = Literal["m", "f", "organisation", "unknown"]
"""The kind of a name's bearer, as far as the article and the name show it: a man, a woman, an organisation."""

_APPOSED_NAMES = 3
"""The most names between a name and the "who" that refers to it: "Lee, the Senate leader, who said"."""
_APPOSITION = 200
"""The most characters between the two."""
_NO_APPOSITION = frozenset('\n.;:“”"—')
_AFTER_SIGNATURE = re.compile(r"[.,]?[ \u00a0]*(?:\n|$)|,|[ \u00a0]\(")
_WHITE_SPACE = re.compile(r"\s")
_PUNCTUATION = " \t\n,.;:–—-“”\"'’‘"
_PRONOUNS = word_lists.PRONOUNS - word_lists.UNNAMED


def is_pronoun(words: str) -> bool:
    """Whether ``words`` are a bare pronoun for a person ("she", "They", "who"; not "another")."""
    return word_lists.fold(words.strip(_PUNCTUATION)) in _PRONOUNS


def _bearer(entity: Entity) -> Bearer:
    return "organisation" if entity.organisation else entity.sex or "unknown"


def _fold_case(text: str) -> str:
    """The text in lower case, at the same length."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _in_word(text: str, at: int) -> bool:
    """Whether the offset is inside a word."""
    return 0 < at < len(text) and _is_word(text[at - 1]) and _is_word(text[at])


def _is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


class NameIndex:
    """The names of one article and their bearers. Built by `read`."""

    def __init__(self, text: str, words: Sequence[Word], mentions: Sequence[NameMention]) -> None:
        self._text = text
        self._words = words
        self._word_starts = [w.start for w in words]
        self._mentions = mentions
        self._stops = [m.stop for m in mentions]
        self._outers = [m.outer for m in mentions]
        self._entities = EntityTable(text, mentions)
        self._titles = Titles(text, words)
        self._descriptions = Descriptions(text, words)
        # Caches: the pointers of many quotes consider the same places.
        self._heads: dict[Span, str | None] = {}
        self._called: dict[str, Entity | None] = {}
        self._places: dict[str, tuple[Span, ...]] = {}

    @classmethod
    def read(cls, text: str) -> NameIndex:
        """Index the names of ``text``, which may be any text, in time linear in its length."""
        words = words_of(text)
        return cls(text, words, find_mentions(text, words))

    def name_of(self, span: Span) -> str | None:
        """The fullest name of those named by the words at ``span``, several joined by "and".

        The span may be a word too wide or too narrow. None if it contains a pronoun or a description ("a spokesman for
        Clinton" names nobody).
        """
        if span not in self._heads:
            self._heads[span] = head_name(self._items(span))
        return self._heads[span]

    def resolve(self, mention: Span | None, name: Span | None) -> str | None:
        """The speaker's name from the ``mention`` in the quote's clause and a ``name`` mention elsewhere.

        In order of preference: the name in the mention, the name in ``name``, the description in ``name``, the
        description in the mention. None if both are missing or bare pronouns.
        """
        spans = [s for s in (mention, name) if s is not None and s.end > s.start]
        named = (self.name_of(s) for s in spans)
        described = (self._descriptions.read(self._words_in(s)) for s in reversed(spans))
        return next((n for n in chain(named, described) if n is not None), None)

    def holder_of(self, span: Span) -> str | None:
        """The person or organisation that the words at ``span`` refer to by office or kind: "the senator" is the one
        last introduced as a senator, "the agency" the one last named in full."""
        phrase = self._words_in(span)
        return self._offices.holder(phrase) or self._bodies.body(phrase)

    def antecedent_of(self, span: Span) -> str | None:
        """The antecedent of the "who" at the start of ``span``: the name before it, or before an intervening
        apposition."""
        if self._text[span.start : span.end].split(maxsplit=1)[:1] != ["who"]:
            return None
        last = bisect_right(self._stops, span.start) - 1
        for i in range(last, max(-1, last - _APPOSED_NAMES), -1):
            if span.start - self._mentions[i].stop > _APPOSITION:
                return None
            gap = self._text[self._mentions[i].stop : span.start].strip(" ")
            if any(mark in gap for mark in _NO_APPOSITION):
                return None
            entity = self._entities.of(i)
            if entity is None or entity.organisation or self._word_before(self._outers[i]) in word_lists.PREPOSITIONS:
                continue
            opened = gap[:1] == "," or gap.split(" ")[0] in word_lists.PREPOSITIONS
            if gap in {"", ","} or (opened and gap[-1] == ","):
                return entity.name
        return None

    def signature_at(self, start: int) -> Span | None:
        """The name that starts at ``start``, with its titles, if it ends its line or is followed by a comma or
        bracket."""
        i = bisect_left(self._outers, start)
        if i == len(self._mentions) or self._outers[i] != start or self._entities.of(i) is None:
            return None
        stop = self._mentions[i].stop
        return Span(start, stop) if _AFTER_SIGNATURE.match(self._text, stop) else None

    @cached_property
    def _offices(self) -> Offices:
        return Offices(
            (self._words_in(title), Holder(self._mentions[i].start, entity.name))
            for i in range(len(self._mentions))
            if (entity := self._entities.of(i)) is not None
            and (entity.person or self._mentions[i].outer < self._mentions[i].start)
            and (title := self._title_by_mention[i]) is not None
        )

    @cached_property
    def _bodies(self) -> Bodies:
        named = ((m, e) for i, m in enumerate(self._mentions) if (e := self._entities.of(i)) is not None)
        return Bodies(
            (words, Holder(m.start, e.name))
            for m, e in named
            if len(words := max(e.forms, key=len, default=m.words)) > 1 and m.kind != "person"
        )

    @cached_property
    def _title_by_mention(self) -> Sequence[Span | None]:
        """The title at each mention; organisations have none."""
        return [None if mention.kind == "organization" else self._titles.at(mention) for mention in self._mentions]

    @cached_property
    def _first_titles(self) -> Mapping[Entity, Span]:
        """The title of each entity where one first stands."""
        titles = self._title_by_mention
        found = {
            entity: next((title for i in own if (title := titles[i])), None) for entity, own in self._mentioned.items()
        }
        return {entity: title for entity, title in found.items() if title is not None}

    def _words_in(self, span: Span) -> Sequence[Word]:
        begin, end = (bisect_left(self._word_starts, at) for at in (span.start, span.end))
        return self._words[begin:end]

    def bearers(self) -> Iterator[tuple[Span, Bearer]]:
        """Every place with a name, in the order of the text, and the kind of its bearer."""
        for i, mention in enumerate(self._mentions):
            if (entity := self._entities.of(i)) is not None:
                yield Span(mention.start, mention.end), _bearer(entity)

    def mentions_of(self, name: str) -> tuple[Span, ...]:
        """The mentions of ``name`` (of several names joined by "and", any of them), in the order of the text.

        If it is not a name, the occurrences of these words.
        """
        if name not in self._places:
            self._places[name] = self._find(name)
        return self._places[name]

    def _find(self, name: str) -> tuple[Span, ...]:
        entities = [e for part in re.split(r" and |, ", name) if (e := self._entity_called(part)) is not None]
        if not entities:
            return self._literal(name)
        places = (self._mentions[i] for i in sorted({i for e in entities for i in self._mentioned.get(e, ())}))
        return tuple(Span(mention.start, mention.end) for mention in places)

    @cached_property
    def _mentioned(self) -> Mapping[Entity, Sequence[int]]:
        """The mentions of each entity, in the order of the text."""
        own: dict[Entity, list[int]] = defaultdict(list)
        for i in range(len(self._mentions)):
            if (entity := self._entities.of(i)) is not None:
                own[entity].append(i)
        return own

    @cached_property
    def _by_name(self) -> Mapping[str, Entity]:
        return {entity.name: entity for entity in self._mentioned}

    def named_at(self, name: str) -> Span | None:
        """The first place that gives ``name`` in full; None if there is none, as for a description."""
        entity = self._entity_called(name)
        return None if entity is None else entity.named_at

    def title_of(self, name: str) -> Span | None:
        """The office or description that introduces the person called ``name`` where it first stands, or None.

        "Secretary of Defense" in "Secretary of Defense Tom Hale", "a spokesman for the ministry" in "Tom Hale, a
        spokesman for the ministry,"; never "Mr.". It stays on one line and holds no quotation marks.
        """
        entity = self._entity_called(name)
        return None if entity is None else self._first_titles.get(entity)

    def distance(self, name: str, span: Span) -> int:
        """Characters between ``span`` and the nearest mention of ``name``; 0 if there is none."""
        places = self.mentions_of(name)
        after = bisect_left(places, span.start, key=lambda place: place.start)
        gaps = [places[after].start - span.end] if after < len(places) else []
        gaps += [span.start - places[after - 1].end] if after else []
        return max(0, min(gaps, default=0))

    def sex_of(self, name: str) -> Sex | None:
        """The sex of the person named ``name``, as far as titles and given name show it."""
        entity = self._entity_called(name)
        return None if entity is None else entity.sex

    def bearer_called(self, name: str) -> Bearer | None:
        """The kind of bearer of ``name``; None if it is a description or unknown."""
        entity = self._entity_called(name)
        return None if entity is None else _bearer(entity)

    def _entity_called(self, name: str) -> Entity | None:
        """The entity named ``name``; None if it is a description or unknown."""
        if name not in self._called:
            self._called[name] = self._by_name.get(name) or self._read_name(name)
        return self._called[name]

    def _read_name(self, name: str) -> Entity | None:
        """The entity that has a form of this name."""
        words = words_of(name)
        found = find_mentions(name, words)
        if len(found) != 1 or any(w.start >= found[0].stop for w in words):
            return None
        if any(w.folded not in word_lists.DETERMINERS for w in words if w.start < found[0].outer):
            return None
        return self._entities.find(found[0].words, found[0].suffix)

    def _literal(self, phrase: str) -> tuple[Span, ...]:
        """The occurrences of some words, ignoring case and kind of white space."""
        words, spaced = _fold_case(" ".join(phrase.split())), self._spaced
        found, start = [], spaced.find(words) if words else -1
        while start >= 0:
            end = start + len(words)
            if not (_in_word(spaced, start) or _in_word(spaced, end)):
                found.append(Span(start, end))
            start = spaced.find(words, end)
        return tuple(found)

    @cached_property
    def _spaced(self) -> str:
        """The text in lower case, with every white-space character as a space."""
        return _WHITE_SPACE.sub(" ", _fold_case(self._text))

    def _items(self, span: Span) -> list[Item]:
        """The words of a span, with every name mention that it overlaps as one item."""
        i = bisect_right(self._stops, span.start)
        k = bisect_left(self._word_starts, span.start)
        items: list[Item] = []
        position = span.start
        while span.start < span.end:
            while i < len(self._mentions) and (self._mentions[i].stop <= position or self._entities.of(i) is None):
                i += 1
            mention = self._mentions[i] if i < len(self._mentions) and self._outers[i] < span.end else None
            word = self._words[k] if k < len(self._words) and self._word_starts[k] < span.end else None
            if mention is not None and (word is None or mention.outer <= word.start):
                items.append(self._mention_item(i, position, span.start))
                position = mention.stop
            elif word is not None:
                gap = self._text[position : word.start]
                items.append(
                    Item(word.text, gap, self._word_before(word.start), word.folded, possessive=word.possessive)
                )
                position = word.stop
            else:
                break
            k = bisect_left(self._word_starts, position)
        return items

    def _mention_item(self, index: int, position: int, begin: int) -> Item:
        mention, entity = self._mentions[index], self._entities.of(index)
        return Item(
            text=" ".join(self._text[mention.outer : mention.stop].split()),
            gap=self._text[position : mention.outer],
            before=self._word_before(mention.outer),
            name=None if entity is None else entity.name,
            possessive=mention.stop > mention.end,
            introduced=mention.outer < mention.start,
            cut=mention.outer < begin and mention.start < begin,
            organisation=mention.kind == "organization" or mention.name.isupper(),
            common=word_lists.is_ordinary(mention.words[-1]) and not (entity is None or entity.person),
        )

    def _word_before(self, start: int) -> str:
        """The folded word directly before ``start``, ignoring articles; empty after punctuation."""
        k = bisect_left(self._word_starts, start) - 1
        if k > 0 and self._words[k].folded in {"the", "a", "an"}:
            start, k = self._words[k].start, k - 1
        if k < 0 or self._text[self._words[k].stop : start].strip(" \u00a0"):
            return ""
        return self._words[k].folded
