"""Parses bytes as JSON and validates the values. Raises the ``Problem`` for what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, Never, TypeVar

from pydantic import BaseModel, ValidationError

from service.errors import INVALID, MALFORMED_JSON, TOO_LARGE, FieldError, Problem

_MAX_FIELD_NAME = 100  # the names of unknown fields, chosen by the client, are part of the response

_Schema = TypeVar("_Schema", bound=BaseModel)


def parse_json(body: bytes) -> Any:
    """The value of UTF-8 JSON. Raises ``Problem`` 400, or 422 if an object has a field twice."""
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise Problem(MALFORMED_JSON, f"The body is not UTF-8: byte {error.start} is invalid.") from None
    except json.JSONDecodeError as error:
        detail = f"{error.msg} at line {error.lineno}, column {error.colno}."
        raise Problem(MALFORMED_JSON, detail) from None
    except ValueError:  # an integer with thousands of digits
        raise Problem(MALFORMED_JSON, "The body holds a number that is out of range.") from None
    except RecursionError:
        raise Problem(MALFORMED_JSON, "The body is nested too deeply.") from None


def string_in(value: Any) -> str | None:
    """The string of a JSON value: itself, an object's ``name`` or ``value``, or the string of a list's first item.

    None if there is none.
    """
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("value")
    return value if isinstance(value, str) else None


def validated(schema: type[_Schema], value: Any) -> _Schema:
    """``value`` as a ``schema``. Raises ``Problem`` 422 that lists every invalid field."""
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


def read_values(lines: BinaryIO, limit: int) -> Iterator[Any]:
    """The JSON value of each line that is not blank, or the ``Problem`` with it.

    A line of ``limit`` bytes or more is a problem, and is not held in memory.
    """
    while line := lines.readline(limit):
        if len(line) == limit and not line.endswith(b"\n"):
            yield Problem(TOO_LARGE, f"The line has {limit} bytes or more.")
            while line and not line.endswith(b"\n"):
                line = lines.readline(limit)
        elif not line.isspace():
            yield _value(line)


def _value(line: bytes) -> Any:
    try:
        return parse_json(line)
    except Problem as problem:
        return problem
