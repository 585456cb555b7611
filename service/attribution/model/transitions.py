"""Reads, between each quote and the next, how the credited outlet changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - torch's own idiom

from service.attribution.model.config import TRANSITIONS, AttributionConfig
from service.attribution.model.inputs import QuoteInputs
from service.attribution.model.outputs import OUT_OF_REACH, TINY, SpanScores

BETWEEN: Final = 64
"""Tokens after a quote, and before the next, that say whether a credit goes on."""


class TransitionHead(nn.Module):
    """Reads the words between each quote and the next, and says how the credited outlet changes there.

    The words are pooled by learned attention; with them go both quotes' states, and how much their pointers to speaker
    and name agree.
    """

    HEADS: Final = 4
    WIDTH: Final = 64
    N_FACTS: Final = 6

    def __init__(self, config: AttributionConfig, width: int) -> None:
        super().__init__()
        self.attention = nn.Linear(width, self.HEADS)
        self.words = nn.Linear(self.HEADS * width, self.WIDTH)
        self.hidden = nn.Linear(2 * config.quote_width + self.WIDTH + self.N_FACTS, 2 * self.WIDTH)
        self.out = nn.Linear(2 * self.WIDTH, len(TRANSITIONS))
        self.dropout = nn.Dropout(config.head_dropout)

    def forward(
        self, states: Tensor, tokens: Tensor, quotes: QuoteInputs, pointers: Mapping[str, SpanScores]
    ) -> Tensor:
        """[Q - 1, len(TRANSITIONS)]"""
        words = self._between(tokens, quotes)
        facts = torch.cat((_agreement(pointers), _distance(quotes)), dim=1)
        joined = torch.cat((states[:-1], states[1:], F.gelu(self.words(words)), facts), dim=1)
        logits: Tensor = self.out(self.dropout(F.gelu(self.hidden(joined))))
        return logits.float()

    def _between(self, tokens: Tensor, quotes: QuoteInputs) -> Tensor:
        """What the attention gathers from the words after each quote and before the next. [Q - 1, HEADS D]"""
        steps = torch.arange(BETWEEN, device=tokens.device)
        begin, stop = quotes.last[:-1, None] + 1, quotes.first[1:, None]
        after, before = begin + steps, stop - 1 - steps
        places = torch.cat((after, before), dim=1)
        present = torch.cat((after < stop, (before >= begin + BETWEEN)), dim=1)
        vectors = tokens[places.clamp(0, len(tokens) - 1)]
        weights = self.attention(vectors).masked_fill(~present[..., None], OUT_OF_REACH).softmax(1)
        gathered: Tensor = weights.mT @ vectors * present.any(1)[:, None, None]
        return gathered.flatten(1)


def _agreement(pointers: Mapping[str, SpanScores]) -> Tensor:
    """How much of the mention's and of the name's places each quote shares with the next, from 0 to 1. [Q - 1, 2]"""
    shared = []
    for name in ("mention", "name"):
        scores = torch.cat((pointers[name].starts, pointers[name].none[:, None] / 2), dim=1)
        weights = scores.softmax(1).clamp(min=TINY).sqrt()
        shared.append((weights[:-1] * weights[1:]).sum(1))
    return torch.stack(shared, dim=1)


def _distance(quotes: QuoteInputs) -> Tensor:
    """How far each quote is from the next: in tokens and paragraphs, and whether it is nested in it. [Q - 1, 4]"""
    gap = (quotes.first[1:] - quotes.last[:-1]).clamp(min=0)
    lines = (quotes.paragraphs[quotes.first[1:]] - quotes.paragraphs[quotes.last[:-1]]).clamp(min=0)
    nested = quotes.first[1:] < quotes.last[:-1]
    columns = (gap.float().log1p() / 4, lines.float().log1p(), lines == 0, nested)
    return torch.stack([column.float() for column in columns], dim=1)
