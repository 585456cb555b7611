"""HTML as tokens, each with its place in the source, as a browser's tokenizer takes them apart.

No parser at hand tells where a character of its text stood in the source, references and all, which is what is needed
to carry offsets back. A tree is not needed: who reads the tokens keeps what encloses what. Any string is HTML, and the
time is linear in its length: every pattern either goes on or reads to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import unescape

SPACE = "\t\n\f\r "
"""What HTML takes for white space; a no-break space is none of it."""

_IGNORED = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))|<[!?][^>]*(?:>|\Z)|</(?:>|[^a-zA-Z>][^>]*(?:>|\Z))", re.DOTALL)
_TAG = re.compile(rf"<(/?)([a-zA-Z][^{SPACE}/>]*)")
_ATTRIBUTE = re.compile(
    rf"[{SPACE}/]*([^{SPACE}/>][^{SPACE}/>=]*)"
    rf"(?:[{SPACE}]*=[{SPACE}]*(?:\"([^\"]*)(?:\"|\Z)|'([^']*)(?:'|\Z)|([^{SPACE}>]+))?)?"
)
_TAG_END = re.compile(rf"[{SPACE}/]*>")
_LONGEST_VALUE = 1000  # characters of an attribute that are looked at: classes, not images
_REFERENCE = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{1,31});?")

# What they hold is no HTML, and nothing of it is shown where the article is.
_RAW = frozenset("script style textarea title xmp iframe noembed noframes".split())


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as a reader sees them: a run that stands so in ``source[start:end]``, or a decoded reference."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or an end tag; its name and its attributes' names are in lower case."""

    name: str
    start: int
    end: int
    closes: bool = False
    attributes: Mapping[str, str] = field(default_factory=dict)


def tokenize(html: str, *, in_text: bool = False) -> Iterator[Text | Tag]:
    """The tags and the text of ``html``, in order. Comments, declarations, scripts and their like are passed over.

    What never ends takes in the rest, as in a browser. In what should be plain text (``in_text``) it does not: there
    the rest is read as words, and a tag such as ``<script>`` without its end tag is passed over by itself.
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
        elif _TAG.match(html, position):  # a tag that the text ends in
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
    """The tag at ``position``, if a whole one is there."""
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
    """Where the end tag of an element begins whose content is no HTML; of all others, where the tag itself ends.

    None where there is no such end tag; the element's name is then kept in ``endless``, not to be looked for again.
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
