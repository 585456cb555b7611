from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from service.archive.results import COLUMNS, Totals, count, quote_rows, read_lines, write_csv, write_gzip
from service.formats.contract import render
from tests.fakes import FakeAttributor

PROBLEM = {"id": "c", "problem": {"type": "t", "title": "T", "status": 422, "detail": "text: is empty"}}


@pytest.fixture
def results(article: str, attributor: FakeAttributor) -> list[dict[str, Any]]:
    """Two quotes, one quote without speaker or outlet, a failure."""
    texts = {"a": article, "b": "“Yes,” was heard, and then \n“no”."}
    answers = [{"id": id_, "result": render(attributor.attribute(text), text)} for id_, text in texts.items()]
    return [*json.loads(json.dumps(answers)), PROBLEM]


@pytest.fixture
def lines(tmp_path: Path, results: list[dict[str, Any]]) -> Path:
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(result) + "\n" for result in results))
    return path


def test_totals(results: list[dict[str, Any]]) -> None:
    assert count(results) == Totals(articles=3, failed=1, quotes=4)


def test_every_row_has_every_column(results: list[dict[str, Any]]) -> None:
    rows = [row for result in results for row in quote_rows(result)]
    assert all(tuple(row) == COLUMNS for row in rows)
    assert [row["text"] for row in rows] == ["The bridge opens on Monday,", "We are ready,", "Yes,", "no", None]


def test_a_table(lines: Path, tmp_path: Path) -> None:
    write_csv(lines, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        first, _, nobody, _, failed = csv.DictReader(file)
    assert (first["article"], first["quote"], first["speaker"], first["outlet"]) == ("a", "q1", "Ada Brook", "Reuters")
    assert (first["outlet_id"], first["outlet_mention"], first["outlet_role"]) == ("reuters", "Reuters", "told")
    assert (nobody["speaker"], nobody["outlet"], nobody["speaker_confidence"]) == ("", "", "")
    assert failed["article"] == "c"
    assert failed["problem"] == "text: is empty"


def test_gzip_is_the_same_every_time(lines: Path, tmp_path: Path) -> None:
    write_gzip(lines, tmp_path / "one")
    write_gzip(lines, tmp_path / "two.gz")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert gzip.decompress((tmp_path / "one").read_bytes()) == lines.read_bytes()
    assert list(read_lines(tmp_path / "two.gz")) == list(read_lines(lines))
