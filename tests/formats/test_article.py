"""What every format is made from."""

from __future__ import annotations

from dataclasses import replace

from service.formats.article import AttributedArticle
from service.intake.source import Extent, Source


def test_only_speech_is_spoken(answer: AttributedArticle) -> None:
    assert [quote.id for quote in answer.spoken] == ["q1", "q2", "q3", "q4", "q6"]


def test_quotes_have_extents_in_the_html_that_was_sent(answer: AttributedArticle) -> None:
    assert answer.quote_extents() == {}
    source = Source("html", answer.text, lambda start, end: (Extent(start, end),))
    extents = replace(answer, source=source).quote_extents()
    assert extents == {q.id: (Extent(q.start, q.end),) for q in answer.attribution.quotes}
