"""Extracts the text that a reader sees from an article's HTML, as sent by a content management system or a browser."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from service.intake.furniture import (
    Surroundings,
    holds_article,
    is_crediting,
    is_judged_by_content,
    is_left_out,
    is_quoting_class,
)
from service.intake.marks import OPENING, SPOKEN
from service.intake.markup import SPACE, Tag, Text, tokenize
from service.intake.offsets import Copy, Span, joined

MAX_DEPTH = 256
"""The maximum nesting depth of elements. Closing an element searches the open ones, so without a limit the time would
be quadratic in the length."""

# Elements that a browser displays as blocks, and br; unknown elements are inline, as in a browser.
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre search section summary "
    "table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CLOSED_BY = {  # by element with an optional end tag: the start tags that close it, and what stops the search
    "li": (frozenset({"li"}), frozenset({"ul", "ol"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
}
_MOST_ARTICLES = 50  # article elements; a page with more is a list of teasers
_CREDITS = frozenset({"cite", "footer", "figcaption"})
_SETTING_APART = frozenset("b strong em i h1 h2 h3 h4 h5 h6".split())

_PARAGRAPH = re.compile(r"<(?:p|br)\b", re.IGNORECASE)
_COLLAPSED = re.compile(rf"[{SPACE}]{{2,}}|[{SPACE}]")
_DASHES = "—–―-"
_DASH = re.compile(rf"[{_DASHES}]{{1,3}}[ \u00a0]?(?=[@\w])")


class TooDeepError(ValueError):
    """The HTML nests more than ``MAX_DEPTH`` elements."""


@dataclass(frozen=True, slots=True)
class QuoteElement:
    """A quotation in the markup: its ``passage``, and the ``credit`` that names its speaker, if there is one.

    Both are spans of the text. A credit is a ``cite``, ``footer``, ``figcaption`` or an element named as a credit, at
    the end of the quotation or after it in its figure; a ``cite`` anywhere after it; or a last line of a dash and a
    name.
    """

    passage: Span
    credit: Span | None = None

    def carried(self, carry: Callable[[Span], Span]) -> QuoteElement:
        """The same quotation in another text, to which ``carry`` maps spans."""
        return QuoteElement(carry(self.passage), self.credit and carry(self.credit))


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a text in its markup: the quote elements, and the spans of the lines that are headings or wholly in
    emphasis, in order."""

    quoted: tuple[QuoteElement, ...] = ()
    set_apart: tuple[Span, ...] = ()

    def carried(self, carry: Callable[[Span], Span]) -> Layout:
        """The same layout in another text, to which ``carry`` maps spans."""
        return Layout(tuple(q.carried(carry) for q in self.quoted), tuple(map(carry, self.set_apart)))


@dataclass(frozen=True, slots=True)
class HtmlText:
    """The text of HTML, with one line per block. ``copy`` maps its offsets to the HTML.

    ``has_elements`` says whether the HTML has any tag.
    """

    copy: Copy
    layout: Layout
    has_elements: bool

    @property
    def text(self) -> str:
        return self.copy.text


def read_html(html: str, *, in_text: bool = False) -> HtmlText:
    """The text of an article's HTML; empty if there is none.

    In HTML without paragraphs, blank lines separate paragraphs; in supposed plain text (``in_text``), every line end
    does.

    References are decoded and spaces collapsed. Elements that are not part of the article (``furniture``) are left out,
    and so is everything outside the element that a page marks as its article (``article``, ``main``). A ``q`` gets
    quotation marks as in a browser. The time is linear in the length. Raises ``TooDeepError``.
    """
    reader = _Reader(html, in_text=in_text)
    reader.read()
    if reader.left_out > 3 * reader.kept:  # the names seem to be those of the article itself
        reader = _Reader(html, in_text=in_text, trusts_names=False)
        reader.read()
    return reader.result()


@dataclass(slots=True)
class _Open:
    """An open element: its place among the pieces, and whether it and its content are left out, or ``judged`` by its
    content at its end.

    ``holder`` is the innermost figure or quote element around it; ``kept`` is what had been kept before it.
    """

    name: str
    first: int
    holder: _Open | None
    kept: int
    left_out: bool = False
    judged: bool = False
    counted: bool = False
    quotes: bool = False
    credits: bool = False


@dataclass(frozen=True, slots=True)
class _Region:
    """The pieces ``[first, stop)`` of an element, and the element around it. The name of quote elements is "quote"."""

    name: str
    first: int
    stop: int
    holder: _Open | None = None


class _Reader:
    """Collects the pieces of the text, and the regions of relevant elements, from the tokens."""

    def __init__(self, html: str, *, in_text: bool, trusts_names: bool = True) -> None:
        self._html = html
        self._in_text = in_text
        # The number of line ends in a row that separate paragraphs; 0 if none do.
        self._parting_lines = 0 if _PARAGRAPH.search(html) else 1 if in_text else 2
        self._trusts_names = trusts_names
        self._has_elements = False
        self._pieces: list[tuple[str, Span]] = []
        self._open: list[_Open] = []
        self._names: Counter[str] = Counter()  # of open elements
        self._is_page = False
        self._skipping: _Open | None = None
        self._gap: tuple[str, Span] | None = None  # pending white space or line end before the next word
        self._marks: list[str] = []  # pending closing marks of open q elements; "": none
        self._opening: tuple[str, Span] | None = None  # pending opening mark of a q
        self._regions: list[_Region] = []
        self._set_apart: list[_Region] = []
        self.kept = self.left_out = 0
        """Characters that were read, and that were left out for the name of the element that they stand in."""

    def read(self) -> None:
        position = 0
        for token in tokenize(self._html, in_text=self._in_text):
            if isinstance(token, Text):
                self._read_text(token)
            else:
                self._has_elements = True
                (self._end if token.closes else self._start)(token)
            position = token.end
        self._pop_to(0, (position, position))

    # --- Elements ---

    def _start(self, tag: Tag) -> None:
        self._close_implied(tag)
        if tag.name in _BLOCKS:
            self._break(tag.start)
        if tag.name in _VOID:
            return
        if len(self._open) == MAX_DEPTH:
            raise TooDeepError(f"has more than {MAX_DEPTH} elements within one another")
        element = _Open(tag.name, len(self._pieces), self._holder(), self.kept)
        self._is_page |= tag.name in ("html", "body")
        if self._skipping is None:
            around = Surroundings(self._names, self._is_page)
            element.left_out, element.counted = is_left_out(tag, around, trusts_names=self._trusts_names)
            element.quotes = tag.name == "blockquote" or is_quoting_class(tag)
            element.credits = element.holder is not None and is_crediting(tag)
            element.judged = element.left_out and is_judged_by_content(tag)
            if element.judged:
                element.quotes = False
            elif element.left_out:
                self._skipping = element
            elif tag.name == "q":
                self._open_q(tag)
        self._open.append(element)
        self._names[tag.name] += 1

    def _holder(self) -> _Open | None:
        """The innermost open figure or quote element."""
        parent = self._open[-1] if self._open else None
        return parent if parent is None or parent.quotes or parent.name == "figure" else parent.holder

    def _end(self, tag: Tag) -> None:
        if not self._names[tag.name]:
            return
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i].name == tag.name:
                self._pop_to(i, (tag.start, tag.end))
                return
            if tag.name not in _BLOCKS and self._open[i].name in _BLOCKS:
                return  # </b> does not close a paragraph

    def _close_implied(self, tag: Tag) -> None:
        """Close the elements that this start tag ends: a paragraph before a block, an item before the next."""
        ended, barrier = _CLOSED_BY.get(tag.name, (frozenset(), frozenset()))
        if tag.name in _BLOCKS and tag.name != "br":
            ended |= {"p"}
        if not any(self._names[name] for name in ended):
            return
        lowest = None
        for i in range(len(self._open) - 1, -1, -1):
            if self._open[i].name in ended:
                lowest = i
            elif self._open[i].name in barrier or (lowest is not None and self._open[i].name in _BLOCKS):
                break
        if lowest is not None:
            self._pop_to(lowest, (tag.start, tag.start))

    def _pop_to(self, depth: int, at: Span) -> None:
        """Close the open elements from number ``depth`` on. ``at`` is the end tag's span, empty if it is implied."""
        while len(self._open) > depth:
            element = self._open.pop()
            self._names[element.name] -= 1
            if self._skipping is None:
                self._leave(element, at if len(self._open) == depth else (at[0], at[0]))
            elif self._skipping is element:
                self._skipping = None
            if element.name in _BLOCKS:
                self._break(at[0])

    def _leave(self, element: _Open, at: Span) -> None:
        """Record the region of a closed element if it is relevant, or drop its text."""
        if element.judged:
            self._judge(element, closed=at[0] < at[1])
            return
        name = "quote" if element.quotes else "cite" if element.credits else element.name
        region = _Region(name, element.first, len(self._pieces), element.holder)
        if name == "q":
            self._close_q(at)
        elif name == "figcaption" and not self._is_credit(region):
            if not SPOKEN.search("".join(text for text, _ in self._pieces[element.first :])):
                self._drop(element)  # captions repeat the article, and credit photographs
        elif name in _CREDITS or name in ("quote", "article", "main"):
            self._regions.append(region)
        elif name in _SETTING_APART and region.first < region.stop:
            self._set_apart.append(region)

    def _judge(self, element: _Open, *, closed: bool) -> None:
        """Drop an element that turns out not to belong to the article; else keep the elements around it too."""
        if holds_article(element.name, "".join(text for text, _ in self._pieces[element.first :]), closed=closed):
            for outer in self._open:
                outer.judged = False
        else:
            self._drop(element)

    def _is_credit(self, caption: _Region) -> bool:
        """Whether a caption follows a quotation in the same figure, or ends a figure that is a quotation."""
        holder = caption.holder
        if holder is None:
            return False
        if holder.quotes:
            return holder.first < caption.first
        return any(r.name == "quote" and r.stop == caption.first and r.holder is holder for r in self._regions[-3:])

    def _drop(self, element: _Open) -> None:
        """Drop the text of an element."""
        del self._pieces[element.first :]
        for regions in (self._regions, self._set_apart):
            while regions and regions[-1].first >= element.first:
                regions.pop()
        self.kept = element.kept

    # --- Text ---

    def _read_text(self, token: Text) -> None:
        if self._skipping is not None:
            self.left_out += len(token.text.strip()) if self._skipping.counted else 0
            return
        start = 0
        for space in _COLLAPSED.finditer(token.text):
            if space.start() in (0, start) or space[0] != " " or space.end() == len(token.text):
                self._word(token, start, space.start())
                self._space(token, space.start(), space.end())
                start = space.end()
        self._word(token, start, len(token.text))

    def _word(self, token: Text, start: int, end: int) -> None:
        """Add ``token.text[start:end]``: words separated by single spaces."""
        words = token.text[start:end]
        starts_line = not self._pieces or (self._gap is not None and self._gap[0] == "\n")
        if not words or (starts_line and words.isspace()):
            return
        if self._gap is not None and self._pieces:
            self._add(*self._gap)
        self._gap = None
        if self._opening is not None:
            if words[0] in OPENING:
                self._marks[-1] = ""
            else:
                self._add(*self._opening)
            self._opening = None
        self._add(words, self._place(token, start, end))
        self.kept += end - start

    def _add(self, text: str, span: Span) -> None:
        """Add a piece. Spans of pieces are kept in the order of the HTML, whatever the order of the tags."""
        reached = self._pieces[-1][1][1] if self._pieces else 0
        start = max(span[0], reached)
        self._pieces.append((text, (start, max(span[1], start))))

    def _space(self, token: Text, start: int, end: int) -> None:
        if 0 < self._parting_lines <= token.text.count("\n", start, end):
            self._break(token.start + start)
        elif self._gap is None:
            self._gap = (" ", self._place(token, start, end))

    @staticmethod
    def _place(token: Text, start: int, end: int) -> Span:
        """The span of a part of a token's text in the HTML. A decoded reference counts as a whole."""
        if len(token.text) != token.end - token.start:
            return token.start, token.end
        return token.start + start, token.start + end

    def _break(self, position: int) -> None:
        if self._skipping is None and (self._gap is None or self._gap[0] != "\n"):
            self._gap = ("\n", (position, position))

    def _open_q(self, tag: Tag) -> None:
        inner = sum(mark != "" for mark in self._marks) % 2 == 1
        self._marks.append("’" if inner else "”")
        self._opening = ("‘" if inner else "“", (tag.start, tag.start))

    def _close_q(self, at: Span) -> None:
        mark = self._marks.pop() if self._marks else ""
        if self._opening is not None:  # it was empty
            self._opening = None
        elif mark:
            self._add(mark, (at[0], at[0]))

    # --- The result ---

    def result(self) -> HtmlText:
        first, stop = self._article()
        pieces = self._pieces[first:stop]
        if pieces and pieces[0][0] == "\n":
            pieces, first = pieces[1:], first + 1
        copy = joined(pieces, self._html)
        ends = [0, *accumulate(len(text) for text, _ in pieces)]

        def span(region: _Region) -> Span:
            """Its place in the text, white space around it excluded."""
            start = ends[min(max(region.first - first, 0), len(pieces))]
            end = ends[min(max(region.stop - first, 0), len(pieces))]
            return _trimmed(copy.text, start, end)

        credits = [_Placed(*span(r), r) for r in self._regions if r.name in _CREDITS]
        quotes = [_Placed(*span(r), r) for r in self._regions if r.name == "quote"]
        apart = sorted({span(r) for r in self._set_apart if first <= r.first and r.stop <= stop})
        layout = Layout(
            tuple(_quote_elements(copy.text, quotes, credits)),
            tuple(s for s in apart if _is_line(copy.text, *s)),
        )
        return HtmlText(copy, layout, self._has_elements)

    def _article(self) -> tuple[int, int]:
        """The pieces of the page's article: ``main`` if there is one, and within it its only large ``article``."""
        first, stop = 0, len(self._pieces)
        for name in ("main", "article"):
            regions = [r for r in self._regions if r.name == name and first <= r.first and r.stop <= stop]
            largest = max(regions, key=lambda r: r.stop - r.first, default=None)
            if largest and self._is_most(largest, regions):
                first, stop = largest.first, largest.stop
        return first, stop

    def _is_most(self, largest: _Region, regions: Sequence[_Region]) -> bool:
        """Whether an element has two thirds of the text of the elements with its name, and is not a teaser beside the
        article."""
        if len(regions) > _MOST_ARTICLES:
            return False
        others = [r for r in regions if r.stop <= largest.first or largest.stop <= r.first]
        length = self._length(largest)
        return length > 2 * sum(map(self._length, others)) and 5 * length > self._length(
            _Region("", 0, len(self._pieces))
        )

    def _length(self, region: _Region) -> int:
        return sum(len(text) for text, _ in self._pieces[region.first : region.stop])


class _Placed(NamedTuple):
    """A region with its span in the text."""

    start: int
    end: int
    region: _Region

    @property
    def span(self) -> Span:
        return self.start, self.end


def _quote_elements(text: str, quotes: list[_Placed], credits: list[_Placed]) -> Iterator[QuoteElement]:
    """The outermost quote elements with their credits, in order."""
    by_start = sorted((c for c in credits if c.start < c.end), key=lambda c: (c.start, c.end))
    by_end = sorted(by_start, key=lambda c: (c.end, c.start))
    reached = 0
    for quote in sorted(quotes, key=lambda q: (q.start, -q.end)):
        start, end = quote.span
        if start < reached or start == end:
            continue
        reached = end
        credit = _credit_within(quote, by_end) or _credit_after(text, quote, by_start) or _dashed_line(text, start, end)
        passage = (start, end) if credit is None or credit[0] > end else _trimmed(text, start, credit[0])
        yield QuoteElement(passage, credit)


def _credit_within(quote: _Placed, by_end: Sequence[_Placed]) -> Span | None:
    """The longest credit at the end of a quote element."""
    i = bisect_left(by_end, (quote.end, quote.start + 1), key=lambda c: (c.end, c.start))
    return by_end[i].span if i < len(by_end) and by_end[i].end == quote.end else None


def _credit_after(text: str, quote: _Placed, by_start: Sequence[_Placed]) -> Span | None:
    """The first credit that fills the line after a quote element: a ``cite``, or one in the same figure."""
    first = bisect_left(by_start, quote.end + 1, key=lambda c: c.start)
    stop = bisect_right(by_start, quote.end + 1, key=lambda c: c.start)
    holder = quote.region.holder
    for credit in by_start[first:stop]:
        belongs = credit.region.name == "cite" or (holder is not None and credit.region.holder is holder)
        if belongs and text[credit.end : credit.end + 1] in ("", "\n"):
            return credit.span
    return None


def _dashed_line(text: str, start: int, end: int) -> Span | None:
    """The last line, if it consists of a dash and a name and is not a list item."""
    line = text.rfind("\n", start, end) + 1
    dash = _DASH.match(text, line, end) if line else None
    if dash is None or not (text[dash.end()].isupper() or text[dash.end()] == "@"):
        return None
    before = text.rfind("\n", start, line - 1) + 1 or start
    return None if text[before] in _DASHES else (line, end)


def _is_line(text: str, start: int, end: int) -> bool:
    return start < end and text[start - 1 : start] in ("", "\n") and text[end : end + 1] in ("", "\n")


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end
