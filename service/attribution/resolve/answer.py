"""Composes an article's answer from the decisions about its quotations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import cast

from service.attribution.model.decoding import QuotePrediction
from service.attribution.quotations import Quotation
from service.attribution.resolve.outlets import OutletAnswer
from service.attribution.resolve.speakers import SpeakerAnswer
from service.attribution.text import Span
from service.records import (
    Attribution,
    CreditedOutlet,
    Mention,
    ModelInfo,
    Outlet,
    Quote,
    QuotedSpeaker,
    QuoteKind,
    Speaker,
    SpeakerType,
)


@dataclass(frozen=True, slots=True)
class Decision:
    """The decisions about one quotation."""

    prediction: QuotePrediction
    kind: QuoteKind
    speaker: SpeakerAnswer | None
    outlet: OutletAnswer | None
    outlets_also: tuple[OutletAnswer, ...] = ()


def compose(
    model: ModelInfo,
    text: str,
    quotations: Sequence[Quotation],
    decisions: Sequence[Decision],
    *,
    warnings: tuple[str, ...] = (),
    min_confidence: float = 0.0,
    include_nonspeech: bool = False,
) -> Attribution:
    """Number the quotes to return, link them to each other, and group them by speaker and by outlet."""
    decisions = _agree_on_types(_share_utterances(quotations, decisions))
    chosen = [i for i, d in enumerate(decisions) if include_nonspeech or d.kind == "speech"]
    ids = {i: f"q{n}" for n, i in enumerate(chosen, 1)}
    speaker_ids: dict[str, str] = {}
    quotes = tuple(_quote(text, ids, i, quotations, decisions[i], min_confidence, speaker_ids) for i in chosen)
    return Attribution(model, quotes, _by_speaker(quotes), _by_outlet(quotes), warnings)


def _share_utterances(quotations: Sequence[Quotation], decisions: Sequence[Decision]) -> list[Decision]:
    """All parts of an utterance that runs over several paragraphs get the answer of the most confident part."""
    parts: dict[int, list[int]] = {}
    root: dict[int, int] = {}
    for i, quotation in enumerate(quotations):
        root[i] = i if quotation.continues is None else root[quotation.continues]
        parts.setdefault(root[i], []).append(i)
    shared = list(decisions)
    for members in parts.values():
        if len(members) > 1:
            surest = max((decisions[i] for i in members), key=_sureness)
            for i in members:
                shared[i] = surest
    return shared


def _agree_on_types(decisions: Sequence[Decision]) -> list[Decision]:
    """All quotes of a speaker get one type, from the average of their probabilities."""
    predictions: dict[str, list[QuotePrediction]] = {}
    for decision in decisions:
        if decision.speaker and decision.kind == "speech":
            predictions.setdefault(decision.speaker.name, []).append(decision.prediction)
    types = {
        name: {t: fmean(p.choices["type"][t] for p in own) for t in own[0].choices["type"]}
        for name, own in predictions.items()
    }
    return [
        replace(d, prediction=replace(d.prediction, choices={**d.prediction.choices, "type": types[d.speaker.name]}))
        if d.speaker and d.speaker.name in types
        else d
        for d in decisions
    ]


def _sureness(decision: Decision) -> float:
    return decision.speaker.confidence if decision.speaker else 0.0


def _quote(
    text: str,
    ids: Mapping[int, str],
    i: int,
    quotations: Sequence[Quotation],
    decision: Decision,
    min_confidence: float,
    speaker_ids: dict[str, str],
) -> Quote:
    quotation, kind = quotations[i], decision.kind
    start, end = quotation.inner.start, quotation.inner.end
    return Quote(
        id=ids[i],
        text=text[start:end],
        start=start,
        end=end,
        kind=kind,
        closed=quotation.closed,
        parent=ids.get(quotation.parent) if quotation.parent is not None else None,
        continues=ids.get(quotation.continues) if quotation.continues is not None else None,
        speaker=_speaker(text, decision, min_confidence, speaker_ids) if kind == "speech" else None,
        outlet=_outlet(text, decision.outlet, min_confidence) if kind == "speech" else None,
        outlets_also=_outlets_also(text, decision, min_confidence) if kind == "speech" else (),
        confidence=_rounded(decision.prediction.choices["kind"][kind]),
    )


def _speaker(text: str, decision: Decision, min_confidence: float, ids: dict[str, str]) -> Speaker | None:
    answer = decision.speaker
    if answer is None or answer.confidence < min_confidence:
        return None
    return Speaker(
        id=ids.setdefault(answer.name, f"s{len(ids) + 1}"),
        name=answer.name,
        type=cast(SpeakerType, decision.prediction.best("type")),
        mention=_mention(text, answer.mention),
        confidence=_rounded(answer.confidence),
        named_at=_mention(text, answer.named_at),
        title=None if answer.title is None else text[answer.title.start : answer.title.end],
    )


def _outlets_also(text: str, decision: Decision, min_confidence: float) -> tuple[Outlet, ...]:
    others = (_outlet(text, answer, min_confidence) for answer in decision.outlets_also)
    return tuple(outlet for outlet in others if outlet)


def _outlet(text: str, answer: OutletAnswer | None, min_confidence: float) -> Outlet | None:
    if answer is None or answer.confidence < min_confidence:
        return None
    return Outlet(
        id=answer.identity.id,
        name=answer.identity.name,
        mention=_verbatim(text, answer.mention),
        basis=answer.basis,
        role=answer.role,
        wikidata=answer.identity.wikidata,
        confidence=_rounded(answer.confidence),
    )


def _mention(text: str, span: Span | None) -> Mention | None:
    return None if span is None else _verbatim(text, span)


def _verbatim(text: str, span: Span) -> Mention:
    return Mention(text[span.start : span.end], span.start, span.end)


def _rounded(probability: float) -> float:
    return round(min(1.0, max(0.0, probability)), 4)


def _by_speaker(quotes: Iterable[Quote]) -> tuple[QuotedSpeaker, ...]:
    groups: dict[str, list[Quote]] = {}
    for quote in quotes:
        if quote.speaker:
            groups.setdefault(quote.speaker.id, []).append(quote)
    firsts = ((members[0].speaker, tuple(q.id for q in members)) for members in groups.values())
    return tuple(QuotedSpeaker(s.id, s.name, s.type, ids) for s, ids in firsts if s)


def _by_outlet(quotes: Iterable[Quote]) -> tuple[CreditedOutlet, ...]:
    groups: dict[str, tuple[Outlet, list[str]]] = {}
    for quote in quotes:
        for outlet in (quote.outlet, *quote.outlets_also):
            if outlet:
                groups.setdefault(outlet.id, (outlet, []))[1].append(quote.id)
    return tuple(CreditedOutlet(outlet.id, outlet.name, tuple(ids)) for outlet, ids in groups.values())
