from __future__ import annotations

import math

from service.serving.engine import Options
from service.serving.jobs import Abandoned, DeadlinePassed, Job, RefusalReason, Refused, Terms
from tests.serving.counting import WINDOW, CountedDocument


def job(terms: Terms | None = None, tokens: int = 3 * WINDOW) -> Job:
    return Job("a" * tokens, Options(), terms or Terms(), tokens_left=7)


def test_the_work_left_is_an_estimate_until_the_article_is_read() -> None:
    article = job()
    assert (article.tokens, article.tokens_left, article.windows_left) == (7, 7, ())
    article.set_document(CountedDocument(article.text))
    assert article.tokens == article.tokens_left == 3 * WINDOW
    article.add_vectors([1, 2], seconds=0.5)
    assert article.tokens == 3 * WINDOW
    assert article.tokens_left == WINDOW
    assert len(article.windows_left) == 1
    assert not article.is_encoded
    article.add_vectors([3], seconds=0.25)
    assert article.is_encoded
    assert article.vectors == [1, 2, 3]
    assert article.seconds_encoded == 0.75


def test_why_no_more_work_goes_into_an_article() -> None:
    assert job().reason_to_drop(now=1e9) is None
    assert isinstance(job(Terms(deadline=10)).reason_to_drop(now=10.1), DeadlinePassed)
    assert isinstance(job(Terms(is_wanted=lambda: False)).reason_to_drop(now=0), Abandoned)
    heavy = job(Terms(work_seconds=1))
    heavy.set_document(CountedDocument(heavy.text))
    heavy.add_vectors([1], seconds=1.1)
    assert isinstance(heavy.reason_to_drop(now=0), DeadlinePassed)


def test_the_time_to_try_again_is_whole_seconds_at_least_one() -> None:
    assert [Refused(RefusalReason.TIME, seconds).retry_after for seconds in (0.01, 1.2, 40)] == [1, 2, 40]


def test_an_article_that_has_ended_holds_nothing() -> None:
    article = job()
    article.set_document(CountedDocument(article.text))
    article.release()
    assert (article.document, article.vectors, article.tokens_left) == (None, [], 0)
    assert article.terms.deadline == math.inf
