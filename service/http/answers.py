"""The schemas of responses, for ``/openapi.json``.

``service.formats.contract`` writes the responses; a test checks that they match these schemas.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from service.records import CreditedOutlet, Digest, ModelInfo, Quote, QuotedSpeaker

_AS_IN_THE_REQUEST = "As in the request or, if absent there, as in the `ninjs` or `xml` document."


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SourceQuote(_Answer):
    """A quote's place in the HTML that was sent."""

    id: str
    start: int = Field(ge=0, description="Offset of its first character, in the requested `offset_unit`.")
    end: int = Field(ge=0, description="Offset just past its last character. There may be tags in between.")


class AnswerSource(_Answer):
    """Where the quotes are in the HTML that was sent."""

    field: str = Field(description="The field that held the HTML, such as `html`.")
    quotes: list[SourceQuote]


class Attribution(_Answer):
    """The quotes of an article, each with its speaker and its outlet."""

    model: ModelInfo
    publisher: str | None = Field(description=_AS_IN_THE_REQUEST)
    language: str | None = Field(description=_AS_IN_THE_REQUEST)
    uri: str = Field(default="", description="The document's URI; only for `ninjs` or `xml`.")
    headline: str = Field(default="", description="The document's headline; only for `ninjs` or `xml`.")
    byline: str = Field(default="", description="The document's byline, verbatim; only for `ninjs` or `xml`.")
    text: str = Field(
        default="", description="The plain text that offsets refer to; absent if the request sent `text`."
    )
    source: AnswerSource = Field(
        default=AnswerSource(field="", quotes=[]), description="Only with `source_offsets` and HTML input."
    )
    quotes: list[Quote]
    speakers: list[QuotedSpeaker]
    outlets: list[CreditedOutlet]
    warnings: list[str]


class FieldError(_Answer):
    """What is wrong with one field."""

    field: str = Field(description="Its path, such as `min_confidence`; `body` for the whole body.")
    detail: str


class Problem(_Answer):
    """An error (RFC 9457)."""

    type: str = Field(description="Identifies the kind of error; never changes.")
    title: str
    status: int
    detail: str
    errors: list[FieldError] = Field(default=[], description="With status 422, the invalid fields.")
    request_id: str


class BatchResult(_Answer):
    """An article of a batch that was attributed."""

    id: str | None = Field(description="The article's id, as sent.")
    result: Attribution


class BatchProblem(_Answer):
    """An article of a batch that could not be attributed."""

    id: str | None = Field(description="The article's id, as sent.")
    problem: Problem


class Batch(_Answer):
    """A result or a problem for each article, in order."""

    results: list[BatchResult | BatchProblem]


class Health(_Answer):
    """The state of the service."""

    status: Literal["alive", "ready"]


class ServedModel(_Answer):
    """The model that answers."""

    name: str
    version: str
    sha256: Digest
    precision: str = Field(description="The number format that its encoder runs in on this machine.")


class Service(_Answer):
    """The software."""

    name: str
    version: str


class Limits(_Answer):
    """What the service accepts, in bytes, characters (code points), articles and seconds."""

    max_body_bytes: int
    max_article_chars: int
    max_batch_articles: int
    max_queue_chars: int
    deadline_seconds: float = Field(description="For one article. In batches and streams, only processing time counts.")
    batch_deadline_seconds: float = Field(description="For a JSON batch as a whole.")
    characters_per_second: int = Field(
        description="Recent speed. A JSON batch can hold this times `batch_deadline_seconds` characters."
    )


class Info(_Answer):
    """The service, its model and its limits."""

    service: Service
    model: ServedModel | None = Field(description="Null until it is loaded.")
    limits: Limits
