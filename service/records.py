"""The records that flow through the pipeline and out of it.

All offsets are Unicode code points into the article text, half-open: ``text[start:end]`` is verbatim what is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OffsetUnit = Literal["codepoint", "utf16", "utf8"]


QuoteKind = Literal["speech", "nonspeech"]
SpeakerType = Literal["person", "group", "organization", "document", "unknown"]
OutletBasis = Literal["sentence", "context"]
OutletRole = Literal["reported", "told", "aired", "wrote", "own"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the article that name a speaker or an outlet, verbatim."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said a quote: ``name`` as a reader would give it, ``mention`` the words that name them there, if any do."""

    id: str
    name: str
    type: SpeakerType
    mention: Mention | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Outlet:
    """The news organisation that the article credits with reporting a quote.

    ``basis`` says whether it is named in the quote's own sentence or carried over from its context, ``role`` what
    part the outlet played; ``id`` is its key in the registry, or a slug of its name where the registry lacks it.
    """

    id: str
    name: str
    mention: Mention
    basis: OutletBasis
    role: OutletRole
    confidence: float


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation with its attribution. ``text`` is ``article[start:end]``, the quotation marks excluded.

    ``parent`` and ``continues`` are ids of other quotes; ``confidence`` is the probability that ``kind`` is right.
    """

    id: str
    text: str
    start: int
    end: int
    kind: QuoteKind
    closed: bool
    parent: str | None
    continues: str | None
    speaker: Speaker | None
    outlet: Outlet | None
    confidence: float


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """A speaker of the article with the ids of everything they said in it."""

    id: str
    name: str
    type: SpeakerType
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditedOutlet:
    """An outlet of the article with the ids of the quotes it is credited for."""

    id: str
    name: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which checkpoint answered; ``sha256`` is over its weight files."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """The whole answer for one article, quotes in the order of the text."""

    model: ModelInfo
    quotes: tuple[Quote, ...]
    speakers: tuple[QuotedSpeaker, ...]
    outlets: tuple[CreditedOutlet, ...]
    warnings: tuple[str, ...] = ()
