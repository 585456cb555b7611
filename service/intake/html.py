"""From the HTML of an article, as a content management system keeps it, to the text that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

MAX_DEPTH = 500
"""Elements within one another that are followed. What closes an element looks through all that are open, so that
without a bound the time would grow with the square of the length."""

# What stands in a body but is not of its text. Captions are left out: they repeat the article, and credit photographs.
_LEFT_OUT = frozenset(
    "aside audio button canvas datalist embed figcaption form head iframe input math menu meter nav noscript object "
    "progress script select style svg template textarea title video".split()
)

# What a browser begins a new line for, and br; elements that it does not know run on, as they do there.
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre search section summary "
    "table tbody td tfoot th thead tr ul".split()
)

_CHUNK = 4096  # bytes after which the parser tells that it has gone too deep

_SPACE = re.compile(r"[ \t\n\f\r]+")  # what HTML collapses; a no-break space is none of it


class TooDeepError(ValueError):
    """The HTML has more than ``MAX_DEPTH`` elements within one another."""


def text_of_html(html: str) -> str:
    """The text of an article's HTML, a line for each block; empty if there is none.

    Entities are decoded, spaces collapsed, and boilerplate (scripts, navigation, asides, forms, captions, whatever is
    ``hidden``) is left out; a ``q`` gets the quotation marks that a browser gives it. A document's head is no obstacle.
    The time is linear in the length. Raises ``TooDeepError``.
    """
    lines = _Lines()
    parser = etree.HTMLParser(target=lines, encoding="utf-8")
    source = html.encode("utf-8", "replace")
    for start in range(0, max(len(source), 1), _CHUNK):  # the parser must be fed, if with nothing
        parser.feed(source[start : start + _CHUNK])
    parser.close()
    return lines.text


class _Lines:
    """Gathers text from the parser's events; no tree is built."""

    def __init__(self) -> None:
        self._pieces: list[str] = []  # a line feed in them is the end of a line
        self._depth = 0
        self._left_out_at: int | None = None  # the depth of the outermost element that is left out
        self._quotations = 0  # q within q

    @property
    def text(self) -> str:
        lines = (_SPACE.sub(" ", line).strip() for line in "".join(self._pieces).split("\n"))
        return "\n".join(line for line in lines if line)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooDeepError(f"has more than {MAX_DEPTH} elements within one another")
        if self._left_out_at is not None:
            return
        if tag in _LEFT_OUT or "hidden" in attributes:
            self._left_out_at = self._depth
        if tag in _BLOCKS:
            self._pieces.append("\n")
        elif tag == "q":
            self._pieces.append("‘" if self._quotations % 2 else "“")
            self._quotations += 1

    def end(self, tag: str) -> None:
        if self._left_out_at is None:
            if tag in _BLOCKS:
                self._pieces.append("\n")
            elif tag == "q":
                self._quotations -= 1
                self._pieces.append("’" if self._quotations % 2 else "”")
        elif self._depth == self._left_out_at:
            self._left_out_at = None
        self._depth -= 1

    def data(self, text: str) -> None:
        if self._left_out_at is None:
            self._pieces.append(_SPACE.sub(" ", text))

    def close(self) -> None:
        """The parser asks for it."""
