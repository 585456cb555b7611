"""Per-request values in ``flask.g``: the request's id, returned as ``X-Request-ID``, and its start time."""

from __future__ import annotations

import re
import time
import uuid

from flask import Flask, Response, g, request

HEADER = "X-Request-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._:+/=-]{1,128}")  # nothing that could forge a log line


def register(app: Flask) -> None:
    """Set ``g.request_id``, the client's own id or a new one, and ``g.began`` (``time.monotonic()``)."""
    app.before_request(_begin)
    app.after_request(_return_id)


def _begin() -> None:
    g.began = time.monotonic()
    given = request.headers.get(HEADER, "")
    g.request_id = given if _ACCEPTED.fullmatch(given) else uuid.uuid4().hex


def _return_id(response: Response) -> Response:
    response.headers[HEADER] = g.request_id
    return response
