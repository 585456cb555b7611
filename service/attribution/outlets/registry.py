"""The outlets of an article: where known ones are named, and which outlet a span of it stands for.

All offsets are code points into the article, half-open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

from service.attribution.outlets import evidence
from service.attribution.outlets.known import SHIPPED_REGISTRY, KnownOutlet, read_outlets
from service.attribution.outlets.matcher import OutletMatch, OutletMatcher, OutletMatchKind
from service.attribution.outlets.unlisted import (
    CALL_SIGN,
    NamedBefore,
    is_generic,
    last_introduced,
    media_of,
    outlet_name,
    slug,
    taken_up_noun,
)
from service.attribution.text import Span
from service.data.outlet_words import MEDIA

__all__ = ["KnownOutlet", "OutletIdentity", "OutletMatch", "OutletMatchKind", "OutletRegistry"]

_PRIORITY: dict[OutletMatchKind, int] = {"name": 0, "domain": 1, "short": 2, "programme": 3}
_REACH = 20_000  # characters before "the paper" in which its antecedent is sought
_MOST_UNLISTED = 50  # names of outlets that are not known, of which the antecedent is one
_AFFILIATE = re.compile(
    r"(?:['’]s)?,? (?:(?:local|sister|TV|television|radio|news) ){0,2}"
    rf"(?:(?:affiliate|station|affiliated station) (?:in [A-Z][\w. ]{{1,30}}, )?(?P<station>{CALL_SIGN}(?![\w-]))"
    r"|affiliate (?P<named>[A-Z][\w&]*(?: [A-Z0-9][\w&]*){0,3}))"
)
_EDITION = re.compile(r"(?:\s[A-Z0-9][\w.&]*){1,3}")


@dataclass(frozen=True, slots=True)
class OutletIdentity:
    """An outlet as the answer gives it: its key and name in the registry, or a slug and the article's own words."""

    id: str
    name: str
    wikidata: str | None = None


class OutletRegistry:
    """The known outlets. Not changed after construction, so threads may share one."""

    def __init__(self, outlets: Iterable[KnownOutlet]) -> None:
        """Raises ``ValueError`` where two outlets claim one id or one name."""
        self.outlets = tuple(outlets)
        ids: set[str] = set()
        for outlet in self.outlets:
            if outlet.id in ids:
                raise ValueError(f"the outlet id {outlet.id!r} is given twice")
            ids.add(outlet.id)
        self._ids = frozenset(ids)
        self._matcher = OutletMatcher(self.outlets)

    @classmethod
    def load(cls, path: Path | None = None) -> OutletRegistry:
        """Read a registry file, the shipped one by default. Raises ``ValueError`` where it is malformed."""
        return cls(read_outlets(path or SHIPPED_REGISTRY))

    def knows(self, identity: OutletIdentity) -> bool:
        """Whether it is one of the known outlets."""
        return identity.id in self._ids

    def find(self, text: str) -> tuple[OutletMatch, ...]:
        """Every mention of a known outlet in the article, in order and without overlaps; the longest name wins.

        Words are matched whole; a possessive ending and a lower-case "the" stay outside the span. Short names count
        only where the article names their outlet in full, and mean the one last named so. Time is linear in ``text``.
        """
        return self._matcher.find(text)

    def identify(
        self, text: str, start: int, end: int, matches: Sequence[OutletMatch], likely: Sequence[Span] = ()
    ) -> OutletIdentity | None:
        """Name the outlet that ``text[start:end]`` stands for; ``matches`` is what ``find`` gave for ``text``.

        A known outlet gets its key and name, also through one of its programmes. "The paper" is the paper last named
        before it, one of ``likely``, which are names built like outlets', among them; ``None`` if there is none. Any
        other outlet keeps the name that the article gives it.
        """
        after = range(bisect_right(matches, start, key=lambda m: m.end), len(matches))
        inside = list(takewhile(lambda m: m.start < end, (matches[i] for i in after)))
        if station := _station(text, end, inside):
            return self.identify(text, *station, matches)
        if inside:
            best = min(inside, key=lambda m: (m.ambiguous, _PRIORITY[m.kind], m.start))
            return _edition(text, best, end) or _known(best.outlet)
        words = text[start:end]
        if noun := taken_up_noun(words):
            return _taken_up(text, start, noun, matches, likely)
        name = outlet_name(words)
        known = self._matcher.lookup(name) or self._matcher.lookup_handle(name)
        return _known(known) if known else _unknown(name)


def _station(text: str, end: int, inside: Sequence[OutletMatch]) -> tuple[int, int] | None:
    """The station of which a span names the network, and perhaps the station too: "NBC affiliate KXAS"."""
    for network in (match.end for match in inside):
        if found := _AFFILIATE.match(text, network):
            return found.span(found.lastgroup or 0)
    found = None if inside else _AFFILIATE.match(text, end)
    return found.span(found.lastgroup or 0) if found else None


def _taken_up(
    text: str, start: int, noun: str, matches: Sequence[OutletMatch], likely: Sequence[Span]
) -> OutletIdentity | None:
    """The outlet that "the newspaper" at ``start`` takes up: the last before it of which the noun can be said."""
    reach = max(0, start - _REACH)
    before = reversed(range(bisect_right(matches, start, key=lambda m: m.end)))
    near = takewhile(lambda m: m.start >= reach, (matches[i] for i in before))
    fitting = [m for m in near if m.outlet.medium in MEDIA[noun]]
    known = next((m for m in fitting if not m.ambiguous), fitting[0] if fitting else None)
    others = (
        last_introduced(text, reach, start, noun),
        _last_likely(text, Span(reach, start), noun, matches, likely, credited=known is not None),
    )
    last = max(filter(None, others), key=lambda named: named.start, default=None)
    if last and (known is None or last.start > known.end):
        return _unknown(last.name)
    return _known(known.outlet) if known else None


def _last_likely(
    text: str, within: Span, noun: str, matches: Sequence[OutletMatch], likely: Sequence[Span], *, credited: bool
) -> NamedBefore | None:
    """The last outlet that is not known and by its own name is what the noun says; ``credited``: as an outlet."""
    before = reversed(range(bisect_right(likely, within.end, key=lambda span: span.end)))
    near = takewhile(lambda span: span.start >= within.start, (likely[i] for i in islice(before, _MOST_UNLISTED)))
    for span in near:
        name = text[span.start : span.end]
        fits = MEDIA[noun] & media_of(name) and not _meets_known(span, matches)
        if fits and (not credited or evidence.is_credited(text, span.start, span.end)):
            return NamedBefore(outlet_name(name), span.start)
    return None


def _meets_known(span: Span, matches: Sequence[OutletMatch]) -> bool:
    first = bisect_right(matches, span.start, key=lambda match: match.end)
    return first < len(matches) and matches[first].start < span.end


def _edition(text: str, match: OutletMatch, end: int) -> OutletIdentity | None:
    """The edition or sister that a known name and the rest of its span make up ("POLITICO Florida"), if any."""
    rest = text[match.end : end].rstrip(" ,.;:!?\"”’'")
    if match.kind != "name" or not _EDITION.fullmatch(rest):
        return None
    return _unknown(text[match.start : match.end] + rest)


def _known(outlet: KnownOutlet) -> OutletIdentity:
    return OutletIdentity(outlet.id, outlet.name, outlet.wikidata)


def _unknown(name: str) -> OutletIdentity | None:
    name = " ".join(name.split())
    return OutletIdentity(slug(name), name) if name and not is_generic(name) else None
