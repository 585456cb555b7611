from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.formats.json_lines import read_lines
from service.formats.registry import archive_format
from service.http.example import EXAMPLE_ANSWER
from tests.formats.results import PROBLEM, made_from

parquet = pytest.importorskip("pyarrow.parquet")
table = pytest.importorskip("service.formats.parquet_table")


def test_a_result_is_read_back_as_it_was(tmp_path: Path, article: str) -> None:
    full = {"id": "full", "result": EXAMPLE_ANSWER}
    results = [*made_from({"a": article, "b": "“Yes,” it said.", "c": ""}), full, PROBLEM | {"id": None}]
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(line) + "\n" for line in results * 200))
    target = tmp_path / "out.parquet"
    form = archive_format(target)
    assert form
    assert form.write
    assert form.read
    form.write(lines, target)
    assert list(form.read(target)) == list(read_lines(lines))
    assert parquet.ParquetFile(target).metadata.num_rows == 1200
    again = tmp_path / "again.parquet"
    form.write(lines, again)
    assert again.read_bytes() == target.read_bytes()


def test_its_columns_are_the_fields_of_the_records() -> None:
    assert table.schema().names == [
        *("id", "article", "problem", "model", "publisher", "language", "uri", "text"),
        *("quotes", "speakers", "outlets", "warnings"),
    ]
    quote = table.schema().field("quotes").type.value_type
    assert [field.name for field in quote] == list(EXAMPLE_ANSWER["quotes"][0])
    assert [field.name for field in quote.field("speaker").type] == list(EXAMPLE_ANSWER["quotes"][0]["speaker"])


def test_what_the_archive_says_and_the_text_are_kept(tmp_path: Path, article: str) -> None:
    answered = made_from({"a": article})[0]
    said = {"article": {"date": "2026-11-30", "title": "T"}}
    results = [
        answered | said | {"result": answered["result"] | {"text": article, "uri": "urn:1"}},
        PROBLEM | said,
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(result) + "\n" for result in results))
    table.write(tmp_path / "in.jsonl", tmp_path / "out.parquet")
    assert list(table.read(tmp_path / "out.parquet")) == results
