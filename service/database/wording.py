"""The words of quotes, and what two quotes have in common.

Only words are compared: case, accents, punctuation, contractions and editors' insertions in brackets are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import service.data
from service.data.folding import APOSTROPHES, without_accents

Relation = Literal["same", "shorter", "longer", "changed"]
"""A version compared with the first: the same words, a part of them, these and more, or other words."""

_MOST_CHARS = 4_000  # of a quote to compare: the time of a comparison is quadratic in the words
_RUN = 4  # words in a row that two versions of a saying must share
_SHORTEST_BLOCK = 2  # words in a row; a single word in common is ignored
_RARE = 8.5  # weight of a word that few quotes have

_QUOTED_WORDS = Path(service.data.__file__).with_name("quoted_words.txt")
_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]|\((?:sic|ph)\)")
_WORD = re.compile(r"\w+(?:'\w+)*")
_WHOLE = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not"}
_ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am"}


def words_of(text: str) -> tuple[str, ...]:
    """The words of a quote in normalised form; of a very long quote only the first."""
    plain = without_accents(_BRACKETED.sub(" ", text[:_MOST_CHARS].translate(APOSTROPHES)))
    return tuple(part for word in _WORD.findall(plain.casefold()) for part in _written_out(word).split())


def _written_out(word: str) -> str:
    if "'" not in word:
        return _WHOLE.get(word, word)
    ending = next((e for e in _ENDINGS if word.endswith(e)), "")
    return _WHOLE.get(word) or word.removesuffix(ending) + _ENDINGS.get(ending, "")


def shingles(words: Sequence[str]) -> set[int]:
    """Hashes of the quote's runs of ``_RUN`` words, as signed 64-bit integers. Two versions must share one."""
    runs = (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
    return {int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), signed=True) for run in runs}


@dataclass(frozen=True, slots=True)
class Common:
    """The words that two quotes have in common, in the same order and in runs of two or more.

    The weight of a word grows with its rarity in quotes; ``weight`` is that of all runs, ``run`` that of the
    weightiest. ``share`` and ``run_share`` are the same relative to the shorter quote. ``whole`` says whether the
    longer quote contains the shorter one word for word.
    """

    weight: float
    share: float
    run: float
    run_share: float
    whole: bool


def in_common(one: Sequence[str], other: Sequence[str]) -> Common:
    """Compare the words of two quotes. Neither may be empty."""
    shorter, longer = sorted((one, other), key=len)
    blocks = SequenceMatcher(None, longer, shorter, autojunk=False).get_matching_blocks()
    runs = [_weight(shorter[b.b : b.b + b.size]) for b in blocks if b.size >= _SHORTEST_BLOCK]
    weight, run, whole = sum(runs), max(runs, default=0.0), _weight(shorter)
    return Common(weight, weight / whole, run, run / whole, stands_in(shorter, longer))


def relation(version: Sequence[str], first: Sequence[str]) -> Relation:
    """How a version's words differ from those of the first version."""
    if tuple(version) == tuple(first):
        return "same"
    if stands_in(version, first):
        return "shorter"
    return "longer" if stands_in(first, version) else "changed"


def stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether ``whole`` contains the words of ``part`` in a row."""
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _weight(words: Sequence[str]) -> float:
    """The sum of the words' weights: their negative log frequencies in quotes."""
    weights = _weights()
    return sum(weights.get(word, _RARE) for word in words)


@cache
def _weights() -> Mapping[str, float]:
    """The weights of the common words: the negative logarithm of the share of quotes that have them."""
    rows = (line.split() for line in _QUOTED_WORDS.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return {word: float(weight) for word, weight in rows}
