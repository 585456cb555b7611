"""Reads newline-delimited JSON (NDJSON, JSON Lines) that may be at fault in any of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from service.http.body import parse_json
from service.http.problems import TOO_LARGE, Problem


def read_values(lines: BinaryIO, limit: int) -> Iterator[Any]:
    """The JSON value of each line that is not blank, or the ``Problem`` with it.

    A line of ``limit`` bytes or more is a problem, and is not held in memory.
    """
    while line := lines.readline(limit):
        if len(line) == limit and not line.endswith(b"\n"):
            yield Problem(TOO_LARGE, f"The line has {limit} bytes or more.")
            while line and not line.endswith(b"\n"):
                line = lines.readline(limit)
        elif not line.isspace():
            yield _value(line)


def _value(line: bytes) -> Any:
    try:
        return parse_json(line)
    except Problem as problem:
        return problem
