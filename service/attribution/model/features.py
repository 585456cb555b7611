"""Turns an article into the network's inputs: token ids with their offsets, and what typography says of each token.

The encoder's vocabulary may be uncased and knows nothing of paragraphs, quotation marks, news outlets or who bears a
name; the features give it back what its tokenizer throws away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from transformers import AutoTokenizer, PreTrainedTokenizerBase

from service.attribution.mentions.index import Bearer, NameIndex
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.unlisted import likely_outlets
from service.attribution.quotations import Quotation
from service.attribution.text import Span

IntArray = NDArray[np.int64]

FEATURE_SIZES: Final = {"case": 5, "quotation": 4, "paragraph": 2, "outlet": 6, "name": 5}
"""The token features, in column order, each with its number of values (0 is "nothing to say")."""

SHAPE_FEATURES: Final = (
    "starts_paragraph",
    "ends_paragraph",
    "nested",
    "single_marks",
    "unclosed",
    "continues",
    "unmarked",
)
"""The columns of :attr:`QuotedTokens.shape`. Only training has "unmarked" quotes: stretches of indirect speech, which
are asked for their source but which no other quote looks at, as there are none when serving."""

_CASE_LOWER, _CASE_TITLE, _CASE_UPPER, _CASE_MIXED = 1, 2, 3, 4
_QUOTATION: Final = list(FEATURE_SIZES).index("quotation")
_INSIDE, _OPENING, _CLOSING = 1, 2, 3
_OUTLET_VALUES: Final = {"name": 1, "programme": 2, "domain": 1, "short": 3}
_OUTLET_AMBIGUOUS: Final = 4
_OUTLET_LIKELY: Final = 5
_BEARERS: Final[Mapping[Bearer, int]] = {"unknown": 1, "m": 2, "f": 3, "organisation": 4}
_SINGLE_MARKS: Final = frozenset("'‘’‚‛‹›")


@dataclass(frozen=True)
class Tokens:
    """The tokens of one article, without the encoder's special ones.

    ``ids``, ``starts`` and ``ends`` are of shape [T]; the last two are code-point offsets. ``features`` is [T, F] in
    the order of :data:`FEATURE_SIZES`. ``paragraphs`` [T] numbers the paragraph each token stands in.
    """

    ids: IntArray
    starts: IntArray
    ends: IntArray
    features: IntArray
    paragraphs: IntArray

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def regions(self) -> IntArray:
        """Numbers of the stretches that no paragraph break and no quotation mark interrupts, [T]; -1 at a mark."""
        marks = np.isin(self.features[:, _QUOTATION], (_OPENING, _CLOSING))
        breaks = marks | (np.diff(self.paragraphs, prepend=-1) != 0)
        numbers: IntArray = np.where(marks, -1, np.cumsum(breaks))
        return numbers

    def places(self, spans: Sequence[Span], longest: int) -> list[tuple[int, int]]:
        """First and last token (inclusive) of each span that a pointer could mean, in order and each once.

        Quotation marks at a span's edges are left off, and it is cut to ``longest`` tokens; one that crosses a mark or
        a paragraph break is left out.
        """
        if not spans or not len(self):
            return []
        regions = self.regions
        first, last = token_range(self, np.array([s.start for s in spans]), np.array([s.end for s in spans]))
        found = set()
        for a, b in zip(first.tolist(), last.tolist(), strict=True):
            while a < b and regions[a] < 0:
                a += 1
            while b > a and regions[b] < 0:
                b -= 1
            b = min(b, a + longest - 1)
            if regions[a] >= 0 and regions[a] == regions[b]:
                found.add((a, b))
        return sorted(found)

    def part(self, start: int, stop: int) -> Tokens:
        """Tokens ``[start, stop)``; their offsets still count from the start of the article."""
        return Tokens(*(getattr(self, field.name)[start:stop] for field in fields(self)))


@dataclass(frozen=True, slots=True)
class QuotedTokens:
    """Where Q quotations stand among the tokens: ``first`` and ``last`` token of each (both inclusive, marks
    included), both [Q], and ``shape``, a [Q, S] table of 0/1 in the order of :data:`SHAPE_FEATURES`."""

    first: IntArray
    last: IntArray
    shape: IntArray

    def __len__(self) -> int:
        return len(self.first)

    def part(self, start: int, stop: int, first_token: int) -> QuotedTokens:
        """Quotations ``[start, stop)`` among the tokens from ``first_token`` on."""
        return QuotedTokens(
            self.first[start:stop] - first_token, self.last[start:stop] - first_token, self.shape[start:stop]
        )


def load_tokenizer(path: str | Path) -> PreTrainedTokenizerBase:
    """The tokenizer in a model directory, set to give every token of a text: some are saved with a length limit."""
    tokenizer: PreTrainedTokenizerBase = AutoTokenizer.from_pretrained(path)
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    return tokenizer


def read_tokens(
    text: str,
    tokenizer: PreTrainedTokenizerBase,
    quotations: Sequence[Quotation],
    outlets: Sequence[OutletMatch],
    names: NameIndex,
) -> Tokens:
    """Tokenise a whole article in one call and describe each token; all but the tokenizer are of that article."""
    # A batch of one: unlike a single text, the tokenizer lets other threads run meanwhile.
    (encoding,) = tokenizer.backend_tokenizer.encode_batch([_encodable(text)], add_special_tokens=False)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    starts, ends = offsets[:, 0], offsets[:, 1]
    characters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    newlines = np.concatenate(([0], np.cumsum(characters == ord("\n"))))
    lines = newlines[starts]
    paragraphs = np.cumsum(np.diff(lines, prepend=0) > 0, dtype=np.int64)
    features = np.stack(
        (
            _case_of_words(characters, starts, ends),
            _paint_quotations(len(text), quotations)[starts],
            np.diff(lines, prepend=-1) > 0,
            _paint_outlets(text, outlets)[starts],
            _paint_names(len(text), names)[starts],
        ),
        axis=1,
    ).astype(np.int64)
    return Tokens(np.array(encoding.ids, dtype=np.int64), starts, ends, features, paragraphs)


def locate_quotations(text: str, tokens: Tokens, quotations: Sequence[Quotation]) -> QuotedTokens:
    """Find the tokens of each quotation; ``tokens`` must not be empty."""
    outer_starts = np.array([q.outer.start for q in quotations], dtype=np.int64)
    outer_ends = np.array([q.outer.end for q in quotations], dtype=np.int64)
    first, last = token_range(tokens, outer_starts, outer_ends)
    shape = [
        (
            tokens.features[a, 2] == 1,
            b + 1 >= len(tokens) or tokens.features[b + 1, 2] == 1,
            q.parent is not None,
            text[q.outer.start : q.inner.start] in _SINGLE_MARKS,
            not q.closed,
            q.continues is not None,
            q.outer == q.inner,
        )
        for a, b, q in zip(first, last, quotations, strict=True)
    ]
    return QuotedTokens(first, last, np.array(shape, dtype=np.int64).reshape(-1, len(SHAPE_FEATURES)))


def token_range(tokens: Tokens, starts: IntArray, ends: IntArray) -> tuple[IntArray, IntArray]:
    """First and last token (both inclusive) of the character spans ``[starts, ends)``, at least one token each."""
    top = len(tokens) - 1
    first = np.clip(np.searchsorted(tokens.ends, starts, side="right"), 0, top)
    last = np.clip(np.searchsorted(tokens.starts, ends, side="left") - 1, first, top)
    return first, last


def _encodable(text: str) -> str:
    """The text with lone surrogates replaced, which UTF-8 cannot carry; its length stays the same."""
    if text.isascii():
        return text
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


@cache
def _case_tables() -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Whether each code point of the basic plane is an upper-case letter, and whether it is a cased or other letter."""
    plane = [chr(i) for i in range(0x10000)]
    return np.array([c.isupper() for c in plane]), np.array([c.isalpha() for c in plane])


def _case_of_words(characters: NDArray[Any], starts: IntArray, ends: IntArray) -> IntArray:
    """The case of the word each token belongs to; tokens that touch, with letters on both sides, are one word."""
    upper, letter = _case_tables()
    plane = np.minimum(characters, 0xFFFF)
    is_upper, is_letter = upper[plane], letter[plane]
    counts_upper = np.concatenate(([0], np.cumsum(is_upper)))
    counts_letter = np.concatenate(([0], np.cumsum(is_letter)))
    glued = np.zeros(len(starts), dtype=bool)
    if len(starts) > 1:
        glued[1:] = (starts[1:] == ends[:-1]) & is_letter[starts[1:]] & is_letter[ends[:-1] - 1]
    word = np.cumsum(~glued) - 1
    heads = np.flatnonzero(~glued)
    tails = np.append(heads[1:], len(starts)) - 1 if len(heads) else heads
    word_start, word_end = starts[heads], ends[tails]
    n_upper = counts_upper[word_end] - counts_upper[word_start]
    n_letter = counts_letter[word_end] - counts_letter[word_start]
    begins_upper = is_upper[np.minimum(word_start, max(len(characters) - 1, 0))] if len(heads) else n_upper
    case = np.select(
        [n_letter == 0, n_upper == 0, (n_upper == n_letter) & (n_letter > 1), (n_upper == 1) & (begins_upper > 0)],
        [0, _CASE_LOWER, _CASE_UPPER, _CASE_TITLE],
        _CASE_MIXED,
    )
    return np.asarray(case[word], dtype=np.int64)


def _paint_quotations(length: int, quotations: Sequence[Quotation]) -> IntArray:
    """Per character: outside any quotation, inside one, or part of an opening or closing mark."""
    paint = np.zeros(length + 1, dtype=np.int64)
    for q in quotations:
        paint[q.inner.start : q.inner.end] = _INSIDE
    for q in quotations:
        paint[q.outer.start : q.inner.start] = _OPENING
        paint[q.inner.end : q.outer.end] = _CLOSING
    return paint


def _paint_outlets(text: str, outlets: Sequence[OutletMatch]) -> IntArray:
    """Per character: what the registry of outlets knows of the words it stands in, else whether they look like one."""
    paint = np.zeros(len(text) + 1, dtype=np.int64)
    for likely in likely_outlets(text):
        paint[likely.start : likely.end] = _OUTLET_LIKELY
    for match in outlets:
        paint[match.start : match.end] = _OUTLET_AMBIGUOUS if match.ambiguous else _OUTLET_VALUES[match.kind]
    return paint


def _paint_names(length: int, names: NameIndex) -> IntArray:
    """Per character: whether it is part of a name, and of whose."""
    paint = np.zeros(length + 1, dtype=np.int64)
    for span, bearer in names.bearers():
        paint[span.start : span.end] = _BEARERS[bearer]
    return paint
