"""From logits to readings: spans by hand, and what holds of those of any logits."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from service.attribution.model.config import CHOICES, POINTERS
from service.attribution.model.decoding import (
    CANDIDATES,
    LONGEST,
    NEGLIGIBLE,
    Candidate,
    Pointing,
    best_span,
    gather,
    read_logits,
)
from service.attribution.model.features import FEATURE_SIZES, Tokens
from service.attribution.model.modeling import QuoteLogits
from service.attribution.text import Span


def row_of_tokens(count: int, paragraph_of: int = 1000) -> Tokens:
    """Tokens of four characters with a space between: number i is ``[5 i, 5 i + 4)``."""
    at = np.arange(count, dtype=np.int64)
    features = np.zeros((count, len(FEATURE_SIZES)), dtype=np.int64)
    return Tokens(at, 5 * at, 5 * at + 4, features, at // paragraph_of)


def scores(columns: dict[int, float], n_tokens: int) -> Tensor:
    """Scores [1, T + 1] that give columns their probability; the last column, "none", is number -1."""
    row = torch.full((n_tokens + 1,), 1e-9)
    for column, probability in columns.items():
        row[column] = probability
    return row.log()[None]


def logits(starts: Tensor, ends: Tensor) -> QuoteLogits:
    """The same scores for every pointer, and nothing to say to the closed questions."""
    choices = {name: torch.zeros(len(starts), len(answers)) for name, answers in CHOICES.items()}
    return QuoteLogits(choices, dict.fromkeys(POINTERS, starts), dict.fromkeys(POINTERS, ends))


def point(starts: dict[int, float], ends: dict[int, float], tokens: Tokens) -> Pointing:
    (reading,) = read_logits(logits(scores(starts, len(tokens)), scores(ends, len(tokens))), tokens)
    return reading.pointers["mention"]


def test_the_likeliest_span_is_that_of_the_best_start_and_end() -> None:
    pointing = point({2: 0.8, 5: 0.2}, {3: 0.5, 6: 0.5}, row_of_tokens(8))
    assert best_span(pointing) == Span(10, 19)
    assert pointing.candidates[0].weight == pytest.approx(0.8)
    assert pointing.candidates[0].probability == pytest.approx((0.8 * 0.5) ** 0.5)
    assert pointing.candidates[1].span == Span(25, 34)
    assert pointing.none == pytest.approx(0, abs=1e-6)


def test_a_span_ends_where_it_starts_or_later() -> None:
    assert best_span(point({4: 1.0}, {2: 0.9, 5: 0.1}, row_of_tokens(8))) == Span(20, 29)
    assert best_span(point({4: 1.0}, {4: 1.0}, row_of_tokens(8))) == Span(20, 24)


def test_a_span_stays_in_its_paragraph() -> None:
    assert best_span(point({1: 1.0}, {2: 0.2, 3: 0.8}, row_of_tokens(8, paragraph_of=3))) == Span(5, 14)


def test_none_wins_where_it_is_likelier_than_the_best_span() -> None:
    pointing = point({1: 0.3, -1: 0.7}, {1: 0.3, -1: 0.7}, row_of_tokens(4))
    assert pointing.none == pytest.approx(0.7)
    assert best_span(pointing) is None
    assert best_span(point({1: 0.6, -1: 0.4}, {1: 0.6, -1: 0.4}, row_of_tokens(4))) == Span(5, 9)
    assert best_span(Pointing((), 0.0)) is None


@pytest.mark.parametrize(("n_tokens", "expected"), [(1, 1), (CANDIDATES, CANDIDATES), (40, CANDIDATES)])
def test_so_many_candidates_are_kept(n_tokens: int, expected: int) -> None:
    even = dict.fromkeys(range(n_tokens), 1 / n_tokens)
    assert len(point(even, even, row_of_tokens(n_tokens)).candidates) == expected


def test_what_counts_for_next_to_nothing_is_left_out() -> None:
    pointing = point({0: 1 - NEGLIGIBLE / 2, 3: NEGLIGIBLE / 2}, {0: 0.5, 3: 0.5}, row_of_tokens(8))
    assert [c.span for c in pointing.candidates] == [Span(0, 4)]


def test_closed_questions_are_answered_with_distributions() -> None:
    tokens = row_of_tokens(3)
    given_logits = logits(scores({0: 1.0}, 3), scores({0: 1.0}, 3))
    given_logits.choices["kind"][0] = torch.tensor([0.25, 0.75]).log()
    (reading,) = read_logits(given_logits, tokens)
    assert reading.choices["kind"] == pytest.approx({"nonspeech": 0.25, "speech": 0.75})
    assert reading.best("kind") == "speech"
    assert set(reading.choices) == set(CHOICES)


@given(
    n_quotes=st.integers(1, 3),
    n_tokens=st.integers(1, 60),
    paragraph_of=st.integers(1, 60),
    spread=st.sampled_from([0.1, 3.0, 200.0]),
    seed=st.integers(0, 1000),
)
@settings(deadline=None, max_examples=50)
def test_what_holds_of_the_readings_of_any_logits(
    n_quotes: int, n_tokens: int, paragraph_of: int, spread: float, seed: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    starts, ends = (spread * torch.randn(n_quotes, n_tokens + 1, generator=generator) for _ in range(2))
    tokens = row_of_tokens(n_tokens, paragraph_of)
    readings = read_logits(logits(starts, ends), tokens)
    assert len(readings) == n_quotes
    for name, pointing in (item for reading in readings for item in reading.pointers.items()):
        spans = [c.span for c in pointing.candidates]
        assert all(0 <= s.start < s.end <= tokens.ends[-1] and len(s) < 5 * LONGEST[name] for s in spans)
        assert all(s.start // 5 // paragraph_of == s.end // 5 // paragraph_of for s in spans)
        probabilities = [c.probability for c in pointing.candidates]
        assert probabilities == sorted(probabilities, reverse=True)
        assert all(0 <= p <= 1 for p in (*probabilities, pointing.none))
        assert sum(c.weight for c in pointing.candidates) <= 1 + 1e-5


def test_votes_of_one_identity_add_up() -> None:
    candidates = (Candidate(Span(0, 3), 0.3, 0.5), Candidate(Span(9, 12), 0.25, 0.4), Candidate(Span(5, 6), 0.4, 0.3))
    votes = gather(Pointing(candidates, 0.05), lambda span: "long" if len(span) == 3 else None)
    assert votes == pytest.approx({"long": 0.55})
