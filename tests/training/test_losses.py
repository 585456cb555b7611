"""What answers cost, by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pytest
import torch
from torch import Tensor

from service.attribution.model.config import CHOICES, POINTERS, TRANSITIONS
from service.attribution.model.outputs import OUT_OF_REACH, QuoteLogits, SpanScores
from training.examples import ChainTargets, SpanTargets, Targets
from training.losses import WEIGHTS, task_losses, total_loss

ODDS = (1 / 8, 1 / 8, 1 / 4)
"""Of three tokens, each a span of its own; "none" has the other half."""


def logits(n_quotes: int = 1) -> QuoteLogits:
    """The same scores for every pointer and quote, even chances for the closed questions and no transitions."""
    starts = torch.tensor(ODDS).log().repeat(n_quotes, 1) + 5
    none = torch.full((n_quotes,), math.log(0.5) + 5)
    scores = SpanScores(starts, torch.zeros_like(starts), none, torch.ones(3, 1, dtype=torch.bool))
    choices = {name: torch.zeros(n_quotes, len(answers)) for name, answers in CHOICES.items()}
    choices["kind"][:, 1] = 30.0
    return QuoteLogits(choices, dict.fromkeys(POINTERS, scores), torch.zeros(n_quotes - 1, len(TRANSITIONS)))


def spans(*tokens: int, weight: float = 1.0) -> SpanTargets:
    """Right spans of one token each, of one quote."""
    width = max(1, len(tokens))
    at = torch.tensor([[*tokens, *[0] * (width - len(tokens))]])
    return SpanTargets(at, at, torch.tensor([[i < len(tokens) for i in range(width)]]), torch.tensor([weight]))


def outlets(*allowed: Sequence[bool]) -> ChainTargets:
    """Two outlets: one at the first two tokens, one at the third."""
    places = tuple((torch.tensor(at), torch.tensor(at)) for at in ([0, 1], [2]))
    return ChainTargets(places, torch.tensor(allowed, dtype=torch.bool).reshape(-1, 3))


def targets(right: SpanTargets, chain: ChainTargets | None = None, weight: float = 1.0) -> Targets:
    n_quotes = len(right.weights)
    return Targets(
        choices={name: torch.ones(n_quotes, dtype=torch.long) for name in CHOICES},
        choice_weights={name: torch.full((n_quotes,), weight) for name in CHOICES},
        pointers=dict.fromkeys(POINTERS, right),
        chain=chain or outlets([True] * 3),
    )


def loss(name: str, *asked: Targets) -> float:
    return task_losses([logits()] * len(asked), asked)[name].item()


@pytest.mark.parametrize("pointer", POINTERS)
def test_right_spans_count_together(pointer: str) -> None:
    assert loss(pointer, targets(spans(0, 2))) == pytest.approx(math.log(8 / 3), rel=1e-5)
    assert loss(pointer, targets(spans())) == pytest.approx(math.log(2), rel=1e-5)


def test_closed_questions_cost_the_surprise_of_their_answers() -> None:
    assert loss("role", targets(spans())) == pytest.approx(math.log(5))
    assert loss("kind", targets(spans())) == pytest.approx(0, abs=1e-6)


def test_the_mean_is_weighted_and_taken_over_all_articles() -> None:
    asked = (targets(spans(weight=1.0)), targets(spans(2, weight=0.5)), targets(spans(0, weight=0.0)))
    assert loss("name", *asked) == pytest.approx((1.0 * math.log(2) + 0.5 * math.log(4)) / 1.5, rel=1e-5)


def test_what_is_asked_of_no_quote_costs_nothing() -> None:
    losses = task_losses([logits()], [targets(spans(weight=0.0), weight=0.0)])
    assert losses.keys() == WEIGHTS.keys()
    assert all(value.item() == 0 for value in losses.values())


def test_a_right_span_out_of_the_pointers_reach_costs_nothing() -> None:
    made = logits()
    made.pointers["mention"].starts[0, 2] += OUT_OF_REACH
    losses = task_losses([made], [targets(spans(2))])
    assert losses["mention"].item() == 0


class TestChain:
    """The first outlet, none and the second have odds of 1/4, 1/2 and 1/4."""

    def test_the_right_outlet_of_one_quote(self) -> None:
        assert loss("chain", targets(spans(), outlets([False, True, False]))) == pytest.approx(math.log(4), rel=1e-5)
        assert loss("chain", targets(spans(), outlets([True, False, False]))) == pytest.approx(math.log(2), rel=1e-5)

    def test_it_is_per_quote_that_is_asked(self) -> None:
        asked = outlets([False, True, False], [True, True, True], [True, False, False])
        right = SpanTargets(*(torch.zeros(3, 1).long(),) * 2, torch.zeros(3, 1).bool(), torch.ones(3))
        found = task_losses([logits(3)], [targets(right, asked)])["chain"]
        assert found.item() == pytest.approx((math.log(4) + math.log(2)) / 2, rel=1e-5)

    def test_quotes_past_those_of_the_chain_do_not_count(self) -> None:
        right = SpanTargets(*(torch.zeros(2, 1).long(),) * 2, torch.zeros(2, 1).bool(), torch.ones(2))
        found = task_losses([logits(2)], [targets(right, outlets([False, True, False]))])["chain"]
        assert found.item() == pytest.approx(math.log(4), rel=1e-5)

    def test_no_quote_costs_nothing(self) -> None:
        assert loss("chain", targets(spans(), outlets())) == 0

    def test_without_outlets_there_is_nothing_to_learn(self) -> None:
        nothing = ChainTargets((), torch.ones(1, 1, dtype=torch.bool))
        assert loss("chain", targets(spans(), nothing)) == 0


def test_tasks_count_by_their_weights() -> None:
    ones: dict[str, Tensor] = {name: torch.ones(()) for name in WEIGHTS}
    assert total_loss(ones).item() == pytest.approx(sum(WEIGHTS.values()))
    assert total_loss({"kind": torch.tensor(2.0)}).item() == pytest.approx(2 * WEIGHTS["kind"])


def test_gradients_are_finite_where_spans_are_out_of_reach() -> None:
    made = logits()
    starts = made.pointers["name"].starts.clone()
    starts[0, :2] += OUT_OF_REACH
    starts.requires_grad_()
    scores = SpanScores(starts, torch.zeros(1, 3), torch.zeros(1), torch.tensor([[True], [False], [True]]))
    other = QuoteLogits(made.choices, dict.fromkeys(POINTERS, scores), made.transitions)
    for right in (spans(0), spans(0, 2), spans()):
        (gradient,) = torch.autograd.grad(total_loss(task_losses([other], [targets(right)])), starts)
        assert torch.isfinite(gradient).all()
