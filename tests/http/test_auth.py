from __future__ import annotations

import json
import logging

import pytest
from flask.testing import FlaskClient

from tests.fakes import FakeAttributor
from tests.http.assertions import assert_problem
from tests.http.conftest import MakeApp, ready

PATH = "/v1/attributions"
BODY = {"text": "a"}


@pytest.fixture
def guarded(make_app: MakeApp, attributor: FakeAttributor) -> FlaskClient:
    return ready(make_app(attributor, api_keys=("old", "néw"))).test_client()


def test_without_keys_everyone_may_come_in(client: FlaskClient) -> None:
    assert client.post(PATH, json=BODY, headers={"Authorization": "Bearer any"}).status_code == 200


@pytest.mark.parametrize("given", ["Bearer old", "bearer  old ", "Bearer néw".encode().decode("latin-1")])
def test_each_of_several_keys_is_good(guarded: FlaskClient, given: str) -> None:
    assert guarded.post(PATH, json=BODY, headers={"Authorization": given}).status_code == 200


@pytest.mark.parametrize("given", ["", "old", "Bearer", "Bearer ol", "Bearer oldd", "Bearer old,néw", "Basic b2xk"])
def test_anything_else_is_refused(guarded: FlaskClient, given: str) -> None:
    response = guarded.post(PATH, json=BODY, headers={"Authorization": given} if given else {})
    assert_problem(response, 401, "unauthorized")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_what_needs_no_key_is_a_choice(make_app: MakeApp, attributor: FakeAttributor) -> None:
    public = ("/livez", "/readyz", "/healthz", "/metrics", "/docs", "/openapi.json", "/", "/page/main.js")
    default = ready(make_app(attributor, api_keys=("k",))).test_client()
    assert {default.get(path).status_code for path in public} == {200}
    strict = ready(make_app(attributor, api_keys=("k",), api_keyless=())).test_client()
    assert {strict.get(path).status_code for path in public} == {401}
    for path in ("/v1/info", "/nowhere"):
        assert_problem(default.get(path), 401, "unauthorized")


def test_keys_are_not_logged(guarded: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        guarded.post(PATH, json=BODY, headers={"Authorization": "Bearer old"})
        guarded.post(PATH, json=BODY, headers={"Authorization": "Bearer wrong-one"})
    logged = json.dumps([record.__dict__ for record in caplog.records], default=str)
    assert "/v1/attributions" in logged
    assert "Bearer" not in logged
    assert "wrong-one" not in logged
