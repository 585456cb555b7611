"""What a client may send."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
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


class ArticleRequest(BaseModel):
    """An article whose quotes are wanted."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    text: ArticleText = Field(description="The article, plain text, paragraphs separated by newlines.")
    publisher: UnicodeText | None = Field(
        default=None, max_length=300, description="Who publishes this article; echoed, never guessed into `outlet`."
    )
    min_confidence: float = Field(default=0.0, ge=0.0, le=1.0, description="Below it a speaker or an outlet is null.")
    include_nonspeech: bool = Field(default=False, description="Also return quoted segments that nobody said.")
    offset_unit: OffsetUnit = Field(
        default="codepoint", description="What offsets count: code points, UTF-16 units (JavaScript) or UTF-8 bytes."
    )
