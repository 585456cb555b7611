from __future__ import annotations

import io
import json
import time
from collections.abc import Iterable
from threading import Event
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.http import articles
from service.http.context import context_of
from service.intake.article import SentArticle, read_article
from service.intake.schemas import ArticleRequest
from service.settings import RESERVED_THREADS
from tests.fakes import POISON, FakeAttributor
from tests.http.assertions import assert_problem, assert_problem_body
from tests.http.conftest import MakeApp, ready
from tests.waiting import wait_for

PATH = "/v1/attributions/batch"
NDJSON = "application/x-ndjson"


def post_lines(client: FlaskClient, lines: Iterable[bytes]) -> TestResponse:
    return client.post(PATH, data=b"".join(lines), content_type=NDJSON)


def answers(response: TestResponse) -> list[dict[str, Any]]:
    assert response.status_code == 200
    if response.content_type == NDJSON:
        return [json.loads(line) for line in response.get_data().splitlines()]
    results: list[dict[str, Any]] = response.get_json()["results"]
    return results


@pytest.fixture(params=["json", "ndjson"])
def post(request: pytest.FixtureRequest, client: FlaskClient) -> Any:
    """Post articles as one JSON object or as lines; returns the answers."""

    def as_json(*articles: Any) -> list[dict[str, Any]]:
        return answers(client.post(PATH, json={"articles": articles}))

    def as_lines(*articles: Any) -> list[dict[str, Any]]:
        return answers(post_lines(client, (json.dumps(article).encode() + b"\n" for article in articles)))

    return as_json if request.param == "json" else as_lines


def test_each_article_gets_what_it_would_get_alone(post: Any, attributor: FakeAttributor, article: str) -> None:
    first, second = post({"id": "a", "text": article, "offset_unit": "utf8"}, {"text": "Nobody spoke."})
    expected = contract_body(AttributedArticle(attributor.attribute(article), article, offset_unit="utf8"))
    assert first == {"id": "a", "result": json.loads(json.dumps(expected))}
    assert second["id"] is None
    assert second["result"]["quotes"] == []


def test_html_and_text_may_stand_side_by_side(post: Any) -> None:
    html, text, silent = post({"html": "<p>“a”<p>b"}, {"text": "“a”"}, {"id": "silent", "html": "<nav>a</nav>"})
    assert html["result"]["text"] == "“a”\nb"
    assert html["result"]["quotes"][0]["text"] == "a"
    assert "text" not in text["result"]
    assert silent["problem"]["errors"] == [{"field": "html", "detail": "has no text"}]


def test_an_article_at_fault_has_a_problem_in_its_place(post: Any) -> None:
    good, blank, unknown, poison, too_long, no_object, surrogate = post(
        {"id": "good", "text": "a"},
        {"id": "blank", "text": " "},
        {"id": "unknown", "text": "a", "x": 1},
        {"id": "poison", "text": POISON},
        {"id": "too long", "text": "a" * 200_001},
        7,
        {"id": "\ud800", "text": "a"},
    )
    assert good["result"]["quotes"] == []
    for answer, id_, status, name in (
        (blank, "blank", 422, "invalid-request"),
        (unknown, "unknown", 422, "invalid-request"),
        (poison, "poison", 500, "internal-error"),
        (too_long, "too long", 413, "too-large"),
        (no_object, None, 422, "invalid-request"),
        (surrogate, None, 422, "invalid-request"),
    ):
        assert answer["id"] == id_
        assert_problem_body(answer["problem"], status, name)
    assert blank["problem"]["errors"] == [{"field": "text", "detail": "is empty"}]
    assert POISON not in json.dumps(poison["problem"])


def test_an_article_that_cannot_be_read_does_not_fail_the_others(post: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(article: ArticleRequest, limit: int) -> SentArticle:
        if article.text == POISON:
            raise RuntimeError(POISON)
        return read_article(article, limit)

    monkeypatch.setattr(articles, "read_article", read)
    good, bad, next_good = post({"text": "“a”"}, {"id": "bad", "text": POISON}, {"text": "“b”"})
    assert_problem_body(bad["problem"], 500, "internal-error")
    assert (good["result"]["quotes"][0]["text"], bad["id"], next_good["result"]["quotes"][0]["text"]) == (
        "a",
        "bad",
        "b",
    )


def test_many_articles_keep_their_order(post: Any) -> None:
    texts = [f"“{number}”" for number in range(100)]
    results = post(*({"id": text, "text": text} for text in texts))
    assert [answer["id"] for answer in results] == texts
    assert [answer["result"]["quotes"][0]["text"] for answer in results] == [text[1:-1] for text in texts]


@pytest.mark.parametrize("body", [{}, {"articles": []}, {"articles": {}}, {"articles": ["a"], "x": 1}, []])
def test_a_batch_that_is_none(client: FlaskClient, body: Any) -> None:
    assert_problem(client.post(PATH, json=body), 422, "invalid-request")


def test_no_body(client: FlaskClient) -> None:
    problem = assert_problem(client.post(PATH, content_type="application/json"), 400, "no-body")
    assert "article" not in problem["detail"]


def test_a_json_batch_over_the_limit(client: FlaskClient) -> None:
    problem = assert_problem(client.post(PATH, json={"articles": [{"text": "a"}] * 101}), 413, "too-large")
    assert "100" in problem["detail"]


def test_wrong_media_type(client: FlaskClient) -> None:
    assert_problem(client.post(PATH, data=b"a", content_type="text/plain"), 415, "unsupported-media-type")
    encoded = client.post(PATH, data=b"a", content_type=NDJSON, headers={"Content-Encoding": "gzip"})
    assert_problem(encoded, 415, "unsupported-media-type")


def test_lines_that_are_no_json_or_too_long(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor, max_body_bytes=1024)).test_client()
    lines = [
        b'{"text": "a"}\n',
        b"\r\n",
        b"{\n",
        b'"' + b"x" * 5000 + b'"\n',
        b'{"text": "a", "text": "b"}\n',
        b'{"text": "z"}',
    ]
    first, malformed, too_long, twice, last = answers(post_lines(client, lines))
    assert "result" in first
    assert_problem_body(malformed["problem"], 400, "malformed-json")
    assert_problem_body(too_long["problem"], 413, "too-large")
    assert_problem_body(twice["problem"], 422, "invalid-request")
    assert "result" in last


def test_a_stream_may_be_longer_than_a_body(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor, max_body_bytes=1024)).test_client()
    assert len(answers(post_lines(client, [b'{"text": "a"}\n'] * 1000))) == 1000


def test_an_empty_stream_has_an_empty_answer(client: FlaskClient) -> None:
    assert answers(post_lines(client, [])) == []


def test_lines_are_answered_as_they_come(app: Flask) -> None:
    line = b'{"text": "a"}'.ljust(999) + b"\n"
    body = io.BytesIO(line * 1000)
    response = app.test_client().post(PATH, content_type=NDJSON, input_stream=body)
    assert "result" in json.loads(next(response.iter_encoded()))
    assert body.tell() < 50 * len(line), "read ahead by a window, not to the end"
    response.close()


def test_a_stream_gives_its_thread_back(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor, http_threads=6)).test_client()
    for _ in range(3):
        response = post_lines(client, [b'{"text": "a"}\n'])
        assert len(answers(response)) == 1
        response.close()


def test_batches_leave_the_slots_of_single_articles_free(make_app: MakeApp, attributor: FakeAttributor) -> None:
    app = ready(make_app(attributor, http_threads=RESERVED_THREADS + 2))
    client = app.test_client()
    batch = {"articles": [{"text": "a"}]}
    with context_of(app).slots.hold():
        assert client.post(PATH, json=batch).status_code == 200
    with context_of(app).stream_slots.hold():
        problem = assert_problem(client.post(PATH, json=batch), 429, "queue-full")
        assert problem["detail"].startswith("Too many batches and streams are under way; retry in")
        assert client.post("/v1/attributions", json={"text": "a"}).status_code == 200


def test_while_loading(make_app: MakeApp, attributor: FakeAttributor) -> None:
    loaded = Event()

    def load() -> FakeAttributor:
        loaded.wait(60)
        return attributor

    client = make_app(load).test_client()
    assert_problem(client.post(PATH, json={"articles": [{"text": "a"}]}), 503, "unavailable")
    assert_problem(post_lines(client, [b'{"text": "a"}\n']), 503, "unavailable")
    loaded.set()


@pytest.mark.parametrize("media_type", ["application/json", NDJSON])
def test_waiting_for_its_turn_uses_up_nothing_of_an_articles_time(make_app: MakeApp, media_type: str) -> None:
    slow = FakeAttributor(before_batch=lambda: time.sleep(0.15))
    client = ready(make_app(slow, deadline_seconds=2.0)).test_client()
    articles = [{"id": str(number), "text": "“a”" * 300} for number in range(20)]
    began = time.monotonic()
    if media_type == NDJSON:
        results = answers(post_lines(client, (json.dumps(article).encode() + b"\n" for article in articles)))
    else:
        results = answers(client.post(PATH, json={"articles": articles}))
    assert time.monotonic() - began > 2.0
    assert ["result" in result for result in results] == [True] * 20


def test_past_the_deadline(make_app: MakeApp) -> None:
    release = Event()
    release.set()
    attributor = FakeAttributor(before_batch=lambda: release.wait(60))
    app = ready(make_app(attributor, batch_deadline_seconds=0.1, max_article_chars=10, max_queue_chars=10))
    release.clear()
    results = answers(
        app.test_client().post(PATH, json={"articles": [{"text": "a"}, {"text": "b" * 9}, {"text": "cc"}]})
    )
    release.set()
    assert results[0]["problem"]["status"] == results[1]["problem"]["status"] == 504
    assert results[0]["problem"]["detail"] == "The article was not finished before its deadline."
    assert results[2]["problem"]["status"] in {429, 504}, "there was no room for it in time"
    wait_for(lambda: context_of(app).scheduler.load().in_flight == 0)
