from __future__ import annotations

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from tests.fakes import MODEL


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
