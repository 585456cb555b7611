"""An id for each request, the client's own or a new one, returned in ``X-Request-ID``."""

from __future__ import annotations

import re
import uuid

from flask import Flask, Response, g, request

HEADER = "X-Request-ID"
_ACCEPTED = re.compile(r"[A-Za-z0-9._:+/=-]{1,128}")  # nothing that could forge a line of the log


def register(app: Flask) -> None:
    """Give every request of the app its id, as ``flask.g.request_id``."""
    app.before_request(_take_or_make)
    app.after_request(_return)


def _take_or_make() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if _ACCEPTED.fullmatch(given) else uuid.uuid4().hex


def _return(response: Response) -> Response:
    response.headers[HEADER] = g.request_id
    return response
