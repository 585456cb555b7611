from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.formats.article import AttributedArticle
from service.formats.csv_table import ARCHIVE_COLUMNS, COLUMNS, archive_rows, quote_row, write_csv
from service.formats.registry import CSV, EXCEL_CSV, archive_format
from service.http.example import EXAMPLE_ANSWER
from tests.fakes import FakeAttributor
from tests.formats.results import Results


def rows(answer: AttributedArticle) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(CSV.write(answer), newline="")))


def test_a_row_has_everything_about_a_quote(answer: AttributedArticle) -> None:
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
        "speaker_id": "s1",
        "speaker_named_at": "Ada Brook",
        "speaker_title": "mayor",
        "outlet_wikidata": "Q130879",
        "outlets_also": "The Courier; Example.com",
        "marked": "true",
        "repeats": "",
    }


def test_what_is_missing_is_an_empty_cell(answer: AttributedArticle) -> None:
    row = rows(answer)[-1]
    assert row["text"] == "Unclosed"
    assert row["closed"] == "false"
    assert {row[name] for name in COLUMNS if name.startswith(("speaker", "outlet"))} == {""}


def test_there_is_a_row_for_each_quote(answer: AttributedArticle) -> None:
    assert [row["id"] for row in rows(answer)] == ["q1", "q2", "q3", "q4", "q5", "q6"]
    assert rows(answer)[4]["kind"] == "nonspeech"


def test_offsets_are_counted_in_the_unit_asked_for(answer: AttributedArticle) -> None:
    assert rows(replace(answer, offset_unit="utf16"))[0]["start"] == "4"


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_run_as_a_formula(beginning: str) -> None:
    text = f"“{beginning}cmd|' /C calc'!A0”"
    (row,) = rows(AttributedArticle(FakeAttributor().attribute(text), text))
    assert row["text"] == f"'{beginning}cmd|' /C calc'!A0"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="”=+-@\t\r"), min_size=1))
def test_any_words_come_back_as_they_were(words: str) -> None:
    text = f"“{words}”"
    (row,) = rows(AttributedArticle(FakeAttributor().attribute(text), text))
    assert row["text"] == words


def test_every_field_of_a_quote_has_its_column() -> None:
    assert set(quote_row(EXAMPLE_ANSWER["quotes"][0])) == set(COLUMNS)


def test_an_archive_has_the_same_columns_and_three_more(results: Results) -> None:
    assert {*ARCHIVE_COLUMNS} - {*COLUMNS} == {"article", "publisher", "problem"}
    rows = [row for result in results for row in archive_rows(result)]
    assert [row.get("text") for row in rows] == ["The bridge opens on Monday,", "We are ready,", "Yes,", "no", None]
    assert all({*row} <= {*ARCHIVE_COLUMNS} for row in rows)


@pytest.mark.parametrize("byte_order_mark", [False, True])
def test_a_table_of_an_archive(lines: Path, tmp_path: Path, byte_order_mark: bool) -> None:
    path = tmp_path / "out.csv"
    write_csv(lines, path, byte_order_mark=byte_order_mark)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") is byte_order_mark
    with path.open(encoding="utf-8-sig", newline="") as file:
        first, _, nobody, _, failed = csv.DictReader(file)
    assert (first["article"], first["id"], first["speaker"], first["outlet"]) == ("a", "q1", "Ada Brook", "Reuters")
    assert (first["outlet_id"], first["outlet_mention"], first["outlet_role"]) == ("reuters", "Reuters", "told")
    assert (nobody["speaker"], nobody["outlet"], nobody["speaker_confidence"]) == ("", "", "")
    assert (failed["article"], failed["text"], failed["problem"]) == ("c", "", "text: is empty")


def test_no_cell_of_an_archive_is_run_as_a_formula(tmp_path: Path) -> None:
    lines, target = tmp_path / "lines.jsonl", tmp_path / "out.csv"
    lines.write_text('{"id": "=1+1", "problem": {"detail": "+1"}}\n')
    write_csv(lines, target)
    (row,) = csv.DictReader(io.StringIO(target.read_text()))
    assert (row["article"], row["problem"]) == ("'=1+1", "'+1")


def test_a_form_of_each_kind_is_for_excel(answer: AttributedArticle, lines: Path, tmp_path: Path) -> None:
    assert EXCEL_CSV.write(answer) == "\ufeff" + CSV.write(answer)
    form = archive_format(tmp_path / "out.excel.csv")
    assert form
    assert form.write
    form.write(lines, tmp_path / "out.excel.csv")
    assert (tmp_path / "out.excel.csv").read_bytes().startswith(b"\xef\xbb\xbf")
