from __future__ import annotations

from pathlib import Path

import pytest

from service.bulk.errors import SourceError
from service.bulk.sources import open_source

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def write(path: Path, **columns: list[object]) -> Path:
    parquet.write_table(pyarrow.table(columns), path)
    return path


def test_an_archive(tmp_path: Path) -> None:
    path = write(
        tmp_path / "in.parquet", url=list(range(700)), text=["“a”"] * 699 + [None], date=["2026"] * 700, x=[0] * 700
    )
    source = open_source(path, id_field="url", text_field="text", max_line_bytes=1000)
    entries = list(source.entries())
    assert source.size == len(entries) == 700
    assert entries[300].value == {"url": 300, "text": "“a”", "date": "2026"}
    assert [entry.position for entry in entries] == list(range(1, 701))
    assert entries[-1].value["text"] is None
    assert list(source.entries()) == entries


def test_every_form_of_an_article_has_its_column(tmp_path: Path) -> None:
    path = write(tmp_path / "in.parquet", ninjs=['{"uri": "a"}', None], xml=[None, "<nitf/>"], html=[None, None])
    source = open_source(path, id_field="id", text_field="text", max_line_bytes=1000)
    first, second = (entry.value for entry in source.entries())
    assert first == {"ninjs": '{"uri": "a"}', "xml": None, "html": None}
    assert second == {"ninjs": None, "xml": "<nitf/>", "html": None}


@pytest.mark.parametrize("content", [b"", b"no Parquet" * 100])
def test_what_is_no_archive(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.parquet"
    path.write_bytes(content)
    source = open_source(path, id_field="id", text_field="text", max_line_bytes=1000)
    with pytest.raises(SourceError, match=r"in\.parquet"):
        list(source.entries())
