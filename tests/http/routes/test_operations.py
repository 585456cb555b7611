from __future__ import annotations

from threading import Event

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from service import __version__
from service.http.context import context_of
from service.serving.engine import Options
from service.serving.jobs import Terms
from service.settings import RESERVED_THREADS
from tests.fakes import MODEL, PRECISION, FakeAttributor
from tests.http.conftest import MakeApp, ready
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


def test_the_gauge_of_readiness_says_what_readyz_says(make_app: MakeApp) -> None:
    release = Event()
    release.set()
    app = ready(make_app(FakeAttributor(before_batch=lambda: release.wait(60)), hang_seconds=0.01))
    client = app.test_client()
    assert value(client, "quotes_ready") == 1
    release.clear()
    job = context_of(app).scheduler.submit("a", Options(), Terms())
    wait_for(lambda: client.get("/readyz").status_code == 503)
    assert value(client, "quotes_ready") == 0
    release.set()
    job.future.result(60)


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


def samples(client: FlaskClient) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    text = client.get("/metrics").get_data(as_text=True)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(client: FlaskClient, metric: str, **labels: str) -> float:
    return samples(client)[metric, frozenset(labels.items())]


def test_requests_and_answers_are_counted(client: FlaskClient, article: str) -> None:
    client.post("/v1/attributions", json={"text": article})
    client.post("/v1/attributions", json={"text": article.replace("Reuters", "a friend")})
    client.post("/v1/attributions", json={})
    route = {"method": "POST", "route": "/v1/attributions"}
    assert value(client, "quotes_http_requests_total", **route, status="200") == 2
    assert value(client, "quotes_http_requests_total", **route, status="422") == 1
    assert value(client, "quotes_http_request_seconds_count", **route) == 3
    assert value(client, "quotes_returned_total") == 4
    assert value(client, "quotes_speakers_returned_total") == 4
    assert value(client, "quotes_outlets_returned_total") == 2
    assert value(client, "quotes_encoded_tokens_total") == 2 * len(article) + 1
    assert value(client, "quotes_queue_seconds_count") == 2
    assert value(client, "quotes_slice_seconds_count") == 2
    assert value(client, "quotes_slice_articles_sum") == 2


def test_unknown_paths_and_methods_share_a_label(client: FlaskClient) -> None:
    client.get("/a")
    client.open("/b", method="BREW")
    assert value(client, "quotes_http_requests_total", method="other", route="other", status="404") == 2


def test_the_scheduler_and_the_model_are_shown(client: FlaskClient) -> None:
    assert value(client, "quotes_ready") == 1
    for name in ("quotes_queue_tokens", "quotes_articles_in_flight", "quotes_articles_waiting"):
        assert value(client, name) == 0
    assert value(client, "quotes_characters_per_second") > 0
    assert value(client, "quotes_model_info", name=MODEL.name, version=MODEL.version, sha256=MODEL.sha256) == 1
    assert any(name == "process_resident_memory_bytes" for name, _ in samples(client))
