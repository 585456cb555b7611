"""A client of the quote attribution service, in one file: copy it. It needs Python 3.11 and urllib3 2.6.

    client = Client("http://localhost:8000")
    for quote in client.attribute(text).quotes:
        print(quote.text, quote.speaker and quote.speaker.name, quote.outlet and quote.outlet.name)

An article that cannot be attributed raises a ``ProblemError``; in batches and streams, each article has an attribution
or a problem of its own. The client retries transient failures (a full queue, a service that is starting or stopping, a
lost connection), of single articles and of those in batches and streams. It waits for the time in ``Retry-After`` or,
if there is none, longer each time. It also retries the articles that a batch had no time left for, as long as each
request answers some.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import islice
from types import TracebackType
from typing import Any, Literal, Self

import urllib3
from urllib3 import exceptions

_TRANSIENT = (429, 502, 503)
_NO_TIME = 504
_FIRST_WAIT = 0.5  # seconds before the first retry; doubled for each further one
_AT_A_TIME = 16  # articles of a stream in one request: the most that are sent again when it breaks off
_JSON, _NDJSON = "application/json", "application/x-ndjson"


@dataclass(frozen=True, slots=True)
class Article:
    """An article to be attributed, in exactly one of ``text``, ``html``, ``ninjs`` (an IPTC ninjs document) and ``xml``
    (a NewsML-G2 or NITF document). ``id``, ``publisher`` and ``language`` are echoed; ``id`` only counts in batches and
    streams. ``source_offsets`` asks for the answer's ``source``; ``offset_unit`` is the unit of all offsets."""

    text: str | None = None
    id: str | None = None
    publisher: str | None = None
    min_confidence: float = 0.0
    include_nonspeech: bool = False
    html: str | None = None
    language: str | None = None
    ninjs: Mapping[str, Any] | None = None
    xml: str | None = None
    source_offsets: bool = False
    offset_unit: Literal["codepoint", "utf16", "utf8"] = "codepoint"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the article, ``text[start:end]`` of it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said a quote. ``mention`` is the words that name them there, if any do; ``named_at`` is where the article
    gives the name in full, ``title`` the office or description that introduces the speaker."""

    id: str
    name: str
    type: Literal["person", "group", "organization", "document", "unknown"]
    mention: Mention | None
    confidence: float
    named_at: Mention | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """The news organisation that the article credits with reporting a quote."""

    id: str
    name: str
    mention: Mention
    basis: Literal["sentence", "context"]
    role: Literal["reported", "told", "aired", "wrote", "own"]
    confidence: float
    wikidata: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote, ``text[start:end]`` of the article. ``parent``, ``continues`` and ``repeats`` are ids of other quotes;
    ``marked`` is false where the layout alone shows the quote. ``outlets_also`` are credited with it too."""

    id: str
    text: str
    start: int
    end: int
    kind: Literal["speech", "nonspeech"]
    closed: bool
    parent: str | None
    continues: str | None
    speaker: Speaker | None
    outlet: Outlet | None
    confidence: float
    marked: bool = True
    repeats: str | None = None
    outlets_also: Sequence[Outlet] = ()


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """A speaker of the article with the ids of everything they said in it."""

    id: str
    name: str
    type: Literal["person", "group", "organization", "document", "unknown"]
    quotes: Sequence[str]


@dataclass(frozen=True, slots=True)
class CreditedOutlet:
    """An outlet of the article with the ids of the quotes it is credited for."""

    id: str
    name: str
    quotes: Sequence[str]


@dataclass(frozen=True, slots=True)
class Model:
    """Which checkpoint answered."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceQuote:
    """A quote's place in the HTML that was sent; tags may stand between its first character and its last."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where the quotes stand in the HTML that was sent, in the ``field`` that held it, such as ``html``."""

    field: str
    quotes: Sequence[SourceQuote]


@dataclass(frozen=True, slots=True)
class Attribution:
    """The answer for an article. Offsets count the article's ``offset_unit``, by default code points, as Python does,
    and are into ``text`` where HTML or a document was sent; ``uri``, ``headline`` and ``byline`` are the document's.
    There is a ``source`` where ``source_offsets`` were asked for and HTML was sent."""

    model: Model
    publisher: str | None
    language: str | None
    text: str | None
    quotes: Sequence[Quote]
    speakers: Sequence[QuotedSpeaker]
    outlets: Sequence[CreditedOutlet]
    warnings: Sequence[str]
    uri: str | None = None
    headline: str | None = None
    byline: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field of an article."""

    field: str
    detail: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Why there is no attribution (RFC 9457). ``type`` never changes; ``status`` is HTTP's."""

    type: str
    title: str
    status: int
    detail: str
    errors: Sequence[FieldError] = ()
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one article of several: an attribution or a problem, never both."""

    id: str | None
    attribution: Attribution | None
    problem: Problem | None

    def unwrap(self) -> Attribution:
        """The attribution. Raises ``ProblemError`` where there is none."""
        if self.attribution is None:
            raise _error(self.problem or Problem("about:blank", "No answer", 0, "The article has no answer."))
        return self.attribution


class ServiceError(Exception):
    """There is no answer."""


class Unreachable(ServiceError):
    """No connection could be made, or it was lost."""


class TimedOut(ServiceError):
    """The service took longer than the client waits."""


class ProblemError(ServiceError):
    """The service answered with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.title}: {problem.detail}")
        self.problem = problem


class InvalidRequest(ProblemError):
    """The article is invalid; ``problem.errors`` lists the invalid fields."""


class Unauthorized(ProblemError):
    """The service requires an API key, and got none or a wrong one."""


class TooLarge(ProblemError):
    """The article or the batch is larger than the service accepts."""


class QueueFull(ProblemError):
    """The service has more work than it can queue, even after every retry."""


class Unavailable(ProblemError):
    """The service is starting or stopping, even after every retry."""


class DeadlinePassed(ProblemError):
    """The service abandoned the article because it took too long."""


_ERRORS: Mapping[int, type[ProblemError]] = {
    400: InvalidRequest,
    401: Unauthorized,
    413: TooLarge,
    415: InvalidRequest,
    422: InvalidRequest,
    429: QueueFull,
    503: Unavailable,
    504: DeadlinePassed,
}


class Client:
    """A client of the service at ``base_url``. Several threads may share one; it keeps ``connections`` open for them.

    ``timeout`` is the number of seconds to wait for a connection and for the answer to an article. ``batch_timeout`` is
    that for the whole answer to a batch and for each part of a stream's; it must be longer than the service's
    ``BATCH_DEADLINE_SECONDS``. ``retries`` is the number of retries after transient failures, ``longest_wait`` the most
    seconds before each. ``api_key`` is needed if the service requires one.
    """

    def __init__(
        self,
        base_url: str,
        *,
        timeout: float = 60.0,
        batch_timeout: float = 660.0,
        retries: int = 5,
        longest_wait: int = 60,
        connections: int = 4,
        api_key: str | None = None,
    ) -> None:
        self._url = base_url.rstrip("/") + "/v1/attributions"
        self._retries = retries
        self._longest_wait = longest_wait
        self._timeout = urllib3.Timeout(connect=timeout, read=timeout)
        self._batch_timeout = urllib3.Timeout(connect=timeout, read=batch_timeout)
        self._headers = {"Authorization": f"Bearer {api_key}"} if api_key else {}
        self._retry = urllib3.Retry(
            total=retries,
            status_forcelist=_TRANSIENT,
            allowed_methods=None,  # all: the same article asked twice has the same answer, and changes nothing
            backoff_factor=0.5,
            backoff_jitter=0.5,
            backoff_max=longest_wait,
            retry_after_max=longest_wait,
            raise_on_status=False,
        )
        self._batch_retry = self._retry.new(connect=False, read=False)  # only what has no answer is sent again
        self._pool = urllib3.PoolManager(maxsize=connections)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._pool.clear()

    def attribute(self, article: Article | str) -> Attribution:
        """Attribute one article, or the text of one. Raises ``ServiceError``."""
        body = _body(article if isinstance(article, Article) else Article(article))
        body.pop("id", None)  # one alone has none
        return _attribution(self._request("", json.dumps(body), _JSON, self._retry, self._timeout).json())

    def attribute_batch(self, articles: Iterable[Article]) -> list[Result]:
        """Attribute a few articles in one request, each with a result of its own, in order.

        Retries those with a transient problem, and all of them if the connection was lost. Raises ``ServiceError``.
        """
        sent = list(articles)
        results: dict[int, Result] = {}
        missing = list(range(len(sent)))
        for tries in range(self._retries + 1):
            try:
                latest = self._batch([sent[number] for number in missing])
            except Unreachable:
                if tries == self._retries:
                    raise
            else:
                results.update(zip(missing, latest, strict=True))
                missing = [number for number, result in zip(missing, latest, strict=True) if _again(result, latest)]
            if not missing or tries == self._retries:
                break
            self._wait(tries)
        return [results[number] for number in range(len(sent))]

    def attribute_stream(self, articles: Iterable[Article]) -> Iterator[Result]:
        """Attribute any number of articles, read as they are needed; yields a result for each, in order.

        Retries those with a transient problem, or without an answer when the connection was lost. Raises
        ``ServiceError``.
        """
        source = iter(articles)
        failures = 0  # since the last result
        waiting: list[Article] = []
        while waiting := waiting or list(islice(source, _AT_A_TIME)):
            answered = 0
            try:
                for result in self._stream(waiting):
                    if _is_transient(result) and failures < self._retries:
                        break
                    answered, failures = answered + 1, 0
                    yield result
            except (Unreachable, TimedOut):
                if failures == self._retries:
                    raise
            waiting = waiting[answered:]
            if waiting:
                self._wait(failures)
                failures += 1

    def _wait(self, failures: int) -> None:
        """Wait before a retry; ``failures`` is the number of those before this one."""
        time.sleep(min(self._longest_wait, _FIRST_WAIT * 2**failures) * random.uniform(0.5, 1))

    def _batch(self, articles: Sequence[Article]) -> list[Result]:
        body = json.dumps({"articles": list(map(_body, articles))})
        answer = self._request("/batch", body, _JSON, self._batch_retry, self._batch_timeout).json()
        return list(map(_result, answer["results"]))

    def _stream(self, articles: Sequence[Article]) -> Iterator[Result]:
        lines = "".join(json.dumps(_body(article)) + "\n" for article in articles)
        response = self._request("/batch", lines, _NDJSON, self._batch_retry, self._batch_timeout, preload=False)
        missing = len(articles)
        try:
            for line in response:
                yield _result(json.loads(line))
                missing -= 1
        except exceptions.HTTPError as error:
            raise _lost(error) from error
        finally:
            response.close()
        if missing:
            raise Unreachable(f"the answer ended {missing} articles too early")

    def _request(
        self,
        path: str,
        body: str,
        media_type: str,
        retries: urllib3.Retry,
        timeout: urllib3.Timeout,
        *,
        preload: bool = True,
    ) -> urllib3.BaseHTTPResponse:
        try:
            response = self._pool.request(
                "POST",
                self._url + path,
                body=body.encode(),
                headers={**self._headers, "Content-Type": media_type},
                preload_content=preload,
                retries=retries,
                timeout=timeout,
            )
        except exceptions.HTTPError as error:
            raise _lost(error) from error
        if response.status != 200:
            raise _error(_problem_of(response))
        return response


def _lost(error: exceptions.HTTPError) -> ServiceError:
    reason = error.reason if isinstance(error, exceptions.MaxRetryError) else error
    return TimedOut(str(reason)) if isinstance(reason, exceptions.ReadTimeoutError) else Unreachable(str(reason))


def _is_transient(result: Result) -> bool:
    return result.problem is not None and result.problem.status in _TRANSIENT


def _again(result: Result, batch: Sequence[Result]) -> bool:
    """Whether to retry an article of a batch: its problem is transient, or the batch only had time for others."""
    had_no_time = result.problem is not None and result.problem.status == _NO_TIME
    return _is_transient(result) or (had_no_time and any(other.attribution for other in batch))


def _error(problem: Problem) -> ProblemError:
    return _ERRORS.get(problem.status, ProblemError)(problem)


def _problem_of(response: urllib3.BaseHTTPResponse) -> Problem:
    """The problem of an answer; a proxy's answer may be none of the service's."""
    if response.headers.get("Content-Type", "").startswith("application/problem+json"):
        return _problem(json.loads(response.data))
    return Problem("about:blank", response.reason or "Error", response.status, "The answer is not the service's.")


# From JSON. What a later version of the service adds is left out.


def _body(article: Article) -> dict[str, Any]:
    """What the article has, without what goes without saying: an older service does not know every field."""
    given = {field.name: (getattr(article, field.name), field.default) for field in fields(article)}
    return {name: value for name, (value, default) in given.items() if value is not None and value != default}


def _result(value: Any) -> Result:
    attribution = _attribution(value["result"]) if "result" in value else None
    return Result(value["id"], attribution, _problem(value["problem"]) if "problem" in value else None)


def _attribution(value: Any) -> Attribution:
    return Attribution(
        model=Model(**_known(Model, value["model"])),
        publisher=value["publisher"],
        language=value["language"],
        text=value.get("text"),
        quotes=tuple(map(_quote, value["quotes"])),
        speakers=tuple(QuotedSpeaker(**_known(QuotedSpeaker, speaker)) for speaker in value["speakers"]),
        outlets=tuple(CreditedOutlet(**_known(CreditedOutlet, outlet)) for outlet in value["outlets"]),
        warnings=tuple(value["warnings"]),
        uri=value.get("uri"),
        headline=value.get("headline"),
        byline=value.get("byline"),
        source=_source(value["source"]) if value.get("source") else None,
    )


def _source(value: Any) -> Source:
    quotes = tuple(SourceQuote(**_known(SourceQuote, quote)) for quote in value["quotes"])
    return Source(**_known(Source, value) | {"quotes": quotes})


def _quote(value: Any) -> Quote:
    parties = {
        "speaker": _speaker(value["speaker"]) if value["speaker"] else None,
        "outlet": _outlet(value["outlet"]) if value["outlet"] else None,
        "outlets_also": tuple(map(_outlet, value.get("outlets_also", ()))),
    }
    return Quote(**_known(Quote, value) | parties)


def _speaker(value: Any) -> Speaker:
    spans = {name: _mention(value[name]) if value.get(name) else None for name in ("mention", "named_at")}
    return Speaker(**_known(Speaker, value) | spans)


def _outlet(value: Any) -> Outlet:
    return Outlet(**_known(Outlet, value) | {"mention": _mention(value["mention"])})


def _mention(value: Any) -> Mention:
    return Mention(**_known(Mention, value))


def _problem(value: Any) -> Problem:
    errors = tuple(FieldError(**_known(FieldError, error)) for error in value.get("errors", ()))
    return Problem(**_known(Problem, value) | {"errors": errors})


def _known(cls: type[Any], value: Mapping[str, Any]) -> dict[str, Any]:
    return {field.name: value[field.name] for field in fields(cls) if field.name in value}
