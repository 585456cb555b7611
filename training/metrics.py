"""Evaluation metrics, from labelled articles and the quotes returned for them.

All rates are percentages, and None if there is nothing to count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from service.attribution.text import Span
from service.records import Mention, OutletBasis, Quote, SpeakerType
from training.corpus import Article, LabelledQuote
from training.sameness import same_outlet, same_speaker

Figures = dict[str, float | None]
Extent = Span | Mention | Quote

SHARE_OF_SHORTER = 0.5
SHARE_OF_LABEL = 0.3
"""A returned quote covers a labelled one if they share this much of the shorter of the two, and this much of the
label."""
SINGLE_MARKS = frozenset("‘'‚‹`")
"""Single opening marks: quotes in single marks are not labelled."""
OTHER_THAN_PERSONS = frozenset({"organization", "group", "document"})
"""The types of speakers other than one person."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A labelled article and all quotes returned for it."""

    article: Article
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A labelled quote, the returned quote that covers it, if any, and which of its answers are right.

    ``mention`` is None if no returned quote covers it or no label gives the speaker's mention. With a doubtful label,
    both the credit and its absence are right.
    """

    article: Article
    label: LabelledQuote
    quote: Quote | None
    mention: bool | None
    name: bool
    outlet: bool

    @property
    def is_speech(self) -> bool:
        return self.label.kind == "speech"

    @property
    def found(self) -> bool:
        return self.quote is not None

    @property
    def right(self) -> bool:
        """Whether both the speaker and the outlet, or its absence, are right."""
        return self.name and self.outlet

    @property
    def error(self) -> str | None:
        """The kind of error; None if there is none."""
        if not self.is_speech:
            return "not speech" if self.found else None
        if not self.found:
            return "not found"
        return " and ".join(("name",) * (not self.name) + ("outlet",) * (not self.outlet)) or None


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of an article's labelled quotes, and the returned quotes where none is labelled."""

    article: Article
    judgements: tuple[Judgement, ...]
    elsewhere: tuple[Quote, ...]


def judge(answered: Answered) -> Judged:
    """Pair each labelled quote with the returned one that covers most of it, and compare the two."""
    article, quotes = answered.article, answered.quotes
    labels = article.quotes or ()
    covering = [[q for q in quotes if _covers(q, label.span)] for label in labels]
    used = {q.id for found in covering for q in found}
    return Judged(
        article,
        tuple(
            _judgement(article, label, _closest(label, found)) for label, found in zip(labels, covering, strict=True)
        ),
        tuple(q for q in quotes if q.id not in used and _is_claim_of_speech(q, article)),
    )


def figures(judged: Iterable[Judged]) -> Figures:
    """The metrics over some articles: counts of quotes, the rest in per cent.

    Outlet precision is over the outlets returned for labelled speech; doubtful quotes are excluded from the outlet
    metrics. "All right" requires speaker and outlet; its precision is over all returned quotes, including those that
    are not speech.
    """
    articles = list(judged)
    everything = [j for article in articles for j in article.judgements]
    speech = [j for j in everything if j.is_speech]
    returned = sum(j.found for j in everything) + sum(len(article.elsewhere) for article in articles)
    return {
        **_finding(speech, [j for j in everything if not j.is_speech], returned),
        **_speakers(speech),
        **_outlets(speech),
        **_rates("all right", sum(j.right for j in speech), returned, len(speech)),
    }


def _finding(speech: Sequence[Judgement], nonspeech: Sequence[Judgement], returned: int) -> Figures:
    found = sum(j.found for j in speech)
    return {
        "speech segments": len(speech),
        "nonspeech segments": len(nonspeech),
        "found recall": percent(found, len(speech)),
        "found precision": percent(found, returned),
        "nonspeech rejected": share(nonspeech, lambda j: not j.found),
    }


def _speakers(speech: Sequence[Judgement]) -> Figures:
    by_type = {
        f"speaker name, {kind}": share((j for j in speech if j.found and j.label.type == kind), lambda j: j.name)
        for kind in get_args(SpeakerType)
    }
    others = (j for j in speech if j.found and j.label.type in OTHER_THAN_PERSONS)
    return {
        "speaker mention": share(speech, lambda j: j.mention),
        "speaker name": share(speech, lambda j: j.name),
        **by_type,
        "speaker name, all but persons": share(others, lambda j: j.name),
    }


def _outlets(speech: Sequence[Judgement]) -> Figures:
    sure = [j for j in speech if not j.label.doubtful]
    credited = [j for j in sure if j.label.outlet]
    returned = sum(1 for j in sure if j.quote and j.quote.outlet)
    by_basis = {
        f"outlet recall, {basis}": share((j for j in credited if j.label.basis == basis), lambda j: j.outlet)
        for basis in get_args(OutletBasis)
    }
    return {
        "segments with an outlet": len(credited),
        **_rates("outlet", sum(j.outlet for j in credited), returned, len(credited)),
        **by_basis,
    }


def _rates(name: str, right: int, returned: int, labelled: int) -> Figures:
    precision, recall = percent(right, returned), percent(right, labelled)
    return {
        f"{name} precision": precision,
        f"{name} recall": recall,
        f"{name} F1": _harmonic_mean(precision, recall),
    }


def _harmonic_mean(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return None
    return 2 * one * other / (one + other) if one + other else 0.0


def share(judgements: Iterable[Judgement], question: Callable[[Judgement], bool | None]) -> float | None:
    """The percentage of the judgements with an answer to the question whose answer is yes."""
    answers = [answer for j in judgements if (answer := question(j)) is not None]
    return percent(sum(answers), len(answers))


def overlap(one: Extent, other: Extent) -> int:
    """The number of characters that two spans share."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _closest(label: LabelledQuote, quotes: Sequence[Quote]) -> Quote | None:
    """The quote with the largest overlap; of a quote and a nested one with equal overlap, the nested one."""
    return max(reversed(quotes), key=lambda q: overlap(q, label.span), default=None)


def _judgement(article: Article, label: LabelledQuote, quote: Quote | None) -> Judgement:
    if quote is None:
        return Judgement(article, label, None, mention=None, name=False, outlet=False)
    speaker, outlet = quote.speaker, quote.outlet
    credited = outlet.name if outlet else None
    mention = bool(speaker and speaker.mention and any(overlap(speaker.mention, s) for s in label.mention or ()))
    return Judgement(
        article,
        label,
        quote,
        mention=mention if label.mention else None,
        name=same_speaker(speaker.name if speaker else None, label.speaker, label.type),
        outlet=same_outlet(credited, label.outlet) or (label.doubtful and not (credited and label.outlet)),
    )


def _covers(quote: Quote, labelled: Span) -> bool:
    """Whether a returned quote, whose span excludes the marks, covers a labelled one, whose span includes them."""
    shared = overlap(quote, labelled)
    shorter = min(len(labelled), quote.end - quote.start)
    return shared >= SHARE_OF_SHORTER * shorter and shared >= SHARE_OF_LABEL * (len(labelled) - 2)


def _is_claim_of_speech(quote: Quote, article: Article) -> bool:
    """Whether a quote that covers no label counts as a false positive: not if it is nonspeech, overlaps a label, or is
    in marks that are not labelled."""
    if quote.kind == "nonspeech" and quote.speaker is None:
        return False
    in_label = any(overlap(quote, label.span) for label in article.quotes or ())
    return not in_label and article.text[max(0, quote.start - 1) : quote.start] not in SINGLE_MARKS
