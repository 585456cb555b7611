"""An interview goes on: which credits are carried to the quotes around, and how far."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.quotations import Quotation
from service.attribution.resolve.continuity import CLOSE_BY, carry_on
from service.attribution.resolve.outlets import OutletFinder
from service.attribution.resolve.speakers import SpeakerAnswer
from service.attribution.text import Span
from tests.attribution.resolve.readings import pointing, reading

TEXT = "Ada Brook told Tide Radio that it opens. Tom Dunn wrote in The Larkfield Herald that it does not."
REGISTRY = OutletRegistry(
    [
        KnownOutlet("herald", "The Larkfield Herald", "GB", "newspaper"),
        KnownOutlet("tide", "Tide Radio", "GB", "broadcaster"),
    ]
)
FINDER = OutletFinder(TEXT, REGISTRY, REGISTRY.find(TEXT))
SURE, PROBABLY, LIKELY, HARDLY = 0.9, 0.75, 0.4, 0.2


def carried(
    weights: Sequence[float], speakers: Sequence[str | None] = (), basis: str = "context", apart: int = 100
) -> list[str | None]:
    """The outlets of quotes that give Tide Radio these weights and "none" the rest."""
    names = speakers or ["Ada Brook"] * len(weights)
    quotations = [
        Quotation(Span(apart * i, apart * i + 20), Span(apart * i + 1, apart * i + 19)) for i in range(len(names))
    ]
    readings = [
        reading({"basis": basis, "role": "told"}, outlet=pointing(TEXT, {"Tide Radio": weight}, 1 - weight))
        for weight in weights
    ]
    answers = [SpeakerAnswer(name, None, 0.9) if name else None for name in names]
    credits = carry_on(FINDER, quotations, readings, answers, list(map(FINDER.find, readings)))
    return [credit.identity.id if credit else None for credit in credits]


def test_a_likely_outlet_is_credited_where_the_speaker_was_just_quoted_from_it() -> None:
    assert carried([SURE, LIKELY]) == ["tide", "tide"]
    assert carried([LIKELY]) == [None]


def test_it_is_credited_before_a_quote_that_is_sure_too() -> None:
    assert carried([LIKELY, SURE]) == ["tide", "tide"]


def test_one_quote_leads_to_the_next() -> None:
    assert carried([LIKELY, LIKELY, SURE, LIKELY, LIKELY], apart=CLOSE_BY) == ["tide"] * 5


def test_an_unlikely_outlet_is_not_carried_over() -> None:
    assert carried([SURE, HARDLY, LIKELY]) == ["tide", None, "tide"]


def test_an_outlet_that_is_carried_over_to_one_quote_alone_must_be_surer() -> None:
    assert carried([PROBABLY]) == [None]
    assert carried([PROBABLY, PROBABLY]) == ["tide", "tide"]
    assert carried([PROBABLY, PROBABLY], apart=CLOSE_BY + 21) == [None, None]
    assert carried([PROBABLY, PROBABLY], ["Ada Brook", "Tom Dunn"]) == [None, None]


def test_an_outlet_in_the_sentence_may_stand_alone() -> None:
    assert carried([PROBABLY], basis="sentence") == ["tide"]


def test_another_speaker_does_not_go_on() -> None:
    assert carried([SURE, LIKELY, LIKELY], ["Ada Brook", "Tom Dunn", None]) == ["tide", None, None]


def test_what_is_far_off_does_not_go_on() -> None:
    assert carried([SURE, LIKELY], apart=CLOSE_BY + 20) == ["tide", "tide"]
    assert carried([SURE, LIKELY], apart=CLOSE_BY + 21) == ["tide", None]


@pytest.mark.parametrize("weights", [[], [SURE], [HARDLY, HARDLY]])
def test_there_may_be_nothing_to_carry(weights: list[float]) -> None:
    assert carried(weights) == ["tide" if weight == SURE else None for weight in weights]


@given(st.lists(st.sampled_from([SURE, LIKELY, HARDLY]), max_size=12), st.integers(0, 2 * CLOSE_BY))
def test_what_is_sure_stays(weights: list[float], gap: int) -> None:
    for weight, outlet in zip(weights, carried(weights, apart=20 + gap), strict=True):
        assert outlet == "tide" or weight != SURE
