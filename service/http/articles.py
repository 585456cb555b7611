"""Passes one article through the scheduler, and turns its errors into problems. Used by both attribution endpoints."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from service.errors import DEADLINE, UNAVAILABLE, Problem
from service.formats.article import AttributedArticle
from service.http.context import Context
from service.http.errors import ClientGone, refused
from service.intake.article import SentArticle, read_article
from service.intake.schemas import ArticleRequest
from service.serving.engine import Options
from service.serving.jobs import Abandoned, DeadlinePassed, Job, Refused, Terms, Unavailable
from service.serving.scheduler import State

RETRY_SOON = {"Retry-After": "5"}
"""The header of every 503 response."""


def require_ready(served_by: Context) -> None:
    """Raises ``Problem`` 503 until the model is loaded, and during shutdown."""
    state = served_by.scheduler.state
    if state is State.FAILED:
        raise Problem(UNAVAILABLE, "The service could not load its model.", headers=RETRY_SOON)
    if state is not State.READY:
        raise Problem(UNAVAILABLE, f"The service is {state}.", headers=RETRY_SOON)


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An admitted article, with its request."""

    article: ArticleRequest
    sent: SentArticle
    job: Job


def begin(article: ArticleRequest, served_by: Context, terms: Terms) -> PendingArticle:
    """Submit a valid article to the scheduler.

    Raises ``Problem`` 413, 422 (HTML without text), 429 or 503, or ``ClientGone``.
    """
    sent = read_article(article, served_by.settings.max_article_chars)
    require_ready(served_by)
    options = Options(article.min_confidence, article.include_nonspeech)
    with _errors_as_problems():
        job = served_by.scheduler.submit(sent.read, options, terms)
    return PendingArticle(article, sent, job)


def finish(pending: PendingArticle, served_by: Context) -> AttributedArticle:
    """Wait for the answer to an admitted article.

    Raises ``Problem`` 504, ``ClientGone``, or what inference raised.
    """
    with _errors_as_problems():
        found = served_by.scheduler.result(pending.job)
    article, sent = pending.article, pending.sent
    attribution = sent.answer(found, article.publisher)
    served_by.metrics.count_answer(attribution)
    return AttributedArticle(
        attribution,
        sent.text,
        publisher=article.publisher or sent.provider,
        language=article.language or sent.language,
        uri=sent.uri,
        headline=sent.headline,
        byline=sent.byline,
        offset_unit=article.offset_unit,
        text_is_derived=article.text is None,
        source=sent.source,
        with_source=article.source_offsets,
    )


@contextmanager
def _errors_as_problems() -> Iterator[None]:
    try:
        yield
    except Unavailable as error:
        raise Problem(UNAVAILABLE, f"{error}.".capitalize(), headers=RETRY_SOON) from None
    except Refused as refusal:
        raise refused(refusal) from None
    except Abandoned:
        raise ClientGone from None
    except DeadlinePassed:
        raise Problem(DEADLINE, "The article was not finished before its deadline.") from None
