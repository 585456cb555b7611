"""How the names of outlets are compared."""

from __future__ import annotations

import pytest

from service.data.outlet_words import MEDIA_BY_NAME, MOSTLY_OTHER, bare_name


@pytest.mark.parametrize(
    "name", ["The Ashby Gazette", "the  Ashby\nGazette", "ASHBY GAZETTE", "Ashby Gazétte", "ashby gazette"]
)
def test_what_differs_between_mentions_does_not_count(name: str) -> None:
    assert bare_name(name) == "ashby gazette"


def test_only_a_whole_article_is_left_out() -> None:
    assert bare_name("Theatre Weekly") == "theatre weekly"


def test_words_that_are_mostly_of_other_names_tell_no_medium() -> None:
    assert MOSTLY_OTHER.isdisjoint(MEDIA_BY_NAME)
