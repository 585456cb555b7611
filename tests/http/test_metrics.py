"""Prometheus metrics."""

from __future__ import annotations

from threading import Event

from flask.testing import FlaskClient

from service.http.context import context_of
from service.serving.engine import Options
from service.serving.jobs import Terms
from tests.fakes import MODEL, FakeAttributor
from tests.http.conftest import MakeApp, ready
from tests.http.measured import samples, value
from tests.waiting import wait_for


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
