from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.formats import CSV, Answer
from service.formats.csv_table import COLUMNS
from tests.fakes import FakeAttributor


def rows(answer: Answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(CSV.write(answer), newline="")))


def test_a_row_has_everything_about_a_quote(answer: Answer) -> None:
    assert rows(answer)[0] == {
        "id": "q1",
        "text": "We are ready,",
        "start": "3",
        "end": "16",
        "speaker": "Ada Brook",
        "speaker_type": "person",
        "speaker_mention": "Ada Brook",
        "speaker_confidence": "0.8",
        "outlet": "Reuters",
        "outlet_id": "reuters",
        "outlet_mention": "Reuters",
        "outlet_basis": "sentence",
        "outlet_role": "told",
        "outlet_confidence": "0.7",
        "kind": "speech",
        "confidence": "0.9",
        "closed": "true",
        "parent": "",
        "continues": "",
    }


def test_what_is_missing_is_an_empty_cell(answer: Answer) -> None:
    row = rows(answer)[-1]
    assert row["text"] == "Unclosed"
    assert row["closed"] == "false"
    assert {row[name] for name in COLUMNS if name.startswith(("speaker", "outlet"))} == {""}


def test_there_is_a_row_for_each_quote(answer: Answer) -> None:
    assert [row["id"] for row in rows(answer)] == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert rows(answer)[4]["kind"] == "nonspeech"


def test_offsets_are_counted_in_the_unit_asked_for(answer: Answer) -> None:
    assert rows(replace(answer, offset_unit="utf16"))[0]["start"] == "4"


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_as_a_formula(beginning: str) -> None:
    text = f"“{beginning}cmd|' /C calc'!A0”"
    (row,) = rows(Answer(FakeAttributor().attribute(text), text))
    assert row["text"] == f"'{beginning}cmd|' /C calc'!A0"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="”=+-@\t\r"), min_size=1))
def test_any_words_come_back_as_they_were(words: str) -> None:
    text = f"“{words}”"
    (row,) = rows(Answer(FakeAttributor().attribute(text), text))
    assert row["text"] == words
