"""Warnings for a text in which no quote was found, although something in it may have been one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from service.intake.interviews import seems_interview
from service.intake.marks import SPOKEN
from service.intake.offsets import Span

NOTHING_QUOTED = "there are quotation marks, but nothing between them was taken for speech"
LOST = "there are signs for lost characters, which may have been quotation marks"
DASHES = "paragraphs open with dashes, as dialogue does in other languages; they were not read as quotes"
EMPHASIS = "sentences are in emphasis, as speech is in some texts; they were not read as quotes"
ANGLES = "lines open with >, as quotations do in Markdown and e-mail; they were not read as quotes"
QUESTIONS = "questions stand in lines of their own, as in an interview; what is below them was not read as quotes"

_DIALOGUE: Final = re.compile(
    r"^[—–―][ \u00a0]?[A-Z][^\n]{1,300}?[,?!…] (?:said|says|asks?|asked|answer(?:s|ed)|repli(?:es|ed))\b",
    re.MULTILINE,
)
_DIALOGUE_ABROAD: Final = re.compile(r"^[—–―-][ \u00a0]?[¿¡A-Z][^\n]{1,300}? [—–―-][a-z]", re.MULTILINE)
_EMPHASISED: Final = re.compile(r"(?<![\w*_])([*_])(?=\w)[^*_\n]{1,300}[.,!?…]\1(?![\w*_])")
_ANGLE: Final = re.compile(r"^>{1,3} ?[A-Z‘'][^\n]{1,300} ", re.MULTILINE)
_OTHER_MARKS: Final = re.compile(r"[《》〈〉]")
_LOST_MARK: Final = re.compile(r"(?<!\w)\ufffd{1,3}(?=\w)")
_SIGNS: Final = (
    (NOTHING_QUOTED, (SPOKEN, _OTHER_MARKS)),
    (LOST, (_LOST_MARK,)),
    (DASHES, (_DIALOGUE, _DIALOGUE_ABROAD)),
    (EMPHASIS, (_EMPHASISED,)),
    (ANGLES, (_ANGLE,)),
)


def unquoted_warnings(text: str, set_apart: Sequence[Span], *, has_turns: bool) -> tuple[str, ...]:
    """The warnings for a ``text`` without quotes.

    ``set_apart`` are the spans of its lines in bold type and of its headings, in order. ``has_turns``: it was read as a
    transcript or an interview.
    """
    found = tuple(warning for warning, signs in _SIGNS if any(sign.search(text) for sign in signs))
    return (*found, QUESTIONS) if not has_turns and seems_interview(text, set_apart) else found
