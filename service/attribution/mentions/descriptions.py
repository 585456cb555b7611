"""Extracts the noun phrase that describes a source without a name from a possibly too wide span."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from service.attribution.text import BLANKS, SENTENCE_MARKS, Word
from service.data import word_lists

_QUOTATION_MARKS = re.compile('[“”"«»„]')
_COMMA = re.compile(r"[,;:]\s|[–—―]")
_SENTENCE_END = re.compile(rf"\n|[{''.join(SENTENCE_MARKS)}]\s+(?=[A-Z])")
_POINTING = frozenset({"the", "this", "that"})
_OPENERS = (word_lists.DETERMINERS | word_lists.INDEFINITE) - {"that", "this", "these", "those"}
_LONGEST = 8
_CONJUNCTIONS = frozenset({"and", "but", "or", "when", "while", "as", "that", "if", "because", "though", "although"})
_BEFORE = word_lists.CUE_WORDS | word_lists.PREPOSITIONS | _CONJUNCTIONS | {"according"}
_AFTER = word_lists.FUNCTION_WORDS - word_lists.PRONOUNS | word_lists.CUE_WORDS | {"who", "that", "which"}
_NO_NOUN = word_lists.FUNCTION_WORDS | word_lists.CUE_WORDS | word_lists.MONTHS_AND_DAYS


class Descriptions:
    """The noun phrases of one article that describe somebody or something."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self._text = text
        self._words = words

    def read(self, words: Sequence[Word]) -> str | None:
        """The first noun phrase among some words, on one line and without quotation marks.

        A leading number is left off. A bare "the report" is replaced by an earlier, fuller phrase, "a new state
        report". None if there is no noun phrase, but a pronoun, a verb of saying, a date, or the letter of "Q:" and
        "A:".
        """
        numbered = next((k for k, word in enumerate(words) if not word.text.isdigit()), len(words))
        for part in map(_trimmed, self._parts(words[numbered:])):
            if any(_is_noun(word) for word in part) or _is_definite(part):
                return self._spelt(self._introduced(part))
        return None

    def _spelt(self, part: Sequence[Word]) -> str:
        phrase = self._text[part[0].start : part[-1].stop]
        return " ".join(_QUOTATION_MARKS.sub(" ", phrase).split())

    def _introduced(self, part: Sequence[Word]) -> Sequence[Word]:
        if len(part) != 2 or part[0].folded not in _POINTING or part[1].capitalised:
            return part
        first = self._first_by_noun.get(part[1].folded, part)
        return first if first[0].start < part[0].start else part

    def _parts(self, words: Sequence[Word]) -> Iterator[Sequence[Word]]:
        """The words between commas and similar marks, of the sentence and quotation that most of them belong to."""
        if not words:
            return
        marks = _QUOTATION_MARKS.findall(self._text, words[0].start, words[-1].stop)
        paired = all(marks.count(a) == marks.count(b) for a, b in ("“”", "«»")) and marks.count('"') % 2 == 0
        if not paired:
            words = max(reversed(list(self._cut(words, _QUOTATION_MARKS))), key=len)
        sentence = max(reversed(list(self._cut(words, _SENTENCE_END))), key=len)
        yield from self._cut(sentence, _COMMA)

    def _cut(self, words: Sequence[Word], at: re.Pattern[str]) -> Iterator[Sequence[Word]]:
        begin = 0
        for k in range(1, len(words)):
            gap = self._text[words[k - 1].stop : words[k].start + 1]
            if at.search(gap) and not (gap[0] == "." and words[k - 1].takes_stop):
                yield words[begin:k]
                begin = k
        yield words[begin:]

    @cached_property
    def _first_by_noun(self) -> Mapping[str, Sequence[Word]]:
        """The first phrase of at least three words that ends in each noun."""
        phrases: dict[str, Sequence[Word]] = {}
        begin = 0
        for k, word in enumerate(self._words):
            joined = k > 0 and self._text[self._words[k - 1].stop : word.start] in BLANKS
            if not joined or word.folded in _OPENERS:
                begin = k
            elif k - begin >= _LONGEST:
                begin = k - _LONGEST
            if k - begin > 1 and not word.capitalised:
                phrases.setdefault(word.folded, self._words[begin : k + 1])
            if word.folded not in _OPENERS and word.folded in _NO_NOUN and not word.possessive:
                begin = k + 1
        return phrases


def _is_noun(word: Word) -> bool:
    """Whether a word may be the head of a phrase, or stand for an unnamed person, such as "another"."""
    return word.folded in word_lists.UNNAMED or (word.folded not in _NO_NOUN and len(word.text) > 1)


def _trimmed(part: Sequence[Word]) -> Sequence[Word]:
    """A part without verbs and small words at its ends."""
    while part and part[0].folded in _BEFORE:
        part = part[1:]
    while len(part) > 1 and part[-1].folded in _AFTER and part[-2].folded not in word_lists.DETERMINERS:
        part = part[:-1]
    return part


def _is_definite(part: Sequence[Word]) -> bool:
    """Whether a determiner shows that a word is a noun rather than a verb: "the states"."""
    return len(part) > 1 and part[0].folded in word_lists.DETERMINERS and part[-1].folded in word_lists.CUE_WORDS
