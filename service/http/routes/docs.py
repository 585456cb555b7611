"""``/openapi.json``, and ``/docs`` to read it and try it in a browser, with nothing fetched from elsewhere."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from flask import Blueprint, Response, json, send_file, send_from_directory

from service.http.openapi import document

blueprint = Blueprint("docs", __name__)

_PAGE = Path(__file__).with_name("docs.html")
_SWAGGER_UI = str(files("flask_openapi3_swagger") / "templates" / "swagger")


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The OpenAPI document."""
    return Response(_document(), content_type="application/json")


@blueprint.get("/docs")
def page() -> Response:
    """Swagger UI on the document."""
    return send_file(_PAGE)


@blueprint.get("/docs/<path:asset>")
def asset(asset: str) -> Response:
    """The scripts and styles of Swagger UI."""
    return send_from_directory(_SWAGGER_UI, asset)


@cache
def _document() -> str:
    return json.dumps(document())
