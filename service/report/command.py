"""The ``report`` command: writes a page about a run's result."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.bulk.errors import BulkError
from service.bulk.results import read
from service.database.search import DatabaseError, opened
from service.database.writer import write_database
from service.report.figures import gather
from service.report.page import render_page


def run(arguments: argparse.Namespace) -> int:
    """Write the page and print its path. Returns the exit status: 1 if the result cannot be read."""
    result: Path = arguments.result
    target: Path = arguments.to or result.with_name(f"{result.name}.html")
    try:
        with _database(result) as connection:
            page = render_page(gather(connection), result.name)
        target.write_text(page, encoding="utf-8")
    except (BulkError, DatabaseError, OSError, EOFError, ValueError, KeyError) as error:
        print(f"error: {result}: {error}", file=sys.stderr)
        return 1
    print(target)
    return 0


@contextmanager
def _database(result: Path) -> Iterator[sqlite3.Connection]:
    """The result as a database; one in another format is converted to a temporary database."""
    if result.suffix == ".db":
        with opened(result) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, "quotes.db")
        write_database(read(result), made, lambda _: None)
        with opened(made) as connection:
            yield connection
