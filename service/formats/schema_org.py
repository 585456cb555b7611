"""schema.org as JSON-LD: the article as a ``NewsArticle`` whose parts are ``Quotation``s.

``creator`` is who said it, ``isBasedOn`` the report that the article credits, with its outlet as ``publisher``. Words
of a document are not a person's: they are ``isPartOf`` that document.
"""

from __future__ import annotations

import json
from typing import Any

from service.formats.article import AttributedArticle
from service.records import Outlet, Quote, Speaker

CONTEXT = "https://schema.org"

# An organization is the nearest to a group ("residents") that schema.org has. A speaker of unknown type has none.
_TYPES = {"person": "Person", "organization": "Organization", "group": "Organization"}


def news_article(answer: AttributedArticle) -> str:
    """The article and its speech as JSON-LD. Confidences and offsets have no place in this vocabulary."""
    article: dict[str, Any] = {"@context": CONTEXT, "@type": "NewsArticle"}
    if answer.uri:
        article["identifier"] = answer.uri
    if answer.headline:
        article["headline"] = answer.headline
    if answer.publisher:
        article["publisher"] = {"@type": "Organization", "name": answer.publisher}
    if answer.language:
        article["inLanguage"] = answer.language
    if answer.text_is_derived:
        article["articleBody"] = answer.text
    article["hasPart"] = [{"@id": f"#{quote.id}", **quotation(quote)} for quote in answer.spoken]
    return json.dumps(article)


def quotation(quote: Quote) -> dict[str, Any]:
    """A quote as a ``Quotation``."""
    node: dict[str, Any] = {"@type": "Quotation", "text": quote.text}
    if quote.speaker:
        node |= _said_by(quote.speaker)
    if quote.outlet:
        reports = [_report(outlet) for outlet in (quote.outlet, *quote.outlets_also)]
        node["isBasedOn"] = reports if quote.outlets_also else reports[0]
    return node


def _said_by(speaker: Speaker) -> dict[str, Any]:
    named = {"@id": f"#{speaker.id}", "name": speaker.name}
    if speaker.title:
        named["description"] = speaker.title
    if speaker.type == "document":
        return {"isPartOf": {"@type": "CreativeWork", **named}}
    kind = _TYPES.get(speaker.type)
    return {"creator": {**({"@type": kind} if kind else {}), **named}}


def _report(outlet: Outlet) -> dict[str, Any]:
    publisher = {"@type": "NewsMediaOrganization", "identifier": outlet.id, "name": outlet.name}
    if outlet.wikidata:
        publisher["sameAs"] = f"http://www.wikidata.org/entity/{outlet.wikidata}"
    return {"@type": "CreativeWork", "publisher": publisher}
