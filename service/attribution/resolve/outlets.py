"""Which outlet an article credits with each quote: weighs every place that names an outlet against "none"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from service.attribution.model.decoding import Reading, best_span, gather
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.text import Span
from service.records import OutletBasis, OutletRole

CARRIED_OVER: Final = 2.0
"""How much likelier than "none" an outlet must be that the quote's own sentence does not name."""
UNLISTED: Final = 4.0
"""The same of an outlet that the registry lacks; both together where both hold."""

OWN: Final = 0.6
"""How probable it must be that the words are the outlet's own, which makes it their speaker too."""


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
    _identities: dict[Span, OutletIdentity | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def find(self, reading: Reading, carried_over: float = CARRIED_OVER) -> OutletAnswer | None:
        """The outlet that gathers most weight, or None where it does not outweigh "none" by as much as it must.

        ``carried_over`` takes the place of :data:`CARRIED_OVER`.
        """
        pointing = reading.pointers["outlet"]
        if sum(c.weight for c in pointing.candidates) <= pointing.none * min(1.0, carried_over):
            return None
        votes = gather(pointing, self._identity)
        if not votes:
            return None
        identity, weight = max(votes.items(), key=lambda item: item[1])
        basis = reading.best("basis")
        bar = carried_over if basis == "context" else 1.0
        if not self.registry.knows(identity):
            bar *= UNLISTED
        if weight <= pointing.none * bar:
            return None
        mention = next(c.span for c in pointing.candidates if self._identity(c.span) == identity)
        return OutletAnswer(
            identity,
            mention,
            cast(OutletBasis, basis),
            self._role(identity, reading),
            weight / (sum(votes.values()) + pointing.none),
        )

    def _role(self, identity: OutletIdentity, reading: Reading) -> OutletRole:
        roles = reading.choices["role"]
        if self._speaks(identity, reading) or roles["own"] >= OWN:
            return "own"
        return cast(OutletRole, max((role for role in roles if role != "own"), key=lambda role: roles[role]))

    def _speaks(self, identity: OutletIdentity, reading: Reading) -> bool:
        """Whether the mention of the speaker names the outlet, and the speaker is no person: “..., Reuters said”."""
        mention = best_span(reading.pointers["mention"])
        return mention is not None and reading.best("type") == "organization" and self._identity(mention) == identity

    def _identity(self, span: Span) -> OutletIdentity | None:
        """The outlet at ``span``, looked up once: the pointers of many quotes consider the same places."""
        if span not in self._identities:
            self._identities[span] = self.registry.identify(self.text, span.start, span.end, self.matches)
        return self._identities[span]
