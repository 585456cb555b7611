"""The command that searches a database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import service.cli as cli


def test_the_command_says_what_was_said_and_who_reported_it_first(
    database: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert cli.main(["search", str(database), "dam", "--speaker", "Ada Brook", "--outlet", "Courier"]) == 0
    table = capsys.readouterr().out
    for words in ("2026-03-05", "Valley Post", "Ada Brook", "Lindach Courier", "2026-03-02", "of 3 articles"):
        assert words in table
    assert cli.main(["search", str(database), "dam", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["first_publisher"] for line in lines} == {"Lindach Courier"}
    assert cli.main(["search", str(database), "nothing"]) == 0
    assert "nothing found" in capsys.readouterr().out


def test_the_command_tells_what_is_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", str(tmp_path / "none.db")]) == 1
    assert "does not exist" in capsys.readouterr().err
