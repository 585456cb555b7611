"""Response headers that protect the HTML pages."""

from __future__ import annotations

from flask import Blueprint, Response

_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
)


def protect(blueprint: Blueprint, *directives: str) -> None:
    """Set the security headers on every response of a blueprint.

    Its pages run only scripts and styles that the service serves, and connect only to the service. ``directives`` are
    added to this content security policy.
    """
    policy = "; ".join((*_DIRECTIVES, *directives))

    @blueprint.after_request
    def set_headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = policy
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response
