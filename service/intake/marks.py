"""Quotation marks as far as they can be recognised without the engine, and adding marks around a passage.

Every pattern reads a bounded stretch at each mark, so the time is linear in the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.intake.offsets import Edit

SINGLE_OPENING = frozenset("‘'‚‹『")
OPENING = SINGLE_OPENING | frozenset('“„‟"＂«〝「')
_AS_SINGLE = {
    **{"“": "‘", "”": "’", "„": "‚", "‟": "‘", "〝": "‘", "〞": "’", '"': "'", "＂": "'"},
    **{"«": "‹", "»": "›", "「": "『", "」": "』", "``": "‘", "‘‘": "‘", "''": "’", "’’": "’"},
}
_DOUBLE = re.compile("|".join(map(re.escape, _AS_SINGLE)))
_MEASURE = r"(?<=\d)(?:[\"”＂]|''|’’)"
DOUBLE = re.compile(rf"(?!{_MEASURE})(?:{_DOUBLE.pattern})")
"""Double quotation marks, except after a digit, where they may mean inches."""

_SINGLE_PAIR = (
    r"(?<!\w)[‘'‚](?=\w)(?!\d0s)[^\n]{1,300}?[.,!?…][’‘'](?!\w)"  # closed after punctuation, so not apostrophes
)
SPOKEN = re.compile(rf"{DOUBLE.pattern}|[‹›『』]|{_SINGLE_PAIR}")
"""Marks that show that something is quoted."""

_ONE = r"“”„‟〝〞\"＂«»「」"
_ASIDE = re.compile(
    rf"(?:(?<=\w )[{_ONE}][^{_ONE}\n]{{1,30}}+|[{_ONE}][^{_ONE}\n]{{1,200}}+(?<![.,!?…\s]))[{_ONE}]"
)  # a few words within a sentence, or any without final punctuation


def is_marked(passage: str) -> bool:
    """Whether a passage has quotation marks of its own around speech; scare quotes and titles do not count."""
    if passage[:1] in SINGLE_OPENING:
        return True
    rest = _ASIDE.sub("", passage)
    return DOUBLE.search(rest) is not None or 2 * len(rest) < len(passage)


def put_around(passage: str, start: int) -> Iterator[Edit]:
    """The edits that put marks around a passage, which begins at ``start``. Every paragraph gets an opening mark, only
    the last a closing one. Double marks within become single."""
    for line in re.finditer(r"\S[^\n]*", passage):
        yield Edit(start + line.start(), start + line.start(), "“")
        for mark in _DOUBLE.finditer(passage, *line.span()):
            yield Edit(start + mark.start(), start + mark.end(), _AS_SINGLE[mark[0]])
    yield Edit(start + len(passage), start + len(passage), "”")
