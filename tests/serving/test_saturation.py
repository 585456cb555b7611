from __future__ import annotations

import time

from service.serving.saturation import Saturation


def test_it_lasts_from_the_first_refusal_until_half_is_free() -> None:
    saturation = Saturation()
    assert saturation.seconds == 0
    saturation.refuse()
    time.sleep(0.01)
    first = saturation.seconds
    assert first >= 0.01
    saturation.refuse()
    saturation.ease(51, 100)
    assert saturation.seconds >= first
    saturation.ease(50, 100)
    assert saturation.seconds == 0
