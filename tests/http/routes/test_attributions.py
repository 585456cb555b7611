from __future__ import annotations

import io
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.http.context import context_of
from service.intake.html import MAX_DEPTH
from service.serving.jobs import Job, RefusalReason, Refused
from service.settings import RESERVED_THREADS
from tests.fakes import FakeAttributor
from tests.http.assertions import assert_problem
from tests.http.conftest import MakeApp, ready
from tests.waiting import wait_for

PATH = "/v1/attributions"


def fields_at_fault(response: TestResponse) -> list[str]:
    return [error["field"] for error in assert_problem(response, 422, "invalid-request")["errors"]]


def test_an_article_is_answered_by_the_contract(client: FlaskClient, attributor: FakeAttributor, article: str) -> None:
    response = client.post(PATH, json={"text": article, "publisher": "The Ferry Post"})
    assert response.status_code == 200
    assert response.content_type == "application/json"
    expected = contract_body(AttributedArticle(attributor.attribute(article), article, publisher="The Ferry Post"))
    assert response.get_json() == json.loads(json.dumps(expected))


def test_options_reach_the_attributor(client: FlaskClient, article: str) -> None:
    answer = client.post(PATH, json={"text": article, "min_confidence": 0.75, "include_nonspeech": True}).get_json()
    assert answer["quotes"][0]["speaker"]["name"] == "Ada Brook"
    assert answer["quotes"][0]["outlet"] is None
    assert answer["warnings"] == ["nonspeech included"]


@pytest.mark.parametrize(("unit", "start"), [("codepoint", 3), ("utf16", 4), ("utf8", 8)])
def test_offsets_are_counted_in_the_unit_asked_for(client: FlaskClient, article: str, unit: str, start: int) -> None:
    answer = client.post(PATH, json={"text": article, "offset_unit": unit}).get_json()
    assert answer["quotes"][0]["start"] == start


def test_html_is_answered_with_the_text_that_offsets_refer_to(client: FlaskClient) -> None:
    html = "<style>p {}</style><p>&ldquo;We are <em>ready</em>,&rdquo; Ada&nbsp;Brook said.</p><p>&#x1f309; “No.”</p>"
    for unit, width, encoding in (("codepoint", 4, "utf-32-le"), ("utf16", 2, "utf-16-le"), ("utf8", 1, "utf-8")):
        answer = client.post(PATH, json={"html": html, "offset_unit": unit}).get_json()
        assert answer["text"] == "“We are ready,” Ada\xa0Brook said.\n🌉 “No.”"
        assert [quote["text"] for quote in answer["quotes"]] == ["We are ready,", "No."]
        units = answer["text"].encode(encoding)
        for quote in answer["quotes"]:
            assert units[quote["start"] * width : quote["end"] * width].decode(encoding) == quote["text"]


def test_a_text_is_not_sent_back(client: FlaskClient) -> None:
    assert "text" not in client.post(PATH, json={"text": "a", "html": None}).get_json()


def test_html_as_json_ld_has_the_text_with_it(client: FlaskClient) -> None:
    answer = client.post(PATH, json={"html": "<p>a"}, headers={"Accept": "application/ld+json"})
    assert json.loads(answer.get_data())["articleBody"] == "a"


@pytest.mark.parametrize(
    ("fields", "field", "detail"),
    [
        ({"html": "<script>a</script>"}, "html", "has no text"),
        ({"html": "<p>&nbsp;</p>"}, "html", "has no text"),
        ({"html": "<b>" * (MAX_DEPTH + 1) + "a"}, "html", f"has more than {MAX_DEPTH} elements within one another"),
        ({"html": "a", "text": "a"}, "text", "is given beside html; send one of them"),
        ({"html": None, "text": None}, "text", "is required"),
    ],
)
def test_html_at_fault(client: FlaskClient, fields: dict[str, Any], field: str, detail: str) -> None:
    problem = assert_problem(client.post(PATH, json=fields), 422, "invalid-request")
    assert problem["errors"] == [{"field": field, "detail": detail}]


NINJS = {
    "uri": "http://example.com/items/7",
    "standard": {"name": "ninjs", "version": "3.0"},
    "language": "en-IE",
    "headlines": [{"value": "A bridge"}],
    "bodies": [
        {"role": "plain", "contentType": "text/plain", "value": "“No.”"},
        {"role": "main", "contentType": "text/html; charset=utf-8", "value": "<h1>Bridge</h1><p>“Yes,” she said.</p>"},
    ],
}


def test_a_ninjs_document_is_read_from_its_html(client: FlaskClient) -> None:
    answer = client.post(PATH, json={"ninjs": NINJS}).get_json()
    assert (answer["uri"], answer["language"]) == ("http://example.com/items/7", "en-IE")
    assert answer["text"] == "Bridge\n“Yes,” she said."
    assert [quote["text"] for quote in answer["quotes"]] == ["Yes,"]
    assert client.post(PATH, json={"ninjs": NINJS, "language": "en"}).get_json()["language"] == "en"


@pytest.mark.parametrize("body", [{"value": "“No.”"}, {"contentType": "Text/Plain", "value": "“No.”"}])
def test_a_ninjs_document_may_have_plain_text(client: FlaskClient, body: dict[str, str]) -> None:
    answer = client.post(PATH, json={"ninjs": {"uri": "a:b", "bodies": [{"contentType": "x/y", "value": "a"}, body]}})
    assert answer.get_json()["text"] == "“No.”"


def test_the_standards_tell_which_ninjs_document_it_was(client: FlaskClient) -> None:
    posted = {"ninjs": {**NINJS, "bodies": [{"value": "“No.”"}]}}
    article = json.loads(client.post(PATH, json=posted, headers={"Accept": "application/ld+json"}).get_data())
    assert (article["identifier"], article["articleBody"]) == (NINJS["uri"], "“No.”")
    form = 'application/ld+json;profile="http://www.w3.org/ns/anno.jsonld"'
    notes = json.loads(client.post(PATH, json=posted, headers={"Accept": form}).get_data())
    assert {note["target"]["source"] for note in notes["first"]["items"]} == {NINJS["uri"]}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ninjs": {"uri": "a:b"}}, "ninjs.bodies"),
        ({"ninjs": {"uri": "a:b", "bodies": []}}, "ninjs.bodies"),
        ({"ninjs": {"bodies": [{"value": "a"}]}}, "ninjs.uri"),
        ({"ninjs": {"uri": "a:b", "bodies": [{"value": " "}]}}, "ninjs.bodies.0.value"),
        ({"ninjs": {"uri": "a:b", "bodies": [{"contentType": "x/y", "value": "a"}]}}, "ninjs.bodies"),
        ({"ninjs": {"uri": "a:b", "bodies": [{"contentType": "text/html", "value": "<p>"}]}}, "ninjs.bodies.0.value"),
        ({"ninjs": NINJS, "html": "a"}, "html"),
        ({"ninjs": NINJS, "text": "a"}, "text"),
        ({"ninjs": "a"}, "ninjs"),
    ],
)
def test_ninjs_at_fault(client: FlaskClient, fields: dict[str, Any], field: str) -> None:
    problem = assert_problem(client.post(PATH, json=fields), 422, "invalid-request")
    assert [error["field"] for error in problem["errors"]] == [field]


def test_ninjs_over_the_limit(client: FlaskClient) -> None:
    posted = {"ninjs": {"uri": "a:b", "bodies": [{"value": "a" * 200_001}]}}
    problem = assert_problem(client.post(PATH, json=posted), 413, "too-large")
    assert problem["detail"].startswith("ninjs.bodies.0.value has 200001 characters")


def test_html_over_the_limit(client: FlaskClient) -> None:
    problem = assert_problem(client.post(PATH, json={"html": "<p>" * 66_667}), 413, "too-large")
    assert problem["detail"] == "html has 200001 characters; the limit is 200000."


@pytest.mark.parametrize("language", ["en", "en-GB", "zh-Hans-CN", "de-1996", "x-ours"])
def test_the_language_is_echoed(client: FlaskClient, language: str) -> None:
    assert client.post(PATH, json={"text": "a", "language": language}).get_json()["language"] == language
    assert client.post(PATH, json={"text": "a"}).get_json()["language"] is None


@pytest.mark.parametrize("text", ["Nobody spoke.", "a NUL\0 “b\0”", "\u200b", "👩‍👩‍👧 “né”"])
def test_odd_texts_are_answered(client: FlaskClient, text: str) -> None:
    response = client.post(PATH, json={"text": text})
    assert response.status_code == 200
    for quote in response.get_json()["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_no_body(client: FlaskClient) -> None:
    assert_problem(client.post(PATH), 400, "no-body")
    assert_problem(client.post(PATH, content_type="application/json"), 400, "no-body")


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"text": "a" "b"}',
        b"\xff\xfe",
        b'\xef\xbb\xbf{"text": "a"}',
        b'{"text": "a", "min_confidence": NaN}',
        b'{"text": "a\x01"}',
        b"[" * 100_000,
        b'{"text": ' + b"1" * 5000 + b"}",
    ],
)
def test_malformed_json(client: FlaskClient, body: bytes) -> None:
    assert_problem(client.post(PATH, data=body, content_type="application/json"), 400, "malformed-json")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "image/png"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {},
        {"Content-Type": "application/json", "Content-Encoding": "br"},
    ],
)
def test_wrong_media_type(client: FlaskClient, headers: dict[str, str]) -> None:
    assert_problem(client.post(PATH, data=b'{"text": "a"}', headers=headers), 415, "unsupported-media-type")


def test_a_body_of_another_media_type_is_not_read(client: FlaskClient) -> None:
    class Unsent(io.BytesIO):
        def read(self, _: int | None = -1) -> bytes:
            raise AssertionError("was read")

        readinto = read  # type: ignore[assignment]

    for path in (PATH, f"{PATH}/batch"):
        response = client.post(
            path, input_stream=Unsent(), headers={"Content-Type": "image/png", "Transfer-Encoding": "chunked"}
        )
        assert_problem(response, 415, "unsupported-media-type")


def test_a_charset_parameter_is_no_obstacle(client: FlaskClient) -> None:
    response = client.post(PATH, data=b'{"text": "a"}', content_type="application/json; charset=utf-8")
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ([], "body"),
        ("text", "body"),
        ({"text": None}, "text"),
        ({"text": 7}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": ""}, "text"),
        ({"text": " \n\t"}, "text"),
        ({"text": "a\ud800b"}, "text"),
        ({"html": ""}, "html"),
        ({"html": 7}, "html"),
        ({"html": "a\ud800b"}, "html"),
        ({"text": "a", "language": "English, British"}, "language"),
        ({"text": "a", "language": "en\n"}, "language"),
        ({"text": "a", "language": ""}, "language"),
        ({"text": "a", "publisher": 1}, "publisher"),
        ({"text": "a", "publisher": "x" * 301}, "publisher"),
        ({"text": "a", "publisher": "\udfff"}, "publisher"),
        ({"text": "a", "min_confidence": "0.5"}, "min_confidence"),
        ({"text": "a", "min_confidence": 1.1}, "min_confidence"),
        ({"text": "a", "min_confidence": -1}, "min_confidence"),
        ({"text": "a", "min_confidence": 10**400}, "min_confidence"),
        ({"text": "a", "include_nonspeech": 1}, "include_nonspeech"),
        ({"text": "a", "offset_unit": "utf32"}, "offset_unit"),
        ({"text": "a", "txet": "b"}, "txet"),
        ({"text": "a", "\ud800": "b"}, "body"),
    ],
)
def test_the_field_at_fault_is_named(client: FlaskClient, body: Any, field: str) -> None:
    assert fields_at_fault(client.post(PATH, json=body)) == [field]


def test_every_field_at_fault_is_named(client: FlaskClient) -> None:
    assert fields_at_fault(client.post(PATH, json={"min_confidence": 2, "x": 1})) == ["text", "min_confidence", "x"]


def test_a_field_given_twice_is_refused(client: FlaskClient) -> None:
    response = client.post(PATH, data=b'{"text": "a", "text": "b"}', content_type="application/json")
    assert fields_at_fault(response) == ["text"]


def test_a_lone_surrogate_is_explained(client: FlaskClient) -> None:
    response = client.post(PATH, data=b'{"text": "\\ud83d"}', content_type="application/json")
    assert "lone surrogate" in assert_problem(response, 422, "invalid-request")["detail"]


def test_a_surrogate_pair_is_a_character(client: FlaskClient) -> None:
    response = client.post(PATH, data=b'{"text": "\\ud83d\\ude00"}', content_type="application/json")
    assert response.status_code == 200


def test_an_article_over_the_limit(client: FlaskClient) -> None:
    problem = assert_problem(client.post(PATH, json={"text": "“" * 200_001}), 413, "too-large")
    assert "200000" in problem["detail"]


def test_two_megabytes_of_quotation_marks(client: FlaskClient) -> None:
    assert_problem(client.post(PATH, json={"text": '"' * 2_000_000}), 413, "too-large")


def test_a_body_over_the_limit(make_app: MakeApp, attributor: FakeAttributor) -> None:
    client = ready(make_app(attributor, max_body_bytes=2000)).test_client()
    assert client.post(PATH, json={"text": "a" * 1900}).status_code == 200
    problem = assert_problem(client.post(PATH, json={"text": "a" * 2000}), 413, "too-large")
    assert "2000 bytes" in problem["detail"]


def test_while_loading_and_after_closing(make_app: MakeApp, attributor: FakeAttributor) -> None:
    loaded = Event()

    def load() -> FakeAttributor:
        loaded.wait(60)
        return attributor

    app = make_app(load)
    client = app.test_client()
    response = client.post(PATH, json={"text": "a"})
    assert "loading" in assert_problem(response, 503, "unavailable")["detail"]
    assert int(response.headers["Retry-After"]) > 0
    loaded.set()
    ready(app)
    assert client.post(PATH, json={"text": "a"}).status_code == 200
    context_of(app).scheduler.close()
    assert "shutting down" in assert_problem(client.post(PATH, json={"text": "a"}), 503, "unavailable")["detail"]


class BlockedApp:
    """An app whose attributor stays in its first batch until ``release`` is set."""

    def __init__(self, make_app: MakeApp, **settings: Any) -> None:
        self.release = Event()
        self.release.set()
        self.attributor = FakeAttributor(before_batch=lambda: self.release.wait(60))
        self.app = ready(make_app(self.attributor, **settings))
        self.release.clear()
        self.pool = ThreadPoolExecutor()
        self.blocked = self.pool.submit(self.post, "first")
        wait_for(lambda: self.attributor.batches[-1] == ["first"])

    def post(self, text: str) -> TestResponse:
        return self.app.test_client().post(PATH, json={"text": text})


def test_a_full_queue_is_refused_with_a_time_to_retry(make_app: MakeApp) -> None:
    blocked = BlockedApp(make_app, max_article_chars=100, max_queue_chars=100)
    waiting = blocked.pool.submit(blocked.post, "b" * 90)
    wait_for(lambda: context_of(blocked.app).scheduler.load().waiting == 1)
    response = blocked.post("c" * 11)
    assert "The queue is full" in assert_problem(response, 429, "queue-full")["detail"]
    assert int(response.headers["Retry-After"]) >= 1
    blocked.release.set()
    assert blocked.blocked.result().status_code == waiting.result().status_code == 200


def test_an_article_that_would_come_too_late_is_not_told_of_a_full_queue(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Job:
        raise Refused(RefusalReason.TIME, 2.5)

    monkeypatch.setattr(context_of(app).scheduler, "submit", refuse)
    response = client.post(PATH, json={"text": "a"})
    problem = assert_problem(response, 429, "queue-full")
    assert problem["detail"] == "The service is too busy to finish this article in time; retry in 3 s."
    assert response.headers["Retry-After"] == "3"


def test_a_model_that_does_not_load(make_app: MakeApp) -> None:
    def load() -> FakeAttributor:
        raise OSError("no such checkpoint")

    client = ready(make_app(load)).test_client()
    for path, body in ((PATH, {"text": "a"}), (f"{PATH}/batch", {"articles": [{"text": "a"}]})):
        problem = assert_problem(client.post(path, json=body), 503, "unavailable")
        assert problem["detail"] == "The service could not load its model."


def test_requests_never_hold_every_thread(make_app: MakeApp) -> None:
    blocked = BlockedApp(make_app, http_threads=RESERVED_THREADS + 2)
    assert_problem(blocked.post("second"), 429, "queue-full")
    assert blocked.app.test_client().get("/livez").status_code == 200
    blocked.release.set()
    assert blocked.blocked.result().status_code == 200


def test_a_body_that_ends_early(client: FlaskClient) -> None:
    length = {"CONTENT_LENGTH": "14"}
    response = client.post(PATH, data=b'{"text": "a"}', content_type="application/json", environ_overrides=length)
    assert_problem(response, 408, "incomplete-request")


def test_past_the_deadline(make_app: MakeApp) -> None:
    blocked = BlockedApp(make_app, deadline_seconds=1.0)
    assert_problem(blocked.post("second"), 504, "deadline-passed")
    blocked.release.set()
    assert_problem(blocked.blocked.result(), 504, "deadline-passed")
    assert blocked.post("third").status_code == 200
    assert ["second"] not in blocked.attributor.batches, "work given up on is dropped"


@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=st.binary()
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["text", "html", "publisher", "min_confidence"]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_no_body_makes_the_service_fail(client: FlaskClient, body: bytes) -> None:
    response = client.post(PATH, data=body, content_type="application/json")
    assert response.status_code in {200, 400, 422}
