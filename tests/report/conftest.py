"""An archive of hostile articles as a database: names and words with markup in them, an address to be careful with."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.database.search import opened
from service.database.writer import Result, write_database
from service.report.figures import Figures, gather
from tests.database.results import archive, quote, result

HOSTILE = "<script>alert(1)</script>"


def results() -> list[Result]:
    hostile = result(f"{HOSTILE}.txt", f"“It is {HOSTILE}”", quote(f"It is {HOSTILE}", f"Bo {HOSTILE}", HOSTILE))
    hostile["article"].update(uri=f"javascript:{HOSTILE}", publisher=HOSTILE)
    linked = result("linked", "“Nobody-said this”", quote("Nobody-said this"), date="2026-03-05")
    linked["article"].update(uri="https://post.example/a?b=1#top", title="A & B")
    return [*archive(), hostile, linked]


def figures_of(results: list[Result], folder: Path) -> Figures:
    write_database(results, folder / "quotes.db", lambda _: None)
    with opened(folder / "quotes.db") as connection:
        return gather(connection)


@pytest.fixture
def figures(tmp_path: Path) -> Figures:
    return figures_of(results(), tmp_path)
