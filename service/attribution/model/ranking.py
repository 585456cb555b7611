"""Scores the candidates for a quote's speaker by the evidence for each: a small network over named features."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own idiom


class CandidateScorer(nn.Module):
    """Two layers over the features of one candidate; the scores of a quote's candidates are compared by softmax."""

    def __init__(self, n_features: int, width: int) -> None:
        super().__init__()
        self.hidden = nn.Linear(n_features, width)
        self.linear = nn.Linear(n_features, 1, bias=False)
        self.out = nn.Linear(width, 1, bias=False)

    def forward(self, features: Tensor) -> Tensor:
        """The score of each of N candidates, [N], from their features [N, F]."""
        scores: Tensor = self.out(F.gelu(self.hidden(features))) + self.linear(features)
        return scores.squeeze(1)

    def probabilities(self, features: Sequence[Sequence[float]]) -> list[float]:
        """How likely each candidate of one quote is the right one; there must be at least one."""
        table = torch.tensor(features, device=self.linear.weight.device)
        shares: list[float] = self(table).softmax(0).tolist()
        return shares
