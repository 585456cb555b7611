"""Types of text fields in requests, with their validation."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

# A character for which str.isspace() is false; \S differs for a few control characters.
NOT_BLANK = r"[^\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"


def _encodable(text: str) -> str:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise PydanticCustomError("surrogate", "holds a lone surrogate, half of a character") from None
    return text


def _not_blank(text: str) -> str:
    if not text or text.isspace():
        raise PydanticCustomError("blank", "is empty")
    return text


UnicodeText = Annotated[str, AfterValidator(_encodable)]
ArticleText = Annotated[UnicodeText, AfterValidator(_not_blank)]
TEXT_SCHEMA: dict[str, Any] = {"minLength": 1, "pattern": NOT_BLANK}  # no effect on null

# The syntax of BCP 47; whether the subtags are registered is not checked.
LanguageTag = Annotated[str, Field(pattern="^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", max_length=100)]

ArticleId = Annotated[UnicodeText, Field(max_length=200)]
