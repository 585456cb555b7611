"""The errors of articles and requests as RFC 9457 problems: a table of types and one exception."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any


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
MALFORMED_BODY = ProblemType("malformed-body", HTTPStatus.BAD_REQUEST, "The body cannot be decoded")
UNAUTHORIZED = ProblemType("unauthorized", HTTPStatus.UNAUTHORIZED, "The request carries no valid API key")
NOT_FOUND = ProblemType("not-found", HTTPStatus.NOT_FOUND, "No such path")
METHOD_NOT_ALLOWED = ProblemType("method-not-allowed", HTTPStatus.METHOD_NOT_ALLOWED, "Method not allowed")
NOT_ACCEPTABLE = ProblemType("not-acceptable", HTTPStatus.NOT_ACCEPTABLE, "None of the accepted formats is available")
INCOMPLETE = ProblemType("incomplete-request", HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive completely in time")
TOO_LARGE = ProblemType("too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "The request is larger than the limit")
MEDIA_TYPE_UNSUPPORTED = ProblemType(
    "unsupported-media-type", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body's media type is not supported"
)
INVALID = ProblemType("invalid-request", HTTPStatus.UNPROCESSABLE_ENTITY, "The request does not fit the schema")
QUEUE_FULL = ProblemType("queue-full", HTTPStatus.TOO_MANY_REQUESTS, "The service is at capacity")
INTERNAL = ProblemType("internal-error", HTTPStatus.INTERNAL_SERVER_ERROR, "The service failed")
UNAVAILABLE = ProblemType("unavailable", HTTPStatus.SERVICE_UNAVAILABLE, "The service is not ready")
DEADLINE = ProblemType("deadline-passed", HTTPStatus.GATEWAY_TIMEOUT, "The answer was not ready in time")

PROBLEM_TYPES = (
    NO_BODY,
    MALFORMED_JSON,
    MALFORMED_BODY,
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


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field; ``field`` is a path such as ``articles.3.text``."""

    field: str
    detail: str


@dataclass(eq=False)
class Problem(Exception):
    """An error to return to the client."""

    type: ProblemType
    detail: str
    errors: Sequence[FieldError] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def members(self) -> dict[str, Any]:
        """The problem as JSON values."""
        members: dict[str, Any] = {
            "type": self.type.uri,
            "title": self.type.title,
            "status": int(self.type.status),
            "detail": self.detail,
        }
        if self.errors:
            members["errors"] = [{"field": error.field, "detail": error.detail} for error in self.errors]
        return members
