from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from service.database.writer import Outlet, write_database
from tests.database.results import archive


def publisher(name: str) -> Outlet:
    return name.lower().replace(" ", "-"), name, f"Q{len(name)}"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """The invented archive as a database."""
    path = tmp_path / "quotes.db"
    write_database(archive(), path, publisher)
    return path


@pytest.fixture
def connection(database: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(database)) as opened:
        yield opened
