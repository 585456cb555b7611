"""Words that look like the name of a news outlet, whether or not the registry knows it.

The network reads outlets by a feature of their words. The registry cannot have every local radio show, so names that
are built as outlets' names are get a value of their own: "The Jane Doe Show", "KXYZ", "InsideStories", "Example.com".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from service.attribution.outlet_naming import TITLE_WORDS
from service.attribution.records import Span

_PROGRAMME_WORDS = frozenset({"show", "podcast", "hour", "tonight", "today", "morning", "live", "report", "update"})
_COMPANY_WORDS = frozenset({"network", "channel", "broadcasting", "newspapers", "online", "wire", "media", "newswire"})
# In other news these are mostly people, parties and places.
_MOSTLY_OTHER = frozenset({"republican", "democrat", "leader", "reporter", "world", "republic", "citizen"})
_TELLING = (TITLE_WORDS | _PROGRAMME_WORDS | _COMPANY_WORDS) - _MOSTLY_OTHER
_NOUNS_AFTER = r"(?:magazine|newspaper|radio|television|podcast|news agency|news site|news website)\b"
_CAPITALISED = r"[A-Z0-9][\w'’&.-]{0,30}"
_NAME = re.compile(rf"(?<![\w'’.-]){_CAPITALISED}(?:[ \u00a0](?:of |the |and |for |& )?{_CAPITALISED}){{0,6}}")
_NOUN_AFTER = re.compile(rf"[\"”’']? {_NOUNS_AFTER}")
_ONE_WORD = re.compile(
    r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?"  # a call sign
    r"|(?!Mc|Mac|De|Di|La|Le|Van|Fitz)[A-Z][a-z]{2,}[A-Z][a-z]{2,}\w*"  # a coined name
    r"|[\w-]+\.(?:com|org|net|news|tv|ie|co\.uk)"
)
_MARKS = ".,'’&-"


def likely_outlets(text: str) -> Iterator[Span]:
    """Spans (code points, half-open) that are built like an outlet's name, in order and without overlaps.

    Time is linear in ``text``: no name is longer than a bounded number of words of bounded length.
    """
    for found in _NAME.finditer(text):
        words = found.group().replace("\u00a0", " ").split(" ")
        if _tells(words) or _NOUN_AFTER.match(text, found.end()):
            yield Span(found.start(), found.end() - (len(found.group()) - len(found.group().rstrip(_MARKS))))


def _tells(words: list[str]) -> bool:
    """Whether a word after the first is one that outlets' names have, or a lone word is coined as theirs are."""
    bare = [word.strip(_MARKS).removesuffix("’s").removesuffix("'s") for word in words]
    return any(word.lower() in _TELLING for word in bare[1:]) or any(map(_ONE_WORD.fullmatch, bare))
