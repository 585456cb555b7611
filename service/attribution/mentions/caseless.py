"""Finds names where capitals carry no information: in headlines, in all capitals, in all lower case.

A name is recognised if it occurs elsewhere in the text, or by a given name or a title and what follows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from service.attribution.mentions.mention import NameKind, NameMention, mention_of
from service.attribution.text import Word
from service.data import word_lists
from service.data.word_lists import is_organisation_head

_MAX_NAME = 5
_NO_SURNAMES = word_lists.FUNCTION_WORDS | word_lists.CUE_WORDS | word_lists.MONTHS_AND_DAYS | word_lists.NATIONALITIES


class KnownNames:
    """The names found in the cased part of a text: full forms, and the single words that stand for them."""

    def __init__(self, mentions: Iterable[NameMention]) -> None:
        self._forms: set[tuple[str, ...]] = set()
        self._singles: set[str] = set()
        self.add(mentions)

    def add(self, mentions: Iterable[NameMention]) -> None:
        for mention in mentions:
            if mention.weak:
                continue
            if mention.kind != "organization":
                self._singles |= {mention.words[-1]} | ({mention.words[0]} if mention.kind == "person" else set())
            self._forms.add(mention.words)

    def length_at(self, words: Sequence[Word], i: int) -> int:
        """The number of words from word ``i`` on that are a known name; 0 if none."""
        for length in range(min(_MAX_NAME, len(words) - i), 1, -1):
            if tuple(w.folded for w in words[i : i + length]) in self._forms:
                return length
        return int(self.single(words[i]))

    def single(self, word: Word) -> bool:
        """Whether the word alone is known as a name."""
        return word.folded in self._singles and word.folded not in word_lists.FUNCTION_WORDS


class CaselessWords:
    """A line in which capitals carry no information."""

    def __init__(self, text: str, words: Sequence[Word], known: KnownNames) -> None:
        self._text = text
        self._words = words
        self._known = known

    def full_names(self) -> Iterable[NameMention]:
        """Full names that are recognised by their given name alone."""
        i = 0
        while i < len(self._words):
            length = self._full_name_at(i)
            if length and (self._known.single(self._words[i + length - 1]) or not self._known.single(self._words[i])):
                yield self._mention(i, length)
            i += max(length, 1)

    def mentions(self) -> Iterable[NameMention]:
        """All names of the line, known ones first."""
        i = 0
        while i < len(self._words):
            length = self._known_at(i) or self._full_name_at(i) or self._titled_at(i)
            if length:
                yield self._mention(i, length)
            i += max(length, 1)

    def _known_at(self, i: int) -> int:
        length = self._known.length_at(self._words, i)
        if length == 1 and i and word_lists.is_ordinary(self._words[i].folded):
            return int(not (self._words[i - 1].folded in word_lists.DETERMINERS and self._adjacent(i - 1)))
        return length

    def _mention(self, i: int, length: int) -> NameMention:
        title = word_lists.title_sex(self._words[i - 1].folded) if i and self._adjacent(i - 1) else None
        kind: NameKind = "person" if length > 1 else "unknown"
        return mention_of(self._text, self._words[i : i + length], 0, sex=title, kind=kind, opens=True)

    def _adjacent(self, i: int) -> bool:
        """Whether word ``i`` and the next can belong to one name."""
        if i + 1 >= len(self._words) or self._words[i].possessive:
            return False
        gap = self._text[self._words[i].stop : self._words[i + 1].start]
        return gap.strip(" \u00a0") == "" or (gap == ". " and self._words[i].takes_stop)

    def _full_name_at(self, i: int) -> int:
        first = self._words[i].folded
        if not word_lists.is_given_name(first) or first in word_lists.FUNCTION_WORDS or not self._adjacent(i):
            return 0
        k = i + 1
        if len(self._words[k].text) == 1 and self._adjacent(k):
            k += 1
        last = self._words[k].folded
        return k + 1 - i if self._may_be_surname(last) and not last.isdigit() else 0

    def _titled_at(self, i: int) -> int:
        titled = i and word_lists.is_title(self._words[i - 1].folded) and self._adjacent(i - 1)
        word = self._words[i].folded
        return int(bool(titled) and self._may_be_surname(word) and not word_lists.is_ordinary(word))

    @staticmethod
    def _may_be_surname(word: str) -> bool:
        return (
            word not in _NO_SURNAMES
            and not is_organisation_head(word)
            and not word_lists.is_title(word)
            and len(word) > 1
        )
