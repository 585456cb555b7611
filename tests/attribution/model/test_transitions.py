"""What is read between a quote and the next."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from service.attribution.model.config import TRANSITIONS, AttributionConfig
from service.attribution.model.features import SHAPE_FEATURES
from service.attribution.model.inputs import QuoteInputs
from service.attribution.model.outputs import OUT_OF_REACH, SpanScores
from service.attribution.model.transitions import BETWEEN, TransitionHead

N_TOKENS, WIDTH, OWN = 400, 8, 16


@pytest.fixture
def head() -> TransitionHead:
    torch.manual_seed(1)
    return TransitionHead(AttributionConfig(quote_width=OWN), WIDTH).eval()


def quotes(*places: tuple[int, int]) -> QuoteInputs:
    """Quotes by first and last token, in paragraphs of fifty."""
    table = torch.tensor(places)
    return QuoteInputs(
        first=table[:, 0],
        last=table[:, 1],
        shape=torch.zeros(len(places), len(SHAPE_FEATURES), dtype=torch.long),
        paragraphs=torch.arange(N_TOKENS) // 50,
        regions=torch.ones(N_TOKENS, dtype=torch.long),
    )


def vectors() -> Tensor:
    return torch.randn(N_TOKENS, WIDTH, generator=torch.Generator().manual_seed(2))


def pointing_at(*tokens: int) -> dict[str, SpanScores]:
    """Each quote's pointers are all but sure of one token."""
    starts = torch.zeros(len(tokens), N_TOKENS)
    starts[range(len(tokens)), list(tokens)] = 20.0
    scores = SpanScores(starts, starts, torch.zeros(len(tokens)), torch.ones(N_TOKENS, 1, dtype=torch.bool))
    return {"mention": scores, "name": scores}


def read(
    head: TransitionHead,
    inputs: QuoteInputs,
    tokens: Tensor | None = None,
    pointers: dict[str, SpanScores] | None = None,
) -> Tensor:
    """The transitions between quotes whose states are all alike."""
    states, words = torch.ones(len(inputs.first), OWN), vectors() if tokens is None else tokens
    with torch.inference_mode():
        logits: Tensor = head(states, words, inputs, pointers or pointing_at(*[7] * len(states)))
    return logits


def test_there_is_one_between_each_quote_and_the_next(head: TransitionHead) -> None:
    assert read(head, quotes((0, 5), (9, 12), (20, 29))).shape == (2, len(TRANSITIONS))
    assert read(head, quotes((3, 4))).shape == (0, len(TRANSITIONS))


@pytest.mark.parametrize("gap", [0, 1, 20, BETWEEN, 2 * BETWEEN, 300])
def test_the_words_between_are_read_and_no_others(head: TransitionHead, gap: int) -> None:
    inputs, last = quotes((10, 19), (20 + gap, 25 + gap)), 19
    plain = read(head, inputs)
    read_ones = [last + 1 + i for i in range(gap) if i < BETWEEN or i >= gap - BETWEEN]
    for token in (10, 19, 20 + gap, 25 + gap, 5, *range(20, 20 + gap, 7)):
        changed = vectors()
        changed[token] += 3.0
        assert torch.allclose(read(head, inputs, changed), plain) == (token not in read_ones), token


def test_a_quote_within_the_one_before_has_no_words_between(head: TransitionHead) -> None:
    plain = read(head, quotes((10, 60), (20, 30)))
    assert torch.isfinite(plain).all()
    torch.testing.assert_close(read(head, quotes((10, 60), (20, 30)), vectors() + 3.0), plain)
    assert not torch.allclose(read(head, quotes((10, 60), (61, 71)), torch.zeros(N_TOKENS, WIDTH)), plain)


def test_it_counts_how_much_the_speakers_agree(head: TransitionHead) -> None:
    inputs = quotes((10, 19), (30, 39))
    same, other = (read(head, inputs, pointers=pointing_at(7, second)) for second in (7, 8))
    assert not torch.allclose(same, other)


def test_it_counts_how_far_the_quotes_are_apart(head: TransitionHead) -> None:
    near, far = (read(head, quotes((10, 19), (first, first + 9)), torch.zeros(N_TOKENS, WIDTH)) for first in (30, 330))
    assert not torch.allclose(near, far)


def test_gradients_are_finite_where_pointers_are_sure(head: TransitionHead) -> None:
    pointers = pointing_at(7, 8)
    starts = pointers["name"].starts.masked_fill(torch.arange(N_TOKENS) > 100, OUT_OF_REACH).requires_grad_()
    scores = SpanScores(starts, starts, torch.zeros(2), pointers["name"].allowed)
    tokens = vectors().requires_grad_()
    logits = head(torch.ones(2, OWN), tokens, quotes((10, 60), (20, 30)), {"mention": scores, "name": scores})
    for gradient in torch.autograd.grad(logits.sum(), (starts, tokens)):
        assert torch.isfinite(gradient).all()
