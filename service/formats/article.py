"""The input of every format."""

from __future__ import annotations

from dataclasses import dataclass

from service.intake.source import Extent, Source
from service.records import Attribution, OffsetUnit, Quote


@dataclass(frozen=True, slots=True)
class AttributedArticle:
    """An article with its attribution.

    ``publisher``, ``language``, ``uri``, ``headline`` and ``byline`` are as the client sent them; ``offset_unit`` is as
    requested. ``text_is_derived`` says that the client did not send the plain text that offsets refer to. ``source`` is
    set if it sent HTML; with ``with_source`` it requested offsets into that too.
    """

    attribution: Attribution
    text: str
    publisher: str | None = None
    language: str | None = None
    offset_unit: OffsetUnit = "codepoint"
    uri: str | None = None
    headline: str | None = None
    byline: str | None = None
    text_is_derived: bool = False
    source: Source | None = None
    with_source: bool = False

    def quote_extents(self) -> dict[str, tuple[Extent, ...]]:
        """The parts of the HTML that each quote consists of, by the quote's id; empty if no HTML was sent."""
        source = self.source
        return {q.id: source.extents(q.start, q.end) for q in self.attribution.quotes} if source else {}

    @property
    def spoken(self) -> tuple[Quote, ...]:
        """The quotes that are speech."""
        return tuple(quote for quote in self.attribution.quotes if quote.kind == "speech")
