"""The schemas of what a client gets, for ``/openapi.json``. ``service.formats.contract`` makes the answers; a test
holds the two together."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Probability = Annotated[float, Field(ge=0.0, le=1.0)]
QuoteIds = Annotated[list[str], Field(description="Ids of the quotes, in the order of the text.")]
SpeakerType = Literal["person", "group", "organization", "document", "unknown"]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Model(_Answer):
    """The model that answered."""

    name: str
    version: str
    sha256: str = Field(description="Over its weight files.")


class ServedModel(Model):
    """The model that answers here."""

    precision: str = Field(description="The number format that it computes in on this machine.")


class Mention(_Answer):
    """Words of the article, verbatim."""

    text: str
    start: int = Field(ge=0, description="Offset of the first character, in the unit asked for.")
    end: int = Field(ge=0, description="Offset past the last character.")


class Speaker(_Answer):
    """Who said a quote."""

    id: str = Field(description="The speaker's id in this answer.")
    name: str = Field(description="The name that a reader would give.")
    type: SpeakerType
    mention: Mention | None = Field(description="The very words that name the speaker at the quote.")
    confidence: Probability


class Outlet(_Answer):
    """The news organisation that the article credits with a quote."""

    id: str = Field(description="Key of a known outlet, or a slug of the name of an unknown one.")
    name: str
    mention: Mention
    basis: Literal["sentence", "context"] = Field(
        description="Named in the quote's own sentence, or carried over from its context."
    )
    role: Literal["reported", "told", "aired", "wrote", "own"] = Field(description="What the outlet did.")
    confidence: Probability


class Quote(_Answer):
    """A direct quote."""

    id: str
    text: str = Field(description="Verbatim, without its quotation marks.")
    start: int = Field(ge=0, description="Offset of the first character, in the unit asked for.")
    end: int = Field(ge=0, description="Offset past the last character.")
    kind: Literal["speech", "nonspeech"]
    closed: bool = Field(description="False where the closing mark never came.")
    parent: str | None = Field(description="Id of the quote that this is nested in.")
    continues: str | None = Field(description="Id of the quote whose utterance this carries on.")
    speaker: Speaker | None = Field(description="Null where there is none.")
    outlet: Outlet | None = Field(description="Null where there is none.")
    confidence: Probability = Field(description="That `kind` is right.")


class QuotedSpeaker(_Answer):
    """A speaker of the article."""

    id: str
    name: str
    type: SpeakerType
    quotes: QuoteIds


class CreditedOutlet(_Answer):
    """An outlet of the article."""

    id: str
    name: str
    quotes: QuoteIds


class Attribution(_Answer):
    """The quotes of an article, each with its speaker and its outlet."""

    model: Model
    publisher: str | None = Field(description="As it was sent.")
    language: str | None = Field(description="As it was sent.")
    uri: str = Field(default="", description="With `ninjs`, and only then: the document's.")
    text: str = Field(
        default="", description="With `html` or `ninjs`, and only then: the text made of it, which offsets refer to."
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
    deadline_seconds: float


class Info(_Answer):
    """What answers, and within which limits."""

    service: Service
    model: ServedModel | None = Field(description="Null until it is loaded.")
    limits: Limits
