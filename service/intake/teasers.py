"""Lines copied with an article that are not part of it: links to other articles, and buttons.

    Read more: ‘The dam will fall’: Max Holt warns town
    ADVERTISEMENT
    MOST READ
    “The dam will fall,” says Max Holt

A teaser is a label followed by a headline, which has no full stop at its end, or one of several headlines below a
label. A text of fewer than two other lines has no teasers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from service.intake.offsets import Span

_LABELS: Final = (
    r"(?:read (?:more|next|also|this)|also read|more (?:on this|to read)|related(?: (?:articles?|stories|story|content|"
    r"coverage|links?|news))?|see also|recommended(?: (?:for you|reading|stories))?|(?:most|trending) (?:read|popular|"
    r"viewed)|trending(?: now)?|don['’]t miss|up next|you (?:may|might) (?:also )?like|more from [^\n:]{1,40}|"
    r"editor['’]?s['’]? picks?|top stories|watch(?: now)?|listen)"
)
_TEASER: Final = re.compile(rf"[*_>•▶►→|\- \t]{{0,6}}{_LABELS}[*_]{{0,3}}[ \t]?(?:[:|»›▶→]|[—–-] ).*", re.IGNORECASE)
_HEADING: Final = re.compile(rf"[*_#•\- \t]{{0,6}}{_LABELS}[*_: \t]{{0,4}}", re.IGNORECASE)
_BUTTON: Final = re.compile(
    r"[*_\[( \t]{0,4}(?:advertisements?|sponsored|(?:story|article) continues (?:below|after)(?: (?:this )?"
    r"advertisement)?|share(?: (?:this )?(?:article|story|on \w+))?|tweet|print|e-?mail|copy link|save|"
    r"subscribe(?: now)?|sign up|facebook|whatsapp|twitter|linkedin|reddit)[*_\]) \t]{0,4}",
    re.IGNORECASE,
)
_SIGN_UP: Final = re.compile(r"[*_ \t]{0,4}(?:sign up (?:for|to)|subscribe to|follow us on)\b.*", re.IGNORECASE)
_LINE: Final = re.compile(r"\S[^\n]*")
_LONGEST: Final = 250  # characters of a teaser
_MOST_BELOW: Final = 12  # headlines below a label
_FEWEST_OTHERS: Final = 2  # lines that are no teasers
_STOPPED: Final = (".", "!", "…")
_CLOSING: Final = " \t\u00a0*_\"'”’»)]"


def teasers(text: str) -> Sequence[Span]:
    """The spans in ``text`` of the lines that are not part of the article, in order."""
    lines = [(line.start(), line.start() + len(line[0].rstrip())) for line in _LINE.finditer(text)]
    found = list(_teasers(text, lines))
    return found if len(lines) - len(found) >= _FEWEST_OTHERS else ()


def _teasers(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    below = 0  # headlines that may still follow the last heading
    for start, end in lines:
        if _HEADING.fullmatch(text, start, end):
            below = _MOST_BELOW
            yield start, end
        elif _BUTTON.fullmatch(text, start, end):
            yield start, end
        elif _may_be_headline(text, start, end) and (
            below or _TEASER.fullmatch(text, start, end) or _SIGN_UP.fullmatch(text, start, end)
        ):
            below = max(0, below - 1)
            yield start, end
        else:
            below = 0


def _may_be_headline(text: str, start: int, end: int) -> bool:
    return end - start <= _LONGEST and not text[start:end].rstrip(_CLOSING).endswith(_STOPPED)
