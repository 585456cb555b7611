"""From a valid request to the text that is attributed, and from the answer about it to one about what was sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from service.errors import TOO_LARGE, FieldError, Problem
from service.intake.html import HtmlText, TooDeepError, read_html
from service.intake.parsing import invalid
from service.intake.reading import ReadableText, read_derived, read_text
from service.intake.schemas import HTML_TYPES, PLAIN_TYPE, ArticleRequest, NinjsBody
from service.records import Attribution


@dataclass(frozen=True, slots=True)
class SentArticle:
    """An article as it was sent: in plain text, or in HTML that ``html`` leads back to."""

    reading: ReadableText
    html: HtmlText | None = None

    @property
    def text(self) -> str:
        """The text that offsets refer to."""
        return self.reading.text

    @property
    def read(self) -> str:
        """What the engine reads."""
        return self.reading.read

    def answer(self, attribution: Attribution) -> Attribution:
        """What the engine made of :attr:`read`, as an answer about :attr:`text`."""
        return self.reading.answer(attribution)


def read_article(article: ArticleRequest, limit: int) -> SentArticle:
    """Read an article, which may have ``limit`` characters in the form it is sent in.

    Raises ``Problem`` 413, or 422 where HTML has no text or a ninjs document no body that can be read.
    """
    if article.text is not None:
        return SentArticle(read_text(_within("text", article.text, limit)))
    if article.ninjs is None:
        return _from_html("html", _within("html", article.html or "", limit))
    number, body = _readable(article.ninjs.bodies)
    field = f"ninjs.bodies.{number}.value"
    content = _within(field, body.value, limit)
    return _from_html(field, content) if _media_type(body) in HTML_TYPES else SentArticle(read_text(content))


def _readable(bodies: Sequence[NinjsBody]) -> tuple[int, NinjsBody]:
    """The body to read, and its place: HTML keeps paragraphs apart, plain text not always."""
    for readable in (HTML_TYPES, (PLAIN_TYPE,)):
        for number, body in enumerate(bodies):
            if _media_type(body) in readable:
                return number, body
    raise invalid([FieldError("ninjs.bodies", f"has none in {PLAIN_TYPE}, {', '.join(sorted(HTML_TYPES))}")])


def _media_type(body: NinjsBody) -> str:
    return body.content_type.split(";")[0].strip().lower()


def _within(field: str, content: str, limit: int) -> str:
    if len(content) > limit:
        raise Problem(TOO_LARGE, f"{field} has {len(content)} characters; the limit is {limit}.")
    return content


def _from_html(field: str, source: str) -> SentArticle:
    try:
        html = read_html(source)
    except TooDeepError as error:
        raise invalid([FieldError(field, str(error))]) from None
    if not html.text:
        raise invalid([FieldError(field, "has no text")])
    return SentArticle(read_derived(html), html)
