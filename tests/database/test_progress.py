"""How far the writing of a database is."""

from __future__ import annotations

import logging
from itertools import count
from pathlib import Path

import pytest

from service.database.progress import log_progress
from service.database.writer import write_database
from tests.database.conftest import publisher
from tests.database.results import archive


def test_it_is_told_how_far_the_database_is(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "service.database"):
        write_database(archive(), tmp_path / "quotes.db", publisher)
    assert caplog.messages == [
        "5 articles written, with 6 quotes",
        "resolving speakers",
        "finding quotes that several articles share",
        "indexing",
    ]


def test_during_long_work_it_is_told_each_minute(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = count(step=61)
    monkeypatch.setattr("service.database.progress.time.monotonic", lambda: float(next(minutes)))
    with caplog.at_level(logging.INFO, "service.database"):
        assert list(log_progress(range(3), "articles written")) == [0, 1, 2]
    assert caplog.messages == ["0 articles written", "1 articles written", "2 articles written"]
