from __future__ import annotations

from benchmarks.endurance import growth, honesty
from benchmarks.load import Sent


def test_growth_is_of_the_second_half_over_the_first() -> None:
    assert growth([100] * 20) == 0
    assert growth([7, 7, *[100] * 9, *[110] * 9]) == 0.1, "the warm-up does not count"


def test_what_refusals_named_is_held_against_when_as_long_an_article_was_taken() -> None:
    texts = ["a" * 10, "b" * 20]
    sent = [
        Sent(1, 429, began=1.0, seconds=0.0, retry_after=3),
        Sent(0, 200, began=2.0, seconds=1.0),  # shorter
        Sent(1, 200, began=5.0, seconds=1.0),
        Sent(1, 429, began=9.0, seconds=0.0, retry_after=60),  # nothing was taken afterwards
    ]
    assert honesty(sent, texts) == {"retry_after_median": 3, "taken_after_median": 4.0}
    assert honesty([], texts) == {}
