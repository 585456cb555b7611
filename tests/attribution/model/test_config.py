"""What becomes of a confidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.model.config import Calibration

confidences = st.floats(0, 1)


@given(confidences)
def test_by_default_nothing_changes(confidence: float) -> None:
    assert Calibration()(confidence) == pytest.approx(confidence, abs=2e-4)


@given(confidences, confidences, st.floats(0.1, 5), st.floats(-5, 5))
def test_the_surer_answer_stays_the_surer(a: float, b: float, slope: float, shift: float) -> None:
    low, high = (Calibration(slope, shift)(c) for c in sorted((a, b)))
    assert 0 <= low <= high <= 1


def test_a_positive_shift_trusts_more() -> None:
    assert Calibration(1.0, 1.0)(0.5) == pytest.approx(0.731, abs=1e-3)
