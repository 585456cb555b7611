"""Reads IPTC ninjs, versions 1, 2 and 3."""

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
"""The media types of HTML bodies."""

_READABLE = f"^({'|'.join(map(re.escape, (PLAIN_TYPE, *HTML_TYPES)))})(;.*)?$"
_BODIES_OF_VERSION_1 = {  # in order of preference
    "body_html": "text/html",
    "body_html5": "text/html",
    "body_xhtml": "application/xhtml+xml",
    "body_text": PLAIN_TYPE,
}
PROVIDERS = ("infoSources", "infosources", "infosource", "copyrightHolder", "copyrightholder")
"""The properties that name a document's provider, the most specific first."""
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
    """A news item in IPTC ninjs 3; properties that are not listed here are ignored. Versions 1 and 2 are read too:
    `body_html`, `body_xhtml` and `body_text` instead of `bodies`, `contenttype` of a body."""

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
        """The body to read and its index: HTML if there is any, as it always separates paragraphs, else plain text."""
        for readable in (HTML_TYPES, (PLAIN_TYPE,)):
            for number, body in enumerate(self.bodies):
                if body.media_type in readable:
                    return number, body
        return None


def is_ninjs(value: Any) -> bool:
    """Whether a JSON value has bodies as a ninjs document of any version does."""
    return isinstance(value, dict) and _bodies(value) is not None


def _bodies(document: Mapping[str, Any]) -> Any:
    """The document's bodies in the form of version 3; None if there are none."""
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
