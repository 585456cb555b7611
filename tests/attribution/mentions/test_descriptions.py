"""What a source without a name is called."""

from __future__ import annotations

import pytest

from service.attribution.mentions.index import NameIndex
from service.attribution.text import Span
from tests.attribution.mentions.naming import span_of


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("said", None),
        ("The", None),
        ("Monday", None),
        ("more", None),
        ("said the guard", "the guard"),
        ("the guard added", "the guard"),
        ("according to a friend", "a friend"),
        ("Meanwhile, the caption", "the caption"),
        ("closed,” the guard", "the guard"),
        ("the guard: “It", "the guard"),
        ("the guard. Although", "the guard"),
        ("a guard of Gov. Lee", "a guard of Gov. Lee"),
        ("the “Red Wing” file", "the Red Wing file"),
        ("one resident", "one resident"),
        ("the states", "the states"),
        ("Another", "Another"),
        ("others said", "others"),
        ("she", None),
    ],
)
def test_a_description_is_a_noun_phrase_or_nothing(words: str, answer: str | None) -> None:
    text = f"So it was: {words} - and so on."
    assert NameIndex.read(text).resolve(span_of(text, words), None) == answer


def test_a_bare_noun_is_called_what_it_was_introduced_as() -> None:
    text = (
        "A new state audit report came out. The firm's first letter came. Guards told that a senior port guard left. "
        "The report said so; the letter did, the guard and the mole."
    )
    index = NameIndex.read(text)
    places = ("The report", "the letter", "the guard", "the mole")
    answers = ["A new state audit report", "The firm's first letter", "a senior port guard", "the mole"]
    assert [index.resolve(span_of(text, words), None) for words in places] == answers


def test_the_letter_of_a_question_is_nobody() -> None:
    names = NameIndex.read("Q: Why did you leave?\nA: I was pushed.")
    assert names.resolve(Span(0, 1), None) is None
