"""The service's OpenAPI 3.1 document, generated from the schemas and the problem types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from service import __version__
from service.errors import (
    DEADLINE,
    INCOMPLETE,
    INTERNAL,
    INVALID,
    MALFORMED_BODY,
    MALFORMED_JSON,
    MEDIA_TYPE_UNSUPPORTED,
    NO_BODY,
    NOT_ACCEPTABLE,
    PROBLEM_TYPES,
    QUEUE_FULL,
    TOO_LARGE,
    UNAUTHORIZED,
    UNAVAILABLE,
    ProblemType,
)
from service.formats.registry import ARTICLE_FORMATS, CONTRACT_JSON
from service.http import answers
from service.http.body import FORMS, JSON, NDJSON
from service.http.errors import MEDIA_TYPE
from service.http.example import EXAMPLE_ANSWER, EXAMPLE_REQUEST
from service.intake import schemas

_BODY_PROBLEMS = (
    NO_BODY,
    MALFORMED_JSON,
    MALFORMED_BODY,
    INCOMPLETE,
    TOO_LARGE,
    MEDIA_TYPE_UNSUPPORTED,
    INVALID,
    QUEUE_FULL,
    UNAVAILABLE,
)

_KEY_SCHEME = {
    "type": "http",
    "scheme": "bearer",
    "description": "Required if the service runs with API keys; settings may exempt health, metrics and docs.",
}


def document() -> dict[str, Any]:
    """The document as JSON values."""
    schemas_of = [
        *((model, "validation") for model in (schemas.ArticleRequest, schemas.BatchRequest, schemas.BatchArticle)),
        *(
            (model, "serialization")
            for model in (answers.Attribution, answers.Batch, answers.Problem, answers.Health, answers.Info)
        ),
    ]
    _, definitions = models_json_schema(schemas_of, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "Quote attribution",
            "version": __version__,
            "description": "Finds the direct quotes in a news article, with the speaker of each and the outlet that "
            "the article credits with reporting it. Errors are `application/problem+json` (RFC 9457). Every response "
            "has an `X-Request-ID`: the request's own, or a new one.\n\n" + _table_of_problems(),
        },
        "paths": _paths(),
        "components": {"schemas": definitions["$defs"], "securitySchemes": {"key": _KEY_SCHEME}},
        "security": [{}, {"key": []}],
    }


def _paths() -> dict[str, Any]:
    health = {
        "/livez": "Whether the service works without a restart",
        "/readyz": "Whether the service accepts requests",
        "/healthz": "The same as /readyz",
    }
    return {
        "/v1/attributions": {"post": _attribute()},
        "/v1/attributions/batch": {"post": _attribute_batch()},
        "/v1/info": {"get": _operation("info", "The version, the model and the limits", {JSON: _media(answers.Info)})},
        **{
            path: {"get": _operation(path.strip("/"), summary, {JSON: _media(answers.Health)}, errors=[UNAVAILABLE])}
            for path, summary in health.items()
        },
        "/metrics": {
            "get": _operation("metrics", "Metrics for Prometheus", {"text/plain": {"schema": {"type": "string"}}})
        },
    }


def _attribute() -> dict[str, Any]:
    articles = {
        media_type: _described("string", f"The article's `{form}`; the other fields go into the query string.")
        for media_type, form in FORMS.items()
    }
    others = {
        form.media_type: _described(form.json_type, form.description)
        for form in ARTICLE_FORMATS
        if form is not CONTRACT_JSON
    }
    return _operation(
        "attribute",
        "Attribute the quotes of an article; the `Accept` header selects the format of the answer",
        parameters=_query_parameters(),
        body={JSON: _media(schemas.ArticleRequest, EXAMPLE_REQUEST), **articles},
        answer={JSON: _media(answers.Attribution, EXAMPLE_ANSWER), **others},
        errors=[*_BODY_PROBLEMS, NOT_ACCEPTABLE, DEADLINE],
    )


def _query_parameters() -> list[dict[str, Any]]:
    """The options of an article as query parameters: every field of the request except the article itself."""
    fields = schemas.ArticleRequest.model_json_schema()["properties"]
    return [_query_parameter(name, field) for name, field in fields.items() if name not in schemas.ARTICLE_FORMS]


def _query_parameter(name: str, field: Mapping[str, Any]) -> dict[str, Any]:
    """The parameter for a field, from its JSON schema. Null is left out: a query cannot express it."""
    schema = next(kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null")
    return {
        "name": name,
        "in": "query",
        "description": f"{field['description']} Ignored if the body is JSON.",
        "schema": {key: value for key, value in schema.items() if key not in ("title", "description")},
    }


def _attribute_batch() -> dict[str, Any]:
    article = {"id": "a1", **EXAMPLE_REQUEST}
    result = {"id": "a1", "result": EXAMPLE_ANSWER}
    line = {"anyOf": [_reference(answers.BatchResult), _reference(answers.BatchProblem)]}
    return _operation(
        "attribute_batch",
        "Attribute the quotes of several articles: a result or a problem for each, in order. NDJSON has one article or "
        "result per line and no limit on lines; results are streamed, so read the response while you send.",
        body={
            JSON: _media(schemas.BatchRequest, {"articles": [article]}),
            NDJSON: _media(schemas.BatchArticle, article),
        },
        answer={
            JSON: _media(answers.Batch, {"results": [result]}),
            NDJSON: {"schema": line, "example": result},
        },
        errors=_BODY_PROBLEMS,
    )


def _operation(
    name: str,
    summary: str,
    answer: Mapping[str, Any],
    *,
    parameters: Sequence[Mapping[str, Any]] = (),
    body: Mapping[str, Any] | None = None,
    errors: Iterable[ProblemType] = (),
) -> dict[str, Any]:
    operation: dict[str, Any] = {"operationId": name, "summary": summary}
    if parameters:
        operation["parameters"] = parameters
    if body:
        operation["requestBody"] = {"required": True, "content": body}
    errors = sorted([*errors, UNAUTHORIZED, INTERNAL], key=lambda problem: problem.status)
    operation["responses"] = {
        "200": {"description": "Done.", "content": answer},
        **{
            str(int(status)): _error_response(list(kinds))
            for status, kinds in groupby(errors, key=lambda problem: problem.status)
        },
    }
    return operation


def _error_response(kinds: list[ProblemType]) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": ". ".join(kind.title for kind in kinds) + ".",
        "content": {
            MEDIA_TYPE: {
                "schema": _reference(answers.Problem),
                "examples": {kind.name: {"value": _example_problem(kind)} for kind in kinds},
            }
        },
    }
    if kinds[0] in (QUEUE_FULL, UNAVAILABLE):
        response["headers"] = {
            "Retry-After": {"description": "Seconds to wait before the next try.", "schema": {"type": "integer"}}
        }
    return response


def _table_of_problems() -> str:
    rows = [f"| {int(kind.status)} | `{kind.uri}` | {kind.title} |" for kind in PROBLEM_TYPES]
    return "\n".join(["| status | type | meaning |", "| --- | --- | --- |", *rows])


def _example_problem(kind: ProblemType) -> dict[str, Any]:
    errors = [{"field": "text", "detail": "is required"}] if kind is INVALID else []
    return {
        "type": kind.uri,
        "title": kind.title,
        "status": int(kind.status),
        "detail": "text: is required" if errors else "What went wrong with this request.",
        **({"errors": errors} if errors else {}),
        "request_id": "9f0c2d7f5d5e4b0c8d1f6a3e2b7c4d10",
    }


def _media(model: type[BaseModel], example: Any = None) -> dict[str, Any]:
    return {"schema": _reference(model), **({"example": example} if example else {})}


def _described(kind: str, description: str) -> dict[str, Any]:
    return {"schema": {"type": kind, "description": description}}


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}
