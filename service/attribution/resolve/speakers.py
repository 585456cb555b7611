"""Who said each quote: weighs the mention in its clause against all places of the article that carry a name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from service.attribution.mentions.index import NameIndex, is_pronoun
from service.attribution.model.decoding import Reading, best_span, gather
from service.attribution.quotations import Quotation, turn_label
from service.attribution.text import Span
from service.data.lexicon import fold, is_ordinary

# What each piece of evidence counts for, where a place that the name pointer considers counts its probability.
OWN_NAME: Final = 2.0
"""A name in the mention, times the mention's probability."""
OWN_DESCRIPTION: Final = 0.2
"""A description in the mention, likewise: "the letter" mostly speaks for itself, "the senator" has a name."""
IMPERSONAL: Final = 0.8
"""What the description counts for on top where the speaker is no person, times the probability of that."""
HOLDER: Final = 1.0
"""An office in the mention, for the one who was introduced with it."""
ANTECEDENT: Final = 1.0
"""The name that a "who" in the mention refers to."""
LAST_QUOTED: Final = 0.5
"""Having been quoted last, where the mention is a pronoun."""
DISAGREEING: Final = 0.1
"""What is left of a name's weight where the mention is "she" and the name a man's, or the other way round."""

LABELLED: Final = 0.95
"""The confidence in a name that the layout gives: before a transcript's turn, or after a dash."""
FADING: Final = 400.0
"""Characters from the quote to the nearest mention of a name over which the name's weight falls to a third."""

_DASH: Final = re.compile(r"\s{0,3}(?:[—―–]|-{1,2} )[ \u00a0]?")
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

    def find_all(self, quotations: Sequence[Quotation], readings: Iterable[Reading]) -> list[SpeakerAnswer | None]:
        """The speaker of each quote, in their order: who was quoted last is evidence for the next."""
        answers: list[SpeakerAnswer | None] = []
        last: str | None = None
        for quotation, reading in zip(quotations, readings, strict=True):
            answer = self._labelled(quotation) or self.find(quotation.outer, reading, last)
            answers.append(answer)
            if answer is not None and reading.best("kind") == "speech":
                last = answer.name
        return answers

    def find(self, quote: Span, reading: Reading, last: str | None = None) -> SpeakerAnswer | None:
        """The name that gathers most weight, or None where nobody is the likelier answer. ``quote`` has its marks.

        Every place that the name pointer considers votes with its probability, for whom its words name or for the
        words themselves where they describe somebody without a name; the mention in the clause and ``last``, whoever
        was quoted last, add their weight. Who is not named anywhere near counts for little.
        """
        pointed = reading.pointers["name"]
        span = best_span(reading.pointers["mention"])
        votes = gather(pointed, lambda candidate: self.names.resolve(None, candidate))
        if span is not None:
            self._add_mention(votes, span, reading, last)
        for name in votes:
            votes[name] *= math.exp(-self.names.distance(name, quote) / FADING)
        if not votes:
            return None
        name, weight = max(votes.items(), key=lambda item: item[1])
        if not weight or (span is None and pointed.none >= weight):
            return None
        return SpeakerAnswer(name, span, weight / (sum(votes.values()) + pointed.none))

    def _labelled(self, quotation: Quotation) -> SpeakerAnswer | None:
        """Whom the layout names: the label before a transcript's turn, or the signature after a quote that is alone."""
        label = turn_label(self.text, quotation.inner) or self._signature(quotation.outer)
        name = None if label is None else self.names.name_of(label)
        if name is None or is_ordinary(fold(name)):  # "WARNING: Keep off."
            return None
        return SpeakerAnswer(name, label, LABELLED)

    def _signature(self, quote: Span) -> Span | None:
        """The name after a dash that follows a quote which opens its line: “It holds.” — Ada Brook, welder."""
        dash = _DASH.match(self.text, quote.end)
        opens = not self.text[max(0, quote.start - 3) : quote.start].rpartition("\n")[2].strip("-*• ")
        return self.names.signature_at(dash.end()) if dash and opens else None

    def _add_mention(self, votes: dict[str, float], span: Span, reading: Reading, last: str | None) -> None:
        """Add what the words at ``span`` say to the votes."""
        words = self.text[span.start : span.end]
        probability = reading.pointers["mention"].candidates[0].probability
        if (own := self.names.name_of(span)) is not None:
            votes[own] = votes.get(own, 0.0) + OWN_NAME * probability
        elif (antecedent := self.names.antecedent_of(span)) is not None:
            votes[antecedent] = votes.get(antecedent, 0.0) + ANTECEDENT * probability
        elif is_pronoun(words):
            if last is not None:
                votes[last] = votes.get(last, 0.0) + LAST_QUOTED
            self._weaken_other_sex(votes, words)
        elif (holder := self.names.holder_of(span)) is not None:
            votes[holder] = votes.get(holder, 0.0) + HOLDER * probability
        elif (described := self.names.resolve(span, None)) is not None:
            weight = OWN_DESCRIPTION
            if not self.names.describes_body(span):
                weight += IMPERSONAL * (1 - reading.choices["type"]["person"])
            votes[described] = votes.get(described, 0.0) + weight * probability

    def _weaken_other_sex(self, votes: dict[str, float], pronoun: str) -> None:
        sex = _SEX_OF_PRONOUN.get(pronoun.lower())
        for name in votes:
            if sex is not None and self.names.sex_of(name) not in (None, sex):
                votes[name] *= DISAGREEING
