"""The word lists: all folded, and what is asked of them."""

from __future__ import annotations

import pytest

from service.data import outlet_words, word_lists
from service.data.word_lists import fold

LISTS = {
    f"{module.__name__}.{name}": value
    for module in (word_lists, outlet_words)
    for name, value in vars(module).items()
    if isinstance(value, frozenset | dict) and not name.startswith("_")
}


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_is_folded(name: str) -> None:
    assert [word for word in LISTS[name] if word != fold(word)] == []


def test_given_names_and_ordinary_words_are_apart() -> None:
    assert word_lists.is_given_name("mary")
    assert word_lists.is_given_name("mary-beth")
    assert not word_lists.is_given_name("bridge")
    assert word_lists.is_ordinary("bridge")
    assert word_lists.is_ordinary("pro-bridge")
    assert not word_lists.is_ordinary("mary")


def test_titles_may_be_compounds_and_tell_the_sex() -> None:
    assert word_lists.is_title("then-senator")
    assert word_lists.is_title("president-elect")
    assert not word_lists.is_title("bridge")
    assert [word_lists.title_sex(word) for word in ("mr", "spokeswoman", "senator")] == ["m", "f", None]


def test_heads_of_organisations_may_be_plural() -> None:
    assert word_lists.organisation_head("departments") == "department"
    assert word_lists.organisation_head("news") == "news"
    assert word_lists.organisation_head("bridge") is None
    assert word_lists.is_organisation_head("departments")


def test_compounds_of_names_may_be_adjectives() -> None:
    compounds = ("Norland-backed", "Norse-language", "Chan-ying", "Hak-song", "Norland")
    assert [word_lists.is_compound_adjective(word) for word in compounds] == [True, True, False, False, False]
    assert word_lists.is_nationality("danish-american")
    assert not word_lists.is_nationality("jean-christian")


def test_titles_go_on_after_some_prepositions() -> None:
    assert word_lists.completes_title("in", "charge")
    assert not word_lists.completes_title("in", "norland")
    assert not word_lists.completes_title("for", "charge")
