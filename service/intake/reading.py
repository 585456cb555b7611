"""What the engine reads of an article, and its answer taken back to the article as it was sent.

The text that was sent stays as it is; the engine reads a copy in which mangled characters, wrapped lines and quotations
without marks are as a reader takes them. Every offset of the answer is carried back, so that it is verbatim again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from service.intake.html import HtmlText, QuoteElement, TooDeepError, read_html
from service.intake.offsets import Copy, Edit
from service.intake.repairs import repaired
from service.intake.repeats import with_repeats
from service.intake.transcripts import unmarked_turns
from service.intake.wrapping import unwrapped
from service.records import Attribution, Mention, Quote

MARKUP = "the text holds HTML, which was read as such; send it as `html`"
WRAPPED = "line ends within paragraphs were read as spaces"
TRANSCRIPT = "the turns of a transcript, which have no quotation marks, were read as quotes"
NOTHING_QUOTED = "there are quotation marks, but nothing between them was taken for speech"

_INLINE = r"a|abbr|b|big|cite|em|font|i|mark|q|s|small|span|strong|strike|sub|sup|u"
_BLOCK_TAG = re.compile(
    r"<(?:p|br|hr|div|blockquote|figure|h[1-6]|[uo]l|table|article|section)\b[^<>]*>", re.IGNORECASE
)
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
_CLOSED = re.compile(rf"</(?:{_INLINE})>", re.IGNORECASE)
_LINK = re.compile(r"\[([^\]\[\n]{1,200})\]\(https?://[^\s()]{1,2000}\)")
_CREDIT_LINE = re.compile(
    r"(?<=[\"”’»])[ \t]{0,9}\n\s{0,3}(?=(?:[—–―]|--) ?[A-Z@]|-[A-Z@])"
    r"(?![^\n]{100})(?![^\n]{0,99}(?:contribut|[Uu]pdated|[Rr]eport|[Ww]riting|[Ee]dit))"  # those who wrote the article
)
_MARKS = re.compile(r"[\"“”„‟«»‹›〝〞＂「」『』\x91-\x94]|``|''|‘‘|’’|&(?:quot|[lr][ds]quo|#(?:822[0-3]|34));")
_DOUBLE_MARKS = re.compile(r"[\"“”„«»]|``|''")
_SINGLE_OPENING = frozenset("‘'‚‹")


@dataclass(frozen=True, slots=True)
class ReadableText:
    """An article's ``text``, which the answer's offsets refer to, with the copy of it that the engine reads."""

    text: str
    copy: Copy
    warnings: tuple[str, ...] = ()

    @property
    def read(self) -> str:
        """What the engine reads."""
        return self.copy.text

    def answer(self, attribution: Attribution) -> Attribution:
        """What the engine made of :attr:`read` as an answer about :attr:`text`: offsets, words and warnings."""
        warnings = self.warnings + attribution.warnings
        if not attribution.quotes and _MARKS.search(self.text):
            warnings += (NOTHING_QUOTED,)
        attribution = replace(with_repeats(attribution, self.read), warnings=warnings)
        if self.copy.text == self.text:
            return attribution
        carried: Attribution = self._carried(attribution)
        return carried

    def _carried(self, value: Any) -> Any:
        """A record with every span in it carried back to the text."""
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
        """Whether a character of the copy stands for nothing in the text."""
        start, end = self.copy.to_source((position, position + 1))
        return start == end


def read_text(text: str) -> ReadableText:
    """An article that was sent as plain text. Any text is one."""
    return _read(text, ())


def read_derived(html: HtmlText) -> ReadableText:
    """An article that was sent as HTML; its text is what was made of it."""
    return _read(html.text, html.quoted)


def _read(text: str, quoted: Sequence[QuoteElement]) -> ReadableText:
    copy, warnings = repaired(Copy(text))
    if html := _html_in(copy.text):
        copy, quoted, warnings = Copy(html.text, copy.steps + html.copy.steps), html.quoted, (*warnings, MARKUP)
    else:
        quoted = [element.carried(copy.to_copy) for element in quoted]
    laid_out = Copy(copy.text).edited(list(_links(copy.text)))
    if wrapped := list(unwrapped(laid_out.text)):
        laid_out, warnings = laid_out.edited(wrapped), (*warnings, WRAPPED)
    laid_out = laid_out.edited(list(_credit_lines(laid_out.text)))
    quoted = [element.carried(laid_out.to_copy) for element in quoted]
    laid_out = laid_out.edited(list(_quotations(laid_out.text, quoted)))
    if not _DOUBLE_MARKS.search(laid_out.text) and (marks := list(_marks_of_turns(laid_out.text))):
        laid_out, warnings = laid_out.edited(marks), (*warnings, TRANSCRIPT)
    return ReadableText(text, Copy(laid_out.text, copy.steps + laid_out.steps), warnings)


def _html_in(text: str) -> HtmlText | None:
    """The text of the HTML in what should be plain text, if there is any; without blocks its lines are paragraphs."""
    if not _BLOCK_TAG.search(text) and not _CLOSED.search(text):
        return None
    try:
        html = read_html(text, lines_part=True)
    except TooDeepError:
        return None
    return html if html.text else None


def _links(text: str) -> Iterator[Edit]:
    """Links as Markdown writes them, without their addresses."""
    for link in _LINK.finditer(text):
        yield Edit(link.start(), link.start(1), "")
        yield Edit(link.end(1), link.end(), "")


def _credit_lines(text: str) -> Iterator[Edit]:
    """A line that only says whose the quotation before it is, "— Ada Brook, mayor", goes on that quotation's line."""
    for found in _CREDIT_LINE.finditer(text):
        yield Edit(*found.span(), " " * len(found[0]))


def _quotations(text: str, quoted: Sequence[QuoteElement]) -> Iterator[Edit]:
    """What the layout of quote elements says, as marks and dashes say it."""
    for element in quoted:
        start, end = element.passage
        words = text[start:end]
        if words and words[0] not in _SINGLE_OPENING and not _DOUBLE_MARKS.search(words):
            yield from _marks_around(words, start)
        if element.credit and end < element.credit[0]:
            dashed = text[element.credit[0]] in "—–―-"
            yield Edit(end, element.credit[0], " " if dashed else " — ")


def _marks_of_turns(text: str) -> Iterator[Edit]:
    for start, end in unmarked_turns(text):
        yield from _marks_around(text[start:end], start)


def _marks_around(passage: str, start: int) -> Iterator[Edit]:
    """Marks around a passage: each paragraph opens them anew, the last one closes them."""
    position = start
    for line in passage.split("\n"):
        if line:
            yield Edit(position, position, "“")
        position += len(line) + 1
    yield Edit(start + len(passage), start + len(passage), "”")
