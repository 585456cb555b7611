from __future__ import annotations

import gzip
from pathlib import Path

from service.formats.json_lines import read_lines, write_gzip


def test_gzip_is_the_same_every_time(lines: Path, tmp_path: Path) -> None:
    write_gzip(lines, tmp_path / "one")
    write_gzip(lines, tmp_path / "two.gz")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two.gz").read_bytes()
    assert gzip.decompress((tmp_path / "one").read_bytes()) == lines.read_bytes()
    assert list(read_lines(tmp_path / "two.gz")) == list(read_lines(lines))
