from __future__ import annotations

import pytest

from benchmarks.growth import fitted_exponent


@pytest.mark.parametrize("power", [0.0, 1.0, 1.5])
def test_the_exponent_is_that_of_the_curve(power: float) -> None:
    sizes = [10, 100, 1000]
    assert fitted_exponent(sizes, [0.3 * size**power for size in sizes]) == pytest.approx(power)
