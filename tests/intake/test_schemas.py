"""What a client may send."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from service.intake.schemas import ARTICLE_FORMS, ArticleRequest, article_id

NINJS = {"uri": "tag:7", "body_text": "a"}


@pytest.mark.parametrize("form", ARTICLE_FORMS)
def test_one_form_is_enough_and_null_is_as_good_as_absent(form: str) -> None:
    others: dict[str, Any] = dict.fromkeys(ARTICLE_FORMS)
    request = ArticleRequest.model_validate(others | {form: NINJS if form == "ninjs" else "a"})
    assert getattr(request, form) is not None


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({}, ["text"]),
        ({"text": "a", "html": "b"}, ["text"]),
        ({"xml": "a", "ninjs": NINJS}, ["xml"]),
        ({"html": " \n"}, ["html"]),
        ({"text": "a\ud800"}, ["text"]),
        ({"text": "a", "min_confidence": 2, "language": "english!"}, ["language", "min_confidence"]),
        ({"text": "a", "title": "b"}, ["title"]),
    ],
)
def test_fields_at_fault(fields: dict[str, Any], at_fault: list[str]) -> None:
    with pytest.raises(ValidationError) as caught:
        ArticleRequest.model_validate(fields)
    assert sorted(str(error["loc"][0]) for error in caught.value.errors()) == at_fault


@pytest.mark.parametrize(
    ("value", "name"), [({"id": "a7"}, "a7"), ({"id": 7}, None), ({}, None), (None, None), ({"id": "a" * 201}, None)]
)
def test_an_article_at_fault_may_have_a_usable_id(value: Any, name: str | None) -> None:
    assert article_id(value) == name
