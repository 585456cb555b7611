"""The image's own look at whether the service in it lives."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from service.http import create_app
from service.http.context import context_of
from service.serving.scheduler import State
from service.settings import PROJECT_ROOT, Settings
from tests.fakes import FakeAttributor
from tests.waiting import wait_for

Load = Callable[[], FakeAttributor]


@pytest.fixture(scope="module")
def healthcheck() -> list[str]:
    """The command of the Dockerfile's HEALTHCHECK, for the interpreter of the tests."""
    lines = (PROJECT_ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    (command,) = re.findall(r"^HEALTHCHECK .*?CMD (\[.*\])$", lines, re.MULTILINE)
    _, *arguments = json.loads(command)
    return [sys.executable, *arguments]


@contextmanager
def served(app: Flask, address: str) -> Iterator[int]:
    server = make_server(address, 0, app)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def check(healthcheck: list[str], load: Load, address: str = "127.0.0.1", **settings: Any) -> bool:
    """Whether the service is found to live that has these settings."""
    app = create_app(Settings(**settings), load=load)
    scheduler = context_of(app).scheduler
    wait_for(lambda: scheduler.state is not State.LOADING)
    with ExitStack() as stack:
        stack.callback(scheduler.close)
        port = stack.enter_context(served(app, address))
        environment = {"BIND_ADDRESS": address, "PORT": str(port)}
        if settings.get("api_keys"):
            environment["API_KEYS"] = settings["api_keys"]
        return subprocess.run(healthcheck, env=environment, timeout=60, check=False).returncode == 0


def test_a_service_that_lives(healthcheck: list[str]) -> None:
    assert check(healthcheck, FakeAttributor)


def test_it_need_not_be_open_to_everyone(healthcheck: list[str]) -> None:
    assert check(healthcheck, FakeAttributor, api_keys="néw,old", api_keyless="none")


@pytest.mark.skipif(sys.platform != "linux", reason="one loopback address only")
def test_it_may_listen_at_one_address_only(healthcheck: list[str]) -> None:
    assert check(healthcheck, FakeAttributor, address="127.0.0.2")


def test_a_service_that_only_a_restart_can_help(healthcheck: list[str]) -> None:
    def load() -> FakeAttributor:
        raise OSError("no such checkpoint")

    assert not check(healthcheck, load)
