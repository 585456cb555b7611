"""All name mentions of a text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given

from service.attribution.mentions.detect import find_mentions
from service.attribution.text import words_of
from tests.attribution.texts import ANY_TEXT


@given(ANY_TEXT)
def test_mentions_are_in_order_and_apart(text: str) -> None:
    mentions = find_mentions(text, words_of(text))
    assert all(0 <= m.outer <= m.start < m.end <= m.stop <= len(text) for m in mentions)
    assert all(one.stop <= two.outer for one, two in pairwise(mentions))
    assert all(m.words and all(m.words) for m in mentions)


def test_a_given_name_shares_the_surname_after_it() -> None:
    text = "It was Ada and Carl Brook who met Hale and Bo Lim."
    shared = {m.name: m.surname for m in find_mentions(text, words_of(text))}
    assert shared["Ada"] == "Brook"
    assert shared["Carl Brook"] is None
