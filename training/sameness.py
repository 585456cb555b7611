"""Whether a returned name and a labelled name mean the same speaker or outlet, even if spelt differently.

Independent of the service's own handling of names and outlets, so that changes there do not change the metrics.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path

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
_KINDS_OF_BODY = _words(
    "company corp co inc ltd llc group organization center centre news magazine poll survey research"
)
"""What the name of a body, or of what it publishes, may leave out."""
_LINKS = _words("a an the of for to in on at from with by and or his her their its who that this one")
"""Small words that make no description: a name may hold them, and they tell no two descriptions apart."""

_OUTLET_NAMES = Path(__file__).with_name("outlet_names.toml")


def same_speaker(returned: str | None, labelled: str | None, kind: str | None = None) -> bool:
    """Whether an answer names the labelled speaker, or is empty if the label is empty or ``UNKNOWN``.

    ``kind`` is the labelled type. Titles, suffixes, accents and case are ignored. A person's given name and surname
    must match, the given name perhaps as an initial or a short form; middle names may be missing, but one part alone is
    not enough if the label has both. An organisation may be given by its initials or its last words, and without its
    kind ("Inc."). A description must share half of its words with the labelled one. Of several joint speakers, one is
    enough.
    """
    if not labelled or labelled == UNKNOWN:
        return returned is None
    if returned is None:
        return False
    together = _parties(labelled)
    return _same_party(returned, labelled, kind) or (
        len(together) > 1 and any(_same_party(one, other, kind) for one in _parties(returned) for other in together)
    )


def same_outlet(returned: str | None, labelled: str | None) -> bool:
    """Whether an answer names the labelled outlet, or neither names one. Programmes and initials count as names."""
    if not returned or not labelled:
        return not returned and not labelled
    return (
        outlet_key(returned) == outlet_key(labelled)
        or _is_acronym(returned, _all_words(labelled))
        or _is_acronym(labelled, _all_words(returned))
    )


def outlet_key(name: str) -> str:
    """A normalised name that all names of an outlet share: its main name, without article, "News", "Channel" or
    ".com"."""
    return re.sub(r" news\b.*", "", _main_name(_main_name(_plain(name))))


def _main_name(name: str) -> str:
    """The main name for a name in plain form, or the name itself, without optional endings."""
    return re.sub(r" (?:news|channel|network|tv|magazine)$", "", _main_names().get(name, name)).removesuffix(".com")


@cache
def _main_names() -> dict[str, str]:
    """The main name of each alternative name, both in plain form."""
    outlets = tomllib.loads(_OUTLET_NAMES.read_text(encoding="utf-8"))
    return {_plain(other): _plain(name) for name, others in outlets.items() for other in others}


def _plain(name: str) -> str:
    return re.sub(r"[^\w&+./: ]", "", _fold(name).replace("-", " ")).strip().removeprefix("the ")


def _parties(name: str) -> list[str]:
    return re.split(r",\s*|\s+and\s+", name)


def _same_party(returned: str, labelled: str, kind: str | None) -> bool:
    given, right = _name_words(returned), _name_words(labelled)
    if not given or not right or given == right:
        return bool(given) and given == right
    if kind != "person" and (
        _is_same_body(given, right) or _is_acronym(returned, right) or _is_acronym(labelled, given)
    ):
        return True
    if _is_description(labelled):
        return _alike(set(given) - _LINKS, set(right) - _LINKS)
    return _is_same_person(given, right) if kind == "person" else _is_same_name(given, right)


def _is_same_person(given: Sequence[str], right: Sequence[str]) -> bool:
    if 1 in (len(given), len(right)) or not _is_same_given_name(given[0], right[0]):
        return False
    return given[-1] == right[-1] or set(given) <= set(right) or set(right) <= set(given)


def _is_same_given_name(one: str, other: str) -> bool:
    return one[:3] == other[:3] or (1 in (len(one), len(other)) and one[0] == other[0])


def _is_same_name(given: Sequence[str], right: Sequence[str]) -> bool:
    """Whether two names are the same that are not, or may not be, names of a person."""
    if len(given) == 1 < len(right):
        return False
    part_of_it, all_of_it = set(given) <= set(right), set(right) <= set(given)
    if given[-1] == right[-1]:
        return part_of_it or all_of_it or given[0][:3] == right[0][:3]
    return part_of_it or (all_of_it and len(right) > 1)


def _is_same_body(given: Sequence[str], right: Sequence[str]) -> bool:
    """Whether the names differ only in the kind of organisation, and have something else in common."""
    one, other = ([word for word in name if word not in _KINDS_OF_BODY] for name in (given, right))
    return one == other != []


def _is_acronym(short: str, words: Collection[str]) -> bool:
    """Whether ``short`` consists of at least three capital letters, the initials of the words."""
    letters = re.sub("[^A-Za-z]", "", short)
    return len(letters) > 2 and letters.isupper() and letters.lower() == "".join(w[0] for w in words if w not in _LINKS)


def _name_words(name: str) -> Sequence[str]:
    """The words of the name without titles; a name of only titles ("The Governor") keeps them."""
    words = _all_words(name)
    return [w for w in words if w not in _NOT_OF_THE_NAME] or words


def _all_words(name: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub("[’']s", "", _fold(name)))


def _is_description(name: str) -> bool:
    """Whether it is a noun phrase ("a senior official") rather than a name."""
    return any(word[0].islower() and word not in _LINKS for word in re.findall(r"[\w’']+", name))


def _alike(these: set[str], those: set[str]) -> bool:
    """Whether the Dice coefficient of two sets of words is at least a half."""
    common = len(these & those)
    return common > 0 and 4 * common >= len(these) + len(those)


def _fold(text: str) -> str:
    """Lower case without accents, with ligatures and full-width forms normalised."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
