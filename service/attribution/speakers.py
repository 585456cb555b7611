"""Who said each quote: weighs the mention in its clause against all places of the article that carry a name."""

from __future__ import annotations

from dataclasses import dataclass

from service.attribution.decoding import Pointing, Reading, best_span, gather
from service.attribution.names import NameIndex
from service.attribution.records import Span


@dataclass(frozen=True, slots=True)
class SpeakerAnswer:
    """The speaker of one quote. ``mention`` is None where the words near the quote name nobody."""

    name: str
    mention: Span | None
    confidence: float


def find_speaker(reading: Reading, names: NameIndex) -> SpeakerAnswer | None:
    """The name that gathers most weight, or None where nobody is the likelier answer.

    A name in the mention votes with the mention's probability, every name that the name pointer considers with its
    own; where neither is a name, the words that describe the speaker answer as they stand.
    """
    mention, pointed = reading.pointers["mention"], reading.pointers["name"]
    span = best_span(mention)
    votes = gather(pointed, names.name_of)
    own = names.name_of(span) if span is not None else None
    if own is not None:
        votes[own] = votes.get(own, 0.0) + mention.candidates[0].probability
    described = names.resolve(span, best_span(pointed))
    if described is not None:
        votes.setdefault(described, _likeliest(mention, pointed))
    if not votes:
        return None
    name, weight = max(votes.items(), key=lambda item: item[1])
    if span is None and pointed.none >= weight:
        return None
    return SpeakerAnswer(name, span, weight / (sum(votes.values()) + pointed.none))


def _likeliest(*pointings: Pointing) -> float:
    return max((c.probability for p in pointings for c in p.candidates[:1]), default=0.0)
