"""The words that tell outlets: the nouns that say what an outlet is, what it has, and how its name is built.

All entries are in small letters. The outlets themselves are in ``outlets.toml``.
"""

from __future__ import annotations

from typing import Final, Literal

from service.data.word_lists import MONTHS_AND_DAYS, fold

Medium = Literal["newspaper", "magazine", "broadcaster", "agency", "website"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NEWSPAPER: Final[frozenset[Medium]] = frozenset({"newspaper"})
_MAGAZINE: Final[frozenset[Medium]] = frozenset({"magazine"})
_BROADCASTER: Final[frozenset[Medium]] = frozenset({"broadcaster"})
_AGENCY: Final[frozenset[Medium]] = frozenset({"agency"})
_ONLINE: Final[frozenset[Medium]] = _NEWSPAPER | _MAGAZINE | _BROADCASTER | {"website"}

MEDIA: Final[dict[str, frozenset[Medium]]] = {
    **dict.fromkeys(("newspaper", "paper", "daily", "tabloid", "broadsheet"), _NEWSPAPER),
    "weekly": _NEWSPAPER | _MAGAZINE,
    **dict.fromkeys(("magazine", "journal"), _MAGAZINE),
    **dict.fromkeys(("broadcaster", "network", "channel", "station", "programme", "program", "show"), _BROADCASTER),
    "agency": _AGENCY,
    **dict.fromkeys(("website", "site", "publication"), _ONLINE),
    "outlet": _ONLINE | _AGENCY,
}
"""The nouns that "the ..." may take up a named outlet with, and the kinds of outlet that each can mean."""

OUTLET_NOUNS: Final = _words(
    "newspaper newspapers magazine website site blog channel network tabloid weekly daily agency paper"
)
"""Those that stand after an outlet's name: "the China Daily newspaper"."""

STAFF: Final = _words(
    """reporter correspondent columnist editor host anchor journalist presenter critic contributor analyst commentator
    producer writer blogger political chief bureau"""
)

PIECES: Final = _words(
    """interview article report story op-ed column editorial essay documentary podcast investigation poll analysis
    profile review event forum panel appearance"""
)
"""What an outlet publishes, broadcasts or holds."""

PROOFS: Final = (
    _words("magazine newspaper daily weekly tabloid paper website programme program show podcast broadcaster network")
    | _words("channel reporter columnist correspondent editor editorial journalist critic bureau interview op-ed story")
    | _words("article report investigation analysis poll")
)
"""Nouns that prove the name before them to be an outlet's: "Time magazine", "a Time reporter"."""

TITLE_WORDS: Final = _words(
    """advertiser advocate beacon bulletin chronicle citizen courier daily dealer democrat dispatch echo enquirer
    examiner express fm gazette globe guardian herald independent inquirer journal leader ledger magazine mail mercury
    mirror monitor news observer post press radio record register reporter republic republican review sentinel standard
    star sun telegram telegraph television times tribune tv voice weekly world"""
)
"""Last words of the names of papers and stations: "Cleveland's Plain Dealer" is one, "KXYZ's Jane Doe" is not."""

PROGRAMME_WORDS: Final = _words("show podcast hour tonight today morning live report update")
COMPANY_WORDS: Final = _words("network channel broadcasting newspapers online wire media newswire")

MOSTLY_OTHER: Final = _words("republican democrat leader reporter world republic citizen")
"""Of the words of titles those that are mostly in the names of people, parties and places."""

MEDIA_BY_NAME: Final[dict[str, frozenset[Medium]]] = {
    **dict.fromkeys(TITLE_WORDS - MOSTLY_OTHER, _NEWSPAPER),
    **dict.fromkeys(("magazine", "review", "weekly"), _MAGAZINE | _NEWSPAPER),
    **dict.fromkeys(("fm", "radio", "television", "tv", "channel", "broadcasting"), _BROADCASTER),
    **dict.fromkeys(("news", "media", "network"), _NEWSPAPER | _BROADCASTER | {"website"}),
    **dict.fromkeys(("agency", "newswire", "wire"), _AGENCY),
}
"""What an outlet may be with such a word in its name: the last one tells."""

GENERIC: Final = _words(
    """tv television radio special interview interviews show programme program broadcast broadcasts podcast channel
    network news media press report reports video clip segment episode debate forum town hall"""
)
"""Of these words alone no name consists: "TV special"."""

QUALIFIERS: Final = _words("news tv television radio public state local online wire cable")
"""What may stand before the noun that says what an outlet is: "the Courier news website"."""

TAKING_UP: Final = _words("the this that same news tv television radio cable")
"""What may stand before a noun that takes an outlet up."""

CAPITALISED_OTHERWISE: Final = MONTHS_AND_DAYS | _words(
    "the a an of and for on in at to with by from as but or if when"
)
"""Words with a capital for grammar's sake or the calendar's: no part of a name that follows."""


def bare_name(name: str) -> str:
    """An outlet's name without what differs from one mention of it to the next: case, accents, blanks and "the"."""
    return " ".join(fold(name).split()).removeprefix("the ")
