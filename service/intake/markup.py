"""Tokenizes HTML as a browser does, with each token's position in the source.

Available parsers do not give the source position of every character of their text, which is needed to map offsets. The
tokens are not a tree; the caller tracks nesting. Any string is valid input. The time is linear in the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape

SPACE = "\t\n\f\r "
"""White space as defined by HTML; excludes the no-break space."""

_IGNORED = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*(?:>|\Z)|</(?:>|[^a-zA-Z>][^>]*(?:>|\Z))", re.DOTALL)
_TAG = re.compile(rf"<(/?)([a-zA-Z][^{SPACE}/>]*)")
_ATTRIBUTE = re.compile(
    rf"[{SPACE}/]*([^{SPACE}/>][^{SPACE}/>=]*)"
    rf"(?:[{SPACE}]*=[{SPACE}]*(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|([^{SPACE}>]+))?)?"
)
_TAG_END = re.compile(rf"[{SPACE}/]*>")
_LONGEST_VALUE = 1000  # characters of an attribute's value to read; enough for classes, not for inline images
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")

# Elements whose content is not HTML, and is not displayed with the article.
_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as displayed: equal to ``source[start:end]``, or a decoded reference."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag. The names of the tag and its attributes are in lower case."""

    name: str
    start: int
    end: int
    closes: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokenize(html: str, *, in_text: bool = False) -> Iterator[Text | Tag]:
    """The tags and text of ``html``, in order. Comments, declarations, scripts and the like are skipped.

    A construct without an end extends to the end of the input, as in a browser. In supposed plain text (``in_text``),
    the rest is text instead, and only the tag itself is skipped, such as a ``<script>`` without end tag.
    """
    position = 0
    endless: set[str] = set()
    while position < len(html):
        if ignored := _IGNORED.match(html, position):
            if in_text and not ignored[0].endswith(">"):
                yield from _text(html, position, len(html))
            position = ignored.end()
        elif tag := _tag(html, position):
            end = _end_of_raw(html, tag, endless)
            if end is not None or not in_text:
                yield tag
                position = len(html) if end is None else end
            else:
                position = tag.end
        elif _TAG.match(html, position):  # a tag cut off by the end of the input
            if in_text:
                yield from _text(html, position, len(html))
            return
        else:
            end = html.find("<", position + 1)
            end = len(html) if end < 0 else end
            yield from _text(html, position, end)
            position = end


def _text(html: str, start: int, end: int) -> Iterator[Text]:
    for reference in _REFERENCE.finditer(html, start, end):
        if start < reference.start():
            yield Text(html[start : reference.start()], start, reference.start())
        yield Text(unescape(reference[0]), *reference.span())
        start = reference.end()
    if start < end:
        yield Text(html[start:end], start, end)


def _tag(html: str, position: int) -> Tag | None:
    """The tag at ``position``, if it is complete."""
    opened = _TAG.match(html, position)
    if opened is None:
        return None
    attributes: dict[str, str] = {}
    end = opened.end()
    while found := _ATTRIBUTE.match(html, end):
        value = next((v for v in found.group(2, 3, 4) if v is not None), "")
        attributes.setdefault(found[1].lower(), unescape(value[:_LONGEST_VALUE]))
        end = found.end()
    closed = _TAG_END.match(html, end)
    if closed is None:
        return None
    return Tag(opened[2].lower(), position, closed.end(), opened[1] == "/", attributes)


def _end_of_raw(html: str, tag: Tag, endless: set[str]) -> int | None:
    """The start of the end tag of an element with raw content; for other elements, the end of the tag itself.

    None if there is no such end tag; the element's name is then added to ``endless``, so that it is not searched again.
    """
    if tag.closes or tag.name not in _RAW:
        return tag.end
    found = None if tag.name in endless else _raw_end(tag.name).search(html, tag.end)
    if found is None:
        endless.add(tag.name)
        return None
    return found.start()


@cache
def _raw_end(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE)
