from __future__ import annotations

from threading import Event

import pytest
from flask.testing import FlaskClient

from service import __version__
from service.http.context import context_of
from service.settings import RESERVED_THREADS
from tests.fakes import MODEL, PRECISION, FakeAttributor
from tests.http.conftest import MakeApp, ready
from tests.http.measured import value
from tests.waiting import wait_for


@pytest.mark.parametrize(("path", "status"), [("/livez", "alive"), ("/readyz", "ready"), ("/healthz", "ready")])
def test_a_healthy_service(client: FlaskClient, path: str, status: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.get_json() == {"status": status}


def test_ready_only_between_warm_up_and_shutdown(make_app: MakeApp, attributor: FakeAttributor) -> None:
    loaded = Event()

    def load() -> FakeAttributor:
        loaded.wait(60)
        return attributor

    app = make_app(load)
    client = app.test_client()
    assert client.get("/livez").status_code == 200
    loading = client.get("/readyz")
    assert loading.status_code == 503
    assert loading.content_type == "application/problem+json"
    assert "loading" in loading.get_json(force=True)["detail"]
    loaded.set()
    ready(app)
    assert client.get("/readyz").status_code == 200
    context_of(app).scheduler.close()
    assert client.get("/readyz").status_code == 503
    assert client.get("/livez").status_code == 200


def test_a_model_that_does_not_load_calls_for_a_restart(make_app: MakeApp) -> None:
    def load() -> FakeAttributor:
        raise OSError("no such checkpoint")

    client = ready(make_app(load)).test_client()
    for path in ("/livez", "/readyz", "/healthz"):
        response = client.get(path)
        assert response.status_code == 503
        assert response.get_json(force=True)["detail"] == "The model could not be loaded."
        assert int(response.headers["Retry-After"]) > 0


def test_not_ready_while_requests_are_turned_away(make_app: MakeApp, attributor: FakeAttributor) -> None:
    app = ready(make_app(attributor, http_threads=RESERVED_THREADS + 2, full_seconds=0.001))
    client = app.test_client()
    with context_of(app).slots.hold():
        assert client.get("/readyz").status_code == 200, "full, but nobody has been turned away"
        assert client.post("/v1/attributions", json={"text": "a"}).status_code == 429
        wait_for(lambda: client.get("/readyz").status_code == 503)
        assert "turned away" in client.get("/readyz").get_json(force=True)["detail"]
        assert int(client.get("/readyz").headers["Retry-After"]) > 0
        assert client.get("/livez").status_code == 200
        assert value(client, "quotes_ready") == 0
    assert client.get("/readyz").status_code == 200
    assert value(client, "quotes_ready") == 1


def test_the_model_and_the_limits_are_told(client: FlaskClient) -> None:
    info = client.get("/v1/info").get_json()
    assert info["service"] == {"name": "quote-attribution", "version": __version__}
    assert info["model"] == {
        "name": MODEL.name,
        "version": MODEL.version,
        "sha256": MODEL.sha256,
        "precision": PRECISION,
    }
    assert info["limits"]["max_article_chars"] == 200_000


def test_there_is_no_model_while_it_loads(make_app: MakeApp, attributor: FakeAttributor) -> None:
    loaded = Event()

    def load() -> FakeAttributor:
        loaded.wait(60)
        return attributor

    assert make_app(load).test_client().get("/v1/info").get_json()["model"] is None
    loaded.set()
