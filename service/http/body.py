"""From a request's body to a validated object, or to the problem that says what is wrong with it."""

from __future__ import annotations

from typing import Any

from flask import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from service.errors import (
    INCOMPLETE,
    MEDIA_TYPE_UNSUPPORTED,
    NO_BODY,
    TOO_LARGE,
    Problem,
)
from service.intake.parsing import parse_json

JSON = "application/json"


def read_json(request: Request) -> Any:
    """The JSON value of the request's body. Raises ``Problem`` 400, 408, 413, 415 or 422 (a field given twice)."""
    body = _read(request)
    if not body:
        raise Problem(NO_BODY, "Send the article as a JSON object.")
    require_media_type(request, JSON)
    return parse_json(body)


def _read(request: Request) -> bytes:
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Problem(TOO_LARGE, f"The body may have {request.max_content_length} bytes.") from None
    except ClientDisconnected:
        raise Problem(INCOMPLETE, "The body could not be read to its end.") from None
    if len(body) < (request.content_length or 0):
        raise Problem(INCOMPLETE, f"{len(body)} bytes of {request.content_length} arrived.")
    return body


def require_media_type(request: Request, *accepted: str) -> None:
    """Raises ``Problem`` 415 unless the body is sent, unencoded, as one of the ``accepted`` types."""
    if request.mimetype not in accepted:
        raise Problem(MEDIA_TYPE_UNSUPPORTED, f"Set the header Content-Type to {' or '.join(accepted)}.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(MEDIA_TYPE_UNSUPPORTED, "Send the body without a Content-Encoding.")
