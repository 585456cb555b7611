"""The types of text fields in requests."""

from __future__ import annotations

import re
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from service.intake.fields import NOT_BLANK, ArticleId, ArticleText, LanguageTag


def test_the_schema_and_the_validation_agree_on_what_is_blank() -> None:
    for character in map(chr, range(0x10000)):
        assert bool(re.search(NOT_BLANK, character)) is not character.isspace(), hex(ord(character))


@pytest.mark.parametrize(
    ("type_", "value"),
    [(ArticleText, " a\n"), (LanguageTag, "en-GB"), (LanguageTag, "zh-Hant-TW"), (ArticleId, "a" * 200)],
)
def test_valid_values_are_kept_as_they_are(type_: Any, value: str) -> None:
    assert TypeAdapter(type_).validate_python(value) == value


@pytest.mark.parametrize(
    ("type_", "value", "fault"),
    [
        (ArticleText, "", "is empty"),
        (ArticleText, " \n\u3000", "is empty"),
        (ArticleText, "a\ud800", "lone surrogate"),
        (ArticleId, "a" * 201, "200"),
        (LanguageTag, "en_GB", "pattern"),
        (LanguageTag, "-", "pattern"),
    ],
)
def test_invalid_values_are_refused(type_: Any, value: str, fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        TypeAdapter(type_).validate_python(value)
