"""From a valid request to the text that is attributed and that offsets refer to."""

from __future__ import annotations

from service.html_text import TooDeepError, text_of_html
from service.http.body import invalid
from service.http.problems import TOO_LARGE, FieldError, Problem
from service.http.schemas import ArticleRequest


def article_text(article: ArticleRequest, limit: int) -> str:
    """The text of an article, whose text or HTML may have ``limit`` characters. Raises ``Problem`` 413 or 422."""
    field, content = ("text", article.text) if article.text is not None else ("html", article.html or "")
    if len(content) > limit:
        raise Problem(TOO_LARGE, f"{field} has {len(content)} characters; the limit is {limit}.")
    return content if field == "text" else _text_of_html(content)


def _text_of_html(html: str) -> str:
    try:
        text = text_of_html(html)
    except TooDeepError as error:
        raise invalid([FieldError("html", str(error))]) from None
    if not text:
        raise invalid([FieldError("html", "has no text")])
    return text
