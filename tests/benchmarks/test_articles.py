from __future__ import annotations

import pytest

from benchmarks.articles import invented
from service.attribution.quotations import find_quotations


@pytest.mark.parametrize(("characters", "quotes"), [(1_000, 4), (20_000, 5), (20_000, 80)])
def test_an_article_has_about_the_length_and_the_quotes_asked_for(characters: int, quotes: int) -> None:
    text = invented(characters, quotes)
    assert characters <= len(text) < characters + 500
    assert quotes <= len(find_quotations(text)) <= 2 * quotes  # some sentences quote in two halves


def test_quotes_are_spread_over_the_article() -> None:
    starts = [quotation.outer.start for quotation in find_quotations(invented(20_000, 20))]
    assert starts[0] < 1_000
    assert starts[-1] > 18_000


def test_an_article_is_the_same_every_time() -> None:
    assert invented(3_000, 10) == invented(3_000, 10)
    assert invented(3_000, 10) != invented(3_000, 10, seed=1)
