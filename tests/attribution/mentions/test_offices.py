"""Whom a definite description means."""

from __future__ import annotations

import pytest

from service.attribution.mentions.index import NameIndex
from tests.attribution.mentions.naming import span_of

OFFICES = (
    "Sen. Mara Okafor met Mayor Hugh Brannigan. Vice President Rex Tolland came, and so did President Ines Varga. The "
    "senator left. Later Senator Lyle Brandt spoke, and the Norland senator, too. The former mayor of the town slept."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The senator", "Mara Okafor"),
        ("the Norland senator", "Lyle Brandt"),
        ("The former mayor of the town", "Hugh Brannigan"),
        ("Later", None),
        ("the town", None),
    ],
)
def test_an_office_stands_for_the_last_one_introduced_with_it(words: str, name: str | None) -> None:
    assert NameIndex.read(OFFICES).holder_of(span_of(OFFICES, words)) == name


@pytest.mark.parametrize(
    ("phrase", "name"),
    [("the president", "Ines Varga"), ("the vice president", "Rex Tolland"), ("a president", None), ("the king", None)],
)
def test_a_deputy_is_not_the_holder_of_the_office(phrase: str, name: str | None) -> None:
    text = f"{OFFICES} So said {phrase}."
    assert NameIndex.read(text).holder_of(span_of(text, phrase)) == name


def test_an_office_is_known_from_a_description_too() -> None:
    text = (
        "Tom Hale, the former state trade adviser, met Mossad director Lyle Brandt and Norland Democrat Ines Varga. "
        "The trade adviser, the director and the Norland Democrat left."
    )
    index = NameIndex.read(text)
    places = ("The trade adviser", "the director", "the Norland Democrat")
    assert [index.holder_of(span_of(text, words)) for words in places] == ["Tom Hale", "Lyle Brandt", "Ines Varga"]


BODIES = (
    "The Norland Department of Health met the State Department, the House Budget Committee, Acme Holdings Inc. and the "
    "Norland Times. The health department spoke, the department, the panel, the company, the paper and the union."
)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The health department", "Norland Department of Health"),
        ("the department", "State Department"),
        ("the panel", "House Budget Committee"),
        ("the company", "Acme Holdings Inc"),
        ("the paper", "Norland Times"),
        ("the union", None),
    ],
)
def test_a_noun_stands_for_the_body_of_its_kind_named_last(words: str, name: str | None) -> None:
    assert NameIndex.read(BODIES).holder_of(span_of(BODIES, words)) == name
