"""Reads news items in XML: IPTC NewsML-G2 and NITF.

Nothing outside the document is read, and its entities are not expanded. The time is linear in the length: of nested
elements with the same name, only the outermost is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from service.intake.reading import holds_html

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_AS_HTML = {  # NITF names that differ
    "hl2": "h2",
    "bq": "blockquote",
    "media": "figure",
    "media-caption": "figcaption",
    "media-producer": "aside",
    "block": "div",
    "credit": "cite",
    "body": "div",
    "body.content": "div",
}


class UnreadableXmlError(ValueError):
    """The document is not XML, is in neither format, or has no text. The message says which."""


@dataclass(frozen=True, slots=True)
class XmlItem:
    """A news item: its body as HTML, and its metadata."""

    html: str
    uri: str | None = None
    language: str | None = None
    provider: str | None = None
    title: str | None = None
    date: str | None = None
    byline: str | None = None


def read_xml(document: str) -> XmlItem:
    """The news item of a document; the first with text of a package. Raises ``UnreadableXmlError``."""
    document = _DECLARATION.sub("", document, count=1)  # the declared encoding no longer applies
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(document.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableXmlError(f"is not well-formed XML: {getattr(error, 'msg', error)}"[:300]) from None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    item = _nitf(root) or _news_ml(root)
    if item is None:
        raise UnreadableXmlError("has no text where NewsML-G2 or NITF would have it")
    return item


def _nitf(root: etree._Element) -> XmlItem | None:
    for nitf in _outermost(root, "nitf"):
        body = nitf.find(".//body.content")
        if body is not None and _has_text(body):
            around = next(nitf.iterancestors("newsItem"), None)
            outer = _news_item(around) if around is not None else XmlItem("")
            return XmlItem(
                _as_html(body),
                uri=outer.uri or _attribute(nitf, ".//doc-id", "id-string"),
                language=outer.language or nitf.get("{http://www.w3.org/XML/1998/namespace}lang"),
                provider=outer.provider
                or _words(nitf, ".//distributor")
                or _attribute(nitf, ".//doc.copyright", "holder"),
                title=outer.title or _words(nitf, ".//hedline/hl1") or _words(nitf, "./head/title"),
                date=outer.date or _attribute(nitf, ".//date.issue", "norm"),
                byline=outer.byline or _words(nitf, ".//body.head/byline"),
            )
    return None


def _news_ml(root: etree._Element) -> XmlItem | None:
    items = list(_outermost(root, "newsItem")) or [root]
    for html_of in (_of_inline_xml, _of_inline_data):
        for item in items:
            if html := html_of(item):
                return replace(_news_item(item), html=html)
    return None


def _of_inline_xml(item: etree._Element) -> str | None:
    for inline in _outermost(item, "inlineXML"):
        found = inline.find(".//body")
        body = inline if found is None else found
        if _has_text(body):
            return _as_html(body)
    return None


def _of_inline_data(item: etree._Element) -> str | None:
    for inline in _outermost(item, "inlineData"):
        if len(inline) and _has_text(inline):
            return _as_html(inline)
        if text := (inline.text or "").strip():
            return text if _is_html(text, inline.get("contenttype") or "") else _as_paragraphs(text)
    return None


def _is_html(text: str, content_type: str) -> bool:
    """Whether content is HTML, by its media type or, if it has none, by its tags."""
    return "html" in content_type or (not content_type and holds_html(text))


def _as_paragraphs(text: str) -> str:
    return "".join(f"<p>{_escaped(line)}</p>" for line in text.splitlines() if line.strip())


def _news_item(item: etree._Element) -> XmlItem:
    """The metadata of a NewsML-G2 item."""
    dates = ("contentMeta/contentCreated", "itemMeta/firstCreated", "itemMeta/versionCreated")
    return XmlItem(
        "",
        uri=item.get("guid"),
        language=_attribute(item, ".//contentMeta/language", "tag"),
        provider=_party(item, ".//itemMeta/provider") or _party(item, ".//rightsInfo/copyrightHolder"),
        title=_words(item, ".//contentMeta/headline"),
        date=next(filter(None, (_words(item, f".//{path}") for path in dates)), None),
        byline=_words(item, ".//contentMeta/by"),
    )


def _as_html(body: etree._Element) -> str:
    """The content of an element as HTML, with NITF elements renamed."""
    for element in body.iter(etree.Element):
        element.tag = _AS_HTML.get(element.tag, element.tag)
    etree.cleanup_namespaces(body)
    serialized: str = etree.tostring(body, encoding="unicode", method="html", with_tail=False)
    return serialized


def _outermost(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """The elements of that name, in order, except those nested in one another."""
    return (element for element in root.iter(name) if next(element.iterancestors(name), None) is None)


def _has_text(body: etree._Element) -> bool:
    return bool("".join(body.itertext()).strip())


def _party(item: etree._Element, path: str) -> str | None:
    """The name of a party: its text, its literal, or a code such as "nprov:AFP" without its scheme."""
    code = _attribute(item, path, "qcode") or ""
    return _words(item, f"{path}/name") or _attribute(item, path, "literal") or code.partition(":")[2] or None


def _words(root: etree._Element, path: str) -> str | None:
    found = root.find(path)
    return " ".join("".join(found.itertext()).split()) or None if found is not None else None


def _attribute(root: etree._Element, path: str, name: str) -> str | None:
    found = root.find(path)
    return found.get(name) if found is not None else None


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;")
