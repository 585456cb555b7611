"""What a passage says by its own marks, and what stands around one that says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.marks import SPOKEN, is_marked, put_around
from service.intake.offsets import Copy
from tests.attribution.growth import grows_with_length


@pytest.mark.parametrize(
    ("passage", "marked"),
    [
        ("We left.", False),
        ("The “deal” is dead.", False),
        ("The deal is “dead.”", False),
        ('He read "The Mill" to us.', False),
        ('It is 6" wide.', False),
        ("We’re here, and it’s late.", False),
        ("“We left.”", True),
        ("“We left", True),
        ("“We left,” she said, and that was all that she said.", True),
        ("Marsh said: “We left.”", True),
        ("‘We left,’ she said.", True),
        ("", False),
    ],
)
def test_is_marked(passage: str, marked: bool) -> None:
    assert is_marked(passage) == marked


def put(passage: str) -> str:
    return Copy(passage).edited(put_around(passage, 0)).text


def test_marks_are_put_around_each_paragraph() -> None:
    assert put("One “a”.\n\n  Two ``b''.") == "“One ‘a’.\n\n  “Two ‘b’.”"


@given(st.text(st.sampled_from("“”„\"«»`'‘’ab, .\n8"), max_size=60))
def test_any_passage_can_be_read(passage: str) -> None:
    is_marked(passage)
    assert put(passage).count("“") == sum(bool(line.strip()) for line in passage.split("\n"))


@pytest.mark.parametrize("piece", ["“a ", "‘a b, ", "“", "“a” ", "'a"])
def test_time_is_linear(piece: str) -> None:
    assert grows_with_length(is_marked, piece, 8000)
    assert grows_with_length(SPOKEN.search, piece, 8000)
