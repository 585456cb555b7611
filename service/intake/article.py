"""Turns a valid request into the text to attribute, and the engine's answer into one about the article as it was
sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import starmap

from service.data.outlet_words import bare_name
from service.errors import TOO_LARGE, FieldError, Problem
from service.intake.html import TooDeepError, read_html
from service.intake.ninjs import HTML_TYPES, PLAIN_TYPE, NinjsDocument
from service.intake.parsing import invalid
from service.intake.reading import ReadableText, read_derived, read_text
from service.intake.schemas import ArticleRequest
from service.intake.source import Extent, Source
from service.intake.xml import UnreadableXmlError, read_xml
from service.records import Attribution


@dataclass(frozen=True, slots=True)
class SentArticle:
    """An article as it was sent, with its document's metadata.

    ``source`` is set if it was sent as HTML.
    """

    reading: ReadableText
    source: Source | None = None
    uri: str | None = None
    language: str | None = None
    provider: str | None = None
    headline: str | None = None
    byline: str | None = None

    @property
    def text(self) -> str:
        """The text that the answer's offsets refer to."""
        return self.reading.text

    @property
    def read(self) -> str:
        """The text that the engine reads."""
        return self.reading.read

    def answer(self, attribution: Attribution, publisher: str | None = None) -> Attribution:
        """Convert the engine's answer about :attr:`read` to one about :attr:`text`, published by ``publisher``."""
        found = self.reading.answer(attribution)
        if self.provider and publisher and bare_name(self.provider) != bare_name(publisher):
            return replace(
                found, warnings=(f"agency copy: the article was provided by {self.provider}", *found.warnings)
            )
        return found


def read_article(article: ArticleRequest, limit: int) -> SentArticle:
    """Read an article of at most ``limit`` characters, in the form in which it was sent.

    Raises ``Problem`` 413, or 422 if HTML has no text or a document has no readable body.
    """
    if article.text is not None:
        return SentArticle(read_text(_within("text", article.text, limit)))
    if article.ninjs is not None:
        return _from_ninjs(article.ninjs, limit)
    if article.xml is not None:
        return _from_xml(_within("xml", article.xml, limit))
    return _from_html("html", _within("html", article.html or "", limit))


def _from_html(field: str, source: str) -> SentArticle:
    try:
        html = read_html(source)
    except TooDeepError as error:
        raise invalid([FieldError(field, str(error))]) from None
    if not html.text:
        raise invalid([FieldError(field, "has no text")])

    def extents(start: int, end: int) -> tuple[Extent, ...]:
        return tuple(starmap(Extent, html.copy.stretches((start, end))))

    return SentArticle(read_derived(html), Source(field, source, extents))


def _from_ninjs(document: NinjsDocument, limit: int) -> SentArticle:
    readable = document.readable_body()
    if readable is None:
        raise invalid([FieldError("ninjs.bodies", f"has none in {PLAIN_TYPE}, {', '.join(sorted(HTML_TYPES))}")])
    number, body = readable
    field = f"ninjs.bodies.{number}.value"
    content = _within(field, body.value, limit)
    article = _from_html(field, content) if body.media_type in HTML_TYPES else SentArticle(read_text(content))
    return replace(
        article,
        uri=document.uri,
        language=document.language,
        provider=document.provider,
        headline=document.headline,
        byline=document.byline,
    )


def _from_xml(document: str) -> SentArticle:
    try:
        item = read_xml(document)
    except UnreadableXmlError as error:
        raise invalid([FieldError("xml", str(error))]) from None
    article = _from_html("xml", item.html)
    return replace(
        article,
        source=None,
        uri=item.uri,
        language=item.language,
        provider=item.provider,
        headline=item.title,
        byline=item.byline,
    )


def _within(field: str, content: str, limit: int) -> str:
    if len(content) > limit:
        raise Problem(TOO_LARGE, f"{field} has {len(content)} characters; the limit is {limit}.")
    return content
