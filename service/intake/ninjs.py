"""IPTC ninjs, the JSON of news items, in its versions 1, 2 and 3: what is read of a document."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.json_schema import SkipJsonSchema

from service.intake.fields import TEXT_SCHEMA, ArticleText, LanguageTag, UnicodeText
from service.intake.parsing import string_in

PLAIN_TYPE = "text/plain"
HTML_TYPES = ("text/html", "application/xhtml+xml")
"""The media types of a document's bodies that are read."""

_READABLE = f"^({'|'.join(map(re.escape, (PLAIN_TYPE, *HTML_TYPES)))})(;.*)?$"
_BODIES_OF_VERSION_1 = {  # a property for each form, the one that says most first
    "body_html": "text/html",
    "body_html5": "text/html",
    "body_xhtml": "application/xhtml+xml",
    "body_text": PLAIN_TYPE,
}
PROVIDERS = ("infoSources", "infosources", "infosource", "copyrightHolder", "copyrightholder")
"""The properties of a document that say who provides it, the one that says most first."""
HEADLINES = ("headlines", "headline")
_MOST_CHARS = 300  # of a provider, headline or byline


class NinjsBody(BaseModel):
    """A body of a ninjs document."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    content_type: UnicodeText = Field(default=PLAIN_TYPE, alias="contentType", description="Its media type.")
    value: ArticleText = Field(json_schema_extra=TEXT_SCHEMA)

    @property
    def media_type(self) -> str:
        """Its media type without parameters."""
        return self.content_type.split(";")[0].strip().lower()


class NinjsDocument(BaseModel):
    """A news item as IPTC ninjs 3 has it; what is not named here may be there, and is not read. Versions 1 and 2 are
    read as well: `body_html`, `body_xhtml` and `body_text` in the place of `bodies`, `contenttype` of a body."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    uri: UnicodeText = Field(min_length=1, max_length=2000, description="Identifies the item; echoed.")
    language: LanguageTag | None = Field(default=None, description="Echoed where the request itself names none.")
    bodies: list[NinjsBody] = Field(
        min_length=1,
        description="The first in HTML is read, else the first plain one.",
        json_schema_extra={"contains": {"properties": {"contentType": {"pattern": _READABLE}}}},
    )
    provider: SkipJsonSchema[UnicodeText | None] = None
    """Who provides the item, as its source or the holder of its rights."""
    headline: SkipJsonSchema[UnicodeText | None] = None
    byline: SkipJsonSchema[UnicodeText | None] = None

    @model_validator(mode="before")
    @classmethod
    def _as_version_3(cls, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        bodies = _bodies(value)
        read = value if bodies is None else {**value, "bodies": bodies}
        said = {"provider": PROVIDERS, "headline": HEADLINES, "byline": ("byline",)}
        return {**read, **{fact: _first_string(value, names) for fact, names in said.items()}}

    def readable_body(self) -> tuple[int, NinjsBody] | None:
        """The body to read, and its place: HTML keeps paragraphs apart, plain text not always."""
        for readable in (HTML_TYPES, (PLAIN_TYPE,)):
            for number, body in enumerate(self.bodies):
                if body.media_type in readable:
                    return number, body
        return None


def is_ninjs(value: Any) -> bool:
    """Whether a JSON value has bodies where a ninjs document of any version has them."""
    return isinstance(value, dict) and _bodies(value) is not None


def _bodies(document: Mapping[str, Any]) -> Any:
    """What a document has as its bodies, in the form of version 3, None where it has nothing."""
    if "bodies" in document:
        bodies = document["bodies"]
        return [_body_of_version_3(body) for body in bodies] if isinstance(bodies, list) else bodies
    named = [name for name in _BODIES_OF_VERSION_1 if document.get(name)]
    return [{"contentType": _BODIES_OF_VERSION_1[name], "value": document[name]} for name in named] or None


def _body_of_version_3(body: Any) -> Any:
    if isinstance(body, Mapping) and "contenttype" in body and "contentType" not in body:
        return {**body, "contentType": body["contenttype"]}
    return body


def _first_string(document: Mapping[str, Any], properties: Sequence[str]) -> str | None:
    """The first string of these properties that is not blank, cut to ``_MOST_CHARS``."""
    strings = ((string_in(document.get(name)) or "").strip()[:_MOST_CHARS] for name in properties)
    return next(filter(None, strings), None)
