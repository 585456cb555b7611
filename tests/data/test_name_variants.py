"""How the name of one person varies."""

from __future__ import annotations

from service.data.name_variants import GENERATIONS, formal_name
from service.data.word_lists import SUFFIXES


def test_a_nickname_stands_for_a_formal_name() -> None:
    assert formal_name("bill") == formal_name("billy") == "william"
    assert formal_name("william") == "william"
    assert formal_name("zoran") == "zoran"


def test_generations_are_among_the_suffixes_in_one_form() -> None:
    assert GENERATIONS.keys() < SUFFIXES
    assert set(GENERATIONS.values()) == {"jr", "sr"}
