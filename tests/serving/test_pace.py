from __future__ import annotations

import pytest

from service.serving.pace import FadingRate, Pace


def test_a_rate_follows_the_last_measurements() -> None:
    rate = FadingRate(1, 1, fading=0.8)
    for _ in range(40):
        rate.count(1000, 2.0)
    assert rate.value == pytest.approx(500, rel=0.01)


def test_a_rate_without_measurements_is_its_guess_and_never_divides_by_zero() -> None:
    assert FadingRate(6, 2).value == 3
    assert FadingRate(0, 0).value > 0


def test_texts_are_estimated_by_those_that_were_read() -> None:
    pace = Pace()
    for _ in range(500):
        pace.count_text(tokens=500, characters=1000)
        pace.count_slice(tokens=1000, seconds=0.5)
    assert pace.tokens_of(10_000) == pytest.approx(5_000, rel=0.01)
    assert pace.characters_a_second == pytest.approx(4_000, rel=0.01)
    assert pace.tokens_of(0) == 1
