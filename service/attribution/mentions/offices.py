"""Who holds an office in an article: "the senator" is, as a rule, the one that was last introduced as a senator."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.attribution.text import Word
from service.data import lexicon

Office = tuple[bool, str]
"""Whether somebody is only the deputy, and the office, in full and for either sex."""

_IN_FULL = {
    **{"sen": "senator", "gov": "governor", "rep": "representative", "prof": "professor", "dr": "doctor"},
    **{"congressman": "representative", "congresswoman": "representative", "gen": "general", "col": "colonel"},
    **{"councilwoman": "councilman", "chairwoman": "chairman", "chair": "chairman", "chairperson": "chairman"},
    **{"spokeswoman": "spokesman", "spokesperson": "spokesman", "capt": "captain", "sgt": "sergeant"},
    **{"adm": "admiral", "lt": "lieutenant", "supt": "superintendent", "cllr": "councillor", "premier": "minister"},
}
_DEPUTIES = frozenset({"vice", "deputy", "assistant", "associate"})
_DEFINITE = frozenset({"the", "this"})
_PHRASE_ENDS = lexicon.PREPOSITIONS | lexicon.RELATIVES | {"and"}


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with an office, by name, and where the article says so."""

    start: int
    name: str


class Offices:
    """The offices that the people of one article are introduced with."""

    def __init__(self, introductions: Iterable[tuple[Sequence[Word], Holder]]) -> None:
        """``introductions``: the words before each name, in the order of the text."""
        self._holders: dict[Office, list[Holder]] = defaultdict(list)
        for words, holder in introductions:
            if (office := _office([w.folded for w in words])) is not None:
                self._holders[office].append(holder)

    def holder(self, phrase: Sequence[Word]) -> str | None:
        """Whom a definite phrase like "the Vermont senator" means: who was last introduced so before it, else after."""
        words = [w.folded for w in phrase]
        if not words or words[0] not in _DEFINITE:
            return None
        end = next((i for i, word in enumerate(words) if i and word in _PHRASE_ENDS), len(words))
        if not lexicon.is_title(words[end - 1]):
            return None
        holders = self._holders.get(_office(words[:end]) or (False, ""), [])
        before = bisect_left(holders, phrase[0].start, key=lambda holder: holder.start)
        return holders[max(0, before - 1)].name if holders else None


def _office(words: Sequence[str]) -> Office | None:
    """The office that the last title among folded words tells."""
    titles = [word for word in words if lexicon.is_title(word)]
    return (not _DEPUTIES.isdisjoint(titles), _IN_FULL.get(titles[-1], titles[-1])) if titles else None
