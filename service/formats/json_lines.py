"""JSON Lines (NDJSON): the result of each article of an archive, one per line."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Result = Mapping[str, Any]
"""The result of an article: ``id``, and the contract's ``result`` or a ``problem``."""

_COMPRESSION = 6  # gzip's default: nearly as small as 9, much faster


def read_lines(path: Path) -> Iterator[Result]:
    """The results in a file of JSON Lines, gzipped if it is named so."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def write_gzip(lines: Path, target: Path) -> None:
    """Write the lines gzipped, without a time or file name, so that the same lines give the same file."""
    with (
        lines.open("rb") as source,
        target.open("wb") as file,
        gzip.GzipFile("", "wb", _COMPRESSION, file, mtime=0) as compressed,
    ):
        shutil.copyfileobj(source, compressed, 1 << 20)
