"""The scorer of candidates."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.model.ranking import CandidateScorer

N_FEATURES = 3


@pytest.fixture
def scorer() -> CandidateScorer:
    torch.manual_seed(4)
    return CandidateScorer(N_FEATURES, width=5)


def test_each_candidate_has_a_score_of_its_own(scorer: CandidateScorer) -> None:
    table = torch.randn(4, N_FEATURES)
    scores = scorer(table)
    assert scores.shape == (4,)
    torch.testing.assert_close(scorer(table[2:3]), scores[2:3])


def test_a_feature_may_count_in_proportion(scorer: CandidateScorer) -> None:
    with torch.no_grad():
        scorer.out.weight.zero_()
        scorer.linear.weight.copy_(torch.tensor([[1.0, 0.0, -2.0]]))
    assert scorer(torch.tensor([[3.0, 9.0, 1.0], [0.0, 9.0, 0.0]])).tolist() == pytest.approx([1.0, 0.0])
    assert scorer.probabilities([[0.0] * 3, [0.0] * 3]) == pytest.approx([0.5, 0.5])


rows = st.lists(st.lists(st.floats(-1, 1), min_size=N_FEATURES, max_size=N_FEATURES), min_size=1, max_size=5)


@given(rows)
def test_probabilities_of_a_quotes_candidates_add_up_to_one(features: list[list[float]]) -> None:
    shares = CandidateScorer(N_FEATURES, width=5).probabilities(features)
    assert len(shares) == len(features)
    assert sum(shares) == pytest.approx(1, abs=1e-5)
    assert all(0 <= share <= 1 for share in shares)
