"""Words that only stand before a name."""

from __future__ import annotations

from tests.attribution.mentions.naming import name_in


def test_an_adjective_is_part_of_no_name() -> None:
    text = "Weary Velez Wins Over Voters\nTired Velez won. Crooked Ann Velez, they said. It was Velez."
    assert name_in(text, "Velez.") == "Ann Velez"


def test_an_organisation_before_a_surname_is_no_given_name() -> None:
    text = "Ann Velez sat down with The Denver Post. In her talk with the Denver Post Velez said so."
    assert name_in(text, "Denver Post Velez") == "Ann Velez"
