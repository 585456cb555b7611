"""From a request's body to a validated object, or to the problem that says what is wrong with it."""

from __future__ import annotations

import json
from typing import Any, Never, TypeVar

from flask import Request
from pydantic import BaseModel, ValidationError
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from service.http.problems import (
    INCOMPLETE,
    INVALID,
    MALFORMED_JSON,
    MEDIA_TYPE_UNSUPPORTED,
    NO_BODY,
    TOO_LARGE,
    FieldError,
    Problem,
)

JSON = "application/json"
_MAX_FIELD_NAME = 100  # a client chooses the names of unknown fields; they are quoted back to it

_Schema = TypeVar("_Schema", bound=BaseModel)


def read_json(request: Request) -> Any:
    """The JSON value of the request's body. Raises ``Problem`` 400, 408, 413, 415 or 422 (a field given twice)."""
    body = _read(request)
    if not body:
        raise Problem(NO_BODY, "Send the article as a JSON object.")
    require_media_type(request, JSON)
    return parse_json(body)


def _read(request: Request) -> bytes:
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Problem(TOO_LARGE, f"The body may have {request.max_content_length} bytes.") from None
    except ClientDisconnected:
        raise Problem(INCOMPLETE, "The body could not be read to its end.") from None
    if len(body) < (request.content_length or 0):
        raise Problem(INCOMPLETE, f"{len(body)} bytes of {request.content_length} arrived.")
    return body


def require_media_type(request: Request, *accepted: str) -> None:
    """Raises ``Problem`` 415 unless the body is sent, unencoded, as one of the ``accepted`` types."""
    if request.mimetype not in accepted:
        raise Problem(MEDIA_TYPE_UNSUPPORTED, f"Set the header Content-Type to {' or '.join(accepted)}.")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise Problem(MEDIA_TYPE_UNSUPPORTED, "Send the body without a Content-Encoding.")


def parse_json(body: bytes) -> Any:
    """The value of a JSON text in UTF-8. Raises ``Problem`` 400, or 422 where an object has a field twice."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise Problem(MALFORMED_JSON, f"The body is not UTF-8: byte {error.start} is invalid.") from None
    except json.JSONDecodeError as error:
        detail = f"{error.msg} at line {error.lineno}, column {error.colno}."
        raise Problem(MALFORMED_JSON, detail) from None
    except ValueError:  # an integer of thousands of digits
        raise Problem(MALFORMED_JSON, "The body holds a number that is out of range.") from None
    except RecursionError:
        raise Problem(MALFORMED_JSON, "The body is nested too deeply.") from None


def validated(schema: type[_Schema], value: Any) -> _Schema:
    """``value`` as a ``schema``. Raises ``Problem`` 422 that names each field at fault."""
    try:
        return schema.model_validate(value)
    except ValidationError as error:
        faults = [
            FieldError(field_path(item["loc"]), _MESSAGES.get(item["type"], item["msg"]))
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        raise invalid(faults) from None


def invalid(faults: list[FieldError]) -> Problem:
    """The problem 422 for these faults."""
    return Problem(INVALID, "; ".join(f"{fault.field}: {fault.detail}" for fault in faults), errors=faults)


def field_path(location: tuple[int | str, ...]) -> str:
    """A location in the body as ``articles.3.text``; the body itself is ``body``."""
    path = ".".join(str(part) for part in location) or "body"
    return path[:_MAX_FIELD_NAME].encode("utf-8", "replace").decode("utf-8")


_MESSAGES = {
    "string_unicode": "a field's name holds a lone surrogate",
    "extra_forbidden": "is not a field of this request",
    "missing": "is required",
    "model_type": "is not an object",
}


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        seen: set[str] = set()
        for name, _ in pairs:
            if name in seen:
                raise invalid([FieldError(field_path((name,)), "is given twice")])
            seen.add(name)
    return fields


def _refuse_constant(name: str) -> Never:
    raise Problem(MALFORMED_JSON, f"{name} is not JSON.")
