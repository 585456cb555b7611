"""Prepares the text that the engine reads, and converts its answer back to the article as it was sent.

The engine reads a copy in which mangled characters are repaired, wrapped lines joined, and unmarked quotations marked.
All offsets of the answer are mapped back, so that quotes are verbatim in the text that was sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from service.intake.html import HtmlText, Layout, QuoteElement, TooDeepError, read_html
from service.intake.interviews import unmarked_interview
from service.intake.marks import SPOKEN, is_marked, put_around
from service.intake.offsets import Copy, Edit, Span
from service.intake.repairs import repaired
from service.intake.repeats import with_repeats
from service.intake.teasers import teasers
from service.intake.transcripts import unmarked_turns
from service.intake.unquoted import unquoted_warnings
from service.intake.wrapping import unwrapped, with_line_ends
from service.records import Attribution, Mention, Quote

MARKUP = "the text holds HTML, which was read as such; send it as `html`"
ESCAPED = "the HTML had been escaped as if it were text, and was read as HTML"
TAGS = "the text holds what looks like tags or comments of markup, which were read as words"
WRAPPED = "line ends within paragraphs were read as spaces"
TRANSCRIPT = "the turns of a transcript, which have no quotation marks, were read as quotes"
INTERVIEW = "the questions and answers of an interview, which have no quotation marks, were read as quotes"
TEASERS = "lines that lead to other articles were left out, with the quotation marks in them"
SOURCE_CODE = "the text is the source of a document in another format (JSON, RTF or PDF), which was read as words"

_INLINE = r"a|abbr|b|big|cite|em|font|i|mark|q|s|small|span|strong|strike|sub|sup|u"
_BLOCK = r"p|br|hr|div|blockquote|figure|h[1-6]|[uo]l|table|article|section"
_MENTION = r"(?:(?<=[\w,] )|(?<=[“‘\"'(`]))<\w{1,30}>(?= [a-z]|[,.;:!?)”’\"'`])"  # a tag mentioned as a word
_HTML = re.compile(
    rf"(?!{_MENTION})<(?:{_BLOCK})\b[^<>]*>"
    rf"|(?<=[^\s>“‘\"'(`])</(?:{_INLINE})>"  # inline elements enclose words without spaces
    rf"|<(?:{_INLINE})(?:\s[^<>]*)?>[^\s<>][^<>]*</",
    re.IGNORECASE,
)
_TAG = re.compile(
    rf"</[a-z][\w:-]{{0,30}}\s?>|<[a-z][\w:-]{{0,30}}\s[^<>=]{{0,200}}=\s?[\"']"
    rf"|<(?:{_INLINE}|{_BLOCK}|d[dlt]|li|pre|t[dhr]|script|style)(?:\s[^<>]*)?/?>|<!--"
    r"|\[/[a-z]{1,12}\]",  # BBCode
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?P<after>(?<=[.!?…”\"*_] ))?\[(?P<words>[^\]\[\n]{1,200})\]\(https?://[^\s()]{1,2000}\)(?P<last>(?=[^\S\n]{0,9}$))?",
    re.MULTILINE,
)
_CREDIT_LINE = re.compile(
    r"(?<=[\"”’»])[ \t]{0,9}\n\s{0,3}(?=(?:[—–―]|--) ?[A-Z@]|-[A-Z@])"
    r"(?![^\n]{100})(?![^\n]{0,99}(?:contribut|[Uu]pdated|[Rr]eport|[Ww]riting|[Ee]dit))"  # of the article's authors
)
_SOURCE_CODE = re.compile(r"\s*(?:\{\\rtf|%PDF-\d)")
_QUOTING = re.compile(rf"{SPOKEN.pattern}|‘")


@dataclass(frozen=True, slots=True)
class ReadableText:
    """An article's ``text``, which the answer's offsets refer to, and the copy of it that the engine reads.

    ``repaired`` is the text between the two, without the quotation marks put into the copy; ``set_apart`` are the spans
    of its lines in bold type and of its headings. ``html`` is the HTML that the text was extracted from.
    """

    text: str
    copy: Copy
    warnings: tuple[str, ...]
    repaired: str
    set_apart: tuple[Span, ...]
    html: HtmlText | None

    @property
    def read(self) -> str:
        """The text that the engine reads."""
        return self.copy.text

    def answer(self, attribution: Attribution) -> Attribution:
        """Convert the engine's answer about :attr:`read` to one about :attr:`text`, with warnings."""
        warnings = self.warnings + attribution.warnings
        if not attribution.quotes:
            has_turns = TRANSCRIPT in self.warnings or INTERVIEW in self.warnings
            warnings += unquoted_warnings(self.repaired, self.set_apart, has_turns=has_turns)
        attribution = replace(with_repeats(attribution, self.read), warnings=warnings)
        if self.copy.text == self.text and self.html is None:
            return attribution
        carried: Attribution = self._carried(attribution)
        return carried

    def _carried(self, value: Any) -> Any:
        """A record with all of its spans mapped back to the text."""
        if isinstance(value, tuple):
            return tuple(map(self._carried, value))
        if not is_dataclass(value) or isinstance(value, type):
            return value
        carried = {f.name: self._carried(getattr(value, f.name)) for f in fields(value)}
        if isinstance(value, Mention | Quote):
            start, end = self.copy.to_source((value.start, value.end))
            carried |= {"text": self.text[start:end], "start": start, "end": end}
        if isinstance(value, Quote):
            carried["marked"] = value.marked and not self._is_put_in(value.start - 1)
        return type(value)(**carried)

    def _is_put_in(self, position: int) -> bool:
        """Whether a character of the copy was inserted, into the text or the HTML that it was extracted from."""
        start, end = self.copy.to_source((position, position + 1))
        if self.html is not None:
            start, end = self.html.copy.to_source((start, end))
        return start == end


def read_text(text: str) -> ReadableText:
    """Read an article that was sent as plain text. Any text is valid."""
    return _read(text, None)


def read_derived(html: HtmlText) -> ReadableText:
    """Read the text that was extracted from an article's HTML."""
    return _read(html.text, html)


def holds_html(text: str) -> bool:
    """Whether supposed plain text contains HTML, and not merely the names of tags."""
    return "<" in text and _HTML.search(text) is not None


def _read(text: str, html: HtmlText | None) -> ReadableText:
    copy, layout, warnings = _plain(text, html)
    laid_out, further = _laid_out(Copy(copy.text), layout)
    whole = Copy(laid_out.text, copy.steps + laid_out.steps)
    return ReadableText(text, whole, warnings + further, copy.text, layout.set_apart, html)


def _plain(text: str, html: HtmlText | None) -> tuple[Copy, Layout, tuple[str, ...]]:
    """The repaired text, with its layout in the HTML, and the warnings."""
    copy, warnings = repaired(Copy(text))
    if html is None and _is_source_code(text):
        warnings = (SOURCE_CODE, *warnings)
    copy = copy.edited(with_line_ends(copy.text))
    if inner := _html_in(copy.text, html):
        copy, layout = Copy(inner.text, copy.steps + inner.copy.steps), inner.layout
        warnings += (ESCAPED if html else MARKUP,)
    else:
        layout = html.layout.carried(copy.to_copy) if html else Layout()
    if _TAG.search(copy.text):
        warnings += (TAGS,)
    return copy, layout, warnings


def _is_source_code(text: str) -> bool:
    """Whether the text is the source of a document: RTF, PDF, or JSON that is not empty."""
    if _SOURCE_CODE.match(text):
        return True
    if text.lstrip()[:1] not in ("{", "[") or text.rstrip()[-1:] not in ("}", "]"):
        return False
    with suppress(ValueError, RecursionError):
        return bool(json.loads(text))
    return False


def _laid_out(copy: Copy, layout: Layout) -> tuple[Copy, tuple[str, ...]]:
    """The text with its layout expressed by line ends, dashes and quotation marks, and the warnings."""
    warnings: tuple[str, ...] = ()
    copy = copy.edited(_links(copy.text))
    if wrapped := list(unwrapped(copy.text)):
        copy, warnings = copy.edited(wrapped), (WRAPPED,)
    beside = teasers(copy.text)
    if any(_QUOTING.search(copy.text, *span) for span in beside):
        warnings += (TEASERS,)
    copy = copy.edited(Edit(*span, "") for span in beside)
    copy = copy.edited(_credit_lines(copy.text))
    copy = copy.edited(_quotations(copy.text, layout.carried(copy.to_copy).quoted))
    if marks := list(_marks_of_turns(copy.text)):
        return copy.edited(marks), (*warnings, TRANSCRIPT)
    if marks := list(_marks_of_interview(copy.text, layout.carried(copy.to_copy).set_apart)):
        return copy.edited(marks), (*warnings, INTERVIEW)
    return copy, warnings


def _html_in(text: str, sent: HtmlText | None) -> HtmlText | None:
    """The text of HTML in supposed plain text, None if there is none. Without blocks, its lines are paragraphs.

    In an article that was ``sent`` as HTML, tags in the text are words, unless there were no other tags: then the whole
    article had been escaped.
    """
    if (sent and sent.has_elements) or not holds_html(text):
        return None
    try:
        html = read_html(text, in_text=True)
    except TooDeepError:
        return None
    return html if html.text else None


def _links(text: str) -> Iterator[Edit]:
    """Removes the addresses of Markdown links.

    A link at the end of a line, after a sentence, names the source and keeps its brackets.
    """
    for link in _LINK.finditer(text):
        start, end = link.span("words")
        is_source = link["after"] is not None and link["last"] is not None
        if not is_source:
            yield Edit(start - 1, start, "")
        yield Edit(end + is_source, link.end(), "")


def _credit_lines(text: str) -> Iterator[Edit]:
    """Joins a line that only credits the preceding quotation, "— Ada Brook, mayor", to the line of the quotation."""
    for found in _CREDIT_LINE.finditer(text):
        yield Edit(*found.span(), " " * len(found[0]))


def _quotations(text: str, quoted: Sequence[QuoteElement]) -> Iterator[Edit]:
    """Expresses the layout of quote elements by quotation marks and dashes."""
    for element in quoted:
        start, end = element.passage
        if start < end and not is_marked(text[start:end]):
            yield from put_around(text[start:end], start)
        if element.credit and end < element.credit[0]:
            dashed = text[element.credit[0]] in "—–―-"
            yield Edit(end, element.credit[0], " " if dashed else " — ")


def _marks_of_turns(text: str) -> Iterator[Edit]:
    for start, end in unmarked_turns(text):
        yield from put_around(text[start:end], start)


def _marks_of_interview(text: str, set_apart: Sequence[Span]) -> Iterator[Edit]:
    """Marks around questions and answers, each in a line of its own.

    A question without a label gets the one that says that it is asked by nobody who is named.
    """
    for turn in unmarked_interview(text, set_apart):
        if turn.question:
            yield from _put_around(text, turn.question, "" if turn.labelled else "Q: ")
        for start, end in turn.answer:
            follows = turn.question is not None and "\n" not in text[turn.question[1] : start]
            yield from _put_around(text, (start, end), "\n" if follows else "")


def _put_around(text: str, passage: Span, before: str) -> Iterator[Edit]:
    """Marks around a passage, and ``before`` in front of them."""
    start, end = passage
    opening, *others = put_around(text[start:end], start)
    yield opening._replace(text=before + opening.text)
    yield from others
