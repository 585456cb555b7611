"""Whom a name means where several bear it."""

from __future__ import annotations

import pytest

from tests.attribution.mentions.naming import name_in


def test_a_title_tells_relatives_apart() -> None:
    text = "Bill and Hilda Carrow came. Mr. Carrow spoke first; Mrs. Carrow followed. Bill laughed."
    assert name_in(text, "Mr. Carrow") == "Bill Carrow"
    assert name_in(text, "Mrs. Carrow") == "Hilda Carrow"
    assert name_in(text, "Bill") == "Bill Carrow"


def test_a_bare_surname_is_whom_the_article_is_about() -> None:
    text = "Ann Velez spoke. Velez said so. Her father, Hugo Velez, was proud. Ann Velez left early. Velez was tired."
    assert name_in(text, "Velez was") == "Ann Velez"


def test_a_title_that_is_not_of_their_sex_names_somebody_else() -> None:
    text = "Mr. Venn spoke. Mr. Venn and his wife, Karen Venn, left."
    assert name_in(text, "Mr. Venn spoke") == "Venn"
    assert name_in(text, "Karen Venn") == "Karen Venn"


def test_of_two_that_are_named_as_often_the_latest_is_meant() -> None:
    text = f"Gary Moss won. {'Nothing came of it. ' * 9}Jeh Moss lost. {'It rained for hours. ' * 9}Moss left."
    assert name_in(text, "Moss left") == "Jeh Moss"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Senator Ann Sand met Ms. Bo Sand. Senator Sand left.", "Senator Sand", "Ann Sand"),
        ("Senator Ann Sand met Ms. Bo Sand. Ms. Sand left.", "Ms. Sand", "Bo Sand"),
        ("First lady Ann Velez waved. President Velez spoke.", "President Velez", "Velez"),
        ("First lady Ann Velez waved. The first lady, Mrs. Velez, spoke.", "Mrs. Velez", "Ann Velez"),
        ("Mayor Ann Velez waved. Governor Velez spoke.", "Governor Velez", "Ann Velez"),
    ],
)
def test_a_title_tells_people_of_one_surname_apart(text: str, words: str, name: str) -> None:
    assert name_in(text, words) == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Hale spoke. He said first lady Vera Hale would go. Hale went on.", "Hale", "Hale"),
        ("Vera Hale, his wife, spoke. Hale went on.", "Hale", "Vera Hale"),
        ("Brandt won. His daughter, Vera Brandt, wept. Brandt spoke.", "Brandt", "Brandt"),
    ],
)
def test_relatives_do_not_take_a_bare_name(text: str, words: str, name: str) -> None:
    assert name_in(text, words) == name
