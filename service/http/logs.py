"""Logs to standard output: JSON lines, or readable text on a terminal. Never contain articles or secrets."""

from __future__ import annotations

import logging
import sys
import time
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, request
from pythonjsonlogger.json import JsonFormatter

from service.http.context import context
from service.settings import Settings

log = logging.getLogger("service.access")

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def logging_config(settings: Settings) -> dict[str, Any]:
    """The ``logging.config.dictConfig`` of the service and gunicorn."""
    as_text = settings.log_format == "text" or (settings.log_format == "auto" and sys.stdout.isatty())
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "text": {"()": TextFormatter, "fmt": "%(asctime)s %(levelname)-7s %(name)s: %(message)s"},
            "json": {
                "()": JSONFormatter,
                "fmt": ["levelname", "name", "message"],
                "style": "sequence",
                "timestamp": "time",
                "rename_fields": {"levelname": "level", "name": "logger"},
            },
        },
        "handlers": {
            "stdout": {
                "class": "logging.StreamHandler",
                "formatter": "text" if as_text else "json",
                "stream": "ext://sys.stdout",
            }
        },
        "root": {"level": settings.log_level.upper(), "handlers": ["stdout"]},
        "loggers": {
            "gunicorn.error": {"handlers": [], "propagate": True},
            "gunicorn.access": {"handlers": [], "propagate": True, "level": "WARNING"},  # see register()
        },
    }


def register(app: Flask) -> None:
    """Log one line per request, after its response."""
    app.after_request(_log)


def _log(response: Response) -> Response:
    model = context().scheduler.model
    facts = {
        "request_id": g.request_id,
        "method": request.method,
        "route": request.url_rule.rule if request.url_rule else None,
        "status": response.status_code,
        "request_bytes": request.content_length,
        "response_bytes": response.content_length,
        "milliseconds": round(1000 * (time.monotonic() - g.began), 1),
        "model": f"{model.name} {model.version}" if model else None,
    }
    level = logging.DEBUG if facts["route"] in _PROBED else logging.INFO
    log.log(level, "%(method)s %(route)s %(status)s in %(milliseconds)s ms", facts, extra=facts)
    return response


# Requested every few seconds by monitoring.
_PROBED = frozenset({"/livez", "/readyz", "/healthz", "/metrics"})


class _WithoutMessages(logging.Formatter):
    """Formats exceptions as type and location only: a message might quote an article."""

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        return "".join(traceback.format_tb(trace)) + (kind.__name__ if kind else "")


class TextFormatter(_WithoutMessages):
    """Readable text."""


class JSONFormatter(_WithoutMessages, JsonFormatter):
    """JSON lines."""
