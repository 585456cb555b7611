"""The app on a fake attributor, loaded and ready."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.http import create_app
from service.http.context import context_of
from service.serving.lane import Attributor, LaneState
from service.settings import Settings
from tests.fakes import FakeAttributor

MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app() -> Iterator[MakeApp]:
    """Make an app: ``make_app(attributor, max_article_chars=10)``. Its lane is closed after the test."""
    apps: list[Flask] = []

    def make(source: Attributor | Callable[[], Attributor], **settings: Any) -> Flask:
        load = source if callable(source) else lambda: source
        app = create_app(Settings(**settings), load=load)
        apps.append(app)
        return app

    yield make
    for app in apps:
        context_of(app).lane.close()


@pytest.fixture
def app(make_app: MakeApp, attributor: FakeAttributor) -> Flask:
    return ready(make_app(attributor))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ready(app: Flask) -> Flask:
    """``app`` once its model is loaded."""
    wait_for(lambda: context_of(app).lane.state is not LaneState.LOADING)
    return app


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    """Wait until ``condition`` holds, and fail if it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)
