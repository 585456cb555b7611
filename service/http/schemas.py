"""What a client may send."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from service.contract import OffsetUnit


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


ArticleId = Annotated[UnicodeText, Field(max_length=200)]


class ArticleRequest(BaseModel):
    """An article whose quotes are wanted."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    text: ArticleText = Field(
        description="The article, plain text, paragraphs separated by newlines.",
        json_schema_extra={"minLength": 1, "pattern": r"\S"},
    )
    publisher: UnicodeText | None = Field(
        default=None, max_length=300, description="Who publishes this article; echoed, never guessed into `outlet`."
    )
    min_confidence: float = Field(default=0.0, ge=0.0, le=1.0, description="Below it a speaker or an outlet is null.")
    include_nonspeech: bool = Field(default=False, description="Also return quoted segments that nobody said.")
    offset_unit: OffsetUnit = Field(
        default="codepoint", description="What offsets count: code points, UTF-16 units (JavaScript) or UTF-8 bytes."
    )


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
