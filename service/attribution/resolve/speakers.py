"""Decides who said each quote: gathers evidence for every candidate, and ranks them with a learned scorer.

A candidate is a person, organisation or description meant by one of the network's pointers, the speaker of a preceding
quote, or nobody.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from service.attribution.document import Document
from service.attribution.mentions.index import is_pronoun
from service.attribution.model.config import SPEAKER_FEATURES
from service.attribution.model.decoding import QuotePrediction
from service.attribution.outlets.evidence import has_reported
from service.attribution.quotations import Quotation
from service.attribution.resolve.labels import is_question, label_of
from service.attribution.resolve.predicted import Predicted
from service.attribution.text import Span
from service.data.outlet_words import bare_name
from service.data.word_lists import fold

Scorer = Callable[[Sequence[Sequence[float]]], list[float]]
"""From the features of a quote's candidates to the probability of each."""

CONSIDERED: Final = 0.02
"""The minimum weight in the mention's pointer for a place to count as evidence."""
_RECENT: Final = 8
"""The number of preceding quotes whose speakers are candidates."""
_CLOSE: Final = 40
"""The decay length, in characters, of the closeness of two quotes."""
_SEX_OF_PRONOUN: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
_SEVERAL: Final = frozenset({"they", "them", "we"})


@dataclass(frozen=True, slots=True)
class SpeakerAnswer:
    """The speaker of one quote. ``mention`` is None if no words near the quote name a speaker; ``named_at`` is where
    the article gives the full name, ``title`` the office or description that introduces the speaker."""

    name: str
    mention: Span | None
    confidence: float
    named_at: Span | None = None
    title: Span | None = None


@dataclass(frozen=True, slots=True)
class Candidates:
    """The candidates for one quote's speaker, None for "nobody is named", with their features in the order of
    :data:`SPEAKER_FEATURES`."""

    names: tuple[str | None, ...]
    features: tuple[tuple[float, ...], ...]
    mention: Span | None


@dataclass
class _Mention:
    """The content of the mention's pointer: the weight of each kind of words, and whom they name."""

    evidence: dict[str, dict[str, float]] = field(default_factory=dict)
    pronouns: dict[str, float] = field(default_factory=dict)
    kinds: dict[str, float] = field(default_factory=dict)

    def add(self, name: str, kind: str, weight: float) -> None:
        """Add a place whose words, of this ``kind``, mean ``name``."""
        own = self.evidence.setdefault(name, {})
        own[kind] = own.get(kind, 0.0) + weight

    def count(self, kind: str, weight: float) -> None:
        self.kinds[kind] = self.kinds.get(kind, 0.0) + weight


def find_speakers(document: Document, predicted: Predicted, scorer: Scorer) -> list[SpeakerAnswer | None]:
    """The speaker of each quotation, decided in order, as earlier speakers are evidence for later quotes."""
    gatherer = CandidateGatherer(document, predicted)
    answers: list[SpeakerAnswer | None] = []
    said: list[str | None] = []
    for index, prediction in enumerate(predicted.quotes):
        candidates = gatherer.candidates(index, said)
        probabilities = scorer(candidates.features)
        best = likeliest(probabilities)
        name = None if is_question(document.text, document.quotations[index].outer) else candidates.names[best]
        answers.append(None if name is None else _answer(document, name, candidates.mention, probabilities[best]))
        said.append(name if prediction.best("kind") == "speech" else None)
    return answers


def likeliest(probabilities: Sequence[float]) -> int:
    """The index of the greatest probability; the first of equal ones."""
    return max(range(len(probabilities)), key=probabilities.__getitem__)


def _answer(document: Document, name: str, mention: Span | None, confidence: float) -> SpeakerAnswer:
    names = document.names
    return SpeakerAnswer(name, mention, confidence, names.named_at(name), names.title_of(name))


@dataclass(frozen=True, slots=True)
class CandidateGatherer:
    """Gathers the evidence for the speakers of one article."""

    document: Document
    predicted: Predicted

    def candidates(self, index: int, before: Sequence[str | None]) -> Candidates:
        """The candidates for the quote with this index; ``before`` are the speakers of all preceding quotes."""
        quotation, prediction = self.document.quotations[index], self.predicted.quotes[index]
        names = self.document.names
        span = prediction.pointers["mention"].best
        pointed = self.predicted.pointed[index]
        mention = self._mention(prediction)
        label = label_of(self.document.text, names, quotation)
        recent = list(dict.fromkeys(name for name in reversed(before[-_RECENT:]) if name))
        around = None if quotation.parent is None else before[quotation.parent]
        labelled = None if label is None else names.name_of(label)
        found: list[str | None] = list(dict.fromkeys([*pointed, *mention.evidence, *recent[:2]]))
        if labelled is not None and labelled not in found:
            found.append(labelled)
        close_by = self._close_by(index)
        rows = []
        shared = _shared(prediction, mention)
        for name in (*found, None):
            values = dict(shared)
            if name is not None:
                values |= self._of_name(name, quotation, prediction, mention)
                values["pointed"] = _log_share(pointed.get(name, 0.0))
                values["last"] = float(recent[:1] == [name])
                values["last, close by"] = values["last"] * close_by
                values["last but one"] = float(recent[1:2] == [name])
                values["labelled"] = float(name == labelled)
                values["around"] = float(name == around)
                values |= self._credited(name, index)
            else:
                values["nobody"] = 1.0
            rows.append(_row(values, mention))
        return Candidates((*found, None), tuple(rows), label or span)

    def _close_by(self, index: int) -> float:
        """The closeness of a quote to the one before it: 1 if adjacent, decaying exponentially with the characters
        between them; 0 for the first quote."""
        if not index:
            return 0.0
        before, own = self.document.quotations[index - 1 : index + 1]
        return math.exp(-max(0, own.outer.start - before.outer.end) / _CLOSE)

    def _mention(self, prediction: QuotePrediction) -> _Mention:
        """The evidence of each place that the mention's pointer considers."""
        found, names, text = _Mention(), self.document.names, self.document.text
        for candidate in prediction.pointers["mention"].candidates:
            span, weight = candidate.span, candidate.weight
            words = text[span.start : span.end]
            if weight < CONSIDERED:
                continue
            if (own := names.name_of(span)) is not None:
                found.count("named", weight)
                found.add(own, "named", weight)
            elif (antecedent := names.antecedent_of(span)) is not None:
                found.count("who", weight)
                found.add(antecedent, "who", weight)
            elif is_pronoun(words):
                found.count("pronoun", weight)
                folded = fold(words)
                found.pronouns[folded] = found.pronouns.get(folded, 0.0) + weight
            else:
                found.count("described", weight)
                if (holder := names.holder_of(span)) is not None:
                    found.add(holder, "holder", weight)
                if (described := names.resolve(span, None)) is not None:
                    found.add(described, "described", weight)
        return found

    def _of_name(
        self, name: str, quotation: Quotation, prediction: QuotePrediction, mention: _Mention
    ) -> dict[str, float]:
        names = self.document.names
        own = mention.evidence.get(name, {})
        sex, bears = names.sex_of(name), names.bearer_called(name)
        distance = names.distance(name, quotation.outer)
        types = prediction.choices["type"]
        described = own.get("described", 0.0)
        agreeing = sum(w for p, w in mention.pronouns.items() if sex is not None and _SEX_OF_PRONOUN.get(p) == sex)
        opposed = sum(
            w for p, w in mention.pronouns.items() if sex is not None and _SEX_OF_PRONOUN.get(p) not in (None, sex)
        )
        several = sum(w for p, w in mention.pronouns.items() if p in _SEVERAL)
        organisation = bears == "organisation"
        return {
            "named": own.get("named", 0.0),
            "who": own.get("who", 0.0),
            "holder": own.get("holder", 0.0),
            "described": described,
            "described person": described * types["person"],
            "described organization": described * types["organization"],
            "described thing": described * (types["document"] + types["group"]),
            "agreeing": agreeing,
            "opposed": opposed,
            "several, organisation": several * organisation,
            "bears a name": float(bears is not None),
            "organisation, as the type": organisation * types["organization"],
            "organisation, type person": organisation * types["person"],
            "person, type other": (bears is not None and not organisation) * (1 - types["person"]),
            "near": math.exp(-distance / 400),
            "distance": math.log1p(distance) / 8,
            "often": math.log1p(len(names.mentions_of(name))) / 3,
            "shares the head": self._shares_head(name, mention),
            "words": math.log1p(len(name.split())) / 2,
            "capitalised": float(name[:1].isupper()),
        }

    def _shares_head(self, name: str, mention: _Mention) -> float:
        """How far a description near the quote ends in a word of the name: "the board", "Oakdale School Board"."""
        parts = set(fold(name).split())
        weights = (
            own["described"]
            for phrase, own in mention.evidence.items()
            if "described" in own and phrase != name and (words := fold(phrase).split()) and words[-1] in parts
        )
        return sum(weights)

    def _credited(self, name: str, index: int) -> dict[str, float]:
        """Whether the candidate is the credited outlet, whether that outlet speaks for itself, and whether a verb says
        that it reported something, so that what it quotes is mostly somebody else's."""
        credit = self.predicted.outlets[index]
        if credit is None:
            return {}
        words = self.document.text[credit.mention.start : credit.mention.end]
        same = {bare_name(words), bare_name(credit.identity.name)} & {bare_name(name)}
        if not same:
            return {}
        own = self.predicted.quotes[index].choices["role"]["own"]
        reported = has_reported(self.document.text, credit.mention.end)
        return {"reports": 1 - own, "own words": own, "has reported": float(reported)}


def _shared(prediction: QuotePrediction, mention: _Mention) -> dict[str, float]:
    """The features that are equal for all candidates of a quote; they matter in combination with others."""
    types = prediction.choices["type"]
    return {
        "nobody, by the pointer": prediction.pointers["name"].none,
        "no mention": max(0.0, 1.0 - sum(mention.kinds.values())),
        "is person": types["person"],
        "is organization": types["organization"],
        "is document or group": types["document"] + types["group"],
    }


def _row(values: Mapping[str, float], mention: _Mention) -> tuple[float, ...]:
    """The features in order; those named "A x K" are A weighted by how far the mention is of kind K."""
    return tuple(_features(values, mention))


def _features(values: Mapping[str, float], mention: _Mention) -> Iterator[float]:
    for name in SPEAKER_FEATURES:
        base, _, kind = name.partition(" x ")
        yield values.get(base, 0.0) * (mention.kinds.get(kind, 0.0) if kind else 1.0)


def _log_share(share: float) -> float:
    """A probability on a logarithmic scale, from 0 for none to 1 for certainty."""
    return max(0.0, 1.0 + math.log(max(share, 1e-4)) / 9.2)
