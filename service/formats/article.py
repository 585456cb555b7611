"""What every format is made from."""

from __future__ import annotations

from dataclasses import dataclass

from service.intake.source import Extent, Source
from service.records import Attribution, OffsetUnit, Quote


@dataclass(frozen=True, slots=True)
class AttributedArticle:
    """An article with its attribution.

    ``publisher``, ``language`` and the article's own ``uri``, ``headline`` and ``byline`` are as the client gave them,
    ``offset_unit`` is as it asked for. ``text_is_derived`` says that it sent no plain text, and so has not got the one
    that offsets refer to. ``source`` is there where it sent HTML, and ``with_source`` where it asked for offsets into
    that too.
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
        """Where each quote stands in the HTML that was sent, by its id; empty where none was."""
        source = self.source
        return {q.id: source.extents(q.start, q.end) for q in self.attribution.quotes} if source else {}

    @property
    def spoken(self) -> tuple[Quote, ...]:
        """The quotes that are speech."""
        return tuple(quote for quote in self.attribution.quotes if quote.kind == "speech")
