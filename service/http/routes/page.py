"""``/``: the page for people. Plain files of ``service/web``, and nothing that is fetched from elsewhere."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, jsonify, send_from_directory

blueprint = Blueprint("page", __name__)

_FILES = Path(__file__).resolve().parents[2] / "web"

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
    from service.attribution.outlets.known import read_outlets  # brings torch along, and is not needed to start

    known = [
        {
            "id": outlet.id,
            "name": outlet.name,
            "names": outlet.aliases + outlet.short_names,
            "wikidata": outlet.wikidata,
        }
        for outlet in read_outlets()
    ]
    return jsonify(known)


@blueprint.after_request
def _protect(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = _CONTENT_SECURITY_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
