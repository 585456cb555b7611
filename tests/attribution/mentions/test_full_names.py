"""Which full names are one person's."""

from __future__ import annotations

from tests.attribution.mentions.naming import name_in


def test_the_fullest_form_wins_wherever_it_stands() -> None:
    text = "Esterly said no. Tom Esterly left.\n\nPhoto: Secretary Thomas T. Esterly speaks."
    assert name_in(text, "Tom Esterly") == "Thomas T. Esterly"


def test_a_son_of_the_same_name_is_another_person() -> None:
    text = "Rex Tolland Jr. spoke for Rex Tolland. Mr. Tolland Jr. smiled."
    assert name_in(text, "Rex Tolland Jr.") == "Rex Tolland Jr."
    assert name_in(text, "Mr. Tolland Jr.") == "Rex Tolland Jr."


def test_relatives_whose_given_names_begin_alike_are_two_people() -> None:
    text = "Maria Velez met Mario Velez."
    assert name_in(text, "Mario Velez") == "Mario Velez"
    assert name_in(text, "Maria Velez") == "Maria Velez"


def test_a_title_brings_the_person_out_of_what_is_named_after_them() -> None:
    text = "President Obrad spoke. Mr. Obrad and Karen Obrad came to the Zoran Obrad Memorial Day."
    assert name_in(text, "President Obrad") == name_in(text, "Mr. Obrad") == "Zoran Obrad"
    assert name_in("They came to the Zoran Obrad Memorial Day.", "Zoran Obrad Memorial Day") != "Zoran Obrad"
