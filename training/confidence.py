"""How well an attributor's confidences are calibrated, and the trade-off of withholding uncertain answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from service.records import Quote, SpeakerType
from training.calibrate import Claim
from training.metrics import Answered, Figures, Judged, figures, judge, share
from training.sameness import UNKNOWN


def calibration(judged: Iterable[Judged]) -> Figures:
    """The expected calibration error of the speakers and outlets returned for labelled speech; of speakers also by
    labelled type."""
    articles = list(judged)
    every = claims(articles)
    by_type = {f"speaker, {kind}": claims(articles, kind)["speaker"] for kind in get_args(SpeakerType)}
    answers = {"speaker": every["speaker"], **by_type, "outlet": every["outlet"]}
    return {name: expected_calibration_error(some) for name, some in answers.items()}


def claims(judged: Iterable[Judged], kind: str | None = None) -> dict[str, list[Claim]]:
    """The confidence and correctness of each speaker and outlet returned for labelled speech; if ``kind`` is given,
    only for speakers with this labelled type. Outlets with a doubtful label are left out."""
    quotes = [
        (j, j.quote)
        for article in judged
        for j in article.judgements
        if j.is_speech and j.quote and kind in (None, j.label.type)
    ]
    return {
        "speaker": [Claim(q.speaker.confidence, j.name) for j, q in quotes if q.speaker],
        "outlet": [Claim(q.outlet.confidence, j.outlet) for j, q in quotes if q.outlet and not j.label.doubtful],
    }


def expected_calibration_error(answers: Iterable[Claim], bins: int = 10) -> float | None:
    """The mean difference between confidence and accuracy over bins of equal width, weighted by the number of answers.

    Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks, ICML 2017.
    """
    members: list[list[Claim]] = [[] for _ in range(bins)]
    for claim in answers:
        members[min(int(claim.confidence * bins), bins - 1)].append(claim)
    total = sum(map(len, members))
    gaps = (abs(sum(claim.confidence - claim.is_right for claim in one)) for one in members)
    return 100 * sum(gaps) / total if total else None


def confidence_curve(answered: Sequence[Answered], thresholds: Iterable[float]) -> dict[float, Figures]:
    """The effect of ``min_confidence``: the figures for each threshold, with answers below it withheld.

    Speaker precision is over the speakers returned for labelled speech, recall over speech with a known speaker.
    """
    return {threshold: _figures_at(answered, threshold) for threshold in thresholds}


def _figures_at(answered: Iterable[Answered], threshold: float) -> Figures:
    judged = [judge(Answered(a.article, tuple(_withheld(q, threshold) for q in a.quotes))) for a in answered]
    speech = [j for article in judged for j in article.judgements if j.is_speech]
    named = [j for j in speech if j.quote and j.quote.speaker]
    known = [j for j in speech if j.label.speaker not in (None, "", UNKNOWN)]
    every = figures(judged)
    return {
        "speaker precision": share(named, lambda j: j.name),
        "speaker recall": share(known, lambda j: j.name),
        **{name: every[name] for name in ("outlet precision", "outlet recall", "all right F1")},
    }


def _withheld(quote: Quote, threshold: float) -> Quote:
    return replace(
        quote,
        speaker=quote.speaker if quote.speaker and quote.speaker.confidence >= threshold else None,
        outlet=quote.outlet if quote.outlet and quote.outlet.confidence >= threshold else None,
    )
