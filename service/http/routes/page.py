"""``/``: the page for people. Plain files of ``service/web``, and nothing that is fetched from elsewhere."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, send_from_directory

blueprint = Blueprint("page", __name__)

_SERVICE = Path(__file__).resolve().parents[2]
_FILES = _SERVICE / "web"
_REGISTRY = _SERVICE / "data" / "outlets.toml"

# Nothing but the page's own files, and no way to make markup or script out of a string.
_CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "connect")),
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
)


@blueprint.get("/")
def page() -> Response:
    """The page."""
    return send_from_directory(_FILES, "index.html")


@blueprint.get("/page/<path:asset>")
def asset(asset: str) -> Response:
    """Its styles, scripts and examples."""
    return send_from_directory(_FILES, asset)


@blueprint.get("/page/outlets.json")
def outlets() -> Response:
    """The registry's outlets and the names they go by, for an editor to choose from."""
    return jsonify(_known_outlets())


@cache
def _known_outlets() -> list[dict[str, Any]]:
    """Read from the registry's file itself: its reader comes with the engine, which takes long to import."""
    tables = tomllib.loads(_REGISTRY.read_text(encoding="utf-8"))
    return [
        {
            "id": key,
            "name": table["name"],
            "names": [*table.get("aliases", ()), *table.get("short_names", ())],
            "wikidata": table.get("wikidata"),
        }
        for key, table in tables.items()
    ]


@blueprint.after_request
def _protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
