"""Rewrites of training articles: none moves a label."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.quotations import find_quotations
from service.attribution.text import Span
from training.augment import (
    DEFAULT_RATES,
    MARKS,
    Rewrite,
    lost_paragraphs,
    lower_case,
    other_marks,
    rewrite,
    straight_marks,
)

TEXT = "“It opens,” Ada Brook’s son said.\n„So?“ İ"
QUOTES = [Span(0, 11), Span(34, 39)]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (straight_marks, '"It opens," Ada Brook\'s son said.\n„So?" İ'),
        (lost_paragraphs, "“It opens,” Ada Brook’s son said. „So?“ İ"),
        (lower_case, "“it opens,” ada brook’s son said.\n„so?“ İ"),
    ],
)
def test_rewrites(change: Rewrite, expected: str) -> None:
    assert change(TEXT, QUOTES, random.Random(0)) == expected


def test_labelled_quotations_are_set_in_other_marks() -> None:
    rewritten = {other_marks(TEXT, QUOTES, random.Random(seed)) for seed in range(40)}
    assert rewritten == {f"{a}It opens,{b} Ada Brook’s son said.\n{a}So?{b} İ" for a, b in MARKS}


@given(
    text=st.lists(st.sampled_from([*"“”\"'‘’«»„ \nAbİß.", "word"]), max_size=40).map("".join),
    seed=st.integers(0, 1000),
)
def test_every_rewrite_keeps_the_length(text: str, seed: int) -> None:
    quotes = [q.outer for q in find_quotations(text)]
    assert len(rewrite(text, quotes, random.Random(seed), dict.fromkeys(DEFAULT_RATES, 1.0))) == len(text)


def test_rates_are_probabilities() -> None:
    assert rewrite(TEXT, QUOTES, random.Random(0), dict.fromkeys(DEFAULT_RATES, 0.0)) == TEXT
    changed = [rewrite(TEXT, QUOTES, random.Random(i), {lower_case: 0.25}) != TEXT for i in range(400)]
    assert 60 < sum(changed) < 140
