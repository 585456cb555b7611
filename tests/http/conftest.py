"""The app on a fake attributor, loaded and ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from service.http import create_app
from service.http.context import context_of
from service.serving.engine import Engine
from service.serving.scheduler import State
from service.settings import Settings
from tests.fakes import FakeAttributor
from tests.waiting import wait_for

MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app() -> Iterator[MakeApp]:
    """Make an app: ``make_app(attributor, max_article_chars=10)``. Its scheduler is closed after the test."""
    apps: list[Flask] = []

    def make(source: Engine | Callable[[], Engine], **settings: Any) -> Flask:
        load = source if callable(source) else lambda: source
        app = create_app(Settings(**settings), load=load)
        apps.append(app)
        return app

    yield make
    for app in apps:
        context_of(app).scheduler.close()


@pytest.fixture
def app(make_app: MakeApp, attributor: FakeAttributor) -> Flask:
    return ready(make_app(attributor))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def ready(app: Flask) -> Flask:
    """``app`` once its model is loaded."""
    wait_for(lambda: context_of(app).scheduler.state is not State.LOADING)
    return app
