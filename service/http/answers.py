"""The schemas of what a client gets, for ``/openapi.json``: the records of an answer and what stands around them.

``service.formats.contract`` makes the answers; a test holds the two together.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from service.records import CreditedOutlet, Digest, ModelInfo, Quote, QuotedSpeaker

_AS_IN_THE_REQUEST = "As in the request; if absent there, as in the `ninjs` or `xml` document."


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SourceQuote(_Answer):
    """A quote's place in the HTML that was sent."""

    id: str
    start: int = Field(ge=0, description="Offset of its first character, in the requested `offset_unit`.")
    end: int = Field(ge=0, description="Offset just past its last character; tags may stand between the two.")


class AnswerSource(_Answer):
    """Where the quotes stand in the HTML that was sent."""

    field: str = Field(description="The field that held it, such as `html`.")
    quotes: list[SourceQuote]


class Attribution(_Answer):
    """The quotes of an article, each with its speaker and its outlet."""

    model: ModelInfo
    publisher: str | None = Field(description=_AS_IN_THE_REQUEST)
    language: str | None = Field(description=_AS_IN_THE_REQUEST)
    uri: str = Field(default="", description="The document's URI; only for `ninjs` or `xml`.")
    headline: str = Field(default="", description="The document's headline; only for `ninjs` or `xml`.")
    byline: str = Field(default="", description="The document's byline, as it stands; only for `ninjs` or `xml`.")
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

    field: str = Field(description="Its path, such as `min_confidence`; `body` for the whole.")
    detail: str


class Problem(_Answer):
    """An error, by RFC 9457."""

    type: str = Field(description="Tells errors apart; it never changes.")
    title: str
    status: int
    detail: str
    errors: list[FieldError] = Field(default=[], description="With status 422, the fields at fault.")
    request_id: str


class BatchResult(_Answer):
    """An article of a batch that was attributed."""

    id: str | None = Field(description="The article's id, as it was sent.")
    result: Attribution


class BatchProblem(_Answer):
    """An article of a batch that could not be attributed."""

    id: str | None = Field(description="The article's id, as it was sent.")
    problem: Problem


class Batch(_Answer):
    """A result or a problem for each article, in order."""

    results: list[BatchResult | BatchProblem]


class Health(_Answer):
    """The state of the service."""

    status: Literal["alive", "ready"]


class ServedModel(_Answer):
    """The model that answers here."""

    name: str
    version: str
    sha256: Digest
    precision: str = Field(description="The number format that it computes in on this machine.")


class Service(_Answer):
    """The software."""

    name: str
    version: str


class Limits(_Answer):
    """What the service accepts."""

    max_body_bytes: int
    max_article_chars: int
    max_batch_articles: int
    max_queue_chars: int
    deadline_seconds: float = Field(description="For one article; in a batch or a stream, of work on it.")
    batch_deadline_seconds: float = Field(description="For a JSON batch as a whole.")
    characters_per_second: int = Field(
        description="How fast articles were read lately: what a batch can hold is this times its deadline."
    )


class Info(_Answer):
    """What answers, and within which limits."""

    service: Service
    model: ServedModel | None = Field(description="Null until it is loaded.")
    limits: Limits
