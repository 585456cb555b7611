from __future__ import annotations

import json
from typing import Any

import pytest

from service.bulk.answering import Options, answer, give_up
from service.bulk.entries import Entry
from service.errors import FieldError
from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.intake.parsing import invalid
from tests.fakes import POISON, FakeAttributor


def line(value: Any, options: Options = Options(), id_: str | None = None) -> dict[str, Any]:  # noqa: B008
    written = answer(Entry(value, 0, id_), FakeAttributor(), options)
    assert written.endswith(b"\n")
    assert written.count(b"\n") == 1
    read: dict[str, Any] = json.loads(written)
    return read


def test_an_answer_is_the_contract_s(article: str, attributor: FakeAttributor) -> None:
    options = Options(offset_unit="utf8", min_confidence=0.75, include_nonspeech=True)
    value = {"id": "a", "text": article, "publisher": "The Courier", "date": "2026-11-01"}
    attribution = attributor.attribute(article, min_confidence=0.75, include_nonspeech=True)
    expected = contract_body(AttributedArticle(attribution, article, offset_unit="utf8", publisher="The Courier"))
    said = {"publisher": "The Courier", "date": "2026-11-01"}
    assert line(value, options) == {"id": "a", "article": said, "result": json.loads(json.dumps(expected))}


@pytest.mark.parametrize(
    "value",
    [
        {"html": "<title>T</title><body><p>“The bridge opens,” Ada Brook told Reuters."},
        {"ninjs": {"uri": "urn:1", "bodies": [{"value": "“The bridge opens,” Ada Brook told Reuters."}]}},
        {"ninjs": '{"uri": "urn:1", "body_text": "“The bridge opens,” Ada Brook told Reuters."}'},
        {"xml": "<nitf><body><body.content>“The bridge opens,” Ada Brook told Reuters.</body.content></body></nitf>"},
        {"text": "“The bridge opens,” Ada Brook told Reuters.", "html": None},
    ],
)
def test_every_form_of_an_article_is_read(value: Any) -> None:
    result = line(value, Options(with_text=True))["result"]
    (quote,) = result["quotes"]
    assert result["text"][quote["start"] : quote["end"]] == quote["text"] == "The bridge opens,"


def test_the_text_is_in_the_answer_where_offsets_need_it() -> None:
    assert "text" not in line({"text": "“a”"})["result"]
    assert line({"text": "“a”"}, Options(with_text=True))["result"]["text"] == "“a”"
    assert line({"html": "<p>“a”"})["result"]["text"] == "“a”"


def test_an_article_that_fails_keeps_what_is_known_of_it() -> None:
    assert line({"text": " ", "date": "2026-11-01"})["article"] == {"date": "2026-11-01"}


def test_a_date_past_all_dates_is_none() -> None:
    answered = line({"id": "a", "text": "“a”", "date": "9999-12-31T23:59:59-05:00"})
    assert answered["article"] == {}
    assert answered["result"]["quotes"]


def test_an_article_whose_facts_cannot_be_read_has_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OverflowError

    monkeypatch.setattr("service.bulk.answering.facts_of", fail)
    assert line({"id": "a", "text": "“a”"})["result"]["quotes"]
    assert json.loads(give_up(Options(), Entry({"id": "a"}, 0), "No."))["id"] == "a"


def test_agency_copy_is_called_that() -> None:
    document = {"uri": "urn:1", "infosource": [{"name": "Tarn News"}], "body_text": "“a”"}
    warnings = line({"ninjs": document, "publisher": "The Ferry Post"})["result"]["warnings"]
    assert warnings == ["agency copy: the article was provided by Tarn News"]
    answered = line({"ninjs": document})
    assert (answered["article"]["publisher"], answered["result"]["warnings"]) == ("Tarn News", [])


def test_fields_may_have_other_names(article: str) -> None:
    options = Options(id_field="url", text_field="body")
    answered = line({"url": "https://courier.example/1", "body": article, "text": 3}, options)
    assert answered["id"] == "https://courier.example/1"
    assert len(answered["result"]["quotes"]) == 2


@pytest.mark.parametrize(
    ("value", "name", "detail"),
    [
        (7, "invalid-request", "not an object"),
        ({}, "invalid-request", "text: is required"),
        ({"text": " "}, "invalid-request", "text: is empty"),
        ({"text": 5}, "invalid-request", "text"),
        ({"text": "\ud800"}, "invalid-request", "surrogate"),
        ({"text": "a" * 11}, "too-large", "11 characters"),
        ({"ninjs": "{"}, "invalid-request", "ninjs: is not an object"),
        (invalid([FieldError("text", "is not UTF-8")]), "invalid-request", "not UTF-8"),
        ({"text": POISON}, "internal-error", "RuntimeError"),
    ],
)
def test_an_article_that_fails_has_its_problem(value: Any, name: str, detail: str) -> None:
    problem = line(value, Options(max_article_chars=10), "a.txt")
    assert problem["id"] == "a.txt"
    assert problem["problem"]["type"].endswith(name)
    assert detail in problem["problem"]["detail"]
    assert "result" not in problem


@pytest.mark.parametrize(("given", "echoed"), [(7, "7"), (None, None), ([1], None), ("\udcff", "?"), ("é", "é")])
def test_ids(given: Any, echoed: str | None) -> None:
    assert line({"id": given, "text": "a"})["id"] == echoed


def test_giving_up_leaves_a_line_too() -> None:
    given_up = json.loads(give_up(Options(), Entry({"id": "a"}, 0), "It took too long."))
    assert (given_up["id"], given_up["problem"]["detail"]) == ("a", "It took too long.")
