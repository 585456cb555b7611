"""From a valid request to the text that is attributed and that offsets refer to."""

from __future__ import annotations

from collections.abc import Sequence

from service.errors import TOO_LARGE, FieldError, Problem
from service.intake.html import TooDeepError, text_of_html
from service.intake.parsing import invalid
from service.intake.schemas import HTML_TYPES, PLAIN_TYPE, ArticleRequest, NinjsBody


def article_text(article: ArticleRequest, limit: int) -> str:
    """The text of an article, which may have ``limit`` characters in the form it is sent in.

    Raises ``Problem`` 413, or 422 where HTML has no text or a ninjs document no body that can be read.
    """
    if article.text is not None:
        return _within("text", article.text, limit)
    if article.ninjs is None:
        return _text_of_html("html", _within("html", article.html or "", limit))
    number, body = _readable(article.ninjs.bodies)
    field = f"ninjs.bodies.{number}.value"
    content = _within(field, body.value, limit)
    return _text_of_html(field, content) if _media_type(body) in HTML_TYPES else content


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


def _text_of_html(field: str, html: str) -> str:
    try:
        text = text_of_html(html)
    except TooDeepError as error:
        raise invalid([FieldError(field, str(error))]) from None
    if not text:
        raise invalid([FieldError(field, "has no text")])
    return text
