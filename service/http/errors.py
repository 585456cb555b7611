"""Returns every error as an RFC 9457 problem."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, json
from werkzeug.exceptions import HTTPException

from service.errors import (
    INTERNAL,
    MEDIA_TYPE_UNSUPPORTED,
    METHOD_NOT_ALLOWED,
    NOT_FOUND,
    QUEUE_FULL,
    TOO_LARGE,
    Problem,
)
from service.serving.jobs import RefusalReason, Refused

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# The errors raised by werkzeug that have a problem type.
_TYPE_OF_STATUS = {
    problem.status: problem for problem in (NOT_FOUND, METHOD_NOT_ALLOWED, TOO_LARGE, MEDIA_TYPE_UNSUPPORTED)
}


_REFUSALS = {
    RefusalReason.TIME: "The service is too busy to finish this article in time",
    RefusalReason.ROOM: "The queue is full",
    RefusalReason.REQUESTS: "Too many requests are under way",
    RefusalReason.STREAMS: "Too many batches and streams are under way",
}


class ClientGone(Exception):
    """The client has disconnected. The status, as in nginx, is only for the log and the metrics."""

    status = 499


def register(app: Flask) -> None:
    """Return every error of the app as a problem."""
    app.register_error_handler(Problem, _answer)
    app.register_error_handler(Refused, lambda refusal: _answer(refused(refusal)))
    app.register_error_handler(ClientGone, lambda _: Response(status=ClientGone.status))
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)


def refused(refusal: Refused) -> Problem:
    """The problem 429 for a refusal, with ``Retry-After``."""
    detail = f"{_REFUSALS[refusal.reason]}; retry in {refusal.retry_after} s."
    return Problem(QUEUE_FULL, detail, headers={"Retry-After": str(refusal.retry_after)})


def unexpected(error: Exception) -> Problem:
    """Log an internal error. Returns the problem 500 for the client, which reveals nothing about it."""
    log.error("request %s failed", g.request_id, exc_info=error)
    return Problem(INTERNAL, "The failure is logged under the request id.")


def problem_body(problem: Problem) -> dict[str, Any]:
    """The problem as JSON values, with the id of the current request."""
    return problem.members() | {"request_id": g.request_id}


def _answer(problem: Problem) -> Response:
    return _response(problem_body(problem), problem.headers)


def _answer_http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < HTTPStatus.BAD_REQUEST:  # a redirect
        return error
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    problem_type = _TYPE_OF_STATUS.get(HTTPStatus(error.code))
    if problem_type:
        return _answer(Problem(problem_type, error.description or problem_type.title, headers=headers))
    return _response(
        {
            "type": "about:blank",  # nothing beyond its status (RFC 9457, 4.2.1)
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
