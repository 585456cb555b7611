"""The words of quotes, and what two quotes have in common.

Compared are words alone: case, accents, punctuation, contractions and what an editor put in brackets do not count.
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
"""A version beside another: the same words, a part of them, these and more, or other words among them."""

_MOST_CHARS = 4_000  # of a quote that are compared: the time of a comparison grows with the square of the words
_RUN = 4  # words in a row that two versions of a saying have in common somewhere
_SHORTEST_BLOCK = 2  # words in a row; a single word that fits is chance
_RARE = 8.5  # weight of a word that few quotes have

_QUOTED_WORDS = Path(service.data.__file__).with_name("quoted_words.txt")
_BRACKETED = re.compile(r"\[[^\[\]]{0,80}\]|\((?:sic|ph)\)")
_WORD = re.compile(r"\w+(?:'\w+)*")
_WHOLE = {"can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not"}
_ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am"}


def words_of(text: str) -> tuple[str, ...]:
    """The words of a quote, of a very long one the first, in the form that they are compared in."""
    plain = without_accents(_BRACKETED.sub(" ", text[:_MOST_CHARS].translate(APOSTROPHES)))
    return tuple(part for word in _WORD.findall(plain.casefold()) for part in _written_out(word).split())


def _written_out(word: str) -> str:
    if "'" not in word:
        return _WHOLE.get(word, word)
    ending = next((e for e in _ENDINGS if word.endswith(e)), "")
    return _WHOLE.get(word) or word.removesuffix(ending) + _ENDINGS.get(ending, "")


def shingles(words: Sequence[str]) -> set[int]:
    """The runs of words that another version must share one of, each as a signed number of 64 bits."""
    runs = (" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1))
    return {int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), signed=True) for run in runs}


@dataclass(frozen=True, slots=True)
class Common:
    """What two quotes have in common, in their order and in runs of two words or more.

    The weights tell how unlikely it is that two people say so: the fewer quotes have a word, the more it weighs.
    ``share`` and ``run_share`` are of the weight of the shorter quote, ``run`` is the weightiest run; ``whole`` says
    that the shorter stands in the longer as it is.
    """

    weight: float
    share: float
    run: float
    run_share: float
    whole: bool


def in_common(one: Sequence[str], other: Sequence[str]) -> Common:
    """Compare the words of two quotes, of which neither is empty."""
    shorter, longer = sorted((one, other), key=len)
    blocks = SequenceMatcher(None, longer, shorter, autojunk=False).get_matching_blocks()
    runs = [_weight(shorter[b.b : b.b + b.size]) for b in blocks if b.size >= _SHORTEST_BLOCK]
    weight, run, whole = sum(runs), max(runs, default=0.0), _weight(shorter)
    return Common(weight, weight / whole, run, run / whole, stands_in(shorter, longer))


def relation(version: Sequence[str], first: Sequence[str]) -> Relation:
    """What a version of a saying did to the words of the first."""
    if tuple(version) == tuple(first):
        return "same"
    if stands_in(version, first):
        return "shorter"
    return "longer" if stands_in(first, version) else "changed"


def stands_in(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether the words of ``part`` stand in ``whole`` in a row."""
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def _weight(words: Sequence[str]) -> float:
    """How much it tells that two quotes have these words in common: more, the fewer quotes have each of them."""
    weights = _weights()
    return sum(weights.get(word, _RARE) for word in words)


@cache
def _weights() -> Mapping[str, float]:
    """The words that many quotes have, each with the negative logarithm of their share."""
    rows = (line.split() for line in _QUOTED_WORDS.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    return {word: float(weight) for word, weight in rows}
