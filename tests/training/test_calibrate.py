"""The fit finds the line that answers were drawn from."""

from __future__ import annotations

import random

import pytest

from service.attribution.model.config import Calibration
from training.calibrate import Claim, fit_line
from training.confidence import expected_calibration_error


def drawn(truth: Calibration, n: int = 4000) -> list[Claim]:
    """Confidences, each right as often as the truth has it."""
    rng = random.Random(5)
    return [Claim(c, rng.random() < truth(c)) for c in (rng.uniform(0.02, 0.98) for _ in range(n))]


def test_the_fit_finds_the_truth_again() -> None:
    line = fit_line(drawn(Calibration(0.6, -0.5)))
    assert (line.slope, line.shift) == pytest.approx((0.6, -0.5), abs=0.12)


def test_a_fitted_confidence_is_true() -> None:
    claims = drawn(Calibration(0.5, 0.8))
    before = expected_calibration_error(claims)
    line = fit_line(claims)
    after = expected_calibration_error(claim._replace(confidence=line(claim.confidence)) for claim in claims)
    assert before is not None
    assert after is not None
    assert after < 3 < before


def test_claims_count_by_their_weights() -> None:
    mixed = [*drawn(Calibration(0.6, -0.5)), *(claim._replace(weight=0.0) for claim in drawn(Calibration(2.0, 1.0)))]
    assert fit_line(mixed) == fit_line(drawn(Calibration(0.6, -0.5)))
