"""Surnames a letter apart."""

from __future__ import annotations

import pytest

from service.attribution.mentions.misspellings import Misspellings

SURNAMES = ["lindqvist", "brandt", "okafor"]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("lindqist", ["lindqvist"]),  # a letter dropped
        ("okaffor", ["okafor"]),  # added
        ("brandl", ["brandt"]),  # changed
        ("okaofr", ["okafor"]),  # swapped with the next
        ("lindist", []),
        ("rbandt", []),  # the first letter is never wrong
        ("bran", []),  # too short to tell
    ],
)
def test_one_letter_may_be_wrong(word: str, near: list[str]) -> None:
    assert list(Misspellings(SURNAMES).near(word)) == near


def test_several_may_be_near() -> None:
    assert set(Misspellings(["lindqvist", "lindqvast"]).near("lindqvost")) == {"lindqvist", "lindqvast"}
