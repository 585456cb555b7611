from __future__ import annotations

from benchmarks.endurance import growth


def test_growth_is_of_the_second_half_over_the_first() -> None:
    assert growth([100] * 20) == 0
    assert growth([7, 7, *[100] * 9, *[110] * 9]) == 0.1, "the warm-up does not count"
