"""Errors that no route answers for."""

from __future__ import annotations

import json

from flask.testing import FlaskClient

from tests.fakes import POISON
from tests.http.assertions import assert_problem

PATH = "/v1/attributions"


def test_paths_and_methods_that_are_not_there(client: FlaskClient) -> None:
    assert_problem(client.get("/v1/attribution"), 404, "not-found")
    response = client.get(PATH)
    assert_problem(response, 405, "method-not-allowed")
    assert "POST" in response.headers["Allow"]


def test_a_failure_shows_no_internals(client: FlaskClient) -> None:
    body = assert_problem(client.post(PATH, json={"text": POISON}), 500, "internal-error")
    assert POISON not in json.dumps(body)
    assert "RuntimeError" not in json.dumps(body)
