"""Fixtures that tests of several modules share."""

from __future__ import annotations

import pytest

from tests.fakes import FakeAttributor

ARTICLE = "🌉 “The bridge opens on Monday,” Ada Brook told Reuters.\n\n“We are ready,” she added.\n"


@pytest.fixture
def attributor() -> FakeAttributor:
    return FakeAttributor()


@pytest.fixture
def article() -> str:
    """Two quotes by one speaker to one outlet, after a character outside the basic plane."""
    return ARTICLE
