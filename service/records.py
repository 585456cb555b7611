"""The answer to an article: the one statement of what it holds.

The engine composes these records. The contract's JSON, its schema in ``/openapi.json``, the columns of CSV and Parquet
and the field list of the API guide are made from them; the client's types are tested against them. The strings under
the fields are their descriptions there.

All offsets are half-open. The engine counts them in Unicode code points: ``text[start:end]`` is verbatim what is meant.
An answer over HTTP counts them in the unit that the request asks for.
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


class _Record:
    """How pydantic makes a schema of the records."""

    __slots__ = ()
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(
        extra="forbid", use_attribute_docstrings=True, json_schema_serialization_defaults_required=True
    )


@dataclass(frozen=True, slots=True)
class Mention(_Record):
    """Words of the article, verbatim."""

    text: str
    start: Offset
    """Offset of the first character, in the unit asked for."""
    end: Offset
    """Offset past the last character."""


@dataclass(frozen=True, slots=True)
class Speaker(_Record):
    """Who said a quote."""

    id: str
    """The speaker's id in this answer."""
    name: str
    """The name that a reader would give."""
    type: SpeakerType
    mention: Mention | None
    """The very words that name the speaker at the quote."""
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
    """Key of a known outlet, or a slug of the name of an unknown one."""
    name: str
    mention: Mention
    """The words that name the outlet."""
    basis: OutletBasis
    """Named in the quote's own sentence, or carried over from its context."""
    role: OutletRole
    """What the outlet did."""
    confidence: Probability
    """Probability that the outlet is right."""
    wikidata: str | None = None
    """The Wikidata item of a known outlet, such as `Q166032`."""


@dataclass(frozen=True, slots=True)
class Quote(_Record):
    """A direct quote."""

    id: str
    """The quote's id in this answer: `q1`, `q2` and so on, in the order of the text."""
    text: str
    """Verbatim, without its quotation marks."""
    start: Offset
    """Offset of the first character, in the unit asked for."""
    end: Offset
    """Offset past the last character."""
    kind: QuoteKind
    """Whether anybody said it: nicknames, titles and scare quotes are nonspeech."""
    closed: bool
    """False where the closing mark never came."""
    marked: bool = field(default=True, kw_only=True)
    """False where the layout alone shows the quote, as in a block quotation."""
    parent: str | None
    """Id of the quote that this is nested in."""
    continues: str | None
    """Id of the quote whose utterance this carries on."""
    repeats: str | None = field(default=None, kw_only=True)
    """Id of the quote whose words this repeats, as a pull quote does; `speakers` and `outlets` count only that one."""
    speaker: Speaker | None
    """Null where there is none."""
    outlet: Outlet | None
    """Null where there is none."""
    outlets_also: tuple[Outlet, ...] = field(default=(), kw_only=True)
    """Further outlets that the article credits with the same quote."""
    confidence: Probability
    """Probability that `kind` is right."""


@dataclass(frozen=True, slots=True)
class QuotedSpeaker(_Record):
    """A speaker of the article."""

    id: str
    name: str
    type: SpeakerType
    quotes: tuple[str, ...]
    """Ids of the speaker's quotes, in the order of the text."""


@dataclass(frozen=True, slots=True)
class CreditedOutlet(_Record):
    """An outlet of the article."""

    id: str
    name: str
    quotes: tuple[str, ...]
    """Ids of the quotes that it is credited with, in the order of the text."""


@dataclass(frozen=True, slots=True)
class ModelInfo(_Record):
    """The checkpoint that answered."""

    name: str
    version: str
    sha256: str
    """Over its weights, configuration and tokenizer, the registry of outlets and the word lists."""


@dataclass(frozen=True, slots=True)
class Attribution(_Record):
    """The quotes of an article, each with its speaker and its outlet, in the order of the text."""

    model: ModelInfo
    quotes: tuple[Quote, ...]
    speakers: tuple[QuotedSpeaker, ...]
    outlets: tuple[CreditedOutlet, ...]
    warnings: tuple[str, ...] = ()
    """What the reader of the answer should know about it."""
