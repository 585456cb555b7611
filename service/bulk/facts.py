"""Metadata of an article: publisher, date, title, address and language.

The article's own fields take precedence, then its ninjs or XML document or its HTML's head. If there is no date, one is
read from the article's path ("2026/11/30/bridge.txt").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from service.intake.ninjs import PROVIDERS
from service.intake.parsing import string_in
from service.intake.xml import UnreadableXmlError, read_xml

_HEAD_CHARS = 300_000
_END_OF_HEAD = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_DATE_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_.]?)(\d\d)\2(\d\d)(?!\d)")
_FIRST_YEAR = 1600  # the first newspapers; earlier dates are placeholders

# The names of each fact in meta elements, in a ninjs document, and in a JSON-LD article.
_IN_META = {
    "publisher": ("og:site_name",),
    "date": ("article:published_time", "datepublished", "date", "pubdate", "dc.date.issued", "dc.date"),
    "title": ("og:title",),
    "uri": ("og:url",),
}
_IN_NINJS = {
    "publisher": PROVIDERS,
    "date": ("contentCreated", "contentcreated", "firstCreated", "firstcreated", "versionCreated", "versioncreated"),
    "title": ("headlines", "headline", "title"),
    "uri": ("uri",),
    "language": ("language",),
}
_IN_JSON_LD = {"publisher": ("publisher",), "date": ("datePublished",), "title": ("headline",), "uri": ("url",)}


@dataclass(frozen=True, slots=True)
class Facts:
    """An article's metadata. ``date`` is ISO 8601; a time with a zone is converted to UTC."""

    publisher: str | None = None
    date: str | None = None
    title: str | None = None
    uri: str | None = None
    language: str | None = None


def facts_of(article: Mapping[str, Any], path: str | None) -> Facts:
    """The metadata of an article of an archive, whose values may have any type. ``path`` is the path of its file."""
    found: dict[str, str] = {}
    for said in _sources(article, path):
        for name, value in said.items():
            if name not in found and (text := iso_date(value) if name == "date" else _text(value)):
                found[name] = text
    return Facts(**found)


def iso_date(value: Any) -> str | None:
    """A date or time as ISO 8601, from ISO 8601, RFC 2822 or a Python date; None if it cannot be parsed."""
    if isinstance(value, str):
        value = _parsed(value.strip())
    if not isinstance(value, date) or value.year < _FIRST_YEAR:
        return None
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.isoformat(timespec="seconds")
    try:
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except OverflowError:  # the conversion to UTC exceeds year 9999
        return None


def _parsed(text: str) -> date | None:
    for parse in (date.fromisoformat, datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, OverflowError):
            return parse(text)
    return None


def _sources(article: Mapping[str, Any], path: str | None) -> Iterator[Mapping[str, Any]]:
    """The sources of metadata, by the names of the facts, in order of precedence."""
    yield {name: article[name] for name in Facts.__dataclass_fields__ if name in article}
    if isinstance(ninjs := article.get("ninjs"), dict):
        yield from _named(ninjs, _IN_NINJS)
    if isinstance(xml := article.get("xml"), str):
        yield from _of_xml(xml)
    if isinstance(html := article.get("html"), str):
        yield from _of_head(html)
    if path and (match := _DATE_IN_PATH.search(path)):
        yield {"date": f"{match[1]}-{match[3]}-{match[4]}"}


def _of_xml(document: str) -> Iterator[Mapping[str, Any]]:
    try:
        item = read_xml(document)
    except UnreadableXmlError:
        return
    yield {
        "publisher": item.provider,
        "date": item.date,
        "title": item.title,
        "uri": item.uri,
        "language": item.language,
    }


def _of_head(html: str) -> Iterator[Mapping[str, Any]]:
    end = _END_OF_HEAD.search(html, 0, _HEAD_CHARS)
    source = html[: end.start()].encode("utf-8", "replace") if end else b""
    head = etree.fromstring(source, etree.HTMLParser(encoding="utf-8")) if source.strip() else None
    if head is None:
        return
    for script in head.iterfind(".//script[@type='application/ld+json']"):
        for node in _nodes(script.text or ""):
            yield from _named(node, _IN_JSON_LD)
    yield from _named({_key(meta): meta.get("content") for meta in head.iterfind(".//meta")}, _IN_META)
    yield {"title": head.findtext(".//title"), "language": head.get("lang")}
    yield from ({"uri": link.get("href")} for link in head.iterfind(".//link[@rel='canonical']"))


def _key(meta: etree._Element) -> str:
    return (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()


def _nodes(script: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a JSON-LD script that have a publication date, as articles do."""
    try:
        value = json.loads(script)
    except (ValueError, RecursionError):
        return
    graph = value.get("@graph", value) if isinstance(value, dict) else value
    for node in graph if isinstance(graph, list) else [graph]:
        if isinstance(node, dict) and "datePublished" in node:
            yield node


def _named(said: Mapping[str, Any], names: Mapping[str, tuple[str, ...]]) -> Iterator[Mapping[str, Any]]:
    for fact, keys in names.items():
        yield from ({fact: said[key]} for key in keys if key in said)


def _text(value: Any) -> str | None:
    """The string of a value, with each run of white space as one space; None if there is none."""
    return " ".join((string_in(value) or "").split()) or None
