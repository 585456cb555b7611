"""Cross-origin requests (CORS), for the origins in the settings."""

from __future__ import annotations

from flask import Flask, Response, request

from service.settings import Settings

_ALLOWED = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Encoding, Content-Type, X-Request-ID",
    "Access-Control-Max-Age": "3600",
}


def register(app: Flask, settings: Settings) -> None:
    """Answer preflight requests, which carry no key, and let pages of the allowed origins read every response."""
    origins = frozenset(settings.cors_origins)
    if not origins:
        return

    @app.before_request
    def answer_preflight() -> Response | None:
        if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
            return Response(status=204, headers=_ALLOWED if _is_allowed(origins) else {})
        return None

    @app.after_request
    def allow_origin(response: Response) -> Response:
        if _is_allowed(origins):
            response.headers["Access-Control-Allow-Origin"] = "*" if "*" in origins else request.headers["Origin"]
            response.headers["Access-Control-Expose-Headers"] = "Retry-After, X-Request-ID"
        if "*" not in origins:
            response.vary.add("Origin")
        return response


def _is_allowed(origins: frozenset[str]) -> bool:
    origin = request.headers.get("Origin")
    return origin is not None and ("*" in origins or origin in origins)
