from __future__ import annotations

import inspect
import io
import json
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from threading import Thread
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from flask import Flask
from pydantic import BaseModel
from werkzeug import Request, Response
from werkzeug.serving import make_server

from client import quote_attribution_client as client_module
from client.quote_attribution_client import (
    Article,
    Client,
    InvalidRequest,
    ProblemError,
    QueueFull,
    ServiceError,
    TimedOut,
    TooLarge,
    Unauthorized,
    Unavailable,
    Unreachable,
)
from service import records
from service.http import answers, create_app
from service.http.context import context_of
from service.http.example import EXAMPLE_ANSWER
from service.intake.schemas import BatchArticle
from service.settings import Settings
from tests.fakes import POISON, FakeAttributor
from tests.http.conftest import ready

Fault = Callable[[Any, Any], Any]
"""A WSGI application that answers one request in the service's place."""


@dataclass
class Served:
    """The service on a local port. The next requests get ``faults`` instead of its answers."""

    app: Flask
    url: str = ""
    faults: list[Fault] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        if self.faults:
            body = Request(environ).get_data()
            self.bodies.append(body)
            environ["wsgi.input"] = io.BytesIO(body)  # for the fault to read once more
            return self.faults.pop(0)(environ, start_response)
        return self.app(environ, start_response)


@pytest.fixture
def served() -> Iterator[Served]:
    served = Served(ready(create_app(load=FakeAttributor)))
    server = make_server("127.0.0.1", 0, served, threaded=True)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        context_of(served.app).scheduler.close()


@pytest.fixture
def client(served: Served) -> Iterator[Client]:
    with Client(served.url, retries=2, longest_wait=1) as client:
        yield client


def refusal(status: int, detail: str = "D", **headers: str) -> Response:
    problem = {"type": "urn:problem-type:quote-attribution:x", "title": "T", "status": status, "detail": detail}
    return Response(json.dumps(problem), status, headers, content_type="application/problem+json")


def cut_short(lines: int) -> Fault:
    """An answer to a stream that breaks off after so many lines."""

    def answer(environ: Any, start_response: Any) -> Any:
        articles = [json.loads(line) for line in Request(environ).get_data().splitlines()]
        start_response("200 OK", [("Content-Type", "application/x-ndjson")])
        for article in articles[:lines]:
            yield json.dumps({"id": article["id"], "problem": PROBLEM}).encode() + b"\n"
        yield b'{"id": "half'
        environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)

    return answer


def broken_off(environ: Any, _: Any) -> Any:
    """No answer at all."""
    Request(environ).get_data()
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    return []


def key_wanted(environ: Any, start_response: Any) -> Any:
    """A refusal that tells the key that was sent."""
    key = Request(environ).headers.get("Authorization", "nothing")
    return refusal(401, detail=key)(environ, start_response)


PROBLEM = {"type": "t", "title": "T", "status": 500, "detail": "D", "added later": 1}


def test_an_article(client: Client, article: str) -> None:
    attribution = client.attribute(article)
    assert [quote.text for quote in attribution.quotes] == ["The bridge opens on Monday,", "We are ready,"]
    for quote in attribution.quotes:
        assert article[quote.start : quote.end] == quote.text
        assert quote.speaker
        assert quote.speaker.mention
        assert article[quote.speaker.mention.start : quote.speaker.mention.end] == "Ada Brook"
        assert quote.outlet
        assert quote.outlet.id == "reuters"
    assert attribution.speakers[0].quotes == ["q1", "q2"]
    assert attribution.outlets[0].name == "Reuters"
    assert attribution.model.name == "fake"


def test_its_options(client: Client, article: str) -> None:
    attribution = client.attribute(Article(article, publisher="The Courier", min_confidence=0.75))
    assert attribution.publisher == "The Courier"
    assert all(quote.speaker and quote.outlet is None for quote in attribution.quotes)


def test_html_and_the_text_made_of_it(client: Client) -> None:
    attribution = client.attribute(Article(html="<p>“It opens,” she said.</p>", language="en"))
    assert (attribution.text, attribution.language) == ("“It opens,” she said.", "en")


def test_a_ninjs_document(client: Client) -> None:
    document = {"uri": "urn:items:7", "language": "en", "bodies": [{"contentType": "text/plain", "value": "“No.”"}]}
    attribution = client.attribute(Article(ninjs=document))
    assert (attribution.uri, attribution.language, attribution.text) == ("urn:items:7", "en", "“No.”")


def test_a_batch(client: Client, article: str) -> None:
    good, blank, poison = client.attribute_batch([Article(article, "a"), Article(" ", "b"), Article(POISON, "c")])
    assert [good.id, blank.id, poison.id] == ["a", "b", "c"]
    assert good.unwrap() == client.attribute(article)
    assert blank.problem
    assert blank.problem.errors[0].field == "text"
    with pytest.raises(InvalidRequest, match="text: is empty"):
        blank.unwrap()
    with pytest.raises(ProblemError) as failed:
        poison.unwrap()
    assert failed.value.problem.status == 500


def test_a_stream_of_any_length_is_taken_as_it_is_needed(client: Client) -> None:
    taken: list[int] = []

    def articles() -> Iterator[Article]:
        for number in range(100):
            taken.append(number)
            yield Article(f"“{number}”", str(number))

    results = client.attribute_stream(articles())
    assert next(results).id == "0"
    assert len(taken) < 50
    rest = list(results)
    assert [result.id for result in rest] == [str(number) for number in range(1, 100)]
    assert [result.unwrap().quotes[0].text for result in rest] == [result.id for result in rest]


def test_a_stream_of_nothing(client: Client) -> None:
    assert list(client.attribute_stream([])) == []


def test_a_stream_that_breaks_off_is_gone_on_with(client: Client, served: Served) -> None:
    served.faults = [cut_short(3), cut_short(0), cut_short(1)]
    results = list(client.attribute_stream([Article(f"“{number}”", str(number)) for number in range(6)]))
    assert [result.id for result in results] == [str(number) for number in range(6)]
    assert [body.count(b"\n") for body in served.bodies] == [6, 3, 3]


def test_a_stream_that_breaks_off_again_and_again(client: Client, served: Served) -> None:
    served.faults = [cut_short(0)] * 10
    with pytest.raises(Unreachable):
        list(client.attribute_stream([Article("“a”")]))
    assert len(served.faults) == 7, "a try and two more"


def problems(status: int, *ids: str) -> Response:
    """A stream's answer in which each article has a problem."""
    problem = {"type": "about:blank", "title": "Busy", "status": status, "detail": "Not now."}
    lines = "".join(json.dumps({"id": name, "problem": problem}) + "\n" for name in ids)
    return Response(lines, content_type="application/x-ndjson")


def test_what_may_pass_is_tried_again_in_a_stream(client: Client, served: Served) -> None:
    served.faults = [problems(503, "a", "b"), problems(429, "a")]
    results = list(client.attribute_stream([Article("“a”", "a"), Article("“b”", "b")]))
    assert [result.id for result in results] == ["a", "b"]
    assert [result.unwrap().quotes[0].text for result in results] == ["a", "b"]


def test_what_does_not_pass_in_a_stream_is_told(client: Client, served: Served) -> None:
    served.faults = [problems(503, "a"), problems(503, "a"), problems(503, "a"), problems(504, "b")]
    passing, late, last = client.attribute_stream([Article("“a”", "a"), Article("“b”", "b"), Article("“c”", "c")])
    assert passing.problem
    assert passing.problem.status == 503
    assert late.problem
    assert late.problem.status == 504
    assert last.unwrap()


def test_what_may_pass_is_tried_again_in_a_batch(client: Client, served: Served) -> None:
    problem = {"type": "about:blank", "title": "Busy", "status": 503, "detail": "Not now."}
    served.faults = [Response(json.dumps({"results": [{"id": name, "problem": problem} for name in "ab"]}))]
    first, second = client.attribute_batch([Article("“a”", "a"), Article("“b”", "b")])
    assert first.unwrap().quotes[0].text == "a"
    assert second.unwrap().quotes[0].text == "b"


def batch_answer(**problems: int) -> Response:
    """A batch's answer in which each article has a problem of that status; with 200 an attribution."""
    results = [
        {"id": name, "result": EXAMPLE_ANSWER}
        if status == 200
        else {"id": name, "problem": {"type": "about:blank", "title": "T", "status": status, "detail": "D"}}
        for name, status in problems.items()
    ]
    return Response(json.dumps({"results": results}))


def test_what_a_batch_had_no_time_for_is_sent_again_as_long_as_it_answers_some(client: Client, served: Served) -> None:
    served.faults = [batch_answer(a=200, b=504, c=504), batch_answer(b=200, c=504), batch_answer(c=504)]
    results = client.attribute_batch([Article("“a”", "a"), Article("“b”", "b"), Article("“c”", "c")])
    assert [result.problem and result.problem.status for result in results] == [None, None, 504]
    assert [len(json.loads(body)["articles"]) for body in served.bodies] == [3, 2, 1]


def test_an_article_that_is_too_much_for_a_batch_of_its_own_is_not_sent_again(client: Client, served: Served) -> None:
    served.faults = [batch_answer(a=504), batch_answer(a=200)]
    (result,) = client.attribute_batch([Article("“a”", "a")])
    assert result.problem
    assert len(served.bodies) == 1


def test_a_batch_that_was_lost_is_sent_again(client: Client, served: Served) -> None:
    served.faults = [broken_off]
    (result,) = client.attribute_batch([Article("“a”", "a")])
    assert result.unwrap().quotes[0].text == "a"
    served.faults = [broken_off] * 10
    with pytest.raises(Unreachable):
        client.attribute_batch([Article("“a”")])
    assert len(served.faults) == 7, "a try and two more"


@pytest.mark.parametrize("many", [False, True])
def test_a_full_queue_is_waited_for_as_long_as_it_asks(served: Served, many: bool) -> None:
    served.faults = [refusal(429, **{"Retry-After": "1"}), refusal(503, **{"Retry-After": "1"})]
    began = time.monotonic()
    with Client(served.url) as client:
        if many:
            assert next(client.attribute_stream([Article("“a”")])).unwrap().quotes
        else:
            assert client.attribute("“a”").quotes
    assert time.monotonic() - began >= 2.0
    assert len({*served.bodies}) == 1, "the same request again"


@pytest.mark.parametrize(("status", "error"), [(429, QueueFull), (503, Unavailable)])
def test_what_does_not_pass(served: Served, status: int, error: type[ProblemError]) -> None:
    served.faults = [refusal(status, **{"Retry-After": "0"})] * 10
    with Client(served.url, retries=2) as client, pytest.raises(error) as raised:
        client.attribute("“a”")
    assert raised.value.problem.status == status
    assert len(served.faults) == 7


def test_no_wait_is_longer_than_allowed(served: Served) -> None:
    served.faults = [refusal(429, **{"Retry-After": "86400"})]
    with Client(served.url, longest_wait=1) as client:
        assert client.attribute("“a”").quotes


@pytest.mark.parametrize(
    ("article", "error"),
    [
        (Article(""), InvalidRequest),
        (Article("a" * 200_001), TooLarge),
        (Article("a", min_confidence=2), InvalidRequest),
    ],
)
def test_an_article_at_fault_is_not_tried_again(client: Client, article: Article, error: type[ProblemError]) -> None:
    with pytest.raises(error) as raised:
        client.attribute(article)
    assert raised.value.problem.type.startswith("urn:problem-type:quote-attribution:")
    assert raised.value.problem.request_id


def test_a_service_that_wants_a_key(served: Served) -> None:
    served.faults = [key_wanted] * 2
    with Client(served.url, api_key="sesame") as client, pytest.raises(Unauthorized, match="Bearer sesame"):
        client.attribute("“a”")
    with Client(served.url) as client, pytest.raises(Unauthorized, match="nothing"):
        client.attribute("“a”")


def test_an_answer_of_something_else_on_the_way(client: Client, served: Served) -> None:
    served.faults = [Response("<h1>no</h1>", 418, content_type="text/html")]
    with pytest.raises(ProblemError) as raised:
        client.attribute("“a”")
    assert raised.value.problem.status == 418


def after(seconds: float, served: Served) -> Fault:
    """The service's own answer, late."""

    def answer(environ: Any, start_response: Any) -> Any:
        time.sleep(seconds)
        return served.app(environ, start_response)

    return answer


def test_a_service_that_is_too_slow(served: Served) -> None:
    served.faults = [after(1.5, served)]
    with Client(served.url, timeout=0.3, retries=0) as client, pytest.raises(TimedOut):
        client.attribute("“a”")


def test_a_batch_that_takes_too_long_is_not_asked_for_twice(served: Served) -> None:
    served.faults = [after(1.5, served)] * 3
    with Client(served.url, batch_timeout=0.3, retries=2) as client, pytest.raises(TimedOut):
        client.attribute_batch([Article("“a”")])
    assert len(served.faults) == 2


def test_batches_and_streams_may_take_longer_than_an_article(served: Served) -> None:
    served.faults = [after(1.0, served)] * 2
    with Client(served.url, timeout=0.3, retries=0) as client:
        assert client.attribute_batch([Article("“a”")])[0].unwrap()
        assert next(client.attribute_stream([Article("“a”")])).unwrap()


def test_it_waits_longer_for_a_batch_than_the_service_works_on_it() -> None:
    waits = inspect.signature(Client).parameters["batch_timeout"].default
    assert waits > Settings.model_fields["batch_deadline_seconds"].default


def test_no_service() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    with Client(url, retries=0) as client, pytest.raises(Unreachable):
        client.attribute("“a”")
    assert issubclass(Unreachable, ServiceError)


def test_where_the_quotes_stand_in_what_was_sent(client: Client) -> None:
    html = "<p>“It 🌉 opens,” she said.</p>"
    sent = Article(html=html, source_offsets=True, offset_unit="utf8")
    source = client.attribute(sent).source
    assert source
    assert source.field == "html"
    (place,) = source.quotes
    assert html.encode()[place.start : place.end].decode() == "It 🌉 opens,"
    assert client.attribute(Article(html=html)).source is None


def test_an_article_has_the_fields_of_the_contract_and_no_other() -> None:
    assert {field.name: field.default for field in fields(Article)} == {
        name: field.default for name, field in BatchArticle.model_fields.items()
    }


@pytest.mark.parametrize(
    ("own", "answered"),
    [(client_module.Source, answers.AnswerSource), (client_module.SourceQuote, answers.SourceQuote)],
)
def test_so_has_its_source(own: type[Any], answered: type[BaseModel]) -> None:
    assert shape(own) == {name: _type_name(field.annotation) for name, field in answered.model_fields.items()}


def test_an_older_service_is_not_sent_what_it_need_not_know() -> None:
    assert client_module._body(Article("a", "7", min_confidence=0.5)) == {"text": "a", "id": "7", "min_confidence": 0.5}


@pytest.mark.parametrize("name", ["Mention", "Speaker", "Outlet", "Quote", "QuotedSpeaker", "CreditedOutlet"])
def test_the_client_has_the_fields_of_the_records_and_no_other(name: str) -> None:
    assert shape(getattr(client_module, name)) == shape(getattr(records, name))


def test_an_answer_with_every_field_is_read_in_full() -> None:
    answer = json.loads(json.dumps(EXAMPLE_ANSWER))
    also = answer["quotes"][0]["outlet"] | {"id": "second"}
    answer["quotes"][0] |= {"outlets_also": [also], "marked": False, "repeats": "q2"}
    _assert_same(answer, client_module._attribution(answer))


def test_an_answer_of_an_older_service_lacks_only_what_it_did_not_know() -> None:
    answer = json.loads(json.dumps(EXAMPLE_ANSWER))
    for quote in answer["quotes"]:
        for newer in ("marked", "repeats", "outlets_also"):
            del quote[newer]
        del quote["speaker"]["named_at"], quote["speaker"]["title"]
    first = client_module._attribution(answer).quotes[0]
    assert (first.marked, first.repeats, first.outlets_also) == (True, None, ())
    assert first.speaker
    assert (first.speaker.name, first.speaker.named_at, first.speaker.title) == ("Ada Brook", None, None)


def shape(record: type[Any]) -> dict[str, str]:
    """The fields of a record with their types, as the client and the service both write them."""
    hints = get_type_hints(record)
    return {field.name: _type_name(hints[field.name]) for field in fields(record)}


def _type_name(hint: Any) -> str:
    if get_origin(hint) is Literal:
        return str(get_args(hint))
    members = [_type_name(member) for member in get_args(hint) if member is not ...]
    if get_origin(hint) in (tuple, list, Sequence):
        return f"list[{members[0]}]"
    return " | ".join(members) if members else str(hint.__name__)


def _assert_same(value: Any, read: Any) -> None:
    if isinstance(value, dict):
        for name, member in value.items():
            _assert_same(member, getattr(read, name))
    elif isinstance(value, list):
        for member, read_member in zip(value, read, strict=True):
            _assert_same(member, read_member)
    else:
        assert value == read
