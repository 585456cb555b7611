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
        ("M. Dobos", "Mirela Dobos"),
        ("Mirela Dobos", "M. Dobos"),
        ("Mirela Dobos", "Mirela Dobos Hartwell"),  # a second surname left out
        ("Mirela Dobos Hartwell", "Mirela Dobos"),
        ("Dobos", "Dobos"),  # no fuller name in the article
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
def test_same_person(returned: str | None, labelled: str | None) -> None:
    assert same_speaker(returned, labelled, "person")


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("Dobos", "Mirela Dobos"),  # the article has the full name
        ("Mirela", "Mirela Dobos"),
        ("Mirela Dobos", "Dobos"),  # the article has no other name
        ("Ruth Dobos", "Mirela Dobos"),
        ("R. Dobos", "Mirela Dobos"),
        ("Harbour Mirela Dobos", "Mirela Dobos"),  # glued in front
        ("K. Mirela Dobos", "Mirela Dobos"),
        ("Mirela Lind", "Mirela Dobos"),
        ("Dobos campaign", "Dobos"),
        ("MKD", "Mirela Katrin Dobos"),
        ("Mirela Dobos Group", "Mirela Dobos Center"),
        ("a witness", "a senior aide"),
        ("the", "a senior aide"),
        ("Lind", "Mirela Dobos and Tove Lind"),
        ("…", "Mirela Dobos"),
        ("…", "…"),  # no words, no name
        (None, "Mirela Dobos"),
        ("Mirela Dobos", UNKNOWN),
    ],
)
def test_another_person(returned: str | None, labelled: str) -> None:
    assert not same_speaker(returned, labelled, "person")


@pytest.mark.parametrize("kind", ["organization", "group", "document", "unknown", None])
@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("Lindach Tide Watch", "Lindach Tide Watch"),
        ("Lindach Tide Watch Inc.", "Lindach Tide Watch Company"),
        ("the Tide Watch", "Lindach Tide Watch"),  # its last words
        ("Lindach Tide", "Lindach Tide Watch"),
        ("Watch", "Watch"),
        ("Lindach Tide Watch", "Watch"),
        ("LTW", "Lindach Tide Watch"),
        ("Watchers of the Lindach Tide", "WLT"),
        ("Lindach Tide Watch", "Lindach Tide Watch and Ida Berg"),
        ("the bill", "a bill"),
    ],
)
def test_same_body(returned: str, labelled: str, kind: str | None) -> None:
    assert same_speaker(returned, labelled, kind)


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("Watch", "Lindach Tide Watch"),  # the article has the full name
        ("Lindach", "Lindach Tide Watch"),
        ("Harbour Watch", "Lindach Tide Watch"),
        ("LT", "Lindach Tide"),  # two letters are the initials of too much
        ("ltw", "Lindach Tide Watch"),
        ("Group", "Company"),  # nothing is left to compare
    ],
)
def test_another_body(returned: str, labelled: str) -> None:
    assert not same_speaker(returned, labelled, "organization")


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("The Washington Post", "Washington Post"),
        ("WaPo", "The Washington Post"),
        ("Huffington Post", "HuffPost"),
        ("Fox News Channel", "Fox News"),
        ("Fox Business Network", "Fox News"),
        ("The O’Reilly Factor", "Fox News"),
        ("Five", "Fox"),  # a programme without its article
        ("Meet the Press", "NBC"),
        ("Meet the Press", "NBC Nightly News"),
        ("ABC News Radio", "ABC"),
        ("CSPAN", "C-SPAN"),
        ("Politico.com", "POLITICO"),
        ("El País", "El Pais"),
        ("The Lindach Courier", "Lindach Courier"),
        ("Lindach-Courier", "Lindach Courier"),
        ("LVC", "Lindach Valley Courier"),
        ("AFP", "Agence France-Presse"),
        ("", None),
        (None, None),
    ],
)
def test_same_outlet(returned: str | None, labelled: str | None) -> None:
    assert same_outlet(returned, labelled)
    assert same_outlet(labelled, returned)


@pytest.mark.parametrize(
    ("returned", "labelled"),
    [
        ("The New York Times", "The New York Post"),
        ("The Times", "The New York Times"),
        ("LC", "Lindach Courier"),  # two letters are the initials of too much
        ("CNN", None),
        (None, "CNN"),
    ],
)
def test_another_outlet(returned: str | None, labelled: str | None) -> None:
    assert not same_outlet(returned, labelled)
    assert not same_outlet(labelled, returned)


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
