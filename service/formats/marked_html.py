"""HTML: the article with every quote wrapped in a ``span`` that names its speaker and outlet.

HTML that was sent is unchanged except for the spans; plain text gets a paragraph per line.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from service.formats.article import AttributedArticle
from service.intake.source import Extent
from service.records import Quote


def marked_html(answer: AttributedArticle) -> str:
    """The article with its quotes marked. A quote that runs over several elements has a span in each."""
    if answer.source:
        return _wrapped(answer.source.html, answer.quote_extents(), answer.attribution.quotes)
    extents = {quote.id: tuple(_lines(quote)) for quote in answer.attribution.quotes}
    marked = _wrapped(answer.text, extents, answer.attribution.quotes, is_text=True)
    return "".join(f"<p>{line}</p>\n" for line in marked.split("\n") if line.strip())


def _lines(quote: Quote) -> Iterator[Extent]:
    position = quote.start
    for line in quote.text.split("\n"):
        yield Extent(position, position + len(line))
        position += len(line) + 1


def _wrapped(
    source: str, extents: dict[str, tuple[Extent, ...]], quotes: tuple[Quote, ...], *, is_text: bool = False
) -> str:
    """``source`` with spans around the extents of the quotes; spans nest as quotes do."""
    marks: list[tuple[int, int, int, str]] = []  # position, two sort keys (ends first, then the longest), and tag
    for quote in quotes:
        for extent in extents[quote.id]:
            if not source[extent.start : extent.end].isspace() and extent.start < extent.end:
                length = extent.end - extent.start
                marks += ((extent.start, 1, -length, _tag(quote)), (extent.end, 0, 0, "</span>"))
    pieces: list[str] = []
    position = 0
    for where, _, _, tag in sorted(marks):
        words = source[position:where]
        pieces += (escape(words, quote=False) if is_text else words, tag)
        position = where
    rest = source[position:]
    return "".join(pieces) + (escape(rest, quote=False) if is_text else rest)


def _tag(quote: Quote) -> str:
    said = {
        "quote": quote.id,
        "kind": quote.kind,
        "speaker": quote.speaker.name if quote.speaker else None,
        "outlet": quote.outlet.name if quote.outlet else None,
        "repeats": quote.repeats,
    }
    data = "".join(f' data-{name}="{escape(value)}"' for name, value in said.items() if value)
    return f'<span class="quote"{data}>'
