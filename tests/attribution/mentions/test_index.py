"""The speaker's name from the words that point at it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.attribution.mentions.index import NameIndex, is_pronoun
from service.attribution.text import Span
from tests.attribution.growth import grows_with_length
from tests.attribution.mentions.naming import span_of

RESOLVED = (
    "Ann Velez spoke. “No,” she added. A senior official, who declined to be named, agreed. Later the official left."
)


@pytest.mark.parametrize(
    ("mention", "name", "answer"),
    [
        ("she", "Velez", "Ann Velez"),
        ("Velez", None, "Ann Velez"),
        ("the official", "Velez", "Ann Velez"),
        ("the official", "A senior official", "A senior official"),
        ("the official", None, "A senior official"),
        ("A senior official, who", None, "A senior official"),
        ("she", "A senior official", "A senior official"),
        ("she", None, None),
        (None, "Velez", "Ann Velez"),
        (None, None, None),
    ],
)
def test_resolve(mention: str | None, name: str | None, answer: str | None) -> None:
    index = NameIndex.read(RESOLVED)
    spans = [None if words is None else span_of(RESOLVED, words) for words in (mention, name)]
    assert index.resolve(*spans) == answer


def test_mentions_of_a_name_are_all_places_that_carry_it() -> None:
    text = (
        "Dr. Ann B. Velez spoke to Hugo Lima. Velez said so. Ann Velez’s friend left. “Ann,” he cried. The letter came."
    )
    index = NameIndex.read(text)
    found = [text[s.start : s.end] for s in index.mentions_of("Ann B. Velez")]
    assert found == ["Ann B. Velez", "Velez", "Ann Velez", "Ann"]
    assert [text[s.start : s.end] for s in index.mentions_of("the letter")] == ["The letter"]
    assert len(index.mentions_of("Hugo Lima and Ann Velez")) == 5
    assert index.mentions_of("Petra Voss") == ()
    assert index.mentions_of("") == ()


@pytest.mark.parametrize(
    ("words", "answer"), [("she", True), ("They", True), ("who,", True), ("Velez", False), ("", False)]
)
def test_is_pronoun(words: str, answer: bool) -> None:
    assert is_pronoun(words) is answer


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("It was Ann Velez, who said so.", "Ann Velez"),
        ("It was Sen. Ann Velez of Norland, who said so.", "Ann Velez"),
        ("Rex Tolland met Ann Velez, now the Senate leader, who said so.", "Ann Velez"),
        ("Ann Velez left. It was a man who said so.", None),
        ("The Denver Post, who said so.", None),
        ("Ann Velez spoke to a crowd who said so.", None),
    ],
)
def test_who_refers_to_the_name_before_it(sentence: str, name: str | None) -> None:
    assert NameIndex.read(sentence).antecedent_of(span_of(sentence, "who said")) == name


PIECES = [
    *(
        "Ann",
        "Velez",
        "Mr.",
        "van",
        "der",
        "of",
        "the",
        "and",
        "Bank",
        "A.",
        "Jr.",
        "May",
        "CDC",
        "said",
        "U.S.",
        "DENIED",
    ),
    *("“", "”", "(", ")", "\n", ".", ",", "’s", "é", "\ud800", "\x00", " ", "-", "Ã±"),
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join) | st.text(max_size=200), st.data())
def test_any_text_and_any_span_has_an_answer(text: str, data: st.DataObject) -> None:
    index = NameIndex.read(text)
    start = data.draw(st.integers(0, len(text)))
    span = Span(start, data.draw(st.integers(start, len(text))))
    name = index.name_of(span)
    assert name is None or name.strip()
    assert index.resolve(span, span) is not None or name is None
    assert not set(index.resolve(span, None) or "") & set('“”"«»\n')
    if name is not None:
        assert index.resolve(span, None) == name
        assert not set(name) & set('“”"«»\n')
        for place in (index.title_of(name), index.named_at(name)):
            assert place is None or (place.start < place.end and "\n" not in text[place.start : place.end])
        for mention in index.mentions_of(name):
            assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize(
    "piece", ["Aa ", "A. ", "Ann and Bob Smith and ", 'A ("B ', "Bank of the ", "A's ", "Will Aa "]
)
def test_time_is_linear(piece: str) -> None:
    assert grows_with_length(lambda text: NameIndex.read(text).name_of(Span(0, len(text))), piece, 5_000)


def test_time_is_linear_in_names_a_letter_apart() -> None:
    letters = "bcdfghjklmnpqrstvwxz"
    names = " ".join(f"Ann Qu{a}{b}{c}e. Qu{a}{b}{c}i." for a in letters for b in letters for c in letters)
    assert grows_with_length(lambda text: NameIndex.read(text).name_of(Span(0, len(text))), names, 1)


def test_who_is_asked_for_at_each_mention_costs_in_proportion() -> None:
    def ask(text: str) -> None:
        names = NameIndex.read(text)
        for start in range(0, len(text), 40):
            names.title_of("Ada Brook")
            names.bearer_called(f"Ms. Brook of {start % 7}")
            names.sex_of("Brook")

    assert grows_with_length(ask, "The welder Bo Tran met Ada Brook on Sunday. ", 5_000)
