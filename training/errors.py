"""Lists wrong answers for review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from service.records import Outlet, Quote, Speaker
from training.metrics import Judged


@dataclass(frozen=True, slots=True)
class Answer:
    """The returned and the labelled speaker or outlet; None for nobody."""

    expected: str | None
    given: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Error:
    """A quote with a wrong answer; ``kind`` is the kind of error."""

    article: str
    kind: str
    quote: str
    speaker: Answer
    outlet: Answer


def list_errors(judged: Judged) -> Iterator[Error]:
    """The errors of one article: first in labelled quotes, then quotes returned where none is labelled."""
    article = judged.article
    for judgement in judged.judgements:
        if judgement.error:
            label, words = judgement.label, article.text[judgement.label.span.start : judgement.label.span.end]
            yield _error(article.id, judgement.error, words, label.speaker, label.outlet, judgement.quote)
    for quote in judged.elsewhere:
        yield _error(article.id, "not labelled", quote.text, None, None, quote)


def _error(
    article: str, kind: str, words: str, speaker: str | None, outlet: str | None, returned: Quote | None
) -> Error:
    return Error(
        article,
        kind,
        words,
        speaker=_answer(speaker, returned.speaker if returned else None),
        outlet=_answer(outlet, returned.outlet if returned else None),
    )


def _answer(expected: str | None, given: Speaker | Outlet | None) -> Answer:
    return Answer(expected, given.name if given else None, given.confidence if given else None)
