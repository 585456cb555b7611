"""``POST /v1/attributions/batch``: a result or a problem for each article, in order, as JSON or as streamed NDJSON."""

from __future__ import annotations

import io
import json
import math
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, jsonify, request, stream_with_context
from werkzeug.exceptions import ClientDisconnected

from service.errors import INCOMPLETE, TOO_LARGE, Problem
from service.formats.contract import contract_body
from service.http import articles, body, connection
from service.http.articles import PendingArticle
from service.http.body import NDJSON
from service.http.context import Context, context
from service.http.errors import ClientGone, problem_body, unexpected
from service.intake.parsing import read_values, validated
from service.intake.schemas import BatchArticle, BatchRequest, article_id
from service.serving.jobs import Terms

_SLICES_AHEAD = 2  # of work queued behind the article that is waited for
_MOST_AHEAD = 32  # articles

blueprint = Blueprint("batch", __name__, url_prefix="/v1")


@blueprint.post("/attributions/batch")
def attribute_batch() -> Response:
    """Attribute the quotes of several articles. An invalid article does not fail the others."""
    served_by = context()
    articles.require_ready(served_by)
    return _stream(served_by) if request.mimetype == NDJSON else _answer_at_once(served_by)


def _answer_at_once(served_by: Context) -> Response:
    """JSON in and out, with one deadline for all articles and a limit to the work on each."""
    deadline = time.monotonic() + served_by.settings.batch_deadline_seconds
    limit = served_by.settings.max_batch_articles
    batch = validated(BatchRequest, body.read_json(request))
    if len(batch.articles) > limit:
        raise Problem(TOO_LARGE, f"The batch has {len(batch.articles)} articles; the limit is {limit}.")
    with served_by.stream_slots.hold():
        return jsonify(results=list(_answers(batch.articles, served_by, _terms(served_by, deadline))))


def _stream(served_by: Context) -> Response:
    """NDJSON in and out, with a limit to the work on each line. A client must read while it sends, or both block."""
    body.require_media_type(request, NDJSON)
    body.require_no_encoding(request)
    request.max_content_length = sys.maxsize  # only lines are limited, not the whole
    lines = io.BufferedReader(cast(io.RawIOBase, request.stream))
    values = _values(cast(BinaryIO, lines), served_by.settings.max_body_bytes)
    answers = _answers(values, served_by, _terms(served_by))
    response = Response(stream_with_context(_lines(answers)), content_type=NDJSON)
    response.call_on_close(served_by.stream_slots.take())
    return response


def _terms(served_by: Context, deadline: float = math.inf) -> Terms:
    """The terms of each article. Time in the queue does not count towards its work."""
    work_seconds = served_by.settings.deadline_seconds
    return Terms(deadline, work_seconds, in_bulk=True, is_wanted=connection.watch(request))


def _lines(answers: Iterable[dict[str, Any]]) -> Iterator[str]:
    with suppress(ClientGone):
        for answer in answers:
            yield json.dumps(answer) + "\n"


def _values(lines: BinaryIO, limit: int) -> Iterator[Any]:
    try:
        yield from read_values(lines, limit)
    except ClientDisconnected:
        yield Problem(INCOMPLETE, "The stream broke off.")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An article of the batch: admitted, or with its problem."""

    id: str | None
    outcome: PendingArticle | Problem

    @property
    def is_done(self) -> bool:
        return isinstance(self.outcome, Problem) or self.outcome.job.future.done()

    @property
    def tokens_left(self) -> int:
        return 0 if isinstance(self.outcome, Problem) else self.outcome.job.tokens_left


def _answers(values: Iterable[Any], served_by: Context, terms: Terms) -> Iterator[dict[str, Any]]:
    """The answers in order, read ahead far enough to keep inference busy."""
    ahead = _SLICES_AHEAD * served_by.scheduler.slice_tokens
    window: deque[_Entry] = deque()
    try:
        for value in values:
            window.append(_begin(value, served_by, terms))
            while window and (window[0].is_done or _is_far_enough(window, ahead)):
                yield _finish(window.popleft(), served_by)
        while window:
            yield _finish(window.popleft(), served_by)
    finally:  # the client may have gone
        for entry in window:
            if isinstance(entry.outcome, PendingArticle):
                served_by.scheduler.drop(entry.outcome.job)


def _is_far_enough(window: deque[_Entry], tokens: int) -> bool:
    """Whether enough tokens, or enough articles, are queued behind the article that is waited for."""
    return len(window) >= _MOST_AHEAD or sum(entry.tokens_left for entry in islice(window, 1, None)) >= tokens


def _begin(value: Any, served_by: Context, terms: Terms) -> _Entry:
    if isinstance(value, Problem):
        return _Entry(None, value)
    try:
        article = validated(BatchArticle, value)
        return _Entry(article.id, articles.begin(article, served_by, terms))
    except Exception as error:
        return _Entry(article_id(value), _problem(error))


def _finish(entry: _Entry, served_by: Context) -> dict[str, Any]:
    if isinstance(entry.outcome, Problem):
        return {"id": entry.id, "problem": problem_body(entry.outcome)}
    try:
        return {"id": entry.id, "result": contract_body(articles.finish(entry.outcome, served_by))}
    except Exception as error:
        return {"id": entry.id, "problem": problem_body(_problem(error))}


def _problem(error: Exception) -> Problem:
    """The problem to report for an article. Raises ``ClientGone``."""
    if isinstance(error, ClientGone):
        raise error
    return error if isinstance(error, Problem) else unexpected(error)
