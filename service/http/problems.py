"""Every error as an RFC 9457 problem: one table of their types, one exception, one set of handlers."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, json
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of error. Clients tell errors apart by ``uri``, which never changes."""

    name: str
    status: HTTPStatus
    title: str

    @property
    def uri(self) -> str:
        return f"urn:problem-type:quote-attribution:{self.name}"


NO_BODY = ProblemType("no-body", HTTPStatus.BAD_REQUEST, "The request has no body")
MALFORMED_JSON = ProblemType("malformed-json", HTTPStatus.BAD_REQUEST, "The body is not valid JSON")
UNAUTHORIZED = ProblemType("unauthorized", HTTPStatus.UNAUTHORIZED, "The request carries no valid API key")
NOT_FOUND = ProblemType("not-found", HTTPStatus.NOT_FOUND, "There is nothing at this path")
METHOD_NOT_ALLOWED = ProblemType("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, "The path has no such method")
NOT_ACCEPTABLE = ProblemType("not-acceptable", HTTPStatus.NOT_ACCEPTABLE, "The answer has no such form")
INCOMPLETE = ProblemType("incomplete-request", HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in full in time")
TOO_LARGE = ProblemType("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is larger than the limit")
MEDIA_TYPE_UNSUPPORTED = ProblemType(
    "unsupported-media-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not supported"
)
INVALID = ProblemType("invalid-request", HTTPStatus.UNPROCESSABLE_ENTITY, "The request does not fit the schema")
QUEUE_FULL = ProblemType("queue-full", HTTPStatus.TOO_MANY_REQUESTS, "The service has as much work as it can queue")
INTERNAL = ProblemType("internal-error", HTTPStatus.INTERNAL_SERVER_ERROR, "The service failed")
UNAVAILABLE = ProblemType("unavailable", HTTPStatus.SERVICE_UNAVAILABLE, "The service is not ready")
DEADLINE = ProblemType("deadline-passed", HTTPStatus.GATEWAY_TIMEOUT, "The answer was not ready in time")

PROBLEM_TYPES = (
    NO_BODY,
    MALFORMED_JSON,
    UNAUTHORIZED,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    NOT_ACCEPTABLE,
    INCOMPLETE,
    TOO_LARGE,
    MEDIA_TYPE_UNSUPPORTED,
    INVALID,
    QUEUE_FULL,
    INTERNAL,
    UNAVAILABLE,
    DEADLINE,
)

# The errors that werkzeug raises by itself and that have a type of their own.
_TYPE_OF_STATUS = {
    problem.status: problem for problem in (NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE, MEDIA_TYPE_UNSUPPORTED)
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field; ``field`` is a path such as ``articles.3.text``."""

    field: str
    detail: str


@dataclass(eq=False)
class Problem(Exception):
    """An error to be answered as such."""

    type: ProblemType
    detail: str
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The problem as JSON values, with the id of the request under way."""
        return self.members() | {"request_id": g.request_id}

    def members(self) -> dict[str, Any]:
        """The problem as JSON values, wherever it came up."""
        members: dict[str, Any] = {
            "type": self.type.uri,
            "title": self.type.title,
            "status": int(self.type.status),
            "detail": self.detail,
        }
        if self.errors:
            members["errors"] = [{"field": error.field, "detail": error.detail} for error in self.errors]
        return members


class ClientGone(Exception):
    """Nobody waits for the answer. Its status is for the log and the metrics alone, and the one that nginx gives it."""

    status = 499


def register(app: Flask) -> None:
    """Answer every error of the app as a problem."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(ClientGone, lambda _: Response(status=ClientGone.status))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)


def unexpected(error: Exception) -> Problem:
    """Log a failure of the service's own and give the problem that tells the client no more than that."""
    log.error("request %s failed", g.request_id, exc_info=error)
    return Problem(INTERNAL, "The failure is logged under the request id.")


def _answer(problem: Problem) -> Response:
    return _response(problem.body(), problem.headers)


def _answer_http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:  # a redirect
        return error
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    problem_type = _TYPE_OF_STATUS.get(HTTPStatus(error.code))
    if problem_type:
        return _answer(Problem(problem_type, error.description or problem_type.title, headers=headers))
    return _response(
        {
            "type": "about:blank",  # no more than its status says (RFC 9457, 4.2.1)
            "title": HTTPStatus(error.code).phrase,
            "status": error.code,
            "detail": error.description,
            "request_id": g.request_id,
        },
        headers,
    )


def _answer_unexpected(error: Exception) -> Response:
    return _answer(unexpected(error))


def _response(body: Mapping[str, Any], headers: Mapping[str, str]) -> Response:
    return Response(json.dumps(body), status=body["status"], headers=dict(headers), content_type=MEDIA_TYPE)
