"""Decides the credited outlets of an article's quotes together: a linear-chain conditional random field.

The states of a quote are "none", at index 0, and the article's K outlets. What a quote's pointer gives an outlet's
mentions is its emission; from a quote to the next the network's transitions, in the order of
:data:`~service.attribution.model.config.TRANSITIONS`, say how likely a credit is to stay, to end, to begin or to become
another. After Lafferty, McCallum and Pereira, Conditional Random Fields, ICML 2001.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Final

import torch
from torch import Tensor

from service.attribution.model.outputs import OUT_OF_REACH, SpanScores

REACH: Final = 16
"""The number of preceding quotes that a quote may be tied to."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """The inputs of the chain for Q quotes and K outlets.

    ``scores`` [Q, K + 1] are the :func:`emissions`, ``transitions`` [Q - 1, len(TRANSITIONS)] the network's;
    ``unlisted`` says of each outlet whether the registry lacks it. ``ties`` [Q, REACH] is the probability that each
    quote and each of those before it, nearest first, are speech of the same speaker.
    """

    scores: Tensor
    transitions: Tensor
    unlisted: tuple[bool, ...]
    ties: Tensor

    @property
    def outlets(self) -> int:
        """The number of outlets."""
        return len(self.unlisted)


@dataclass(frozen=True, slots=True)
class ChainWeights:
    """The weights of the chain's terms, fitted on articles that the network was not trained on.

    Factors for the scores of states and of transitions; biases for "none" and for outlets that the registry lacks; and
    bonuses for a state that the network alone gives to another quote of the same speaker, before or after this one:
    "none" or an outlet. The last are as in a skip-chain (Sutton and McCallum, Collective segmentation and labeling of
    distant entities, 2004).
    """

    states: float = 1.0
    transitions: float = 1.0
    none: float = 0.0
    unlisted: float = 0.0
    none_before: float = 0.0
    none_after: float = 0.0
    outlet_before: float = 0.0
    outlet_after: float = 0.0

    def weigh(self, lattice: Lattice) -> tuple[Tensor, Tensor]:
        """The weighted scores of states [Q, K + 1] and of transitions [Q - 1, len(TRANSITIONS)]."""
        return Weighing(lattice).scores(torch.tensor(astuple(self)))


class Weighing:
    """A lattice, with everything that does not depend on the weights computed once."""

    def __init__(self, lattice: Lattice) -> None:
        self._lattice = lattice
        self._none = torch.zeros(lattice.outlets + 1)
        self._none[0] = 1.0
        self._unlisted = torch.tensor([False, *lattice.unlisted]).float()
        self._before, self._after = shared_states(marginals(lattice.scores, lattice.transitions), lattice.ties)

    def scores(self, weights: Tensor) -> tuple[Tensor, Tensor]:
        """See :meth:`ChainWeights.weigh`, whose fields ``weights`` holds in order."""
        states, steps, none, lacking, none_before, none_after, outlet_before, outlet_after = weights.unbind()
        credited = 1 - self._none
        added = none * self._none + lacking * self._unlisted
        before = (none_before * self._none + outlet_before * credited) * self._before
        after = (none_after * self._none + outlet_after * credited) * self._after
        return states * self._lattice.scores + added + before + after, steps * self._lattice.transitions


def shared_states(states: Tensor, ties: Tensor) -> tuple[Tensor, Tensor]:
    """The probability that another quote of the same speaker has each state: one before a quote, one after it. Both [Q,
    K + 1].

    ``states`` [Q, K + 1] are the probabilities of each quote's states; ``ties`` are those of a :class:`Lattice`.
    """
    before, after = torch.zeros_like(states), torch.zeros_like(states)
    for back in range(1, min(len(states), ties.shape[1] + 1)):
        tie = ties[back:, back - 1, None]
        before[back:] = torch.maximum(before[back:], tie * states[:-back])
        after[:-back] = torch.maximum(after[:-back], tie * states[back:])
    return before, after


Places = tuple[Tensor, Tensor]
"""First and last tokens (inclusive) of the mentions of one outlet, both [M]."""


def emissions(pointer: SpanScores, speech: Tensor, outlets: Sequence[Places]) -> Tensor:
    """The score of each state for each quote, "none" first. [Q, K + 1]

    ``speech`` [Q] is the probability that the quote is speech; nonspeech is no evidence for a credit.
    """
    unnamed = torch.full_like(pointer.none, OUT_OF_REACH)
    named = (pointer.of_spans(first, last).logsumexp(1) if len(first) else unnamed for first, last in outlets)
    scores = torch.stack((pointer.none, *named), dim=1)
    best = scores.amax(1, keepdim=True)
    return (scores - best).clamp(min=_FLOOR) * speech[:, None]


_FLOOR = -30.0
"""The score, relative to the best, of an impossible state; finite."""


def log_likelihood(scores: Tensor, transitions: Tensor, allowed: Tensor) -> Tensor:
    """The log of the probability that every quote has one of its allowed states; there must be at least one quote.

    ``scores`` [Q, K + 1] are the :func:`emissions`, ``transitions`` [Q - 1, len(TRANSITIONS)] the network's;
    ``allowed`` [Q, K + 1] is boolean.
    """
    both = torch.stack((scores, scores.masked_fill(~allowed, OUT_OF_REACH)), dim=1)
    reached = both[0]
    for own, changes in zip(both[1:], transitions, strict=True):
        reached = _onward(reached, *changes) + own
    total = reached.logsumexp(1)
    return total[1] - total[0]


def marginals(scores: Tensor, transitions: Tensor) -> Tensor:
    """The probability of each state of each quote, given all of them, by forward-backward. [Q, K + 1]

    The arguments are those of :func:`log_likelihood`.
    """
    forward, backward = [scores[0]], [torch.zeros_like(scores[0])]
    for own, changes in zip(scores[1:], transitions, strict=True):
        forward.append(_bounded(_onward(forward[-1], *changes) + own))
    for own, (stay, end, begin, switch) in zip(scores[1:].flip(0), transitions.flip(0), strict=True):
        backward.append(_bounded(_onward(own + backward[-1], stay, begin, end, switch)))
    return (torch.stack(forward) + torch.stack(backward[::-1])).softmax(1)


def _onward(reached: Tensor, stay: Tensor, end: Tensor, begin: Tensor, switch: Tensor) -> Tensor:
    """For each state of a quote, the log of the summed exponentials of all ways there from the states before it, which
    are ``reached`` [..., K + 1] so far. That none stays none scores 0.

    The ways are not tabulated: all switches score the same, so that the work grows with K, not with its square.
    Backwards, ``end`` and ``begin`` change places.
    """
    none, credited = reached[..., :1], reached[..., 1:]
    if not credited.shape[-1]:
        return none
    into_none = torch.logaddexp(none, credited.logsumexp(-1, keepdim=True) + end)
    ways = ((none + begin).expand_as(credited), credited + stay, _of_others(credited) + switch)
    return torch.cat((into_none, torch.stack(ways).logsumexp(0)), dim=-1)


def _of_others(scores: Tensor) -> Tensor:
    """For each of the K scores [..., K], the log of the summed exponentials of all others."""
    nothing = scores.detach().amin(-1, keepdim=True) + OUT_OF_REACH
    before = torch.cat((nothing, scores[..., :-1]), dim=-1).logcumsumexp(-1)
    after = torch.cat((nothing, scores[..., 1:].flip(-1)), dim=-1).logcumsumexp(-1).flip(-1)
    return torch.logaddexp(before, after)


def _bounded(scores: Tensor) -> Tensor:
    """The scores minus a constant, to keep their precision in long articles."""
    return scores - scores.amax()
