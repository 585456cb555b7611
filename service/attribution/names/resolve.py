"""From the words that point at a speaker to the name a reader would give: the fullest form in the article."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from service.attribution.names import lexicon
from service.attribution.names.entities import Entity, EntityTable
from service.attribution.names.lexicon import fold
from service.attribution.names.mentions import NameMention, Word, find_mentions, words_of
from service.attribution.records import Span

_BREAKS = frozenset(',;:()[]\n–—―!?“”"«»')


def is_pronoun(words: str) -> bool:
    """Whether ``words`` are a bare pronoun ("she", "They", "who")."""
    return fold(words.strip(" \t\n,.;:“”\"'’")) in lexicon.PRONOUNS


@dataclass(frozen=True, slots=True)
class _Item:
    """A name mention or an ordinary word inside a span; ``mention`` is the index of the mention."""

    start: int
    end: int
    word: str
    mention: int | None = None


@dataclass(frozen=True, slots=True)
class _Head:
    """What a stretch of words is about: a name, or a description where ``name`` is None."""

    name: str | None
    joined: bool = False


class NameIndex:
    """The names of one article and who bears them. Build it with `read`."""

    def __init__(self, text: str, words: Sequence[Word], mentions: Sequence[NameMention], table: EntityTable) -> None:
        self._text = text
        self._words = words
        self._word_starts = [w.start for w in words]
        self._mentions = mentions
        self._stops = [m.stop for m in mentions]
        self._outers = [m.outer for m in mentions]
        self._table = table

    @classmethod
    def read(cls, text: str) -> NameIndex:
        """Gathers the names of ``text``, in time linear in its length; any text will do."""
        words = words_of(text)
        mentions = find_mentions(text, words)
        return cls(text, words, mentions, EntityTable(mentions))

    def name_of(self, span: Span) -> str | None:
        """The fullest name of whom the words at ``span`` name; None for a pronoun or a description."""
        head = self._head(span)
        return head.name if head else None

    def resolve(self, mention: Span | None, name: Span | None) -> str | None:
        """The speaker's name from the ``mention`` in the quote's clause and a ``name`` mention elsewhere.

        The mention's own name goes first, then the one pointed at, then a description as the text has it; None where
        both are missing or bare pronouns.
        """
        spans = [s for s in (mention, name) if s is not None and s.end > s.start]
        for span in spans:
            found = self.name_of(span)
            if found:
                return found
        for span in reversed(spans):
            described = self._description(span)
            if described:
                return described
        return None

    def mentions_of(self, name: str) -> tuple[Span, ...]:
        """Where the article names ``name``; for a description, where these very words stand."""
        spans: set[tuple[int, int]] = set()
        for part in [name, *re.split(r"\s+and\s+|,\s*", name)]:
            entity = self._entity_called(part)
            if entity is not None:
                spans |= {(m.start, m.end) for i, m in enumerate(self._mentions) if self._table.of(i) is entity}
        if not spans:
            spans = self._literal(name)
        return tuple(Span(start, end) for start, end in sorted(spans))

    def _entity_called(self, name: str) -> Entity | None:
        words = words_of(name)
        found = find_mentions(name, words)
        if len(found) != 1 or not found[0].words:
            return None
        return self._table.find(found[0].words)

    def _literal(self, phrase: str) -> set[tuple[int, int]]:
        pattern = r"\s+".join(re.escape(p) for p in phrase.split())
        if not pattern:
            return set()
        return {m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", self._text, re.IGNORECASE)}

    def _display(self, entity: Entity) -> str:
        mention = entity.fullest()
        return " ".join(self._text[mention.start : mention.end].split())

    def _items(self, span: Span) -> list[_Item]:
        """The words of a span, with every name mention that it touches as one item."""
        low = bisect_right(self._stops, span.start)
        high = bisect_left(self._outers, span.end)
        items = [_Item(m.outer, m.stop, "", i) for i, m in enumerate(self._mentions[low:high], low)]
        begin = bisect_left(self._word_starts, span.start)
        for word in self._words[begin : bisect_left(self._word_starts, span.end)]:
            if not any(i.start <= word.start < i.end for i in items):
                items.append(_Item(word.start, word.stop, word.folded))
        return sorted(items, key=lambda i: i.start)

    def _segments(self, items: Sequence[_Item]) -> list[list[_Item]]:
        segments: list[list[_Item]] = []
        for i, item in enumerate(items):
            gap = self._text[items[i - 1].end : item.start] if i else ""
            if i == 0 or any(c in _BREAKS for c in gap) or "." in gap:
                segments.append([])
            segments[-1].append(item)
        return segments

    def _head(self, span: Span) -> _Head | None:
        segments = self._segments(self._items(span))
        listed = self._list_of_names(segments)
        if listed:
            return _Head(listed)
        described = False
        for segment in segments:
            head = self._segment_head(segment)
            if head is None:
                continue
            if head.name is not None:
                return head
            if described:
                return head
            described = True
        return _Head(None) if described else None

    def _list_of_names(self, segments: Sequence[Sequence[_Item]]) -> str | None:
        """Names joined as in "Ann Lee, Bo Katz and Cy Young"; None where the span is no such list."""
        if len(segments) < 2 or not any(i.word == "and" for i in segments[-1]):
            return None
        names = []
        for segment in segments:
            for item in segment:
                name = self._mention_name(item)
                if name:
                    names.append(name)
                elif item.word != "and":
                    return None
        return " and ".join(names) if len(names) > 2 else None

    def _segment_head(self, segment: Sequence[_Item]) -> _Head | None:
        core = self._core(segment)
        if not core:
            return None
        parts = self._coordinated(core)
        if len(parts) > 1:
            names = [self._phrase_name(p) for p in parts]
            if names[0] is not None:
                return _Head(" and ".join(n or self._phrase(p) for n, p in zip(names, parts, strict=True)))
            return _Head(names[-1])
        return _Head(self._phrase_name(core))

    def _core(self, segment: Sequence[_Item]) -> list[_Item]:
        """A segment's noun phrase: no verb or preposition at its ends, nothing after its first preposition."""
        items = list(segment)
        while items and items[0].mention is None and self._is_edge(items[0].word):
            items.pop(0)
        for k, item in enumerate(items):
            if k and item.mention is None and item.word in lexicon.PREPOSITIONS | lexicon.RELATIVES:
                items = items[:k]
                break
        while items and items[-1].mention is None and (self._is_edge(items[-1].word) or items[-1].word == "and"):
            items.pop()
        return items

    @staticmethod
    def _is_edge(word: str) -> bool:
        keep = word in lexicon.DETERMINERS or word in lexicon.PRONOUNS
        return not keep and (
            word in lexicon.FUNCTION_WORDS or word in lexicon.CUE_WORDS or word in lexicon.PREPOSITIONS
        )

    @staticmethod
    def _coordinated(core: Sequence[_Item]) -> list[list[_Item]]:
        parts: list[list[_Item]] = [[]]
        for item in core:
            if item.mention is None and item.word in {"and", "&"}:
                parts.append([])
            else:
                parts[-1].append(item)
        return [p for p in parts if p]

    def _phrase_name(self, phrase: Sequence[_Item]) -> str | None:
        return self._mention_name(phrase[-1])

    def _mention_name(self, item: _Item) -> str | None:
        if item.mention is None:
            return None
        entity = self._table.of(item.mention)
        return None if entity is None else self._display(entity)

    def _phrase(self, items: Sequence[_Item]) -> str:
        return " ".join(self._text[items[0].start : items[-1].end].split())

    def _description(self, span: Span) -> str | None:
        """The noun phrase at ``span``, up to its first comma; None for a bare pronoun."""
        words = " ".join(self._text[span.start : span.end].split()).strip(' ,;:.—–-“”"')
        head = words.split(", ")[0]
        return None if not head or is_pronoun(head) else head
