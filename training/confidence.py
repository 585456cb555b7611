"""What an attributor's confidence is worth: how true it is, and what withholding unsure answers trades."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from service.records import Quote, SpeakerType
from training.calibrate import Claim
from training.metrics import Answered, Figures, Judged, figures, judge, share
from training.sameness import UNKNOWN


def calibration(judged: Iterable[Judged]) -> Figures:
    """Expected calibration error of the speakers and of the outlets that were returned for labelled speech; of the
    speakers also by their labelled type."""
    articles = list(judged)
    every = claims(articles)
    by_type = {f"speaker, {kind}": claims(articles, kind)["speaker"] for kind in get_args(SpeakerType)}
    answers = {"speaker": every["speaker"], **by_type, "outlet": every["outlet"]}
    return {name: expected_calibration_error(some) for name, some in answers.items()}


def claims(judged: Iterable[Judged], kind: str | None = None) -> dict[str, list[Claim]]:
    """The confidence of each speaker and of each outlet returned for labelled speech, with whether it is right; only
    for speakers whose labelled type is ``kind``, if given. Outlets are left out where their label is in doubt."""
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
    """How far confidence is from accuracy: the mean over bins of equal width of their distance, weighted by size.

    After Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks, ICML 2017.
    """
    members: list[list[Claim]] = [[] for _ in range(bins)]
    for claim in answers:
        members[min(int(claim.confidence * bins), bins - 1)].append(claim)
    total = sum(map(len, members))
    gaps = (abs(sum(claim.confidence - claim.is_right for claim in one)) for one in members)
    return 100 * sum(gaps) / total if total else None


def confidence_curve(answered: Sequence[Answered], thresholds: Iterable[float]) -> dict[float, Figures]:
    """What ``min_confidence`` trades: for each threshold the figures with all speakers and outlets below it withheld.

    Speaker precision is over the speakers returned for labelled speech, their recall over speech whose speaker is
    known.
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
