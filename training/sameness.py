"""When a returned name means the same speaker or the same outlet as the label does, spelt differently or not.

Kept apart from the product's own reading of names and outlets, so that a change there never moves the measure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

UNKNOWN = "UNKNOWN"
"""The label of a speaker whom a reader cannot identify."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TITLES = (
    _words("mr mrs ms miss dr prof professor sir lord lady dame hon king queen prince princess pope rev reverend")
    | _words("president vice prime minister secretary chancellor governor gov mayor first former spokesperson")
    | _words("senator sen representative rep congressman congresswoman spokesman spokeswoman")
    | _words("judge justice attorney sheriff officer detective chief director chairman chairwoman ceo coach")
    | _words("gen general lt col colonel maj major capt captain adm admiral sgt")
)
_SUFFIXES = _words("jr sr ii iii iv md phd")
_NOT_OF_THE_NAME = _TITLES | _SUFFIXES | {"the"}
_LINKS = _words("a an the of for to in on at from with by and or his her its their who that this one")
"""Small words that make no description: a name may hold them, and they tell no two descriptions apart."""

_OTHER_NAMES = {
    "abc": ("abcnews", "good morning america", "this week"),
    "agence france-presse": ("afp",),
    "associated press": ("ap",),
    "breitbart": ("breitbart news daily",),
    "cbs": ("60 minutes", "cbs this morning", "face the nation"),
    "cnn": ("cnn international", "new day", "state of the union"),
    "fivethirtyeight": ("538",),
    "fox": ("fox & friends", "fox and friends", "fox business", "fox business network", "fox news sunday"),
    "huffpost": ("huffington post", "huffpo", "huffpost live"),
    "msnbc": ("hardball", "morning joe"),
    "nbc": ("meet the press", "nightly", "today", "today show"),
    "new york times": ("nyt",),
    "politico": ("politico magazine",),
    "wall street journal": ("wsj",),
    "washington post": ("wapo",),
}
"""What a label or an answer may call an outlet instead of its name, its programmes among them."""
_MAIN_NAME = {other: name for name, others in _OTHER_NAMES.items() for other in others}


def same_speaker(returned: str | None, labelled: str | None) -> bool:
    """Whether an answer names the labelled speaker: none at all where the label is empty or ``UNKNOWN``.

    Titles, suffixes, accents and case do not count. A surname alone is not enough where the label has a fuller name,
    for that is the fullest in the article; initials, short forms of the given name and left out middle names are. A
    description must share half of its words with the labelled one. Of people who speak together, one will do.
    """
    if not labelled or labelled == UNKNOWN:
        return returned is None
    if returned is None:
        return False
    together = _parties(labelled)
    return _same_party(returned, labelled) or (
        len(together) > 1 and any(_same_party(one, other) for one in _parties(returned) for other in together)
    )


def same_outlet(returned: str | None, labelled: str | None) -> bool:
    """Whether an answer names the labelled outlet, or neither names any."""
    if not returned or not labelled:
        return not returned and not labelled
    return outlet_key(returned) == outlet_key(labelled)


def outlet_key(name: str) -> str:
    """What all names of an outlet have in common: no article, no "News", "Channel" or ".com", the main name."""
    key = re.sub(r"[^\w&+. -]", "", _fold(name)).strip().removeprefix("the ")
    key = _MAIN_NAME.get(key, key)
    key = re.sub(r" (?:news|channel|network|tv|magazine)$", "", key).removesuffix(".com")
    return re.sub(r" news\b.*", "", _MAIN_NAME.get(key, key))


def _parties(name: str) -> list[str]:
    return re.split(r",\s*|\sand\s", name)


def _same_party(returned: str, labelled: str) -> bool:
    given, right = _name_words(returned), _name_words(labelled)
    if given == right:
        return bool(given)
    if _is_description(labelled):
        return _alike(set(given) - _LINKS, set(right) - _LINKS)
    if not given or not right or len(given) == 1 < len(right):
        return False
    part_of_it, all_of_it = set(given) <= set(right), set(right) <= set(given)
    if given[-1] == right[-1]:
        return part_of_it or all_of_it or given[0][:3] == right[0][:3]
    return part_of_it or (all_of_it and len(right) > 1)


def _name_words(name: str) -> Sequence[str]:
    """The words that make the name; a name of nothing but titles ("The Governor") keeps them."""
    words = re.findall(r"[a-z0-9]+", re.sub("[’']s", "", _fold(name)))
    return [w for w in words if w not in _NOT_OF_THE_NAME] or words


def _is_description(name: str) -> bool:
    """Whether it is a noun phrase ("a senior official") rather than a name."""
    return any(word[0].islower() and word not in _LINKS for word in re.findall(r"[\w’']+", name))


def _alike(these: set[str], those: set[str]) -> bool:
    """Whether two sets of words have a Dice coefficient of a half at least."""
    common = len(these & those)
    return common > 0 and 4 * common >= len(these) + len(those)


def _fold(text: str) -> str:
    """Lower case, without accents, ligatures and wide forms undone."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
