"""Scores of spans: their sums are those of all spans that are allowed, one by one."""

from __future__ import annotations

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from service.attribution.model.outputs import OUT_OF_REACH, SpanScores


def span_scores(n_quotes: int, n_tokens: int, longest: int, spread: float, seed: int) -> SpanScores:
    generator = torch.Generator().manual_seed(seed)
    starts, ends = (spread * torch.randn(n_quotes, n_tokens, generator=generator) for _ in range(2))
    allowed = torch.rand(n_tokens, longest, generator=generator) < 0.6
    beyond = torch.arange(n_tokens)[:, None] + torch.arange(longest) >= n_tokens
    return SpanScores(starts, ends, spread * torch.randn(n_quotes, generator=generator), allowed & ~beyond)


def one_by_one(scores: SpanScores, quote: int, first: int) -> list[float]:
    """The scores of all spans that begin at a token."""
    lengths = scores.allowed[first].nonzero().flatten().tolist()
    return [scores.starts[quote, first].item() + scores.ends[quote, first + length].item() for length in lengths]


def log_sum(values: list[float]) -> float:
    peak = max(values)
    return peak + math.log(math.fsum(math.exp(value - peak) for value in values))


@given(
    n_quotes=st.integers(1, 3),
    n_tokens=st.integers(1, 9),
    longest=st.integers(1, 12),
    spread=st.sampled_from([0.0, 1.0, 5.0]),
    seed=st.integers(0, 10_000),
)
@settings(deadline=None)
def test_totals_are_those_of_all_allowed_spans(
    n_quotes: int, n_tokens: int, longest: int, spread: float, seed: int
) -> None:
    scores = span_scores(n_quotes, n_tokens, longest, spread, seed)
    from_starts, totals = scores.from_starts(), scores.log_total()
    assert from_starts.shape == (n_quotes, n_tokens)
    for quote in range(n_quotes):
        spans = [one_by_one(scores, quote, first) for first in range(n_tokens)]
        for first, found in enumerate(spans):
            expected = log_sum(found) if found else OUT_OF_REACH
            assert from_starts[quote, first].item() == pytest.approx(expected, abs=1e-4)
        everything = [*(score for found in spans for score in found), scores.none[quote].item()]
        assert totals[quote].item() == pytest.approx(log_sum(everything), abs=1e-4)


def test_a_start_out_of_reach_begins_no_span() -> None:
    scores = span_scores(1, 4, 2, 1.0, seed=0)
    scores.starts[0, 1] += OUT_OF_REACH
    assert scores.from_starts()[0, 1].item() == OUT_OF_REACH


def test_without_an_allowed_span_none_is_all_there_is() -> None:
    scores = SpanScores(torch.zeros(2, 3), torch.zeros(2, 3), torch.tensor([1.0, -2.0]), torch.zeros(3, 4).bool())
    assert scores.log_total().tolist() == [1.0, -2.0]


@given(spread=st.sampled_from([1.0, 300.0]), seed=st.integers(0, 10_000))
@settings(deadline=None, max_examples=30)
def test_gradients_are_probabilities_however_far_the_scores_lie_apart(spread: float, seed: int) -> None:
    made = span_scores(2, 8, 3, spread, seed)
    starts, ends, none = (part.clone().requires_grad_() for part in (made.starts, made.ends, made.none))
    torch.autograd.backward(SpanScores(starts, ends, none, made.allowed).log_total().sum())

    def gradient(part: Tensor) -> Tensor:
        assert part.grad is not None
        return part.grad

    assert all(torch.isfinite(gradient(part)).all() for part in (starts, ends, none))
    torch.testing.assert_close(gradient(starts).sum(1) + gradient(none), torch.ones(2), atol=1e-3, rtol=0)


def test_spans_are_scored_by_both_their_edges() -> None:
    scores = span_scores(2, 5, 3, 1.0, seed=1)
    found = scores.of_spans(torch.tensor([0, 2]), torch.tensor([1, 2]))
    assert found.shape == (2, 2)
    assert found[1, 0] == scores.starts[1, 0] + scores.ends[1, 1]
    assert found[0, 1] == scores.starts[0, 2] + scores.ends[0, 2]


def test_a_part_scores_the_first_quotes_alone() -> None:
    scores = span_scores(3, 5, 2, 1.0, seed=2)
    assert torch.equal(scores.part(2).log_total(), scores.log_total()[:2])
