from __future__ import annotations

import io
import json
import logging
import sys
from logging.config import dictConfig
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.http.logs import logging_config
from service.settings import Settings
from tests.fakes import MODEL, POISON

SECRET = "the mayor resigns"


@pytest.fixture
def output(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> io.StringIO:
    """What the service logs in the format that the test asks for."""
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stdout", stream)
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    dictConfig(logging_config(Settings(log_format=request.param)))
    return stream


@pytest.mark.parametrize("output", ["json"], indirect=True)
def test_a_request_is_one_line_of_json(output: io.StringIO, client: FlaskClient) -> None:
    client.post("/v1/attributions", json={"text": SECRET}, headers={"X-Request-ID": "r1"})
    lines: list[dict[str, Any]] = [json.loads(line) for line in output.getvalue().splitlines()]
    (line,) = [line for line in lines if line["logger"] == "service.access"]
    assert line["request_id"] == "r1"
    assert (line["method"], line["route"], line["status"]) == ("POST", "/v1/attributions", 200)
    assert line["milliseconds"] >= 0
    assert line["request_bytes"] == len(json.dumps({"text": SECRET}))
    assert line["model"] == f"{MODEL.name} {MODEL.version}"
    assert line["level"] == "INFO"
    assert line["time"]


@pytest.mark.parametrize("output", ["json", "text"], indirect=True)
def test_a_failure_is_logged_without_the_article(output: io.StringIO, client: FlaskClient) -> None:
    client.post("/v1/attributions", json={"text": f"{SECRET} {POISON}"}, headers={"X-Request-ID": "r2"})
    logged = output.getvalue()
    assert "request r2 failed" in logged
    assert "RuntimeError" in logged
    assert "in encode" in logged, "the log says where it failed"
    assert SECRET not in logged


@pytest.mark.parametrize("output", ["text"], indirect=True)
def test_probes_are_not_logged(output: io.StringIO, client: FlaskClient) -> None:
    client.get("/livez")
    assert "/livez" not in output.getvalue()
