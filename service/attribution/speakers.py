"""Who said each quote: weighs the mention in its clause against all places of the article that carry a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from service.attribution.decoding import Reading, best_span, gather
from service.attribution.names import NameIndex
from service.attribution.records import Span

OWN_NAME: Final = 2.0
"""What a name in the mention counts for, against one that only the name pointer gives."""
DISAGREEING: Final = 0.1
"""What is left of a name's weight where the mention is "she" and the name a man's, or the other way round."""

_SEX_OF_PRONOUN: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}


@dataclass(frozen=True, slots=True)
class SpeakerAnswer:
    """The speaker of one quote. ``mention`` is None where the words near the quote name nobody."""

    name: str
    mention: Span | None
    confidence: float


@dataclass(frozen=True, slots=True)
class SpeakerFinder:
    """What is needed to name the speakers of one article."""

    text: str
    names: NameIndex

    def find(self, reading: Reading) -> SpeakerAnswer | None:
        """The name that gathers most weight, or None where nobody is the likelier answer.

        Every place that the name pointer considers votes with its probability, for whom its words name or for the
        words themselves where they describe somebody without a name. A name in the mention counts for more.
        """
        mention, pointed = reading.pointers["mention"], reading.pointers["name"]
        span = best_span(mention)
        own = self.names.name_of(span) if span is not None else None
        votes = self._agreeing(span, gather(pointed, lambda candidate: self.names.resolve(None, candidate)))
        if own is not None:
            votes[own] = votes.get(own, 0.0) + OWN_NAME * mention.candidates[0].probability
        elif not votes and span is not None and (described := self.names.resolve(span, None)) is not None:
            votes[described] = mention.candidates[0].probability
        if not votes:
            return None
        name, weight = max(votes.items(), key=lambda item: item[1])
        if span is None and pointed.none >= weight:
            return None
        return SpeakerAnswer(name, span, weight / (sum(votes.values()) + pointed.none))

    def _agreeing(self, mention: Span | None, votes: dict[str, float]) -> dict[str, float]:
        """The votes, less those for a man where the mention is "she", and for a woman where it is "he"."""
        words = self.text[mention.start : mention.end].lower() if mention is not None else ""
        sex = _SEX_OF_PRONOUN.get(words)
        if sex is None:
            return votes
        return {
            name: weight * (DISAGREEING if self.names.sex_of(name) not in (None, sex) else 1.0)
            for name, weight in votes.items()
        }
