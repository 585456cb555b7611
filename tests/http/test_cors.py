"""Pages of other origins: only those that the settings name may read the answers."""

from __future__ import annotations

from tests.fakes import FakeAttributor
from tests.http.conftest import MakeApp, ready

DESK = "https://desk.example.org"
PREFLIGHT = {"Origin": DESK, "Access-Control-Request-Method": "POST"}


def test_by_default_no_origin_may(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor)).test_client()
    for response in (client.get("/v1/info", headers={"Origin": DESK}), client.options("/v1/info", headers=PREFLIGHT)):
        assert "Access-Control-Allow-Origin" not in response.headers


def test_an_origin_that_is_named_may(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor, cors_origins=f"{DESK}, https://b.example", api_keys="k")).test_client()
    response = client.options("/v1/attributions", headers=PREFLIGHT)
    assert response.status_code == 204
    assert response.headers["Access-Control-Allow-Origin"] == DESK
    assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
    refused = client.post("/v1/attributions", json={"text": "a"}, headers={"Origin": DESK})
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, DESK)
    other = client.options("/v1/attributions", headers={**PREFLIGHT, "Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in other.headers
    assert "Origin" in other.headers["Vary"]


def test_any_origin_may_where_all_are_named(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor, cors_origins="*")).test_client()
    answer = client.post("/v1/attributions", json={"text": "a"}, headers={"Origin": DESK})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
    assert "Access-Control-Allow-Origin" not in client.get("/livez").headers
