"""Fixtures that tests of several modules share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import live
from tests.fakes import FakeAttributor
from tests.formats.results import Results, made_from

ARTICLE = "🌉 “The bridge opens on Monday,” Ada Brook told Reuters.\n\n“We are ready,” she added.\n"

# A machine that has other work besides makes no test fail.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture
def attributor() -> FakeAttributor:
    return FakeAttributor()


@pytest.fixture
def article() -> str:
    """Two quotes by one speaker to one outlet, after a character outside the basic plane."""
    return ARTICLE


@pytest.fixture
def results(article: str) -> Results:
    """An archive's: two quotes, two quotes without speaker or outlet, a failure."""
    return made_from({"a": article, "b": "“Yes,” was heard, and then \n“no”."})


@pytest.fixture
def lines(tmp_path: Path, results: Results) -> Path:
    """The same as a file of JSON Lines."""
    path = tmp_path / "lines.jsonl"
    path.write_text("".join(json.dumps(result) + "\n" for result in results))
    return path


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The ``host:port`` of the real service."""
    with live.serve(tmp_path_factory.mktemp("serve") / "log") as address:
        yield address
