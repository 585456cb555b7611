"""Names where capitals tell nothing."""

from __future__ import annotations

import pytest

from tests.attribution.mentions.naming import name_in


def test_headlines_are_read_by_the_names_of_the_article() -> None:
    text = "Tolland Says Velez Lied About Taxes\n\nRex Tolland said Ann Velez lied.\nVELEZ DENIES EVERYTHING, SHE SAYS"
    assert name_in(text, "Tolland Says") == "Rex Tolland"
    assert name_in(text, "Velez Lied") == "Ann Velez"
    assert name_in(text, "VELEZ") == "Ann Velez"


@pytest.mark.parametrize("recase", [str.lower, str.upper])
def test_an_article_in_one_case(recase: object) -> None:
    assert callable(recase)
    text = recase("Donald Crane said on Monday that he won. Crane added that Mary Lindqvist lost. Lindqvist disagreed.")
    assert name_in(text, recase("Crane")) == "Donald Crane"
    assert name_in(text, recase("Lindqvist")) == "Mary Lindqvist"
