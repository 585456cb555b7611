"""``/``: the web page, static files of ``service/web`` that make no requests to other hosts."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, jsonify, send_from_directory

from service.http.page_security import protect

blueprint = Blueprint("page", __name__)
# No string can become markup or script.
protect(blueprint, "img-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'")

_SERVICE = Path(__file__).resolve().parents[2]
_FILES = _SERVICE / "web"
_REGISTRY = _SERVICE / "data" / "outlets.toml"


@blueprint.get("/")
def page() -> Response:
    """The page's HTML."""
    return send_from_directory(_FILES, "index.html")


@blueprint.get("/page/<path:asset>")
def asset(asset: str) -> Response:
    """The page's styles, scripts and examples."""
    return send_from_directory(_FILES, asset)


@blueprint.get("/page/outlets.json")
def outlets() -> Response:
    """The registry's outlets and their names, for the editor to choose from."""
    return jsonify(_known_outlets())


@cache
def _known_outlets() -> list[dict[str, Any]]:
    """The outlets from the registry's file. Its usual reader belongs to the engine, which takes seconds to import."""
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
