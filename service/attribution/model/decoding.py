"""From logits to predictions: each quote's answers to the closed questions, and the spans that its pointers mean."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import Tensor

from service.attribution.model.config import CHOICES, POINTERS
from service.attribution.model.features import Tokens
from service.attribution.model.outputs import OUT_OF_REACH, QuoteLogits, SpanScores
from service.attribution.text import Span

K = TypeVar("K", bound=Hashable)

CANDIDATES = 12
"""The most spans kept per pointer."""
NEGLIGIBLE = 0.001
"""The minimum weight of a span to keep; smaller ones change no answer."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the article that a pointer may mean. ``weight`` is the probability of all spans that start where it
    does, so that the weights of all candidates add up to one at most; ``probability`` is that of the span itself."""

    span: Span
    weight: float
    probability: float


@dataclass(frozen=True, slots=True)
class PointerPrediction:
    """The prediction of one pointer of one quote: candidates, most likely span first, and the probability of "none"."""

    candidates: tuple[Candidate, ...]
    none: float

    @property
    def best(self) -> Span | None:
        """The most likely span, or None if "none" is more likely."""
        best = self.candidates[0] if self.candidates else None
        return best.span if best is not None and best.weight > self.none else None


@dataclass(frozen=True, slots=True)
class QuotePrediction:
    """The network's predictions for one quote: a distribution per closed question, and a prediction per pointer."""

    choices: Mapping[str, Mapping[str, float]]
    pointers: Mapping[str, PointerPrediction]

    def best(self, question: str) -> str:
        """The most likely answer to a closed question."""
        return max(self.choices[question].items(), key=lambda item: item[1])[0]


def read_logits(logits: QuoteLogits, tokens: Tokens) -> list[QuotePrediction]:
    """One prediction per quote, with spans in code points."""
    choices = {name: logits.choices[name].softmax(1).tolist() for name in CHOICES}
    pointers = {name: _read_pointer(logits.pointers[name], tokens) for name in POINTERS}
    return [
        QuotePrediction(
            {name: dict(zip(CHOICES[name], rows[i], strict=True)) for name, rows in choices.items()},
            {name: pointers[name][i] for name in POINTERS},
        )
        for i in range(len(logits.pointers[POINTERS[0]].none))
    ]


def _read_pointer(scores: SpanScores, tokens: Tokens) -> list[PointerPrediction]:
    """Of each quote the likeliest first tokens, each with its likeliest last one."""
    from_starts = scores.from_starts()
    total = torch.cat((from_starts, scores.none[:, None]), dim=1).logsumexp(1, keepdim=True)
    weight, first = (from_starts - total).exp().topk(min(CANDIDATES, from_starts.shape[1]), dim=1)
    within = _last_scores(scores, first)
    end, length = within.max(dim=2)
    probability = (scores.starts.gather(1, first) + end - total).exp()
    order = probability.argsort(dim=1, descending=True, stable=True)
    first, last = first.gather(1, order), (first + length).gather(1, order)
    columns = (first, last, weight.gather(1, order), probability.gather(1, order))
    none = (scores.none - total[:, 0]).exp()
    return [
        PointerPrediction(_candidates(tokens, *row), absent)
        for *row, absent in zip(*(c.tolist() for c in columns), none.tolist(), strict=True)
    ]


def _last_scores(scores: SpanScores, first: Tensor) -> Tensor:
    """The scores of the last tokens that spans from ``first`` [Q, N] may have, by their lengths. [Q, N, L]"""
    n_tokens, longest = scores.allowed.shape
    reach = first[..., None] + torch.arange(longest, device=first.device)
    rows = torch.arange(len(first), device=first.device)[:, None, None]
    return scores.ends[rows, reach.clamp(max=n_tokens - 1)].masked_fill(~scores.allowed[first], OUT_OF_REACH)


def _candidates(
    tokens: Tokens, first: Sequence[int], last: Sequence[int], weight: Sequence[float], probability: Sequence[float]
) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(Span(int(tokens.starts[a]), int(tokens.ends[b])), w, p)
        for a, b, w, p in zip(first, last, weight, probability, strict=True)
        if w >= NEGLIGIBLE
    )


def marginalize(pointer: PointerPrediction, identity: Callable[[Span], K | None]) -> dict[K, float]:
    """The probability of each identity: the sum of the weights of its candidates."""
    total: dict[K, float] = {}
    for candidate in pointer.candidates:
        key = identity(candidate.span)
        if key is not None:
            total[key] = total.get(key, 0.0) + candidate.weight
    return total
