"""``POST /v1/attributions``: an article in, its quotes with speaker and outlet out."""

from __future__ import annotations

import time

from flask import Blueprint, Response, jsonify, request

from service.http import articles, body
from service.http.context import context
from service.http.schemas import ArticleRequest

blueprint = Blueprint("attributions", __name__, url_prefix="/v1")


@blueprint.post("/attributions")
def attribute() -> Response:
    """Attribute the quotes of one article."""
    served_by = context()
    deadline = time.monotonic() + served_by.settings.deadline_seconds
    with served_by.slots.hold():
        article = body.validated(ArticleRequest, body.read_json(request))
        pending = articles.begin(article, served_by)
        return jsonify(articles.finish(pending, served_by, deadline))
