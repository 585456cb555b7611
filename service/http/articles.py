"""One article through the inference lane, its errors told as problems; the routes for one and for many share it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import request

from service.errors import DEADLINE, QUEUE_FULL, UNAVAILABLE, Problem
from service.formats.article import AttributedArticle
from service.http import connection
from service.http.context import Context
from service.http.errors import ClientGone
from service.intake.article import article_text
from service.intake.schemas import ArticleRequest
from service.serving.lane import Abandoned, DeadlinePassed, Job, LaneFull, LaneUnavailable, Options

_NOT_READY = {"Retry-After": "5"}


def require_ready(served_by: Context) -> None:
    """Raises ``Problem`` 503 while the model loads and from the shutdown on."""
    if not served_by.lane.is_ready:
        raise Problem(UNAVAILABLE, f"The service is {served_by.lane.state}.", headers=_NOT_READY)


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article that the lane has admitted. ``text`` is what offsets refer to, as sent or made of HTML."""

    article: ArticleRequest
    text: str
    job: Job


def begin(
    article: ArticleRequest, served_by: Context, *, deadline: float = math.inf, wait_until: float | None = None
) -> PendingArticle:
    """Hand a valid article to the lane, which with ``wait_until`` may take that long to have room, and has none for
    what it would not get done by the ``deadline``.

    Raises ``Problem`` 413, 422 (HTML without text), 429 or 503, or ``ClientGone``.
    """
    text = article_text(article, served_by.settings.max_article_chars)
    options = Options(article.min_confidence, article.include_nonspeech)
    with _lane_errors_as_problems():
        job = served_by.lane.submit(
            text, options, deadline=deadline, wait_until=wait_until, is_wanted=connection.watch(request)
        )
    return PendingArticle(article, text, job)


def finish(pending: PendingArticle, served_by: Context, deadline: float) -> AttributedArticle:
    """The answer to an admitted article, waited for.

    Raises ``Problem`` 504, ``ClientGone``, or what inference raised.
    """
    with _lane_errors_as_problems():
        attribution = served_by.lane.result(pending.job, deadline)
    served_by.metrics.count_answer(attribution)
    article = pending.article
    return AttributedArticle(
        attribution,
        pending.text,
        publisher=article.publisher,
        language=article.language or (article.ninjs.language if article.ninjs else None),
        uri=article.ninjs.uri if article.ninjs else None,
        offset_unit=article.offset_unit,
        text_is_derived=article.text is None,
    )


@contextmanager
def _lane_errors_as_problems() -> Iterator[None]:
    try:
        yield
    except LaneUnavailable as error:
        raise Problem(UNAVAILABLE, f"{error}.".capitalize(), headers=_NOT_READY) from None
    except LaneFull as error:
        detail = f"The queue is full; {error}."
        raise Problem(QUEUE_FULL, detail, headers={"Retry-After": str(error.retry_after)}) from None
    except Abandoned:
        raise ClientGone from None
    except DeadlinePassed:
        raise Problem(DEADLINE, "The answer was not ready by the deadline; a shorter article may be.") from None
