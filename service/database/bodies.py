"""Names of organisations, and the acronyms that they go by: "EPA" for "the Environmental Protection Agency"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from service.database.people import SMALL_WORDS

_ARTICLE = re.compile(r"\Athe\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,8}")
_APART = re.compile(r"[\s\-–—/]+")


def without_article(name: str) -> str:
    """The name without "the" before it."""
    return _ARTICLE.sub("", name)


def acronym_of(name: str) -> str | None:
    """The letters of a name that is an acronym ("the U.N."), else None."""
    bare = without_article(name)
    return bare.replace(".", "") if _ACRONYM.fullmatch(bare) else None


def initials_of(name: str) -> frozenset[str]:
    """The acronyms that a name of several words may have: with its small words' letters and without."""
    words = [word for word in _APART.split(without_article(name).lower()) if word[:1].isalpha()]
    large = [word for word in words if word not in SMALL_WORDS]
    return frozenset("".join(word[0] for word in of).upper() for of in (words, large) if len(of) > 1)


def written_out(names: Iterable[str]) -> Mapping[str, str]:
    """Of the names, each acronym with the one name that it may stand for; those that may stand for two are left out."""
    by_initials: defaultdict[str, list[str]] = defaultdict(list)
    acronyms: dict[str, str] = {}
    for name in names:
        if acronym := acronym_of(name):
            acronyms[name] = acronym
        else:
            for initials in initials_of(name):
                by_initials[initials].append(name)
    return {name: by_initials[letters][0] for name, letters in acronyms.items() if len(by_initials[letters]) == 1}


def stands_in(name: str, text: str) -> bool:
    """Whether a text has a name, as it is written and in one piece."""
    words = r"\s+".join(map(re.escape, without_article(name).split()))
    return re.search(rf"(?<!\w){words}(?!\w)", text) is not None
