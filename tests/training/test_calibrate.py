"""The fit finds the line that answers were drawn from."""

from __future__ import annotations

import random

import pytest

from service.attribution.model.config import Calibration
from training.calibrate import fit_line
from training.confidence import expected_calibration_error


def drawn(truth: Calibration, n: int = 4000) -> list[tuple[float, bool]]:
    """Confidences, each right as often as the truth has it."""
    rng = random.Random(5)
    return [(c, rng.random() < truth(c)) for c in (rng.uniform(0.02, 0.98) for _ in range(n))]


def test_the_fit_finds_the_truth_again() -> None:
    line = fit_line(drawn(Calibration(0.6, -0.5)))
    assert (line.slope, line.shift) == pytest.approx((0.6, -0.5), abs=0.12)


def test_a_fitted_confidence_is_true() -> None:
    answers = drawn(Calibration(0.5, 0.8))
    before = expected_calibration_error(answers)
    line = fit_line(answers)
    after = expected_calibration_error([(line(c), right) for c, right in answers])
    assert before is not None
    assert after is not None
    assert after < 3 < before
