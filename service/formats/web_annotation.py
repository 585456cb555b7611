"""The W3C Web Annotation Data Model: a collection with one annotation per quote.

An annotation targets the article's text with two selectors: a quote selector (the words and their context) and a
position selector, in code points as in the standard. Its bodies tag the quote with its speaker and outlet, for viewers
to display, and describe it in schema.org's terms, for programs to tell the two apart.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from service.formats import schema_org
from service.formats.article import AttributedArticle
from service.records import Quote

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix, enough to find the quote again in a page that has changed


def annotation_collection(answer: AttributedArticle) -> str:
    """The speech of the article as an ``AnnotationCollection`` of one page.

    The article is identified by the digest of its text (RFC 6920), so the same article gets the same ids again; what
    the annotations target is its own URI where it has one.
    """
    article = _identifier(answer.text)
    source = answer.uri or article
    annotations = [_annotation(quote, answer.text, article, source) for quote in answer.spoken]
    collection = {
        "@context": CONTEXT,
        "id": f"{article}#quotes",
        "type": "AnnotationCollection",
        "label": "Quotes",
        "total": len(annotations),
    }
    page = {"id": f"{article}#page1", "type": "AnnotationPage", "startIndex": 0, "items": annotations}
    return json.dumps(collection | ({"first": page} if annotations else {}))


def _identifier(text: str) -> str:
    digest = urlsafe_b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii").rstrip("=")
    return f"ni:///sha-256;{digest}"


def _annotation(quote: Quote, text: str, article: str, source: str) -> dict[str, Any]:
    names = [party.name for party in (quote.speaker, quote.outlet, *quote.outlets_also) if party]
    return {
        "id": f"{article}#{quote.id}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [
            _with_prefix(schema_org.quotation(quote), article),
            *({"type": "TextualBody", "purpose": "tagging", "value": name} for name in names),
        ],
        "target": {"source": source, "selector": _selectors(quote, text)},
    }


def _selectors(quote: Quote, text: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": quote.text,
            "prefix": text[max(0, quote.start - _AROUND) : quote.start],
            "suffix": text[quote.end : quote.end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": quote.start, "end": quote.end},
    ]


def _with_prefix(node: dict[str, Any], article: str) -> dict[str, Any]:
    """A schema.org node with prefixed terms, as the annotations' context requires."""
    prefixed: dict[str, Any] = {}
    for term, value in node.items():
        match term:
            case "@id":
                prefixed["id"] = f"{article}{value}"
            case "@type":
                prefixed["type"] = f"schema:{value}"
            case _:
                prefixed[f"schema:{term}"] = _value_with_prefix(value, article)
    return prefixed


def _value_with_prefix(value: Any, article: str) -> Any:
    if isinstance(value, list):
        return [_value_with_prefix(item, article) for item in value]
    return _with_prefix(value, article) if isinstance(value, dict) else value
