"""Extracts the offices and descriptions that introduce people: "state senator Ann Lee", "Ann Lee, a welder from Ohio,".

A title is read from the words around one mention, before it ("the mayor, Ann Lee,") or after it, within its line and
outside quotation marks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from service.attribution.mentions.mention import NameMention
from service.attribution.text import BLANKS, Span, Word
from service.data import word_lists

_LONGEST_BEFORE = 8
_LONGEST_AFTER = 14
_OPENERS = frozenset(["a", "an", "the", "his", "her", "its", "their", "our", "my"])
_AFTER = frozenset(",.;:)—–\n")
_NO_NOUN = word_lists.FUNCTION_WORDS | word_lists.CUE_WORDS
_COMPLEMENT = word_lists.PREPOSITIONS | word_lists.RELATIVES


class Titles:
    """Extracts titles from one text."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words
        self._starts = [word.start for word in words]

    def at(self, mention: NameMention) -> Span | None:
        """The title that introduces the person at this mention; None if there is none other than "Mr."."""
        return self._introduction(mention) or self._after(mention) or self._before(mention)

    def _introduction(self, mention: NameMention) -> Span | None:
        """The words directly before the name: "Secretary of State", "state police spokesman"."""
        name = bisect_left(self._starts, mention.start)
        begin = outer = bisect_left(self._starts, mention.outer)
        while begin and outer - begin < _LONGEST_BEFORE and self._joins(begin - 1) and self._is_noun(begin - 1):
            begin -= 1
        words = self._words[begin:name]
        if outer == name and not (words and is_role(words[-1].folded)):
            return None
        if all(word.folded in word_lists.COURTESY_TITLES for word in words):
            return None
        return self._span(begin, name)

    def _after(self, mention: NameMention) -> Span | None:
        """An apposition after the name: "Ann Lee, the ministry's spokeswoman,"."""
        begin = bisect_left(self._starts, mention.stop)
        if begin == len(self._words) or self._text[mention.stop : self._starts[begin]] not in {", ", ",\u00a0"}:
            return None
        end = begin + 1
        while end < len(self._words) and end - begin < _LONGEST_AFTER and self._joins(end - 1):
            if self._words[end].folded in word_lists.RELATIVES:
                return self._described(begin, end)
            end += 1
        stop = self._words[end - 1].stop
        closed = stop == len(self._text) or self._text[stop] in _AFTER
        return self._described(begin, end) if closed else None

    def _before(self, mention: NameMention) -> Span | None:
        """An apposition before the name: "The mayor, Ann Lee,"."""
        end = bisect_left(self._starts, mention.outer)
        if not end or self._text[self._words[end - 1].stop : mention.outer] != ", ":
            return None
        if self._text[mention.stop : mention.stop + 1] not in {",", "."}:
            return None
        for begin in range(end - 1, max(-1, end - 1 - _LONGEST_BEFORE), -1):
            if self._words[begin].folded in _OPENERS:
                return self._described(begin, end)
            if not begin or not self._joins(begin - 1):
                return None
        return None

    def _described(self, begin: int, end: int) -> Span | None:
        """The words of an apposition, if they are a noun phrase for a person's role."""
        words = self._words[begin:end]
        folded = [word.folded for word in words]
        head = next((k for k, word in enumerate(folded) if k and word in _COMPLEMENT), len(folded))
        if folded[0] not in _OPENERS and not word_lists.is_title(folded[0]) and not words[0].possessive:
            return None
        return self._span(begin, end) if is_role(folded[head - 1]) else None

    def _span(self, begin: int, end: int) -> Span:
        stop = self._words[end - 1].stop
        if self._text[stop : stop + 1] == "." and self._words[end - 1].folded in word_lists.ABBREVIATIONS:
            stop += 1
        return Span(self._starts[begin], stop)

    def _joins(self, i: int) -> bool:
        """Whether only a space, or the full stop of an abbreviation, separates word ``i`` from the next."""
        gap = self._text[self._words[i].stop : self._starts[i + 1]]
        return gap in BLANKS or (gap == ". " and self._words[i].folded in word_lists.ABBREVIATIONS)

    def _is_noun(self, i: int) -> bool:
        """Whether word ``i`` may be part of a role in lower case before a name."""
        word = self._words[i]
        return not word.capitalised and not word.possessive and word.folded not in _NO_NOUN and word.text.isalpha()


def is_role(word: str) -> bool:
    """Whether a folded noun is a person's role: a title, a party member, or an agent noun."""
    return word_lists.is_title(word) or word in word_lists.PARTISANS or word_lists.is_agent_noun(word)
