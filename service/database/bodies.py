"""Names of organisations and their acronyms: "EPA" for "the Environmental Protection Agency"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from service.database.people import SMALL_WORDS

_ARTICLE = re.compile(r"\Athe\s+", re.IGNORECASE)
_ACRONYM = re.compile(r"(?:[A-Z]\.?){2,8}")
_APART = re.compile(r"[\s\-–—/]+")


def without_article(name: str) -> str:
    """The name without a leading "the"."""
    return _ARTICLE.sub("", name)


def acronym_of(name: str) -> str | None:
    """The letters of a name that is an acronym ("the U.N."), else None."""
    bare = without_article(name)
    return bare.replace(".", "") if _ACRONYM.fullmatch(bare) else None


def initials_of(name: str) -> frozenset[str]:
    """The possible acronyms of a name of several words: with the initials of its small words and without them."""
    words = [word for word in _APART.split(without_article(name).lower()) if word[:1].isalpha()]
    large = [word for word in words if word not in SMALL_WORDS]
    return frozenset("".join(word[0] for word in of).upper() for of in (words, large) if len(of) > 1)


def written_out(names: Iterable[str]) -> Mapping[str, str]:
    """Each acronym among the names, mapped to the only other name that it can stand for. Ambiguous acronyms are left
    out."""
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
    """Whether a text contains a name as a whole, in the same letter case."""
    words = r"\s+".join(map(re.escape, without_article(name).split()))
    return re.search(rf"(?<!\w){words}(?!\w)", text) is not None
