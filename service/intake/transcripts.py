"""Transcripts without quotation marks: turns that open with the name of who speaks.

    ANA LOPEZ (through translator): We waited nine hours.
    JUDY REED: And then?

Only a text where at least three lines open with a label, two different ones among them and one more than once, is taken
for one. Time is linear in the length.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from service.intake.offsets import Span

_CAPITALS: Final = r"[A-Z][A-Z.'’-]{1,20}(?: [A-Z][A-Z.'’-]{0,20}){0,3}"
_NAME: Final = r"[A-Z][\w.'’-]{1,20}(?: [A-Z][\w.'’-]{0,20}){1,3}"
_ADDED: Final = r"(?:, [^:\n]{1,60})?(?: \([^()\n]{1,40}\))?"
_TURN: Final = re.compile(
    rf"^(?:(?P<label>{_CAPITALS}|{_NAME}){_ADDED}:|(?P<letter>[QA])[:.]) {{1,3}}(?P<words>\S[^\n]*)", re.MULTILINE
)
_FEWEST: Final = 3


def unmarked_turns(text: str) -> Iterator[Span]:
    """Where each labelled line of a transcript has what is said; nothing where the text is none."""
    found = list(_TURN.finditer(text))
    labels = Counter(turn["label"] or turn["letter"] for turn in found)
    if len(found) < _FEWEST or len(labels) < 2 or max(labels.values()) < 2:
        return
    for turn in found:
        yield turn.start("words"), turn.start("words") + len(turn["words"].rstrip())
