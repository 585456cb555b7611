"""The words of a text."""

from __future__ import annotations

import pytest
from hypothesis import given

from service.attribution.text import lines_of, opens_sentence, takes_stop, words_of
from tests.attribution.mentions.naming import name_in
from tests.attribution.texts import ANY_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "President LimaHugo Ann LimaSenate votes today said no. Lima agreed.",
        "Governor Lima Hugo Ann LimaThis is new said no. Lima agreed.",
    ],
)
def test_names_that_lost_what_stood_between_them_are_parted(text: str) -> None:
    assert name_in(text, "Lima agreed") == "Hugo Ann Lima"


def test_a_coinage_is_one_word() -> None:
    text = "Tolland spoke. They would repeal TollandCare. DeVarga and BuzzWire agreed."
    assert name_in(text, "TollandCare") == "TollandCare"
    assert name_in(text, "BuzzWire") == "BuzzWire"


@given(ANY_TEXT)
def test_words_stand_where_they_say(text: str) -> None:
    words = words_of(text)
    assert all(text[w.start : w.end] == w.text and w.end <= w.stop for w in words)
    assert [w.start for w in words] == sorted(w.start for w in words)
    lines = lines_of(text, words)
    assert [k for begin, end in lines for k in range(begin, end)] == list(range(len(words)))


def test_a_possessive_is_no_part_of_a_word() -> None:
    brook, players, us = words_of("Brook’s players' U.S.")
    assert (brook.text, brook.possessive) == ("Brook", True)
    assert (players.text, players.possessive) == ("players", True)
    assert (us.text, us.folded, us.acronym) == ("U.S.", "u.s", False)


@pytest.mark.parametrize(("text", "opens"), [("It is. So", True), ("“So", True), ("It: So", True), ("It is So", False)])
def test_where_any_word_has_a_capital(text: str, opens: bool) -> None:
    words = words_of(text)
    assert opens_sentence(text, words, len(words) - 1) is opens


@pytest.mark.parametrize(("word", "takes"), [("mr", True), ("j", True), ("corps", True), ("house", False)])
def test_words_that_a_full_stop_may_belong_to(word: str, takes: bool) -> None:
    assert takes_stop(word) is takes


@pytest.mark.parametrize(("word", "capitalised"), [("diCaprio", True), ("Ann_Lee", True), ("ref_homeLee", False)])
def test_a_word_of_a_web_address_is_not_written_like_a_name(word: str, capitalised: bool) -> None:
    assert words_of(word)[0].capitalised is capitalised
