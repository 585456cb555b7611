from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from service.http.arrival import Arrival

HEADERS = b"POST /v1/attributions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
GET = b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n"
SIZED = HEADERS + b'Content-Length: 13\r\n\r\n{"text": "a"}'
CHUNKED = HEADERS + b'Transfer-Encoding: chunked\r\n\r\n8\r\n{"text":\r\n5;x=y\r\n "a"}\r\n0\r\n\r\n'
WITH_TRAILERS = CHUNKED[:-2] + b"Checked: yes\r\n\r\n"


def arrival() -> Arrival:
    return Arrival(max_header_bytes=1000, max_body_bytes=100)


def arrived(data: bytes) -> Arrival:
    whole = arrival()
    whole.add(data)
    return whole


@pytest.mark.parametrize("request_", [GET, SIZED, CHUNKED, WITH_TRAILERS], ids=["get", "sized", "chunked", "trailers"])
def test_a_request_is_complete_with_its_last_byte(request_: bytes) -> None:
    by_bytes = arrival()
    for position, byte in enumerate(request_):
        assert not by_bytes.is_complete, request_[:position]
        by_bytes.add(bytes([byte]))
    assert by_bytes.is_complete
    assert by_bytes.received == request_
    assert arrived(request_).is_complete
    assert arrived(request_ + GET).is_complete, "what follows is the next request"


def test_a_chunk_that_looks_like_the_last_one_is_not() -> None:
    begun = arrived(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n20\r\na\r\n0\r\n\r\n")
    assert not begun.is_complete


def stream(request_line: bytes) -> bytes:
    headers = HEADERS.partition(b"\r\n")[2].replace(b"application/json", b"application/x-ndjson")
    return request_line + b" HTTP/1.1\r\n" + headers + b"Transfer-Encoding: chunked\r\n\r\n"


def test_a_stream_is_to_be_read_as_it_comes(app: Flask) -> None:
    (route,) = (rule.rule for rule in app.url_map.iter_rules() if rule.endpoint == "batch.attribute_batch")
    for target in (route, f"http://a{route}", f"{route}?a=b"):
        headers = stream(f"POST {target}".encode())
        assert not arrived(headers[:-1]).is_complete
        assert arrived(headers).is_complete


@pytest.mark.parametrize(
    "request_line",
    [
        b"POST /v1/attributions",
        b"POST /v1/attributions?a=/v1/attributions/batch",
        b"POST /v1/attributions/batches",
        b"GET /v1/attributions/batch",
        b"GET /livez",
    ],
)
def test_where_nothing_reads_a_stream_there_is_none(request_line: bytes) -> None:
    assert not arrived(stream(request_line)).is_complete


@pytest.mark.parametrize(
    "refused",
    [
        HEADERS + b"Content-Length: 101\r\n\r\n",
        HEADERS + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n",
        HEADERS + b"Content-Length: -1\r\n\r\n",
        HEADERS + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"\r\n\r\n",
    ],
)
def test_what_is_refused_at_once_is_not_waited_for(refused: bytes) -> None:
    assert arrived(refused).is_complete


@pytest.mark.parametrize(
    "endless",
    [
        b"GET /" + b"a" * 1000,
        HEADERS + b"a: b\r\n" * 200,
        HEADERS + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 40,
        HEADERS + b"Transfer-Encoding: chunked\r\n\r\n1;" + b"a" * 300,
    ],
)
def test_what_runs_past_the_limits_is_overlong(endless: bytes) -> None:
    assert arrived(endless).is_overlong


def test_a_client_may_ask_before_it_sends_its_body() -> None:
    assert arrived(HEADERS + b"Content-Length: 13\r\nExpect: 100-continue\r\n\r\n").expects_continue
    assert not arrived(SIZED).expects_continue


@given(data=st.binary() | st.binary().map(lambda body: CHUNKED[:-6] + body), cuts=st.lists(st.integers(0, 200)))
def test_how_it_is_cut_on_the_way_makes_no_difference(data: bytes, cuts: list[int]) -> None:
    pieces = arrival()
    begin = 0
    for end in [*sorted(cut for cut in cuts if cut < len(data)), len(data)]:
        pieces.add(data[begin:end])
        begin = end
    whole = arrived(data)
    assert (pieces.is_complete, pieces.is_overlong) == (whole.is_complete, whole.is_overlong)
