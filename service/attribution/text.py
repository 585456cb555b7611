"""Splits text into words and sentences."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from service.data.folding import UNSHOWN
from service.data.word_lists import ABBREVIATIONS, PARTICLES, fold, is_given_name, is_ordinary

BLANKS: Final = frozenset({" ", "\u00a0"})
"""The characters that separate words of a line."""

SENTENCE_MARKS: Final = frozenset(".!?…")
"""The marks that end sentences."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span ``[start, end)`` of the article, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def meets(self, other: Span) -> bool:
        """Whether the spans share a character."""
        return self.start < other.end and other.start < self.end


# Letters and digits; the second part takes in UTF-8 that was read as Latin-1 ("JosÃ©"), so that it splits no name.
_CHAR = r"(?:[\w\u0300-\u036f]|(?<=[ÃÂ\u0302\u0303])[\u0080-\u00bf])"
_PART = rf"{_CHAR}(?:[\u00ad\u200b\u2060]?{_CHAR})*"
_WORD = re.compile(rf"(?<!\w)(?:[A-Za-z]\.){{2,}}|{_PART}(?:['’‘‐‑&-]{_PART})*")
_PLACES = frozenset({"U.S.", "U.K.", "U.N.", "E.U.", "D.C."})
_BEFORE_CAPITAL = SENTENCE_MARKS | frozenset(":;\n•|—“\"‘'(„«[")
_LONGEST_KEPT = 32
_SHORTEST_GLUED = 3


class Word(NamedTuple):
    """A word, ``[start, end)``. ``stop`` includes a possessive ending, ``end`` does not.

    ``capitalised``: it is written like (a part of) a name: Lee, al-Sadr, diCaprio, CNN; not pro-Western, ref_Home.
    """

    text: str
    folded: str
    capitalised: bool
    start: int
    end: int
    stop: int

    @property
    def possessive(self) -> bool:
        return self.stop > self.end

    @property
    def acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper() and "." not in self.text

    @property
    def takes_stop(self) -> bool:
        """Whether a full stop after the word may belong to it rather than end the sentence."""
        return takes_stop(self.folded)


def takes_stop(word: str) -> bool:
    """Whether a full stop after a folded word may belong to it rather than end the sentence: an initial, "Mr."."""
    return len(word) == 1 or word in ABBREVIATIONS


def words_of(text: str) -> list[Word]:
    """The words of ``text`` in order."""
    words = [_word(text, match.group(), match.start()) for match in _WORD.finditer(text)]
    glued = [i for i, word in enumerate(words) if word.capitalised and not word.text[1:].islower() and _seam(word.text)]
    if not glued:
        return words
    alone = {word.text for word in words if word.capitalised}
    parts = list(words)
    for i in reversed(glued):
        if _is_glued(text, words, i, alone):
            parts[i : i + 1] = _split(words[i])
    return parts


def _seam(word: str) -> int:
    """The index where a second capitalised word may start within one, as in "LeeThis"; 0 if there is none."""
    capitals = range(len(word) - 2, _SHORTEST_GLUED - 1, -1)
    return next((k for k in capitals if word[k].isupper() and word[k - 1].islower()), 0) if word[0].isupper() else 0


def _is_glued(text: str, words: Sequence[Word], i: int, alone: Container[str]) -> bool:
    """Whether text extraction lost the separator between a name and the next word: "President Lee|Ann B. Lee|Senate".

    The article must have the name alone elsewhere; a coinage ("LeeCare") is not preceded by a name and does not end in
    an ordinary word.
    """
    word = words[i].text
    seam = _seam(word)
    left, right = word[:seam], word[seam:]
    if left not in alone or left.lower() in PARTICLES:
        return False
    follows = i > 0 and words[i - 1].capitalised and text[words[i - 1].stop : words[i].start] == " "
    return follows or is_given_name(right.lower()) or not (is_ordinary(left.lower()) or is_ordinary(right.lower()))


def _split(word: Word) -> list[Word]:
    middle = word.start + _seam(word.text)
    left, right = word.text[: middle - word.start], word.text[middle - word.start :]
    return [
        Word(left, fold(left), True, word.start, middle, middle),
        Word(right, fold(right), True, middle, word.end, word.stop),
    ]


def _word(text: str, word: str, start: int) -> Word:
    plain, folded, capitalised = _spelt(word) if len(word) <= _LONGEST_KEPT else _spelt.__wrapped__(word)
    stop, end = start + len(word), start + len(plain)
    if stop == end and word[-1] in "sSzx" and text[stop : stop + 2] in {"' ", "’ "}:
        stop += 1
    return Word(plain, folded, capitalised, start, end, stop)


@lru_cache(maxsize=1 << 14)
def _spelt(word: str) -> tuple[str, str, bool]:
    """The word without a possessive ending, the same folded, and whether it is capitalised."""
    plain = word[:-2] if word[-2:] in {"'s", "’s", "‘s", "'S", "’S"} else word
    if plain.endswith("."):
        folded = plain[:-1].lower() if plain in _PLACES else plain.replace(".", "").lower()
    else:
        folded = fold(plain.translate(UNSHOWN))
    return plain, folded, _is_capitalised(plain, folded)


def _is_capitalised(plain: str, folded: str) -> bool:
    first = plain[0]
    if first.isupper() or not first.isalpha() or plain.islower():
        return first.isupper()
    prefix, hyphen, _ = folded.partition("-")
    return (not hyphen or prefix in PARTICLES) and "_" not in plain


def opens_sentence(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether word ``i`` is where any word would be capitalised: after a full stop, a colon or an opening mark."""
    if i == 0:
        return True
    gap = text[words[i - 1].stop : words[i].start]
    return not _BEFORE_CAPITAL.isdisjoint(gap)


def lines_of(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The index ranges of ``words`` on each line."""
    lines = []
    begin = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or "\n" in text[words[i - 1].stop : words[i].start]:
            lines.append((begin, i))
            begin = i
    return lines
