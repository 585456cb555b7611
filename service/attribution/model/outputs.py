"""What the network gives for the quotes of an article, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - torch's own idiom

OUT_OF_REACH: Final = -1e4
"""The score of a place that may not be chosen or looked at."""
TINY: Final = 1e-30
"""Keeps the logarithm of a sum that underflows finite."""


@dataclass(frozen=True, slots=True)
class SpanScores:
    """How one pointer scores every span for each of Q quotes over T tokens, as unnormalised log probabilities.

    The score of the span from token ``a`` to token ``b`` (inclusive) is ``starts[q, a] + ends[q, b]``, that of "none"
    is ``none[q]``. ``starts`` and ``ends`` are [Q, T], ``none`` is [Q]. ``allowed`` [T, L] says for each first token
    which lengths, from one on, a span may have: it stays inside one paragraph and crosses no quotation mark.
    """

    starts: Tensor
    ends: Tensor
    none: Tensor
    allowed: Tensor

    def from_starts(self) -> Tensor:
        """For each first token, the log of the summed exponentials of all spans from there. [Q, T]"""
        peak = self.ends.detach().amax(1, keepdim=True)
        odds = (self.ends - peak).exp()
        within = torch.zeros_like(odds)
        n_tokens = odds.shape[1]
        for step in range(min(self.allowed.shape[1], n_tokens)):
            within = within + F.pad(odds[:, step:], (0, step)) * self.allowed[:, step]
        impossible = ~self.allowed.any(1) | (self.starts <= OUT_OF_REACH / 2)
        return (self.starts + within.clamp(min=TINY).log() + peak).masked_fill(impossible, OUT_OF_REACH)

    def log_total(self) -> Tensor:
        """The log of the summed exponentials of all spans and of "none", which normalises the scores. [Q]"""
        return torch.cat((self.from_starts(), self.none[:, None]), dim=1).logsumexp(1)

    def part(self, n_quotes: int) -> SpanScores:
        """The scores for the first ``n_quotes`` quotes."""
        return SpanScores(self.starts[:n_quotes], self.ends[:n_quotes], self.none[:n_quotes], self.allowed)

    def of_spans(self, first: Tensor, last: Tensor) -> Tensor:
        """Scores of the spans with these first and last tokens, both [N], for every quote. [Q, N]"""
        return self.starts[:, first] + self.ends[:, last]


@dataclass(frozen=True, slots=True)
class QuoteLogits:
    """The answers for Q quotes: ``choices[name]`` is [Q, len(CHOICES[name])], ``pointers[name]`` scores spans, and
    ``transitions`` [Q - 1, len(TRANSITIONS)] says of each quote and the next how the credited outlet changes."""

    choices: dict[str, Tensor]
    pointers: dict[str, SpanScores]
    transitions: Tensor
