"""The schemas of requests."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from service.intake.fields import TEXT_SCHEMA, ArticleId, ArticleText, LanguageTag, UnicodeText
from service.intake.ninjs import NinjsDocument
from service.records import OffsetUnit

ARTICLE_FORMS = {"text": "string", "html": "string", "ninjs": "object", "xml": "string"}
"""The fields that can hold the article, with their JSON types. A request has exactly one; null counts as absent."""

_ONE_OF_THEM: dict[str, Any] = {
    "oneOf": [
        {
            "required": [given],
            "properties": {form: {"type": kind if form == given else "null"} for form, kind in ARTICLE_FORMS.items()},
        }
        for given in ARTICLE_FORMS
    ]
}


class ArticleRequest(BaseModel):
    """An article and its options. The article is in exactly one of `text`, `html`, `ninjs` and `xml`."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, json_schema_extra=_ONE_OF_THEM)

    ninjs: NinjsDocument | None = Field(
        default=None,
        description="The article as an IPTC ninjs document of version 1, 2 or 3. Offsets refer to the answer's `text`.",
    )
    xml: ArticleText | None = Field(
        default=None,
        description="The article as an IPTC NewsML-G2 or NITF document. Offsets refer to the answer's `text`.",
        json_schema_extra=TEXT_SCHEMA,
    )
    html: ArticleText | None = Field(  # before text, whose validation reads it
        default=None,
        description="The article's HTML, or a whole page. Offsets refer to the answer's `text`, which has one line per "
        "block and leaves out scripts, navigation, asides, forms and most captions.",
        json_schema_extra=TEXT_SCHEMA,
    )
    text: ArticleText | None = Field(
        default=None,
        validate_default=True,
        description="The article as plain text, one paragraph per line or separated by blank lines.",
        json_schema_extra=TEXT_SCHEMA,
    )
    publisher: UnicodeText | None = Field(
        default=None, max_length=300, description="The article's publisher; echoed, never used as an outlet."
    )
    language: LanguageTag | None = Field(
        default=None, description="The article's language as a BCP 47 tag, such as `en-GB`; only echoed."
    )
    min_confidence: float = Field(
        default=0.0, ge=0.0, le=1.0, description="Speakers and outlets below this confidence are null."
    )
    include_nonspeech: bool = Field(default=False, description="Also return quoted words that are not speech.")
    source_offsets: bool = Field(
        default=False,
        description="For HTML input: also return `source`, the position of each quote in the HTML that was sent.",
    )
    offset_unit: OffsetUnit = Field(
        default="codepoint", description="Unit of all offsets: code points, UTF-16 units (JavaScript) or UTF-8 bytes."
    )

    @field_validator("xml", "html")
    @classmethod
    def _beside_no_other(cls, value: str | None, info: ValidationInfo) -> str | None:
        return _alone(value, info)

    @field_validator("text")
    @classmethod
    def _exactly_one(cls, text: str | None, info: ValidationInfo) -> str | None:
        others = ARTICLE_FORMS.keys() - {"text"}
        at_fault = not others <= info.data.keys()
        if not at_fault and text is None and all(info.data[form] is None for form in others):
            raise PydanticCustomError("missing", "is required")
        return _alone(text, info)


def _alone(value: str | None, info: ValidationInfo) -> str | None:
    """The value, unless a preceding field also holds the article."""
    given = next((form for form in ARTICLE_FORMS if info.data.get(form) is not None), None)
    if value is not None and given is not None:
        raise PydanticCustomError("both", "is given beside {other}; send one of them", {"other": given})
    return value


class BatchArticle(ArticleRequest):
    """An article of a batch."""

    id: ArticleId | None = Field(default=None, description="The client's own id for the article; echoed.")


class BatchRequest(BaseModel):
    """Several articles. Each is validated separately, so that an invalid one does not fail the others."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    articles: list[Any] = Field(
        min_length=1,
        description="The articles, answered in this order.",
        json_schema_extra={"items": {"$ref": "#/components/schemas/BatchArticle"}},
    )


_ARTICLE_ID = TypeAdapter(ArticleId)


def article_id(value: Any) -> str | None:
    """The id of an article that may otherwise be invalid; None if it has no valid id."""
    try:
        return _ARTICLE_ID.validate_python(value["id"], strict=True)
    except (TypeError, KeyError, ValidationError):
        return None
