"""Which names count as the same speaker, and which as the same outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.sameness import UNKNOWN, outlet_key, same_outlet, same_speaker


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("Mirela Dobos", "Mirela Dobos"),
        ("Sen. MIRELA DOBOŞ", "Mirela Dobos"),
        ("Mirela K. Dobos Jr.", "Mirela Dobos"),
        ("Mirela Dobos’s", "Mirela Dobos"),
        ("Mir Dobos", "Mirela Dobos"),  # short for the given name
        ("Dobos", "Dobos"),  # no fuller name in the article
        ("Mirela Dobos", "Dobos"),
        ("Mirela Dobos", "Mirela Dobos Hartwell"),  # a second surname left out
        ("The Governor", "the governor"),  # titles and nothing else
        ("a top aide to the senator", "a senior aide to the senator"),
        ("the aide", "an aide"),
        ("Mirela Dobos", "Mirela Dobos and Tove Lind"),
        ("Tove Lind and Mirela Dobos", "Mirela Dobos, Tove Lind and Ida Berg"),
        (None, UNKNOWN),
        (None, ""),
        (None, None),
    ],
)
def test_same_speaker(returned: str | None, labelled: str | None) -> None:
    assert same_speaker(returned, labelled)


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("Dobos", "Mirela Dobos"),  # the article has the full name
        ("Mirela", "Mirela Dobos"),
        ("Ruth Dobos", "Mirela Dobos"),
        ("Mirela Lind", "Mirela Dobos"),
        ("Dobos campaign", "Dobos"),
        ("a witness", "a senior aide"),
        ("the", "a senior aide"),
        ("Lind", "Mirela Dobos and Tove Lind"),
        ("…", "Mirela Dobos"),
        ("…", "…"),  # no words, no name
        (None, "Mirela Dobos"),
        ("Mirela Dobos", UNKNOWN),
    ],
)
def test_another_speaker(returned: str | None, labelled: str) -> None:
    assert not same_speaker(returned, labelled)


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("The Washington Post", "Washington Post"),
        ("WaPo", "The Washington Post"),
        ("Huffington Post", "HuffPost"),
        ("Fox News Channel", "Fox News"),
        ("Fox Business Network", "Fox News"),
        ("Meet the Press", "NBC"),
        ("ABC News Radio", "ABC"),
        ("Politico.com", "POLITICO"),
        ("El País", "El Pais"),
        ("The Lindach Courier", "Lindach Courier"),
        ("", None),
        (None, None),
    ],
)
def test_same_outlet(returned: str | None, labelled: str | None) -> None:
    assert same_outlet(returned, labelled)
    assert same_outlet(labelled, returned)


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [("The New York Times", "The New York Post"), ("CNN", None), (None, "CNN"), ("The Times", "The New York Times")],
)
def test_another_outlet(returned: str | None, labelled: str | None) -> None:
    assert not same_outlet(returned, labelled)


@given(st.text(max_size=40))
def test_a_name_is_itself_if_it_has_a_word_of_latin_letters(name: str) -> None:
    assert same_speaker(f"Dobos {name}", f"Dobos {name}")
    assert same_outlet(f"Courier {name}", f"Courier {name}")


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_text_can_be_compared(returned: str, labelled: str) -> None:
    assert same_speaker(returned, labelled) in {True, False}
    assert same_outlet(returned, labelled) == same_outlet(labelled, returned)


@given(st.text(max_size=40))
def test_an_article_before_the_outlets_name_does_not_count(name: str) -> None:
    assert outlet_key(f"the Courier {name}") == outlet_key(f"Courier {name}")
