"""What every format is made from."""

from __future__ import annotations

from dataclasses import dataclass

from service.records import Attribution, OffsetUnit, Quote


@dataclass(frozen=True, slots=True)
class AttributedArticle:
    """An article with its attribution.

    ``publisher``, ``language`` and the article's own ``uri`` are as the client gave them, ``offset_unit`` is as it
    asked for. ``text_is_derived`` says that it sent no plain text, and so has not got the one that offsets refer to.
    """

    attribution: Attribution
    text: str
    publisher: str | None = None
    language: str | None = None
    offset_unit: OffsetUnit = "codepoint"
    uri: str | None = None
    text_is_derived: bool = False

    @property
    def spoken(self) -> tuple[Quote, ...]:
        """The quotes that are speech."""
        return tuple(quote for quote in self.attribution.quotes if quote.kind == "speech")
