"""The answer to an article: the single definition of what it contains.

The engine composes these records. The contract's JSON, its schema in ``/openapi.json``, the columns of CSV and Parquet
and the field tables of the API guide are generated from them; the client's types are tested against them. The string
under a field is its description in all of these.

Offsets are half-open: ``text[start:end]`` is the span, verbatim. The engine counts Unicode code points; an answer over
HTTP counts in the unit that the request names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

QuoteKind = Literal["speech", "nonspeech"]
SpeakerType = Literal["person", "group", "organization", "document", "unknown"]
OutletBasis = Literal["sentence", "context"]
OutletRole = Literal["reported", "told", "aired", "wrote", "own"]
OffsetUnit = Literal["codepoint", "utf16", "utf8"]

Offset = Annotated[int, Field(ge=0)]
Probability = Annotated[float, Field(ge=0.0, le=1.0)]
Digest = Annotated[
    str,
    Field(
        description="SHA-256 over everything, besides the code, that determines the answers: weights, configuration, "
        "tokenizer, outlet registry and word lists."
    ),
]


class _Record:
    """How pydantic derives a schema from the records."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", use_attribute_docstrings=True, json_schema_serialization_defaults_required=True
    )


@dataclass(frozen=True, slots=True)
class Mention(_Record):
    """Words of the article, verbatim."""

    text: str
    start: Offset
    """Offset of the first character, in the requested `offset_unit`."""
    end: Offset
    """Offset just past the last character."""


@dataclass(frozen=True, slots=True)
class Speaker(_Record):
    """Who said a quote."""

    id: str
    """The speaker's id in this answer."""
    name: str
    """The speaker's name, as full as the article gives it."""
    type: SpeakerType
    mention: Mention | None
    """The words near the quote that name the speaker."""
    confidence: Probability
    """Probability that the name is right."""
    named_at: Mention | None = None
    """Where the article gives the name in full."""
    title: str | None = None
    """The office or description that introduces the speaker, verbatim."""


@dataclass(frozen=True, slots=True)
class Outlet(_Record):
    """The news organisation that the article credits with a quote."""

    id: str
    """The outlet's key in the registry, or a slug of its name if the registry does not list it."""
    name: str
    mention: Mention
    """The words that name the outlet."""
    basis: OutletBasis
    """`sentence` if the quote's own sentence names the outlet; `context` if the credit carries over from elsewhere."""
    role: OutletRole
    """The outlet's part in the quote, as the article tells it; `own` if the words are the outlet's own."""
    confidence: Probability
    """Probability that the outlet is right."""
    wikidata: str | None = None
    """Wikidata item of an outlet in the registry, such as `Q166032`."""


@dataclass(frozen=True, slots=True)
class Quote(_Record):
    """A direct quote."""

    id: str
    """The quote's id in this answer: `q1`, `q2` and so on, in text order."""
    text: str
    """The quoted words, verbatim, without the quotation marks."""
    start: Offset
    """Offset of the first character, in the requested `offset_unit`."""
    end: Offset
    """Offset just past the last character."""
    kind: QuoteKind
    """`speech` if somebody said or wrote it; `nonspeech` for titles, nicknames and scare quotes."""
    closed: bool
    """False if the closing mark is missing."""
    marked: bool = field(default=True, kw_only=True)
    """False if only the layout, or an element such as `blockquote`, shows that this is a quote."""
    parent: str | None
    """Id of the quote that contains this one."""
    continues: str | None
    """Id of the quote that this one continues, usually from the previous paragraph."""
    repeats: str | None = field(default=None, kw_only=True)
    """Id of the quote that this pull quote or headline repeats. It is not counted in `speakers` and `outlets`."""
    speaker: Speaker | None
    """Null if none was found or its confidence is below `min_confidence`."""
    outlet: Outlet | None
    """Null if none was found or its confidence is below `min_confidence`."""
    outlets_also: tuple[Outlet, ...] = field(default=(), kw_only=True)
    """Other outlets that the article credits with the quote."""
    confidence: Probability
    """Probability that `kind` is right."""


@dataclass(frozen=True, slots=True)
class QuotedSpeaker(_Record):
    """A speaker of the article."""

    id: str
    name: str
    type: SpeakerType
    quotes: tuple[str, ...]
    """Ids of the speaker's quotes, in text order."""


@dataclass(frozen=True, slots=True)
class CreditedOutlet(_Record):
    """An outlet of the article."""

    id: str
    name: str
    quotes: tuple[str, ...]
    """Ids of the quotes credited to the outlet, in text order."""


@dataclass(frozen=True, slots=True)
class ModelInfo(_Record):
    """The checkpoint that answered."""

    name: str
    version: str
    sha256: Digest


@dataclass(frozen=True, slots=True)
class Attribution(_Record):
    """The quotes of an article in text order, each with its speaker and outlet."""

    model: ModelInfo
    quotes: tuple[Quote, ...]
    speakers: tuple[QuotedSpeaker, ...]
    outlets: tuple[CreditedOutlet, ...]
    warnings: tuple[str, ...] = ()
    """Reasons to treat the answer with care, such as an article that is not in English."""
