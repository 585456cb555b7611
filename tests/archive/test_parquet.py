from __future__ import annotations

import json
from pathlib import Path

import pytest

from service.archive.errors import SourceError
from service.archive.results import read, read_lines, writer_of
from service.archive.sources import open_source
from service.formats.contract import render
from tests.fakes import FakeAttributor

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def write(path: Path, **columns: list[object]) -> Path:
    parquet.write_table(pyarrow.table(columns), path)
    return path


def test_an_archive(tmp_path: Path) -> None:
    path = write(tmp_path / "in.parquet", url=list(range(700)), text=["“a”"] * 699 + [None], date=["2026"] * 700)
    source = open_source(path, id_field="url", text_field="text", max_line_bytes=1000)
    entries = list(source.entries())
    assert source.size == len(entries) == 700
    assert entries[300].value == {"url": 300, "text": "“a”"}
    assert [entry.position for entry in entries] == list(range(1, 701))
    assert entries[-1].value["text"] is None
    assert list(source.entries()) == entries


@pytest.mark.parametrize("content", [b"", b"no Parquet" * 100])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.parquet"
    path.write_bytes(content)
    source = open_source(path, id_field="id", text_field="text", max_line_bytes=1000)
    with pytest.raises(SourceError, match=r"in\.parquet"):
        list(source.entries())


def test_a_result_is_read_back_as_it_was(tmp_path: Path, article: str, attributor: FakeAttributor) -> None:
    texts = {"a": article, "b": "“Yes,” it said.", "c": ""}
    results = [{"id": id_, "result": render(attributor.attribute(text), text)} for id_, text in texts.items()]
    problem = {"type": "t", "title": "T", "status": 422, "detail": "text: is empty"}
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(line) + "\n" for line in [*results, {"id": None, "problem": problem}] * 200))
    target = tmp_path / "out.parquet"
    to_parquet = writer_of(target)
    assert to_parquet
    to_parquet(lines, target)
    assert list(read(target)) == list(read_lines(lines))
    assert parquet.ParquetFile(target).metadata.num_rows == 800
    again = tmp_path / "again.parquet"
    to_parquet(lines, again)
    assert again.read_bytes() == target.read_bytes()
