"""Brings speakers and outlets into agreement: who reports is not who speaks, and who speaks is no outlet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from service.attribution.mentions.index import NameIndex
from service.attribution.model.decoding import Pointing, Reading
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.quotations import Quotation
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.resolve.speakers import SpeakerAnswer
from service.attribution.text import Span

HALVES_APART: Final = 80
"""Characters of narration between the halves of a split quote, at most."""

_OUTLET_TYPES: Final = frozenset({"organization", "document"})

Credits = Sequence[OutletAnswer | None]
Speakers = Sequence[SpeakerAnswer | None]


def without_reporter(text: str, reading: Reading, credit: OutletAnswer | None) -> Reading:
    """The reading with the outlet that only passed the words on taken out of the places that may name the speaker."""
    if credit is None or credit.role == "own":
        return reading
    outlet = _folded(text, credit.mention)

    def others(pointing: Pointing) -> Pointing:
        kept = (c for c in pointing.candidates if _folded(text, c.span) != outlet and not c.span.meets(credit.mention))
        return replace(pointing, candidates=tuple(kept))

    pointers = reading.pointers
    return replace(
        reading, pointers={**pointers, "mention": others(pointers["mention"]), "name": others(pointers["name"])}
    )


def own_words(reading: Reading, speaker: SpeakerAnswer | None, credit: OutletAnswer | None) -> SpeakerAnswer | None:
    """The speaker; where an outlet is credited with its own words, that outlet, by its name."""
    if credit is None or credit.role != "own" or reading.best("type") not in _OUTLET_TYPES:
        return speaker
    mention = speaker.mention if speaker is not None else None
    return SpeakerAnswer(credit.identity.name, mention, credit.confidence)


@dataclass(frozen=True, slots=True)
class OutletAgreement:
    """What is needed to bring the outlets of one article into agreement; ``matches`` are those the registry knows."""

    text: str
    names: NameIndex
    matches: Sequence[OutletMatch]

    def settle(
        self, quotations: Sequence[Quotation], speakers: Speakers, credits: Credits
    ) -> list[OutletAnswer | None]:
        """The outlets, without people who are quoted in the article, and one for both halves of a split quote."""
        people = {s.name for s in speakers if s is not None and " " in s.name}
        settled = [None if c is not None and self._is_one_of(people, c.mention) else c for c in credits]
        for a, b in self._halves(quotations, speakers):
            for named, carried in ((a, b), (b, a)):
                if _overrules(settled[named], settled[carried]):
                    settled[carried] = settled[named]
        return settled

    def _is_one_of(self, people: set[str], mention: Span) -> bool:
        """Whether the words at ``mention``, which the registry knows nothing of, name one of ``people``."""
        if self.names.name_of(mention) not in people:
            return False
        return not any(mention.meets(Span(match.start, match.end)) for match in self.matches)

    def _halves(self, quotations: Sequence[Quotation], speakers: Speakers) -> Iterator[tuple[int, int]]:
        """Neighbouring quotes of one speaker in one paragraph, with a short clause between."""
        outermost = [i for i, quotation in enumerate(quotations) if quotation.parent is None]
        for a, b in pairwise(outermost):
            one, other = speakers[a], speakers[b]
            between = self.text[quotations[a].outer.end : quotations[b].outer.start]
            same = one is not None and other is not None and one.name == other.name
            if same and len(between) <= HALVES_APART and "\n" not in between:
                yield a, b


def _overrules(named: OutletAnswer | None, carried: OutletAnswer | None) -> bool:
    """Whether a quote's outlet, named in its own sentence, is another than its other half's, which is carried over."""
    if named is None or carried is None:
        return False
    return named.basis == "sentence" and carried.basis == "context" and named.identity != carried.identity


def _folded(text: str, span: Span) -> str:
    return text[span.start : span.end].lower().removeprefix("the ")
