"""Content negotiation: selects the format of an answer by the ``Accept`` header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from flask import Request, Response
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import dump_options_header, parse_options_header

from service.errors import NOT_ACCEPTABLE, Problem
from service.formats.article import AttributedArticle
from service.formats.registry import ARTICLE_FORMATS, CONTRACT_JSON, ArticleFormat

# An answer may contain a third party's HTML, whose scripts a browser must not run as this service's.
_HEADERS = {
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
}


def accepted_format(request: Request) -> ArticleFormat:
    """The format that the client prefers; the contract's JSON if it does not say. Raises ``Problem`` 406."""
    if not request.accept_mimetypes:
        return CONTRACT_JSON
    accepted = MIMEAccept([(_with_profile_alone(item), quality) for item, quality in request.accept_mimetypes])
    by_type = {form.media_type: form for form in ARTICLE_FORMATS}
    if best := accepted.best_match(by_type):
        return by_type[best]
    raise Problem(NOT_ACCEPTABLE, f"The available formats are {', '.join(by_type)}.")


def response(answer: AttributedArticle, form: ArticleFormat) -> Response:
    """The answer in this format."""
    return Response(form.write(answer), mimetype=form.media_type, headers=_HEADERS)


def _with_profile_alone(media_type: str) -> str:
    """The media type without parameters, such as ``charset``, that do not distinguish formats."""
    name, parameters = parse_options_header(media_type)
    return dump_options_header(name, {key: value for key, value in parameters.items() if key == "profile"})
