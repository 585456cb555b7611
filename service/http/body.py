"""Reads a request's body as JSON or as an article. Raises the ``Problem`` if it cannot be read."""

from __future__ import annotations

import codecs
import re
import zlib
from contextlib import suppress
from typing import Any

from flask import Request
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from service.errors import (
    INCOMPLETE,
    MALFORMED_BODY,
    MEDIA_TYPE_UNSUPPORTED,
    NO_BODY,
    TOO_LARGE,
    FieldError,
    Problem,
)
from service.intake.parsing import invalid, parse_json
from service.intake.schemas import ARTICLE_FORMS, ArticleRequest

JSON, NDJSON = "application/json", "application/x-ndjson"

FORMS = {
    "text/plain": "text",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/vnd.iptc.g2.newsitem+xml": "xml",
    "application/vnd.iptc.g2.newsmessage+xml": "xml",
    "application/nitf+xml": "xml",
}
"""The media types of a body that is the article itself, with the field of the request that it is read as."""

_CHARSETS = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252", "utf-16", "utf-16-le", "utf-16-be"})
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}encoding=[\"']([\w.-]{1,40})")
_SWITCHES = {"true": True, "false": False}
_GZIPPED_AT_ONCE = 4096  # bytes; kept small, as the rest after each member is copied


def read_json(request: Request) -> Any:
    """The JSON value of the body. Raises ``Problem`` 400, 408, 413, 415 or 422 (a field given twice)."""
    return parse_json(_read(request, JSON, "Send a JSON body."))


def read_article(request: Request) -> Any:
    """An article's fields: the JSON value of the body, or the body as the field of its media type with the other fields
    from the query. Raises what ``read_json`` raises."""
    form = FORMS.get(request.mimetype)
    if form is None:
        return read_json(request)
    body = _read(request, request.mimetype, "Send the article as the body.")
    return {**_options(request), form: _text(request, body)}


def _read(request: Request, media_type: str, missing: str) -> bytes:
    """The decompressed body. Its media type is checked before it is received."""
    if request.content_length or "Transfer-Encoding" in request.headers:
        require_media_type(request, media_type)
    body = _received(request)
    if not body:
        raise Problem(NO_BODY, missing)
    return _inflated(request, body)


def _received(request: Request) -> bytes:
    try:
        body = request.get_data(cache=False)
    except RequestEntityTooLarge:
        raise Problem(TOO_LARGE, f"The body exceeds {request.max_content_length} bytes.") from None
    except ClientDisconnected:
        raise Problem(INCOMPLETE, "The body could not be read to its end.") from None
    if len(body) < (request.content_length or 0):
        raise Problem(INCOMPLETE, f"{len(body)} bytes of {request.content_length} arrived.")
    return body


def require_media_type(request: Request, *accepted: str) -> None:
    """Raises ``Problem`` 415 unless the body is sent as one of the ``accepted`` types, plain or gzipped."""
    if request.mimetype not in accepted:
        raise Problem(MEDIA_TYPE_UNSUPPORTED, f"Set the header Content-Type to {' or '.join(accepted)}.")
    if _encoding(request) not in ("identity", "gzip"):
        raise Problem(MEDIA_TYPE_UNSUPPORTED, "Send the body without a Content-Encoding, or with gzip.")


def require_no_encoding(request: Request) -> None:
    """Raises ``Problem`` 415 if the body is compressed."""
    if _encoding(request) != "identity":
        raise Problem(MEDIA_TYPE_UNSUPPORTED, "Send the stream without a Content-Encoding.")


def _encoding(request: Request) -> str:
    return request.headers.get("Content-Encoding", "identity").strip().lower()


def _inflated(request: Request, body: bytes) -> bytes:
    """The body, decompressed if it is gzipped. The size limit applies to the decompressed body."""
    if _encoding(request) != "gzip":
        return body
    limit = request.max_content_length or len(body)
    inflated = bytearray()
    inflater = _member()
    for start in range(0, len(body), _GZIPPED_AT_ONCE):
        piece = body[start : start + _GZIPPED_AT_ONCE]
        while piece:
            inflater = _member() if inflater.eof else inflater
            try:
                inflated += inflater.decompress(piece, limit + 1 - len(inflated))
            except zlib.error:
                raise Problem(MALFORMED_BODY, "The body is not gzip, as its Content-Encoding says.") from None
            if len(inflated) > limit:
                raise Problem(TOO_LARGE, f"The inflated body exceeds {limit} bytes.")
            piece = inflater.unused_data
    if not inflater.eof:
        raise Problem(MALFORMED_BODY, "The gzipped body breaks off.")
    return bytes(inflated)


def _member() -> zlib._Decompress:
    """A decompressor for one member of a gzip file, which may have several."""
    return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)  # gzip only


def _text(request: Request, body: bytes) -> str:
    declared = _XML_ENCODING.match(body)
    named = request.mimetype_params.get("charset") or (declared[1].decode("ascii") if declared else "utf-8")
    try:
        charset = codecs.lookup(named).name
    except (LookupError, ValueError):
        charset = ""
    if charset not in _CHARSETS:
        raise Problem(MEDIA_TYPE_UNSUPPORTED, f"The charset may be {', '.join(sorted(_CHARSETS))}.")
    try:
        return body.decode(charset)
    except UnicodeDecodeError as error:
        raise Problem(MALFORMED_BODY, f"The body is not {charset}: byte {error.start} is invalid.") from None


def _options(request: Request) -> dict[str, Any]:
    """The query parameters as fields of the request. Refuses one that is given twice or would hold the article."""
    options: dict[str, Any] = {}
    for name, values in request.args.lists():
        if len(values) > 1:
            raise invalid([FieldError(name[:100], "is given twice")])
        if name in ARTICLE_FORMS:
            raise invalid([FieldError(name, "cannot be given in the query: the body is the article")])
        options[name] = _value(name, values[0])
    return options


def _value(name: str, value: str) -> Any:
    """A parameter converted to the type of its field; returned as it is if that fails, for the schema to refuse."""
    field = ArticleRequest.model_fields.get(name)
    if field and field.annotation is bool:
        return _SWITCHES.get(value, value)
    if field and field.annotation is float:
        with suppress(ValueError):
            return float(value)
    return value
