from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from service.errors import METHOD_NOT_ALLOWED, NOT_FOUND, PROBLEM_TYPES
from service.formats.article import AttributedArticle
from service.formats.contract import contract_body
from service.http import answers
from service.http.example import EXAMPLE_ANSWER, EXAMPLE_REQUEST
from service.http.openapi import document
from service.intake.schemas import ARTICLE_FORMS, ArticleRequest
from service.settings import PROJECT_ROOT
from tests.fakes import FakeAttributor

# Served to people and to Prometheus' own format, not part of the contract.
UNDOCUMENTED = {
    *("/openapi.json", "/docs", "/docs/start.js", "/docs/<path:asset>"),
    *("/", "/page/<path:asset>", "/page/outlets.json"),
}


def test_the_document_is_valid_openapi() -> None:
    OpenAPIV31SpecValidator(document()).validate()


def test_it_is_served(client: FlaskClient) -> None:
    response = client.get("/openapi.json")
    assert response.content_type == "application/json"
    assert response.get_json() == document()


def test_the_copy_in_the_repository_is_current() -> None:
    assert json.loads((PROJECT_ROOT / "openapi.json").read_text()) == document(), "run `make openapi`"


def test_it_describes_every_route_and_no_other(app: Flask) -> None:
    assert {rule.rule for rule in app.url_map.iter_rules()} - UNDOCUMENTED == set(document()["paths"])


def test_the_options_of_an_article_are_query_parameters() -> None:
    operation = document()["paths"]["/v1/attributions"]["post"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert parameters.keys() == ArticleRequest.model_fields.keys() - ARTICLE_FORMS.keys()
    assert {(parameter["in"], parameter.get("required", False)) for parameter in parameters.values()} == {
        ("query", False)
    }
    assert parameters["min_confidence"]["schema"] == {"type": "number", "minimum": 0.0, "maximum": 1.0, "default": 0.0}
    assert parameters["publisher"]["schema"] == {"type": "string", "maxLength": 300}


def test_every_problem_is_in_its_table_and_in_its_examples() -> None:
    description = document()["info"]["description"]
    examples = json.dumps(document()["paths"])
    for problem in PROBLEM_TYPES:
        assert f"| {int(problem.status)} | `{problem.uri}` |" in description
        if problem not in (NOT_FOUND, METHOD_NOT_ALLOWED):
            assert problem.uri in examples


def test_its_example_is_true() -> None:
    text = EXAMPLE_REQUEST["text"]
    ArticleRequest.model_validate(EXAMPLE_REQUEST)
    answers.Attribution.model_validate(EXAMPLE_ANSWER)
    for quote in EXAMPLE_ANSWER["quotes"]:
        speaker, outlet = quote["speaker"], quote["outlet"]
        for span in (quote, speaker["mention"], speaker["named_at"], *([outlet["mention"]] if outlet else [])):
            assert text[span["start"] : span["end"]] == span["text"]


def test_answers_fit_their_schema(article: str) -> None:
    for text in (article, "Nobody spoke."):
        for with_text in (False, True):
            answer = contract_body(AttributedArticle(FakeAttributor().attribute(text), text, text_is_derived=with_text))
            answers.Attribution.model_validate(answer)


@pytest.mark.parametrize(
    ("path", "body", "schema"),
    [
        ("/v1/info", None, answers.Info),
        ("/readyz", None, answers.Health),
        ("/v1/attributions/batch", {"articles": [{"text": "a"}, {}]}, answers.Batch),
        ("/v1/attributions", {}, answers.Problem),
    ],
)
def test_other_answers_fit_their_schemas(client: FlaskClient, path: str, body: Any, schema: type[BaseModel]) -> None:
    response = client.post(path, json=body) if body is not None else client.get(path)
    schema.model_validate_json(response.get_data(), strict=True)
