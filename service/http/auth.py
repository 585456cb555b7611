"""API keys, if the settings have any. A request sends one as ``Authorization: Bearer KEY``."""

from __future__ import annotations

import hashlib
import hmac

from flask import Flask, request

from service.errors import UNAUTHORIZED, Problem
from service.settings import KeylessGroup, Settings

SCHEME = "Bearer"

# The blueprints of each group of endpoints that the settings may exempt from keys.
_BLUEPRINTS: dict[KeylessGroup, frozenset[str]] = {
    "health": frozenset({"health"}),
    "metrics": frozenset({"monitoring"}),
    "docs": frozenset({"docs", "page"}),
}


def register(app: Flask, settings: Settings) -> None:
    """Refuse requests without a valid key, if the settings have keys."""
    if not settings.api_keys:
        return
    digests = [_digest(key.get_secret_value().encode()) for key in settings.api_keys]
    keyless = frozenset[str]().union(*(_BLUEPRINTS[group] for group in settings.api_keyless))

    @app.before_request
    def require_key() -> None:
        if request.blueprint not in keyless and not _is_one_of(digests, _presented_key()):
            raise Problem(
                UNAUTHORIZED, f"Send a valid key: Authorization: {SCHEME} KEY.", headers={"WWW-Authenticate": SCHEME}
            )


def _presented_key() -> str:
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == SCHEME.lower() else ""


def _is_one_of(digests: list[bytes], key: str) -> bool:
    """Whether a key's digest is among these; takes the same time for every key."""
    presented = _digest(key.encode("latin-1", "replace"))  # as WSGI decodes headers
    return any([hmac.compare_digest(presented, digest) for digest in digests])  # noqa: C419 - constant time


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()
