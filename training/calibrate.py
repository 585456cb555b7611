"""What a confidence is worth: fits a line over its log odds to how often such answers are right.

After Platt, Probabilistic outputs for support vector machines, Advances in Large Margin Classifiers, 1999.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch.nn import functional as F  # noqa: N812 - torch's own idiom

from service.attribution.model.config import Calibration, log_odds


def fit_line(answers: Sequence[tuple[float, bool]]) -> Calibration:
    """The likeliest line for ``answers``, confidences from 0 to 1, each with whether the answer was right."""
    odds = torch.tensor([log_odds(confidence) for confidence, _ in answers], dtype=torch.float64)
    right = torch.tensor([float(r) for _, r in answers], dtype=torch.float64)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = F.binary_cross_entropy_with_logits(line[0] * odds + line[1], right) + 1e-3 * (line[0] - 1) ** 2
        torch.autograd.backward(value)
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    slope, shift = line.tolist()
    return Calibration(slope, shift)
