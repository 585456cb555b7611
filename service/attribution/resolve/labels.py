"""Speakers given by the layout: the label before a turn, or the signature after a quote."""

from __future__ import annotations

import re
from typing import Final

from service.attribution.mentions.index import NameIndex
from service.attribution.quotations import Quotation, turn_label
from service.attribution.text import Span
from service.data.word_lists import fold, is_ordinary

_DASH: Final = re.compile(r"\s{0,3}(?:[—―–]|-{1,2} )[ \u00a0]?")
_NEXT_LINE: Final = re.compile(r"[ \t]*\n(?=[^\n]{3,60}(?:\n|$))(?![^\n]*[.!?:,][ \t]*(?:\n|$))")
_LONGEST_LABEL: Final = 100  # characters, with what is added to the name
_LABEL: Final = re.compile(
    r"^[*_>\[ \t]{0,6}(?P<name>[A-Z][\w.'’&-]{0,30}(?: [A-Z][\w.'’-]{0,30}){0,4})"
    r"(?:, [^:\n]{1,60})?(?: \([^()\n]{1,40}\))?[*_\]]{0,3}:[*_]{0,3}[ \t]{0,7}\n?\Z",
    re.MULTILINE,
)
_QUESTION: Final = re.compile(
    r"^[*_#\[ \t]{0,6}(?:Q|Question|Interviewer|INTERVIEWER)[*_\]]{0,3}(?:[:.][*_]{0,3})?[ \t]{0,7}\n?\Z", re.MULTILINE
)
_TURN_END: Final = re.compile(r"[*_ \t]{0,6}(?:\n|$)")


def label_of(text: str, names: NameIndex, quotation: Quotation) -> Span | None:
    """The span of the speaker's name in the layout.

    None if there is none, or only an ordinary word: "WARNING: Keep off.".
    """
    before = _before_turn(_LABEL, text, quotation.outer)
    found = (
        turn_label(text, quotation.inner)
        or (before and Span(*before.span("name")))
        or _signature(text, names, quotation.outer)
    )
    name = None if found is None else names.name_of(found)
    return None if name is None or is_ordinary(fold(name)) else found


def is_question(text: str, quote: Span) -> bool:
    """Whether a quote is the turn of an unnamed interviewer: "Q: “Why?”"."""
    return _before_turn(_QUESTION, text, quote) is not None


def _before_turn(label: re.Pattern[str], text: str, quote: Span) -> re.Match[str] | None:
    """The label before a quote, if the line holds nothing else: BROOK: “Good morning.”"""
    if not _TURN_END.match(text, quote.end):
        return None
    return label.search(text, max(0, quote.start - _LONGEST_LABEL), quote.start)


def _signature(text: str, names: NameIndex, quote: Span) -> Span | None:
    """The name after a quote that opens its line, behind a dash or in a short line of its own: “It holds.” — Ada Brook,
    welder."""
    before = _DASH.match(text, quote.end) or _NEXT_LINE.match(text, quote.end)
    opens = not text[max(0, quote.start - 3) : quote.start].rpartition("\n")[2].strip("-*• ")
    return names.signature_at(before.end()) if before and opens else None
