from __future__ import annotations

import time

from service.serving.saturation import Saturation


def test_it_lasts_from_the_first_refusal_until_something_is_taken() -> None:
    saturation = Saturation()
    assert saturation.seconds == 0
    saturation.refuse()
    time.sleep(0.01)
    first = saturation.seconds
    assert first >= 0.01
    saturation.refuse()
    assert saturation.seconds >= first
    saturation.ease()
    assert saturation.seconds == 0
