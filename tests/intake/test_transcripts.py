"""Turns of transcripts that have no quotation marks, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.reading import TRANSCRIPT, read_text
from service.intake.transcripts import unmarked_turns

TRANSLATED = """Ana Lopez left her town in March.

ANA LOPEZ (through translator): We waited nine hours.

JUDY REED: And then?

ANA LOPEZ (through translator): They closed the gate.  """


def turns(text: str) -> list[str]:
    return [text[start:end] for start, end in unmarked_turns(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TRANSLATED, ["We waited nine hours.", "And then?", "They closed the gate."]),
        ("Q: Why?\nA: Because.\nQ: Would you?\nA: Never.", ["Why?", "Because.", "Would you?", "Never."]),
        ("Q. Why?\nA. Because.\nQ. Would you?", ["Why?", "Because.", "Would you?"]),
        ("Judy Reed: Why?\nAna Lopez, Ashby: Why not?\nJudy Reed: Well.", ["Why?", "Why not?", "Well."]),
    ],
)
def test_turns(text: str, words: list[str]) -> None:
    assert turns(text) == words
    assert TRANSCRIPT in read_text(text).warnings


@pytest.mark.parametrize(
    "text",
    [
        "NOTE: We moved.\nWARNING: Keep off.\nJUDY REED: And then?",  # no label twice
        "JUDY REED: Why?\nJUDY REED: Why?\nJUDY REED: Why?",  # no second one
        "JUDY REED: Why?\nANA LOPEZ: Why not?",
        "The mayor said: No.\nThe mayor said: Yes.\nShe said: Why?",
        "A. Lopez won.\nB. Reed lost.\nA. Lopez wept.",
    ],
)
def test_what_is_no_transcript(text: str) -> None:
    assert turns(text) == []


def test_where_there_are_marks_they_count() -> None:
    text = TRANSLATED + "\n\nShe wept. “It was cold,” she said."
    assert read_text(text).read == text


@given(st.text(alphabet="QA:. JREED\n", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    read = read_text(text)
    assert read.text == text
    assert len(turns(text)) != 1
