"""How often articles are taken while others are refused."""

from __future__ import annotations

from service.serving.openings import Openings


def test_without_a_refusal_nothing_is_known() -> None:
    openings = Openings()
    openings.take(10, 1.0)
    assert openings.seconds(10, 2.0) == 0


def test_it_is_the_mean_time_between_articles_as_long_or_longer() -> None:
    openings = Openings()
    openings.refuse(0.0)
    for moment, tokens in ((1.0, 10), (3.0, 50), (6.0, 10), (8.0, 50)):
        openings.take(tokens, moment)
        openings.refuse(moment)
    assert openings.seconds(10, 8.0) == 2
    assert openings.seconds(11, 8.0) == 4
    assert openings.seconds(51, 8.0) == 0


def test_a_calm_ends_it() -> None:
    openings = Openings()
    openings.refuse(0.0)
    openings.take(10, 1.0)
    openings.refuse(100.0)
    assert openings.seconds(10, 101.0) == 0


def test_what_lies_far_back_does_not_count() -> None:
    openings = Openings()
    for moment in range(200):
        openings.refuse(moment)
        if moment < 100 or moment % 10 == 0:
            openings.take(10, moment)
    assert openings.seconds(10, 199.0) == 10
