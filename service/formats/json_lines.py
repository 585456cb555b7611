"""JSON Lines (NDJSON): what came of each article of an archive, a line for each."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Result = Mapping[str, Any]
"""What came of an article: ``id``, and the contract's ``result`` or the ``problem`` that it had."""

_COMPRESSION = 6  # gzip's own default: nearly as small as 9, much faster


def read_lines(path: Path) -> Iterator[Result]:
    """The results in a file of JSON Lines, gzipped if it is named so."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)


def write_gzip(lines: Path, target: Path) -> None:
    """Write the lines gzipped; without a time or a name in it, so that the same lines give the same file."""
    with (
        lines.open("rb") as source,
        target.open("wb") as file,
        gzip.GzipFile("", "wb", _COMPRESSION, file, mtime=0) as compressed,
    ):
        shutil.copyfileobj(source, compressed, 1 << 20)
