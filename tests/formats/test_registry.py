from __future__ import annotations

from pathlib import Path

import pytest

from service.formats.registry import ARCHIVE_FORMATS, ARTICLE_FORMATS, CONTRACT_JSON, archive_format, archive_suffixes
from tests.formats.results import Results


def test_every_format_can_be_requested_by_itself() -> None:
    media_types = [form.media_type for form in ARTICLE_FORMATS]
    assert media_types[0] == CONTRACT_JSON.media_type
    assert len(set(media_types)) == len(media_types)


@pytest.mark.parametrize("suffix", [suffix for form in ARCHIVE_FORMATS for suffix in form.suffixes])
def test_a_result_s_format_goes_by_its_name(suffix: str) -> None:
    form = archive_format(Path(f"archive.2026{suffix}"))
    assert form
    assert suffix in form.suffixes
    assert f"*{suffix}" in archive_suffixes()


@pytest.mark.parametrize("name", ["out", "out.txt", "out.csv.zip", "jsonl"])
def test_other_names_have_no_format(name: str) -> None:
    assert archive_format(Path(name)) is None


def test_what_is_read_back_is_what_was_written(lines: Path, results: Results, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    for form in ARCHIVE_FORMATS:
        if form.write and form.read and not form.needs_text:
            target = tmp_path / f"out{form.suffixes[0]}"
            form.write(lines, target)
            assert [result["id"] for result in form.read(target)] == [result["id"] for result in results]
