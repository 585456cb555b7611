"""The chain of outlets against all sequences of states, one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from service.attribution.model.chain import (
    REACH,
    ChainWeights,
    Lattice,
    emissions,
    log_likelihood,
    marginals,
    shared_states,
)
from service.attribution.model.config import TRANSITIONS
from service.attribution.model.outputs import SpanScores

chains = given(n_quotes=st.integers(1, 4), n_outlets=st.integers(0, 3), seed=st.integers(0, 10_000))
few = settings(deadline=None, max_examples=60)


def drawn(n_quotes: int, n_outlets: int, seed: int) -> tuple[Tensor, Tensor]:
    """Emissions and transitions."""
    generator = torch.Generator().manual_seed(seed)
    scores = 2 * torch.randn(n_quotes, n_outlets + 1, generator=generator)
    return scores, 2 * torch.randn(n_quotes - 1, len(TRANSITIONS), generator=generator)


def change(before: int, after: int) -> str | None:
    """The name of a transition from a state to another; that none stays none has none."""
    if not before:
        return "begin" if after else None
    return "end" if not after else "stay" if before == after else "switch"


def score(states: Sequence[int], scores: Tensor, transitions: Tensor) -> Tensor:
    total = torch.stack([scores[quote, state] for quote, state in enumerate(states)]).sum()
    for quote, step in enumerate(pairwise(states)):
        if name := change(*step):
            total = total + transitions[quote, TRANSITIONS.index(name)]
    return total


def log_sum(scores: Tensor, transitions: Tensor, right: Callable[[Sequence[int]], bool]) -> Tensor:
    """Over all sequences of states that are right."""
    every = product(range(scores.shape[1]), repeat=len(scores))
    return torch.stack([score(states, scores, transitions) for states in every if right(states)]).logsumexp(0)


@chains
@few
def test_marginals_are_those_of_all_sequences(n_quotes: int, n_outlets: int, seed: int) -> None:
    scores, transitions = drawn(n_quotes, n_outlets, seed)
    found = marginals(scores, transitions)
    total = log_sum(scores, transitions, lambda _: True)
    for quote, state in product(range(n_quotes), range(n_outlets + 1)):
        expected = log_sum(scores, transitions, lambda states, q=quote, s=state: states[q] == s) - total  # type: ignore[misc]
        assert found[quote, state].item() == pytest.approx(expected.exp().item(), abs=1e-5)


@chains
@few
def test_the_likelihood_is_that_of_all_allowed_sequences(n_quotes: int, n_outlets: int, seed: int) -> None:
    scores, transitions = drawn(n_quotes, n_outlets, seed)
    allowed = torch.rand(scores.shape, generator=torch.Generator().manual_seed(seed)) < 0.5
    allowed[~allowed.any(1)] = True
    inside = log_sum(scores, transitions, lambda states: all(allowed[q, s] for q, s in enumerate(states)))
    expected = inside - log_sum(scores, transitions, lambda _: True)
    assert log_likelihood(scores, transitions, allowed).item() == pytest.approx(expected.item(), abs=1e-3)


@pytest.mark.parametrize("n_outlets", [1, 2, 4])
def test_its_gradients_are_those_of_all_sequences(n_outlets: int) -> None:
    allowed = torch.zeros(3, n_outlets + 1, dtype=torch.bool)
    allowed[:, -1] = allowed[1, 0] = True

    def gradients(likelihood: Callable[[Tensor, Tensor], Tensor]) -> list[Tensor]:
        inputs = [part.requires_grad_() for part in drawn(3, n_outlets, seed=5)]
        return list(torch.autograd.grad(likelihood(*inputs), inputs))

    def one_by_one(scores: Tensor, transitions: Tensor) -> Tensor:
        inside = log_sum(scores, transitions, lambda states: all(allowed[q, s] for q, s in enumerate(states)))
        return inside - log_sum(scores, transitions, lambda _: True)

    for found, expected in zip(
        gradients(lambda scores, transitions: log_likelihood(scores, transitions, allowed)),
        gradients(one_by_one),
        strict=True,
    ):
        torch.testing.assert_close(found, expected, atol=1e-4, rtol=1e-3)


def test_where_every_state_is_allowed_nothing_is_lost() -> None:
    scores, transitions = drawn(4, 2, seed=1)
    assert log_likelihood(scores, transitions, torch.ones(4, 3, dtype=torch.bool)).item() == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize(("n_quotes", "n_outlets"), [(1, 0), (2000, 3), (5, 3000)])
def test_marginals_add_up_to_one_in_the_longest_articles_too(n_quotes: int, n_outlets: int) -> None:
    scores, transitions = drawn(n_quotes, n_outlets, seed=2)
    found = marginals(scores - 30, transitions - 10)
    torch.testing.assert_close(found.sum(1), torch.ones(n_quotes), atol=1e-4, rtol=0)
    assert ((found >= 0) & (found <= 1 + 1e-5)).all()


def pointer(spans: Sequence[float], none: float) -> SpanScores:
    """A quote's scores of spans of one token each."""
    starts = torch.tensor([list(spans)])
    return SpanScores(starts, torch.zeros_like(starts), torch.tensor([none]), torch.ones(len(spans), 1).bool())


def places(*tokens: int) -> tuple[Tensor, Tensor]:
    at = torch.tensor(tokens, dtype=torch.long)
    return at, at


def test_mentions_of_an_outlet_count_together() -> None:
    found = emissions(pointer([1.0, 1.0, 0.5], 0.0), torch.ones(1), [places(0, 1), places(2)])
    expected = torch.tensor([[0.0, 1 + torch.tensor(2.0).log().item(), 0.5]])
    torch.testing.assert_close(found - found[:, :1], expected)
    assert found.max().item() == 0.0


def test_an_outlet_without_a_place_in_the_section_is_out_of_the_question() -> None:
    (row,) = emissions(pointer([1.0], 0.0), torch.ones(1), [places(0), places()])
    assert row[2] <= -30 < row[0] < row[1]


def lattice(n_quotes: int = 2, ties: Tensor | None = None) -> Lattice:
    scores, transitions = drawn(n_quotes, 2, seed=3)
    return Lattice(scores, transitions, (False, True), torch.zeros(n_quotes, REACH) if ties is None else ties)


def test_neutral_weights_change_nothing() -> None:
    plain = lattice(ties=torch.ones(2, REACH))
    assert all(map(torch.equal, ChainWeights().weigh(plain), (plain.scores, plain.transitions)))


def test_weights_are_factors_and_what_is_added_for_none_and_for_unlisted_outlets() -> None:
    plain = lattice()
    states, steps = ChainWeights(2.0, 3.0, 0.5, -0.25).weigh(plain)
    torch.testing.assert_close(states, 2 * plain.scores + torch.tensor([0.5, 0.0, -0.25]))
    torch.testing.assert_close(steps, 3 * plain.transitions)


def test_a_state_gains_from_other_quotes_of_the_speaker() -> None:
    ties = torch.zeros(3, REACH)
    ties[2, 1] = 0.5  # the third quote and the first
    plain = lattice(3, ties)
    weights = ChainWeights(none_before=1.0, none_after=2.0, outlet_before=3.0, outlet_after=4.0)
    gained = weights.weigh(plain)[0] - plain.scores
    alone = marginals(plain.scores, plain.transitions)
    torch.testing.assert_close(gained[2], 0.5 * alone[0] * torch.tensor([1.0, 3.0, 3.0]))
    torch.testing.assert_close(gained[0], 0.5 * alone[2] * torch.tensor([2.0, 4.0, 4.0]))
    assert not gained[1].any()


@chains
@few
def test_of_several_other_quotes_the_surest_counts(n_quotes: int, n_outlets: int, seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    states = torch.rand(n_quotes, n_outlets + 1, generator=generator)
    ties = torch.rand(n_quotes, REACH, generator=generator)
    before, after = shared_states(states, ties)
    for quote in range(n_quotes):
        earlier = [ties[quote, quote - other - 1] * states[other] for other in range(quote)]
        later = [ties[other, other - quote - 1] * states[other] for other in range(quote + 1, n_quotes)]
        for found, others in ((before[quote], earlier), (after[quote], later)):
            expected = torch.stack(others).amax(0) if others else torch.zeros(n_outlets + 1)
            torch.testing.assert_close(found, expected)


def test_what_is_no_speech_says_nothing_of_a_credit() -> None:
    assert not emissions(pointer([9.0], 0.0), torch.zeros(1), [places(0)]).any()
