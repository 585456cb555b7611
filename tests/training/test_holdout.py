"""The articles that are held back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.holdout import TRAINED_ON, is_held_back, lot


@pytest.mark.parametrize(("article", "held_back"), [("a1", True), ("a5", False)])
def test_the_same_articles_are_held_back_for_ever(article: str, held_back: bool) -> None:
    assert is_held_back(article) == held_back


def test_a_fifth_is_held_back() -> None:
    assert sum(is_held_back(f"article-{number}") for number in range(10_000)) == pytest.approx(2_000, rel=0.05)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_lots_below_the_share_that_is_trained_on_are_not_held_back(article: str) -> None:
    assert 0 <= lot(article) < 1
    assert is_held_back(article) == (lot(article) >= TRAINED_ON)
