"""Whom a single word is short for."""

from __future__ import annotations

import pytest

from tests.attribution.mentions.naming import name_in

FORMS = (
    "Pieter van der Molen and Juan de la Cruz met Khalid al-Masri, Liam O’Dowd and José Ibáñez. Van der Molen spoke, "
    "De la Cruz listened, Masri slept. O’Dowd left. Ibanez stayed. J.K. Marlowe and J. Edgar Hooper came. Marlowe and"
    " Hooper said no. Kim Jong-su spoke; Kim was tired. Ana-Lucía de Souza joined, and de Souza laughed. State Del. "
    "Lucia “Lu” Price waved; Price sighed. Robert Lund and Steve Quist sat; Bob Lund and Stephen Quist rose."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Van der Molen", "Pieter van der Molen"),
        ("De la Cruz", "Juan de la Cruz"),
        ("Masri", "Khalid al-Masri"),
        ("O’Dowd", "Liam O’Dowd"),
        ("Ibanez", "José Ibáñez"),
        ("Marlowe", "J.K. Marlowe"),
        ("Hooper", "J. Edgar Hooper"),
        ("Kim", "Kim Jong-su"),
        ("de Souza", "Ana-Lucía de Souza"),
        ("Price", "Lucia Price"),
        ("Bob Lund", "Robert Lund"),
        ("Stephen Quist", "Stephen Quist"),
    ],
)
def test_short_forms_lead_to_the_full_name(words: str, name: str) -> None:
    assert name_in(FORMS, words) == name


def test_organisations_by_acronym_bracket_and_head_word() -> None:
    text = (
        "The Centers for Disease Control and Prevention warned. The CDC said so. The Greek Rowing Federation (Hellas) "
        "spoke; Hellas denied it. Acme Holdings Inc. reported; Acme said it. The Denver Post wrote. The Post added. "
        "The Oregon Governor's Office of Rural Affairs agreed."
    )
    assert name_in(text, "The CDC") == "Centers for Disease Control and Prevention"
    assert name_in(text, "Hellas") == "Greek Rowing Federation"
    assert name_in(text, "Acme") == "Acme Holdings Inc"
    assert name_in(text, "The Post") == "Denver Post"
    assert name_in(text, "Office of Rural Affairs") == "Oregon Governor's Office of Rural Affairs"


def test_a_misspelt_surname_is_whose_it_nearly_is() -> None:
    text = "Karin Lindqvist spoke. Lindqist agreed, as Lindqiste and Petra Brandt did. Brand said so. Mara Brandl left."
    assert name_in(text, "Lindqist agreed") == "Karin Lindqvist"
    assert name_in(text, "Lindqiste") == "Lindqiste"
    assert name_in("Karin Lindqvist and Tom Lindqvast spoke. Lindqvost agreed.", "Lindqvost") == "Lindqvost"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("JD: Why?", "Jane Doe"),
        ("J.D.: Why?", "Jane Doe"),
        ("**JD:** Why?", "Jane Doe"),
        ("JAD: Why?", "Jane Anne Doe"),
        ("She holds a JD: the law degree.", "JD"),
    ],
)
def test_initials_that_label_a_line_are_the_one_person_s_who_has_them(line: str, name: str) -> None:
    middle = " Anne" if "JAD" in line else ""
    label = line.split(":")[0].strip("*").split()[-1]
    assert name_in(f"Jane{middle} Doe met Max Holt.\n{line}", label) == name


def test_initials_of_two_people_are_nobody_s() -> None:
    assert name_in("Jane Doe met Jack Dunn.\nJD: Why?", "JD") == "JD"
