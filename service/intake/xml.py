"""News items in XML: IPTC NewsML-G2 and NITF. Nothing outside the document is read, and no entity of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_DECLARATION = re.compile(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_AS_HTML = {  # what NITF calls otherwise
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
    """The document is no XML, none of these formats, or has no text. The message says which."""


@dataclass(frozen=True, slots=True)
class XmlItem:
    """A news item: its body as HTML, and what the document says about it."""

    html: str
    uri: str | None = None
    language: str | None = None
    provider: str | None = None


def read_xml(document: str) -> XmlItem:
    """The news item of a document, the first of a package that has a body. Raises ``UnreadableXmlError``."""
    document = _DECLARATION.sub("", document, count=1)  # its encoding is not this one's
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        root = etree.fromstring(document.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableXmlError(f"is not well-formed XML: {getattr(error, 'msg', error)}"[:300]) from None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    item = _nitf(root) if root.tag == "nitf" or root.find(".//nitf") is not None else _news_ml(root)
    if item is None:
        raise UnreadableXmlError("has no body that NewsML-G2 or NITF would have it in")
    return item


def _nitf(root: etree._Element) -> XmlItem | None:
    nitf = root if root.tag == "nitf" else root.find(".//nitf")
    body = nitf.find(".//body.content")
    if body is None:
        return None
    outer = _news_ml_facts(root) if root is not nitf else XmlItem("")
    identity = nitf.find(".//doc-id")
    return XmlItem(
        _as_html(body),
        uri=outer.uri or (identity.get("id-string") if identity is not None else None),
        language=outer.language or nitf.get("{http://www.w3.org/XML/1998/namespace}lang"),
        provider=outer.provider or _words(nitf, ".//distributor") or _attribute(nitf, ".//doc.copyright", "holder"),
    )


def _news_ml(root: etree._Element) -> XmlItem | None:
    facts = _news_ml_facts(root)
    for inline in root.iterfind(".//inlineXML"):
        body = inline.find(".//body") if inline.find(".//body") is not None else inline
        if "".join(body.itertext()).strip():
            return XmlItem(_as_html(body), facts.uri, facts.language, facts.provider)
    for inline in root.iterfind(".//inlineData"):
        if text := (inline.text or "").strip():
            lines = (f"<p>{_escaped(line)}</p>" for line in text.splitlines() if line.strip())
            html = text if "html" in (inline.get("contenttype") or "") else "".join(lines)
            return XmlItem(html, facts.uri, facts.language, facts.provider)
    return None


def _news_ml_facts(root: etree._Element) -> XmlItem:
    item = root if root.tag == "newsItem" else root.find(".//newsItem")
    if item is None:
        return XmlItem("")
    language = item.find(".//contentMeta/language")
    provider = item.find(".//itemMeta/provider")
    return XmlItem(
        "",
        uri=item.get("guid"),
        language=language.get("tag") if language is not None else None,
        provider=_words(item, ".//itemMeta/provider/name")
        or (provider.get("literal") if provider is not None else None)
        or _words(item, ".//rightsInfo/copyrightHolder/name"),
    )


def _as_html(body: etree._Element) -> str:
    """The content of an element as HTML, elements of NITF by HTML's names."""
    for element in body.iter(etree.Element):
        element.tag = _AS_HTML.get(element.tag, element.tag)
    etree.cleanup_namespaces(body)
    serialized: str = etree.tostring(body, encoding="unicode", method="html", with_tail=False)
    return serialized


def _words(root: etree._Element, path: str) -> str | None:
    found = root.find(path)
    return " ".join("".join(found.itertext()).split()) or None if found is not None else None


def _attribute(root: etree._Element, path: str, name: str) -> str | None:
    found = root.find(path)
    return found.get(name) if found is not None else None


def _escaped(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;")
