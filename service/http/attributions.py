"""``POST /v1/attributions``: an article in, its quotes with speaker and outlet out."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Blueprint, Response, jsonify, request

from service.contract import render
from service.http import body
from service.http.context import Context, context
from service.http.lane import DeadlinePassed, LaneFull, LaneUnavailable, Options
from service.http.problems import DEADLINE, QUEUE_FULL, TOO_LARGE, UNAVAILABLE, Problem
from service.http.schemas import ArticleRequest

blueprint = Blueprint("attributions", __name__, url_prefix="/v1")

_RETRY_WHEN_LOADED = "5"


@blueprint.post("/attributions")
def attribute() -> Response:
    """Attribute the quotes of one article."""
    served_by = context()
    deadline = time.monotonic() + served_by.settings.deadline_seconds
    with _slot(served_by):
        article = body.validated(ArticleRequest, body.read_json(request))
        return jsonify(attribute_article(article, served_by, deadline))


def attribute_article(article: ArticleRequest, served_by: Context, deadline: float) -> dict[str, Any]:
    """The contract's answer to a valid article. Raises ``Problem`` 413, 429, 503 or 504."""
    limit = served_by.settings.max_article_chars
    if len(article.text) > limit:
        raise Problem(TOO_LARGE, f"text has {len(article.text)} characters; the limit is {limit}.")
    options = Options(article.min_confidence, article.include_nonspeech)
    with _lane_errors_as_problems():
        job = served_by.lane.submit(article.text, options)
        attribution = served_by.lane.result(job, deadline)
    return render(attribution, article.text, offset_unit=article.offset_unit, publisher=article.publisher)


@contextmanager
def _slot(served_by: Context) -> Iterator[None]:
    """Hold one of the threads that attribution may take. Raises ``Problem`` 429 when there is none."""
    if not served_by.slots.acquire(blocking=False):
        raise Problem(QUEUE_FULL, "Too many requests are under way.", headers={"Retry-After": "1"})
    try:
        yield
    finally:
        served_by.slots.release()


@contextmanager
def _lane_errors_as_problems() -> Iterator[None]:
    try:
        yield
    except LaneUnavailable as error:
        raise Problem(UNAVAILABLE, f"{error}.".capitalize(), headers={"Retry-After": _RETRY_WHEN_LOADED}) from None
    except LaneFull as error:
        detail = f"The queue is full; {error}."
        raise Problem(QUEUE_FULL, detail, headers={"Retry-After": str(error.retry_after)}) from None
    except DeadlinePassed:
        raise Problem(DEADLINE, "The deadline of the request passed; a shorter article may do better.") from None
