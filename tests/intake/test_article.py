"""From a valid request to the text that is attributed, and back."""

from __future__ import annotations

from typing import Any

import pytest

from service.errors import Problem
from service.intake.article import SentArticle, read_article
from service.intake.schemas import ArticleRequest
from tests.fakes import FakeAttributor

TEXT = "“We are ready,” Ada Brook told Reuters."


def sent(limit: int = 1_000, **fields: Any) -> SentArticle:
    return read_article(ArticleRequest.model_validate(fields), limit)


def test_every_form_has_the_same_text() -> None:
    html = f"<p>{TEXT}</p>"
    forms = (
        {"text": TEXT},
        {"html": html},
        {"ninjs": {"uri": "tag:7", "body_html": html}},
        {"xml": f"<nitf><body><body.content>{html}</body.content></body></nitf>"},
    )
    assert {sent(**form).text for form in forms} == {TEXT}
    assert [sent(**form).source is not None for form in forms] == [False, True, True, False]


@pytest.mark.parametrize(
    ("fields", "name", "detail"),
    [
        ({"text": TEXT}, "too-large", "text has 39 characters; the limit is 20"),
        ({"ninjs": {"uri": "a", "body_text": TEXT}}, "too-large", "ninjs.bodies.0.value has"),
        ({"html": "<nav>a</nav>"}, "invalid-request", "html: has no text"),
        ({"ninjs": {"uri": "a", "bodies": [{"contentType": "a/b", "value": "c"}]}}, "invalid-request", "has none in"),
        ({"xml": "<nitf/>"}, "invalid-request", "xml: has no text"),
    ],
)
def test_what_cannot_be_read(fields: dict[str, Any], name: str, detail: str) -> None:
    with pytest.raises(Problem) as caught:
        sent(limit=20, **fields)
    assert caught.value.type.name == name
    assert detail in caught.value.detail


@pytest.mark.parametrize(("publisher", "warned"), [("The Ferry Post", True), ("the tarn  News", False), (None, False)])
def test_agency_copy_is_warned_of(publisher: str | None, warned: bool) -> None:
    article = sent(ninjs={"uri": "tag:7", "body_text": TEXT, "copyrightHolder": "Tarn News"})
    found = article.answer(FakeAttributor().attribute(article.read), publisher)
    assert any("provided by Tarn News" in warning for warning in found.warnings) is warned
