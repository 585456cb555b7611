"""``/openapi.json``, and ``/docs`` for reading and trying it in a browser, without requests to other hosts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, json, send_file, send_from_directory

from service.http.openapi import document
from service.http.page_security import protect

blueprint = Blueprint("docs", __name__)
# Swagger UI has images in its style sheet, and assigns markup as strings, so trusted types cannot be required.
protect(blueprint, "img-src 'self' data:")

_PAGE, _SCRIPT = (Path(__file__).with_name(name) for name in ("docs.html", "docs.js"))
_SWAGGER_UI = str(files("flask_openapi3_swagger") / "templates" / "swagger")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return Response(_document(), content_type="application/json")


@blueprint.get("/docs")
def page() -> Response:
    """Swagger UI for the document."""
    return send_file(_PAGE)


@blueprint.get("/docs/start.js")
def script() -> Response:
    """The script that starts Swagger UI."""
    return send_file(_SCRIPT)


@blueprint.get("/docs/<path:asset>")
def asset(asset: str) -> Response:
    """The scripts, styles and images of Swagger UI."""
    return send_from_directory(_SWAGGER_UI, asset)


@cache
def _document() -> str:
    return json.dumps(document())
