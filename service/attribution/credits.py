"""Which outlet an article credits with each quote: weighs every place that names an outlet against "none"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from service.attribution.decoding import Reading, gather
from service.attribution.outlets import OutletIdentity, OutletMatch, OutletRegistry
from service.attribution.records import OutletBasis, OutletRole, Span


@dataclass(frozen=True, slots=True)
class OutletAnswer:
    """The outlet credited with one quote, and the words that name it."""

    identity: OutletIdentity
    mention: Span
    basis: OutletBasis
    role: OutletRole
    confidence: float


@dataclass(frozen=True, slots=True)
class OutletFinder:
    """What is needed to name the outlets of one article."""

    text: str
    registry: OutletRegistry
    matches: Sequence[OutletMatch]

    def find(self, reading: Reading) -> OutletAnswer | None:
        """The outlet that gathers most weight, or None where "none" has more."""
        pointing = reading.pointers["outlet"]
        votes = gather(pointing, self._identity)
        if not votes:
            return None
        identity, weight = max(votes.items(), key=lambda item: item[1])
        if weight <= pointing.none:
            return None
        mention = next(c.span for c in pointing.candidates if self._identity(c.span) == identity)
        return OutletAnswer(
            identity,
            mention,
            cast(OutletBasis, reading.best("basis")),
            cast(OutletRole, reading.best("role")),
            weight / (sum(votes.values()) + pointing.none),
        )

    def _identity(self, span: Span) -> OutletIdentity | None:
        return self.registry.identify(self.text, span.start, span.end, self.matches)
