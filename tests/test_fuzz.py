"""Requests made up from the OpenAPI document, and bytes made up from nothing, against the real service.

``FUZZ_EXAMPLES`` says how many of them each test makes up; by default few, so that the tests stay quick.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi import checks

from service.http import answers
from service.http.body import FORMS
from service.http.openapi import document

pytestmark = pytest.mark.slow

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "10"))
SETTINGS = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))

api = schemathesis.openapi.from_dict(document())


@schemathesis.serializer("application/x-ndjson")
def as_lines(_: Any, value: Any) -> bytes:
    return json.dumps(value).encode()


def as_text(_: Any, value: Any) -> bytes:
    return value.encode("utf-8", "replace") if isinstance(value, str) else json.dumps(value).encode()


for media_type in FORMS:
    schemathesis.serializer(media_type)(as_text)


@pytest.mark.model
@api.parametrize()
@SETTINGS
def test_every_answer_fits_the_document(case: Any, address: str) -> None:
    # An article of a batch that is at fault has a problem of its own, in an answer that is 200 as a whole.
    # Of XML and of an article that is the body itself the schema says no more than that it is a text.
    # The query is not read beside a JSON body.
    is_xml = isinstance(case.body, dict) and bool(case.body.get("xml"))
    loose = case.path.endswith("/batch") or case.media_type in FORMS or is_xml or bool(case.query)
    excluded = [checks.negative_data_rejection, checks.positive_data_acceptance] if loose else []
    case.call_and_validate(base_url=f"http://{address}", excluded_checks=excluded)


@pytest.mark.model
@SETTINGS
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD"]),
    path=st.sampled_from(
        ["/v1/attributions", "/v1/attributions/batch", "/v1/info", "/livez", "/metrics", "/docs/", "/"]
    ),
    media_type=st.sampled_from(["application/json", "application/x-ndjson", "text/plain", "text/html", "text/xml", ""]),
    body=st.binary() | st.text().map(lambda text: json.dumps({"text": text}).encode()),
)
def test_no_request_makes_the_service_fail(address: str, method: str, path: str, media_type: str, body: bytes) -> None:
    connection = http.client.HTTPConnection(address, timeout=120)
    try:
        connection.request(method, path, body, {"Content-Type": media_type})
        response = connection.getresponse()
        answer = response.read()
        assert response.status < 500, answer
        if response.status >= 400 and method != "HEAD":
            answers.Problem.model_validate_json(answer)
    finally:
        connection.close()


@pytest.mark.model
@SETTINGS
@given(data=st.binary() | st.binary().map(lambda rest: b"POST /v1/attributions HTTP/1.1\r\nHost: a\r\n" + rest))
def test_no_bytes_make_the_service_fail(address: str, data: bytes) -> None:
    host, _, port = address.partition(":")
    with socket.create_connection((host, int(port)), timeout=120) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        answer = connection.makefile("rb").read()
    assert not answer.startswith(b"HTTP/1.1 5"), answer


@pytest.mark.model
@SETTINGS
@given(text=st.lists(st.text() | st.sampled_from(["“", "”", '"', " said Ada Brook, ", "\n\n", "🌉"])).map("".join))
def test_quotes_are_verbatim_in_every_unit(address: str, text: str) -> None:
    for unit, encoding, width in (("codepoint", "utf-32-le", 4), ("utf16", "utf-16-le", 2), ("utf8", "utf-8", 1)):
        connection = http.client.HTTPConnection(address, timeout=120)
        body = json.dumps({"text": text, "offset_unit": unit, "include_nonspeech": True})
        connection.request("POST", "/v1/attributions", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        answer = json.load(response)
        connection.close()
        assert response.status == (200 if text.strip() else 422)
        units = text.encode(encoding)
        for quote in answer.get("quotes", []):
            span = units[quote["start"] * width : quote["end"] * width]
            assert span.decode(encoding) == quote["text"]
