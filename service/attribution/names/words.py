"""The words of a text, as names are made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from service.attribution.names.lexicon import PARTICLES, fold

# Letters and digits; the second part takes in UTF-8 that was read as Latin-1 ("JosÃ©"), so that it splits no name.
_CHAR = r"(?:[\w\u0300-\u036f]|(?<=[ÃÂ\u0302\u0303])[\u0080-\u00bf])"
_PART = rf"{_CHAR}(?:\u00ad?{_CHAR})*"
_WORD = re.compile(rf"(?<!\w)(?:[A-Za-z]\.){{2,}}|{_PART}(?:['’‘‐‑&-]{_PART})*")
_PLACES = frozenset({"U.S.", "U.K.", "U.N.", "E.U.", "D.C."})
_SENTENCE_END = frozenset(".!?:;\n•|…—")
_OPENING_MARKS = frozenset("“\"‘'(„«[")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text, ``[start, end)``; ``stop`` takes in a possessive ending, ``end`` does not."""

    text: str
    folded: str
    start: int
    end: int
    stop: int

    @property
    def possessive(self) -> bool:
        return self.stop > self.end

    @property
    def capitalised(self) -> bool:
        """Whether it is written like (a part of) a name: Lee, al-Sadr, diCaprio, CNN; not pro-Western."""
        first = self.text[0]
        if first.isupper() or not first.isalpha() or self.text.islower():
            return first.isupper()
        prefix, hyphen, _ = self.folded.partition("-")
        return not hyphen or prefix in PARTICLES

    @property
    def acronym(self) -> bool:
        return len(self.text) > 1 and self.text.isupper() and "." not in self.text


def words_of(text: str) -> list[Word]:
    """The words of ``text`` in order."""
    return [_word(text, match.group(), match.start()) for match in _WORD.finditer(text)]


def _word(text: str, word: str, start: int) -> Word:
    stop = end = start + len(word)
    if word[-2:] in {"'s", "’s", "‘s", "'S", "’S"}:
        end -= 2
    elif word[-1] in "sSzx" and text[stop : stop + 2] in {"' ", "’ "}:
        stop += 1
    plain = text[start:end]
    if plain.endswith("."):
        folded = plain[:-1].lower() if plain in _PLACES else plain.replace(".", "").lower()
    else:
        folded = fold(plain.replace("\u00ad", ""))
    return Word(plain, folded, start, end, stop)


def opens_sentence(text: str, words: Sequence[Word], i: int) -> bool:
    """Whether word ``i`` stands where any word would have a capital: after a full stop, a colon or an opening mark."""
    if i == 0:
        return True
    gap = text[words[i - 1].stop : words[i].start]
    return any(c in _SENTENCE_END or c in _OPENING_MARKS for c in gap)


def lines_of(text: str, words: Sequence[Word]) -> list[tuple[int, int]]:
    """The ranges of ``words`` that stand on one line each."""
    lines = []
    begin = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or "\n" in text[words[i - 1].stop : words[i].start]:
            lines.append((begin, i))
            begin = i
    return lines
