"""Fixtures that tests of several modules share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import live
from tests.fakes import FakeAttributor

ARTICLE = "🌉 “The bridge opens on Monday,” Ada Brook told Reuters.\n\n“We are ready,” she added.\n"


@pytest.fixture
def attributor() -> FakeAttributor:
    return FakeAttributor()


@pytest.fixture
def article() -> str:
    """Two quotes by one speaker to one outlet, after a character outside the basic plane."""
    return ARTICLE


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The ``host:port`` of the real service."""
    with live.serve(tmp_path_factory.mktemp("serve") / "log") as address:
        yield address
