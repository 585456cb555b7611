"""How an article is cut: into windows for the encoder, into sections for the decoder."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.model.features import FEATURE_SIZES, SHAPE_FEATURES, QuotedTokens, Tokens
from service.attribution.model.windows import OVERLAP, QUOTES, REACH, cut_sections, cut_windows


@given(n_tokens=st.integers(0, 5000), size=st.integers(2, 600), share=st.floats(0, 0.9))
def test_windows_cover_every_token_once_and_keep_to_their_limits(n_tokens: int, size: int, share: float) -> None:
    overlap = int(share * size)
    windows = cut_windows(n_tokens, size, overlap)
    kept = [i for w in windows for i in range(w.keep_start, w.keep_stop)]
    assert kept == list(range(n_tokens))
    for w in windows:
        assert 0 <= w.start <= w.keep_start < w.keep_stop <= w.stop <= n_tokens
        assert w.stop - w.start <= size
    for left, right in pairwise(windows):
        assert left.stop - right.start >= overlap


def test_windows_are_as_few_as_can_be() -> None:
    assert len(cut_windows(510, 510, 128)) == 1
    assert len(cut_windows(511, 510, 128)) == 2
    assert len(cut_windows(892, 510, 128)) == 2
    assert len(cut_windows(893, 510, 128)) == 3


def test_windows_have_nearly_the_same_length() -> None:
    lengths = {w.stop - w.start for w in cut_windows(1000, 510, 128)}
    assert lengths == {419}


@pytest.mark.parametrize("overlap", [-1, 10])
def test_an_overlap_that_cannot_be_is_refused(overlap: int) -> None:
    with pytest.raises(ValueError, match="overlap"):
        cut_windows(100, 10, overlap)


def tokens_of(count: int) -> Tokens:
    numbers = np.arange(count)
    return Tokens(numbers, 2 * numbers, 2 * numbers + 1, np.zeros((count, len(FEATURE_SIZES)), int), numbers // 50)


def quotes_at(first: list[int], length: int = 3) -> QuotedTokens:
    starts = np.array(first)
    return QuotedTokens(starts, starts + length, np.zeros((len(first), len(SHAPE_FEATURES)), int))


@given(gaps=st.lists(st.integers(5, 400), max_size=400))
def test_each_quote_is_kept_once_in_order_with_its_own_tokens_in_reach(gaps: list[int]) -> None:
    first = [int(x) for x in np.cumsum(gaps)]
    tokens = tokens_of(first[-1] + 10 if first else 10)
    kept = []
    for section in cut_sections(tokens, quotes_at(first)):
        assert len(section.quotes) <= QUOTES
        assert section.quotes.first.min() >= 0
        assert section.quotes.last.max() < len(section.tokens)
        kept += [int(section.tokens.ids[a]) for a in section.quotes.first[section.kept]]
    assert kept == first


def test_an_ordinary_article_is_one_section_with_all_its_tokens() -> None:
    tokens = tokens_of(2000)
    (section,) = cut_sections(tokens, quotes_at([100, 500, 1900]))
    assert section.first == 0
    assert len(section.tokens) == len(tokens)


def test_a_section_sees_the_quotes_before_its_own_and_the_tokens_within_reach() -> None:
    first = list(range(0, 100_000, 100))
    sections = list(cut_sections(tokens_of(100_010), quotes_at(first)))
    assert len(sections) > 1
    for section in sections[1:]:
        assert section.kept.start >= OVERLAP // 2
        assert section.quotes.first[0] <= REACH
        assert len(section.tokens) <= QUOTES * 100 + 2 * REACH


def test_quotes_that_reach_no_common_token_are_in_sections_of_their_own() -> None:
    tokens, quotes = tokens_of(20_000), quotes_at([100, 200, 203 + 2 * REACH, 12_000])
    sections = list(cut_sections(tokens, quotes))
    assert [len(section.quotes) for section in sections] == [3, 1]
    assert [section.within for section in sections] == [
        range(206 + 3 * REACH + 1),
        range(12_000 - REACH, 12_004 + REACH),
    ]
