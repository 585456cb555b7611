"""The loss of each task, and the weights of the tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own idiom

from service.attribution.model.chain import emissions, log_likelihood
from service.attribution.model.config import CHOICES, KINDS, POINTERS
from service.attribution.model.outputs import OUT_OF_REACH, QuoteLogits, SpanScores
from training.examples import SpanTargets, Targets

WEIGHTS: Final[Mapping[str, float]] = {
    **{"mention": 1.0, "name": 1.0, "outlet": 1.0, "chain": 1.0},
    **{"kind": 0.5, "type": 0.2, "basis": 0.2, "role": 0.2},
}
"""The weight of each task in the total loss."""


def total_loss(losses: Mapping[str, Tensor]) -> Tensor:
    """The weighted sum of the losses of all tasks."""
    return torch.stack([WEIGHTS[name] * value for name, value in losses.items()]).sum()


def task_losses(logits: Sequence[QuoteLogits], targets: Sequence[Targets]) -> dict[str, Tensor]:
    """The mean loss of each task over the quotes that have a target for it, in nats.

    For a pointer with several right spans, it is the negative logarithm of their total probability.
    """
    losses = {}
    for name in CHOICES:
        device = logits[0].choices[name].device
        answers = torch.cat([t.choices[name] for t in targets]).to(device)
        weights = torch.cat([t.choice_weights[name] for t in targets]).to(device)
        each = F.cross_entropy(torch.cat([x.choices[name].float() for x in logits]), answers, reduction="none")
        losses[name] = _weighted_mean([each], [weights])
    for name in POINTERS:
        pairs = [(x.pointers[name], t.pointers[name]) for x, t in zip(logits, targets, strict=True)]
        losses[name] = _weighted_mean([_surprise(*pair) for pair in pairs], [t.weights for _, t in pairs])
    losses["chain"] = _chain_loss(logits, targets)
    return losses


def _surprise(scores: SpanScores, right: SpanTargets) -> Tensor:
    """The negative log of the total probability of the right spans, or of "none" if there are none. [Q]"""
    device = scores.none.device
    first, last, present = right.first.to(device), right.last.to(device), right.present.to(device)
    inside = (scores.starts.gather(1, first) + scores.ends.gather(1, last)).masked_fill(~present, OUT_OF_REACH)
    reached = present.any(1) & (inside.amax(1) > OUT_OF_REACH / 2)
    chosen = torch.where(present.any(1), inside.logsumexp(1), scores.none)
    asked = reached | ~present.any(1)
    return torch.where(asked, scores.log_total() - chosen, 0.0)


def _chain_loss(logits: Sequence[QuoteLogits], targets: Sequence[Targets]) -> Tensor:
    """The negative log likelihood of the accepted chains of outlets, per labelled quote."""
    total, count = torch.zeros((), device=logits[0].transitions.device), 0
    for x, t in zip(logits, targets, strict=True):
        allowed = t.chain.allowed.to(total.device)
        asked = int((~allowed.all(1)).sum())
        if not asked or allowed.shape[1] < 2:
            continue
        n_quotes = len(allowed)
        speech = x.choices["kind"][:n_quotes].softmax(1)[:, KINDS.index("speech")]
        scores = emissions(x.pointers["outlet"].part(n_quotes), speech, t.chain.outlets)
        total = total - log_likelihood(scores, x.transitions[: n_quotes - 1], allowed)
        count += asked
    return total / max(1, count)


def _weighted_mean(values: Sequence[Tensor], weights: Sequence[Tensor]) -> Tensor:
    weight = torch.cat(list(weights))
    return (torch.cat(list(values)) * weight).sum() / weight.sum().clamp(min=1.0)
