"""From logits to predictions: spans by hand, and what holds of those of any logits."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from service.attribution.model.config import CHOICES, LONGEST, POINTERS
from service.attribution.model.decoding import (
    CANDIDATES,
    NEGLIGIBLE,
    Candidate,
    PointerPrediction,
    marginalize,
    read_logits,
)
from service.attribution.model.features import Tokens
from service.attribution.model.modeling import allowed_lengths
from service.attribution.model.outputs import QuoteLogits, SpanScores
from service.attribution.text import Span
from tests.attribution.model.rows import row_of_tokens


def scores(starts: Tensor, ends: Tensor, none: Tensor, tokens: Tokens, pointer: str) -> SpanScores:
    return SpanScores(starts, ends, none, allowed_lengths(torch.from_numpy(tokens.regions), LONGEST[pointer]))


def logits(starts: Tensor, ends: Tensor, none: Tensor, tokens: Tokens) -> QuoteLogits:
    """The same scores for every pointer, and nothing to say to the closed questions."""
    choices = {name: torch.zeros(len(starts), len(answers)) for name, answers in CHOICES.items()}
    pointers = {name: scores(starts, ends, none, tokens, name) for name in POINTERS}
    return QuoteLogits(choices, pointers, torch.zeros(len(starts) - 1, 4))


def column(odds: Mapping[int, float], n_tokens: int) -> Tensor:
    """Scores [1, T] that give tokens these odds and the others hardly any."""
    row = torch.full((n_tokens,), 1e-9)
    for token, value in odds.items():
        row[token] = value
    return row.log()[None]


def point(
    starts: dict[int, float], ends: dict[int, float], tokens: Tokens, none: float = 1e-9, pointer: str = "mention"
) -> PointerPrediction:
    rows = (column(starts, len(tokens)), column(ends, len(tokens)), torch.tensor([math.log(none)]))
    (prediction,) = read_logits(logits(*rows, tokens), tokens)
    return prediction.pointers[pointer]


def test_the_likeliest_span_is_that_of_the_best_start_and_end() -> None:
    pointer = point({2: 0.8, 5: 0.2}, {3: 0.75, 6: 0.25}, row_of_tokens(8), none=0.15)
    # From 2 on: .8 x (.75 + .25); from 5 on: .2 x .25; none: .15; in all 1.
    assert pointer.best == Span(10, 19)
    assert pointer.candidates[0].weight == pytest.approx(0.8)
    assert pointer.candidates[0].probability == pytest.approx(0.6)
    assert pointer.candidates[1].span == Span(25, 34)
    assert pointer.candidates[1].probability == pytest.approx(0.05)
    assert pointer.none == pytest.approx(0.15)


def test_start_and_end_are_chosen_together() -> None:
    pointer = point({1: 0.6, 9: 0.4}, {1: 0.1, 9: 0.9}, row_of_tokens(12, marks=[5]))
    assert pointer.best == Span(45, 49)


def test_a_span_ends_where_it_starts_or_later() -> None:
    assert point({4: 1.0}, {2: 0.9, 5: 0.1}, row_of_tokens(8)).best == Span(20, 29)
    assert point({4: 1.0}, {4: 1.0}, row_of_tokens(8)).best == Span(20, 24)


def test_a_span_stays_in_its_paragraph() -> None:
    assert point({1: 1.0}, {2: 0.2, 3: 0.8}, row_of_tokens(8, paragraph_of=3)).best == Span(5, 14)


def test_a_span_crosses_no_quotation_mark() -> None:
    assert point({1: 1.0}, {2: 0.2, 4: 0.8}, row_of_tokens(8, marks=[3])).best == Span(5, 14)
    assert point({3: 1.0}, {3: 1.0}, row_of_tokens(8, marks=[3]), none=0.5).best is None


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_span_has_so_many_tokens_at_most(pointer: str) -> None:
    longest = LONGEST[pointer]
    found = point({0: 1.0}, {longest - 1: 0.1, longest: 0.9}, row_of_tokens(60), pointer=pointer)
    assert found.best == Span(0, 5 * longest - 1)


def test_none_wins_where_it_is_likelier_than_what_starts_with_the_best_span() -> None:
    pointer = point({1: 0.3}, {1: 1.0}, row_of_tokens(4), none=0.7)
    assert pointer.none == pytest.approx(0.7)
    assert pointer.best is None
    assert point({1: 0.6}, {1: 1.0}, row_of_tokens(4), none=0.4).best == Span(5, 9)
    assert PointerPrediction((), 0.0).best is None


@pytest.mark.parametrize(("n_tokens", "expected"), [(1, 1), (CANDIDATES, CANDIDATES), (40, CANDIDATES)])
def test_so_many_candidates_are_kept(n_tokens: int, expected: int) -> None:
    even = dict.fromkeys(range(n_tokens), 1 / n_tokens)
    assert len(point(even, even, row_of_tokens(n_tokens)).candidates) == expected


def test_what_counts_for_next_to_nothing_is_left_out() -> None:
    pointer = point({0: 1 - NEGLIGIBLE / 2, 3: NEGLIGIBLE / 2}, {0: 1.0, 3: 1.0}, row_of_tokens(8, paragraph_of=2))
    assert [c.span for c in pointer.candidates] == [Span(0, 4)]


def test_closed_questions_are_answered_with_distributions() -> None:
    tokens = row_of_tokens(3)
    made = logits(torch.zeros(1, 3), torch.zeros(1, 3), torch.zeros(1), tokens)
    made.choices["kind"][0] = torch.tensor([0.25, 0.75]).log()
    (prediction,) = read_logits(made, tokens)
    assert prediction.choices["kind"] == pytest.approx({"nonspeech": 0.25, "speech": 0.75})
    assert prediction.best("kind") == "speech"
    assert set(prediction.choices) == set(CHOICES)


@given(
    n_quotes=st.integers(1, 3),
    n_tokens=st.integers(1, 60),
    paragraph_of=st.integers(1, 60),
    marks=st.sets(st.integers(0, 59), max_size=12),
    spread=st.sampled_from([0.1, 3.0, 200.0]),
    seed=st.integers(0, 1000),
)
@settings(deadline=None, max_examples=60)
def test_what_holds_of_the_predictions_of_any_logits(
    n_quotes: int, n_tokens: int, paragraph_of: int, marks: set[int], spread: float, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    starts, ends = (spread * torch.randn(n_quotes, n_tokens, generator=generator) for _ in range(2))
    none = spread * torch.randn(n_quotes, generator=generator)
    tokens = row_of_tokens(n_tokens, paragraph_of, marks)
    predictions = read_logits(logits(starts, ends, none, tokens), tokens)
    assert len(predictions) == n_quotes
    for name, pointer in (item for prediction in predictions for item in prediction.pointers.items()):
        for span in (candidate.span for candidate in pointer.candidates):
            first, last = span.start // 5, span.end // 5
            assert (span.start, span.end) == (tokens.starts[first], tokens.ends[last])  # whole tokens, verbatim
            assert last - first < LONGEST[name]
            assert first // paragraph_of == last // paragraph_of
            assert not marks & set(range(first, last + 1))
        probabilities = [candidate.probability for candidate in pointer.candidates]
        assert probabilities == sorted(probabilities, reverse=True)
        assert all(0 <= p <= 1 + 1e-4 for p in (*probabilities, pointer.none))
        assert all(c.probability <= c.weight * (1 + 1e-4) for c in pointer.candidates)
        assert sum(c.weight for c in pointer.candidates) + pointer.none <= 1 + 1e-4


def test_places_of_one_identity_add_up() -> None:
    candidates = (Candidate(Span(0, 3), 0.3, 0.5), Candidate(Span(9, 12), 0.25, 0.4), Candidate(Span(5, 6), 0.4, 0.3))
    total = marginalize(PointerPrediction(candidates, 0.05), lambda span: "long" if len(span) == 3 else None)
    assert total == pytest.approx({"long": 0.55})
