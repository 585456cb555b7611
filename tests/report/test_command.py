"""The command that makes a report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import service.cli as cli
from service.report.page import render_page
from tests.report.conftest import figures_of, results


def test_the_command_makes_it_of_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    figures = figures_of(results(), tmp_path)
    database = tmp_path / "quotes.db"
    assert cli.main(["report", str(database)]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "quotes.db.html")
    assert (tmp_path / "quotes.db.html").read_text() == render_page(figures, "quotes.db")
    assert cli.main(["report", str(database), "--to", str(tmp_path / "page.html")]) == 0
    assert (tmp_path / "page.html").exists()


def test_the_command_makes_it_of_a_result_that_is_none(tmp_path: Path) -> None:
    result = tmp_path / "out.jsonl"
    result.write_text("".join(json.dumps(line) + "\n" for line in results()))
    assert cli.main(["report", str(result)]) == 0
    assert (tmp_path / "out.jsonl.html").read_text() == render_page(figures_of(results(), tmp_path), "out.jsonl")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("none.jsonl", None),
        ("x.csv", ""),
        ("x.jsonl", "{"),
        ("y.jsonl", "{}"),
        ("none.db", None),
        ("x.db", "no database"),
    ],
)
def test_what_is_no_result(tmp_path: Path, name: str, content: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    assert cli.main(["report", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.startswith("error: ")
