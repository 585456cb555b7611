"""``POST /v1/attributions``: attributes the quotes of one article, and answers in the accepted format."""

from __future__ import annotations

import time

from flask import Blueprint, Response, request

from service.http import articles, body, connection, negotiation
from service.http.context import context
from service.intake.parsing import validated
from service.intake.schemas import ArticleRequest
from service.serving.jobs import Terms

blueprint = Blueprint("attributions", __name__, url_prefix="/v1")


@blueprint.post("/attributions")
def attribute() -> Response:
    """Attribute the quotes of one article."""
    form = negotiation.accepted_format(request)
    served_by = context()
    deadline = time.monotonic() + served_by.settings.deadline_seconds
    terms = Terms(deadline, is_wanted=connection.watch(request))
    article = validated(ArticleRequest, body.read_article(request))
    with served_by.slots.hold():
        answer = articles.finish(articles.begin(article, served_by, terms), served_by)
    return negotiation.response(answer, form)
