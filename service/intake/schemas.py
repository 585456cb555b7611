"""What a client may send."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import PydanticCustomError

from service.records import OffsetUnit

# A character that is no white space, as str.isspace() has it; \S differs in a few control characters.
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
_TEXT_SCHEMA: dict[str, Any] = {"minLength": 1, "pattern": NOT_BLANK}  # of no effect on null

# Exactly one of the forms of an article; null is as good as absent.
_FORMS = {"text": "string", "html": "string", "ninjs": "object"}
_ONE_OF_THEM: dict[str, Any] = {
    "oneOf": [
        {
            "required": [given],
            "properties": {form: {"type": kind if form == given else "null"} for form, kind in _FORMS.items()},
        }
        for given in _FORMS
    ]
}

# The form of a tag by BCP 47; whether its parts are registered is not looked up.
LanguageTag = Annotated[str, Field(pattern="^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$", max_length=100)]

ArticleId = Annotated[UnicodeText, Field(max_length=200)]


PLAIN_TYPE = "text/plain"
HTML_TYPES = ("text/html", "application/xhtml+xml")
"""The media types of a ninjs document's bodies that are read."""
_READABLE = f"^({'|'.join(map(re.escape, (PLAIN_TYPE, *HTML_TYPES)))})(;.*)?$"


class NinjsBody(BaseModel):
    """A body of a ninjs document."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    content_type: UnicodeText = Field(default=PLAIN_TYPE, alias="contentType", description="Its media type.")
    value: ArticleText = Field(json_schema_extra=_TEXT_SCHEMA)


class NinjsDocument(BaseModel):
    """A news item as IPTC ninjs 3 has it; what is not named here may be there, and is not read."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    uri: UnicodeText = Field(min_length=1, max_length=2000, description="Identifies the item; echoed.")
    language: LanguageTag | None = Field(default=None, description="Echoed where the request itself names none.")
    bodies: list[NinjsBody] = Field(
        min_length=1,
        description="The first in HTML is read, else the first plain one.",
        json_schema_extra={"contains": {"properties": {"contentType": {"pattern": _READABLE}}}},
    )


class ArticleRequest(BaseModel):
    """An article whose quotes are wanted: its `text` or, in its place, its `html` or the `ninjs` document it is in."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, json_schema_extra=_ONE_OF_THEM)

    ninjs: NinjsDocument | None = Field(
        default=None, description="The article as an IPTC ninjs 3 document. Offsets refer to the answer's `text`."
    )
    html: ArticleText | None = Field(  # before text, whose validation asks for it
        default=None,
        description="The body of the article as HTML. Offsets refer to the text made of it, the answer's `text`: a "
        "line for each block, without scripts, navigation, asides, forms and captions.",
        json_schema_extra=_TEXT_SCHEMA,
    )
    text: ArticleText | None = Field(
        default=None,
        validate_default=True,
        description="The article, plain text, paragraphs separated by newlines.",
        json_schema_extra=_TEXT_SCHEMA,
    )
    publisher: UnicodeText | None = Field(
        default=None, max_length=300, description="Who publishes this article; echoed, never guessed into `outlet`."
    )
    language: LanguageTag | None = Field(
        default=None, description="The article's language as a BCP 47 tag, such as `en-GB`; echoed, and no more."
    )
    min_confidence: float = Field(default=0.0, ge=0.0, le=1.0, description="Below it a speaker or an outlet is null.")
    include_nonspeech: bool = Field(default=False, description="Also return quoted segments that nobody said.")
    offset_unit: OffsetUnit = Field(
        default="codepoint", description="What offsets count: code points, UTF-16 units (JavaScript) or UTF-8 bytes."
    )

    @field_validator("html")
    @classmethod
    def _not_beside_ninjs(cls, html: str | None, info: ValidationInfo) -> str | None:
        return _alone(html, info, "ninjs")

    @field_validator("text")
    @classmethod
    def _exactly_one(cls, text: str | None, info: ValidationInfo) -> str | None:
        at_fault = not {"html", "ninjs"} <= info.data.keys()
        if not at_fault and text is None and info.data["html"] is None and info.data["ninjs"] is None:
            raise PydanticCustomError("missing", "is required")
        return _alone(text, info, "html", "ninjs")


def _alone(value: str | None, info: ValidationInfo, *others: str) -> str | None:
    """The value, unless the article is given in another form too."""
    given = next((other for other in others if info.data.get(other) is not None), None)
    if value is not None and given is not None:
        raise PydanticCustomError("both", "is given beside {other}; send one of them", {"other": given})
    return value


class BatchArticle(ArticleRequest):
    """An article of a batch."""

    id: ArticleId | None = Field(default=None, description="The client's own id for the article; echoed.")


class BatchRequest(BaseModel):
    """Several articles. Each is validated by itself, so that one at fault does not fail the others."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    articles: list[Any] = Field(
        min_length=1,
        description="The articles, answered in this order.",
        json_schema_extra={"items": {"$ref": "#/components/schemas/BatchArticle"}},
    )


_ARTICLE_ID = TypeAdapter(ArticleId)


def article_id(value: Any) -> str | None:
    """The id of an article that may not be valid otherwise, None if it has no usable one."""
    try:
        return _ARTICLE_ID.validate_python(value["id"], strict=True)
    except (TypeError, KeyError, ValidationError):
        return None
