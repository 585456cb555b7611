from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.database.people import PersonName, is_name

NAMES = st.lists(
    st.sampled_from("Ada Adam A. Ann Bill William J.D. van der Brook Patel Lund Jr. Sen. Dr. Pope Dean".split()),
    min_size=1,
    max_size=5,
).map(" ".join)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ada Brook", PersonName(("ada",), "brook")),
        ("Mayor Ada M. Brook", PersonName(("ada", "m"), "brook")),
        ("J.D. Lund, Jr.", PersonName(("j", "d"), "lund", "jr")),
        ("Prof. Lund", PersonName((), "lund")),
        ("José Álvarez", PersonName(("jose",), "alvarez")),
        ("Pope Anselm", PersonName(("pope",), "anselm")),
        ("Dean Lund", PersonName(("dean",), "lund")),
        ("a spokesman", None),
        ("", None),
    ],
)
def test_the_parts_of_a_name(name: str, expected: PersonName | None) -> None:
    assert PersonName.parse(name) == expected


def may_be(one: str, other: str) -> bool:
    first, second = PersonName.parse(one), PersonName.parse(other)
    assert first
    assert second
    assert first.may_be(second) is second.may_be(first)
    return first.may_be(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Brook", "Sen. Ada Brook"),
        ("Ada Brook", "A. Brook"),
        ("Ada Brook", "Brook"),
        ("Ada Mary Brook", "Ada M. Brook"),
        ("Ada Mary Brook", "Ada Brook"),
        ("William Lund", "Bill Lund"),
        ("Alexander Lund", "Alex Lund"),
        ("Mike Lund", "Michael T. Lund"),
    ],
)
def test_names_of_one_person(one: str, other: str) -> None:
    assert may_be(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Brook", "Ada Patel"),
        ("Ada Brook", "Ann Brook"),
        ("Charles Brook", "Doug Brook"),
        ("George W. Lund", "George H. W. Lund"),
        ("Carl Lund", "Carl Lund Jr."),
        ("Carl Lund Sr.", "Carl Lund Jr."),
    ],
)
def test_names_of_two_people(one: str, other: str) -> None:
    assert not may_be(one, other)


@given(NAMES)
def test_everybody_may_bear_their_own_name(name: str) -> None:
    parsed = PersonName.parse(name)
    assert parsed is None or parsed.may_be(parsed)


@pytest.mark.parametrize(
    "text", ["Ada Brook", "the Department of Labor", "Bank of Lindach", "van der Brook", "the AFB"]
)
def test_names(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", ["a Lindach official", "the letter", "she", "the AFB report", "of the", ""])
def test_descriptions(text: str) -> None:
    assert not is_name(text)
