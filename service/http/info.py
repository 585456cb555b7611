"""``GET /v1/info``: which model answers, and within which limits."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify

from service import __version__
from service.http.context import context

blueprint = Blueprint("info", __name__, url_prefix="/v1")


@blueprint.get("/info")
def info() -> Response:
    """The service's version, its model (null until it is loaded) and its limits."""
    served_by = context()
    settings, model = served_by.settings, served_by.lane.model
    return jsonify(
        service={"name": "quote-attribution", "version": __version__},
        model=asdict(model) | {"precision": served_by.lane.precision} if model else None,
        limits={
            "max_body_bytes": settings.max_body_bytes,
            "max_article_chars": settings.max_article_chars,
            "max_batch_articles": settings.max_batch_articles,
            "max_queue_chars": settings.max_queue_chars,
            "deadline_seconds": settings.deadline_seconds,
        },
    )
