"""From bytes to JSON values, or to what is wrong with them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pydantic import BaseModel

from service.errors import Problem
from service.intake.parsing import field_path, parse_json, read_values, string_in, validated


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"{", "malformed-json"),
        (b"\xff", "malformed-json"),
        (b"NaN", "malformed-json"),
        (b"[" * 100_000, "malformed-json"),
        (b"1" * 5_000, "malformed-json"),
        (b'{"a": 1, "a": 2}', "invalid-request"),
    ],
)
def test_what_is_no_json_is_a_problem(body: bytes, name: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_json(body)
    assert caught.value.type.name == name


def test_every_field_at_fault_is_named() -> None:
    class Sent(BaseModel):
        text: str
        size: int

    with pytest.raises(Problem) as caught:
        validated(Sent, {"size": "many"})
    assert [error.field for error in caught.value.errors] == ["text", "size"]
    assert validated(Sent, {"text": "a", "size": 1}) == Sent(text="a", size=1)


def test_a_path_of_a_field_is_short_and_can_be_sent() -> None:
    assert field_path(("articles", 3, "text")) == "articles.3.text"
    assert field_path(()) == "body"
    assert field_path(("\ud800" + "a" * 200,)) == "?" + "a" * 99


def test_lines_are_values_or_problems_and_long_ones_are_passed_over() -> None:
    values: list[Any] = list(read_values(io.BytesIO(b'{"a": 1}\n\n  \n{\n' + b"1" * 50 + b"\n2"), 20))
    kinds = [value.type.name if isinstance(value, Problem) else value for value in values]
    assert kinds == [{"a": 1}, "malformed-json", "too-large", 2]


@pytest.mark.parametrize(
    ("value", "string"),
    [
        ("Ada", "Ada"),
        ({"name": "Ada", "value": "Bo"}, "Ada"),
        ([{"value": "Bo"}, "Cy"], "Bo"),
        ([], None),
        ({"name": 1}, None),
        (None, None),
    ],
)
def test_the_string_of_a_value(value: Any, string: str | None) -> None:
    assert string_in(value) == string
