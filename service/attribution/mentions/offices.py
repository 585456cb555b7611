"""Resolves definite descriptions: "the senator" is usually the person last introduced as a senator, "the committee" the
body of that kind last named."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from service.attribution.mentions.titles import is_role
from service.attribution.text import Word
from service.data import word_lists

Office = tuple[bool, str]
"""Whether the holder is only the deputy, and the office in full form, the same for either sex."""

_IN_FULL = {
    **{"sen": "senator", "gov": "governor", "rep": "representative", "prof": "professor", "dr": "doctor"},
    **{"congressman": "representative", "congresswoman": "representative", "gen": "general", "col": "colonel"},
    **{"councilwoman": "councilman", "chairwoman": "chairman", "chair": "chairman", "chairperson": "chairman"},
    **{"spokeswoman": "spokesman", "spokesperson": "spokesman", "capt": "captain", "sgt": "sergeant"},
    **{"adm": "admiral", "lt": "lieutenant", "supt": "superintendent", "cllr": "councillor", "premier": "minister"},
}
_DEPUTIES = frozenset({"vice", "deputy", "assistant", "associate"})
_DEFINITE = frozenset({"the", "this"})
_RECENT = 50
"""The places before a description to search for the body it means."""
_COMPLEMENTS = word_lists.PREPOSITIONS - {"of"}
_PHRASE_ENDS = word_lists.PREPOSITIONS | word_lists.RELATIVES | {"and"}


@dataclass(frozen=True, slots=True)
class Holder:
    """The holder of an office, by name, and the place where the article says so."""

    start: int
    name: str


class Offices:
    """The offices with which the people of one article are introduced."""

    def __init__(self, introductions: Iterable[tuple[Sequence[Word], Holder]]) -> None:
        """``introductions`` are the words before each name, in the order of the text."""
        self._holders: dict[Office, list[tuple[frozenset[str], Holder]]] = defaultdict(list)
        for words, holder in introductions:
            folded = [w.folded for w in words]
            if (office := _office(folded)) is not None:
                self._holders[office].append((frozenset(folded), holder))

    def holder(self, phrase: Sequence[Word]) -> str | None:
        """The person meant by a definite phrase such as "the Vermont senator": the last one introduced before it with
        all of its words, else with the office alone, else the first one after it."""
        words = _definite(phrase)
        if not words or not is_role(words[-1]):
            return None
        holders = self._holders.get(_office(words) or (False, ""), [])
        if not holders:
            return None
        before = bisect_left(holders, phrase[0].start, key=lambda item: item[1].start)
        wanted = set(words[1:-1])
        told = (holder for own, holder in holders[max(0, before - _RECENT) : before][::-1] if wanted <= own)
        return next(told, holders[max(0, before - 1)][1]).name


class Bodies:
    """The organisations of one article by the nouns that stand for them."""

    def __init__(self, named: Iterable[tuple[Sequence[str], Holder]]) -> None:
        """``named`` are the folded words of each organisation's name at each place, in the order of the text."""
        self._by_kind: dict[str, list[tuple[frozenset[str], Holder]]] = defaultdict(list)
        for words, holder in named:
            heads = {singular for word in words if (singular := word_lists.organisation_head(word)) is not None}
            kinds = heads | {kind for head in heads for kind in word_lists.BODY_KINDS.get(head, ())}
            for kind in kinds & word_lists.BODIES:
                self._by_kind[kind].append((frozenset(words), holder))

    def body(self, phrase: Sequence[Word]) -> str | None:
        """The body meant by a definite phrase: the last one named before it that has all of its words, "the health
        department"; for a bare noun, or if none has all words, the last one of its kind."""
        words = _definite(phrase)
        named = self._by_kind.get(words[-1], []) if words else []
        before = bisect_left(named, phrase[0].start, key=lambda item: item[1].start) if named else 0
        recent = named[max(0, before - _RECENT) : before][::-1]
        wanted = set(words[1:-1])
        return next((holder.name for own, holder in recent if wanted <= own), None)


def _definite(phrase: Sequence[Word]) -> list[str]:
    """The folded words of a definite phrase up to its noun; empty if it is not definite."""
    words = [w.folded for w in phrase]
    if not words or words[0] not in _DEFINITE:
        return []
    return words[: next((i for i, word in enumerate(words) if i and word in _PHRASE_ENDS), len(words))]


def _office(words: Sequence[str]) -> Office | None:
    """The office in the last title among folded words, before any complement."""
    end = next((k for k, word in enumerate(words) if k and word in _COMPLEMENTS), len(words))
    titles = [word for word in words[:end] if is_role(word)]
    return (not _DEPUTIES.isdisjoint(titles), _IN_FULL.get(titles[-1], titles[-1])) if titles else None
