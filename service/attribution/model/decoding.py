"""From logits to readings: for each quote its answers to the closed questions, and the spans its pointers weigh."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch

from service.attribution.model.config import CHOICES, POINTERS
from service.attribution.model.features import Tokens
from service.attribution.model.modeling import QuoteLogits
from service.attribution.text import Span

K = TypeVar("K", bound=Hashable)

CANDIDATES = 12
"""Spans kept for each pointer, at most."""
NEGLIGIBLE = 0.001
"""The weight from which on a span is kept: less changes no answer."""
LONGEST = {"mention": 24, "name": 12, "outlet": 12}
"""Tokens that a span has at most. Short where several spans are right: a start must not meet the end of another."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span of the article that a pointer may mean. ``weight`` is the probability of its start alone, so that the
    weights of all candidates add up to one at most; ``probability`` is that of the whole span."""

    span: Span
    weight: float
    probability: float


@dataclass(frozen=True, slots=True)
class Pointing:
    """What one pointer of one quote says: candidates, likeliest span first, and the probability of "none"."""

    candidates: tuple[Candidate, ...]
    none: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The network's answers for one quote: a distribution for each closed question, a pointing for each pointer."""

    choices: Mapping[str, Mapping[str, float]]
    pointers: Mapping[str, Pointing]

    def best(self, question: str) -> str:
        """The likeliest answer to a closed question."""
        return max(self.choices[question].items(), key=lambda item: item[1])[0]


def read_logits(logits: QuoteLogits, tokens: Tokens) -> list[Reading]:
    """One reading a quote, its spans in code points."""
    choices = {name: logits.choices[name].softmax(1).tolist() for name in CHOICES}
    pointings = _pointings(logits, tokens)
    count = len(pointings) // len(POINTERS)
    return [
        Reading(
            {name: dict(zip(CHOICES[name], rows[i], strict=True)) for name, rows in choices.items()},
            dict(zip(POINTERS, pointings[i::count], strict=True)),
        )
        for i in range(count)
    ]


def _pointings(logits: QuoteLogits, tokens: Tokens) -> list[Pointing]:
    """Of each pointer and quote, pointer by pointer: the likeliest start tokens, each with its likeliest end."""
    start_p, end_p = (
        torch.cat([side[name] for name in POINTERS]).softmax(1) for side in (logits.starts, logits.ends)
    )  # [P Q, T + 1]
    device, n_tokens = start_p.device, start_p.shape[1] - 1
    weight, first = start_p[:, :-1].topk(min(CANDIDATES, n_tokens), dim=1)
    lengths = torch.tensor([LONGEST[name] for name in POINTERS], device=device)
    steps = torch.arange(max(LONGEST.values()), device=device)
    reach = first[..., None] + steps
    paragraphs = torch.from_numpy(tokens.paragraphs).to(device)
    inside = (reach < n_tokens) & (paragraphs[reach.clamp(max=n_tokens - 1)] == paragraphs[first][..., None])
    inside &= (steps < lengths[:, None]).repeat_interleave(len(first) // len(POINTERS), dim=0)[:, None]
    rows = torch.arange(len(first), device=device)[:, None, None]
    within = torch.where(inside, end_p[rows, reach.clamp(max=n_tokens)], 0.0)
    end_weight, length = within.max(dim=2)
    probability = (weight * end_weight).sqrt()
    order = probability.argsort(dim=1, descending=True, stable=True)
    first, last = first.gather(1, order), (first + length).gather(1, order)
    none = (start_p[:, -1] + end_p[:, -1]) / 2
    columns = (first, last, weight.gather(1, order), probability.gather(1, order))
    return [
        Pointing(_candidates(tokens, *row), absent)
        for *row, absent in zip(*(c.tolist() for c in columns), none.tolist(), strict=True)
    ]


def _candidates(
    tokens: Tokens, first: Sequence[int], last: Sequence[int], weight: Sequence[float], probability: Sequence[float]
) -> tuple[Candidate, ...]:
    return tuple(
        Candidate(Span(int(tokens.starts[a]), int(tokens.ends[b])), w, p)
        for a, b, w, p in zip(first, last, weight, probability, strict=True)
        if w >= NEGLIGIBLE
    )


def best_span(pointing: Pointing) -> Span | None:
    """The likeliest span, or None where "none" is likelier."""
    best = pointing.candidates[0] if pointing.candidates else None
    return best.span if best is not None and best.probability > pointing.none else None


def gather(pointing: Pointing, identity: Callable[[Span], K | None]) -> dict[K, float]:
    """The probability of each identity: the weights of all the candidates that stand for it, added up."""
    votes: dict[K, float] = {}
    for candidate in pointing.candidates:
        key = identity(candidate.span)
        if key is not None:
            votes[key] = votes.get(key, 0.0) + candidate.weight
    return votes
