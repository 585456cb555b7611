"""Calibrates confidences by Platt scaling.

Platt, Probabilistic outputs for support vector machines, Advances in Large Margin Classifiers, 1999.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch.nn import functional as F  # noqa: N812 - torch's own idiom

from service.attribution.model.config import Calibration, log_odds


class Claim(NamedTuple):
    """The confidence of an answer, from 0 to 1, whether the answer was right, and its weight."""

    confidence: float
    is_right: bool
    weight: float = 1.0


def fit_line(claims: Sequence[Claim]) -> Calibration:
    """The maximum-likelihood calibration for these answers."""
    odds = torch.tensor([log_odds(claim.confidence) for claim in claims], dtype=torch.float64)
    right = torch.tensor([float(claim.is_right) for claim in claims], dtype=torch.float64)
    weights = torch.tensor([claim.weight for claim in claims], dtype=torch.float64)
    total = weights.sum().clamp(min=1e-9)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        each = F.binary_cross_entropy_with_logits(line[0] * odds + line[1], right, weights, reduction="sum")
        value = each / total + 1e-3 * (line[0] - 1) ** 2
        torch.autograd.backward(value)
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    slope, shift = line.tolist()
    return Calibration(slope, shift)
