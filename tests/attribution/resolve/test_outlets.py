"""Outlets from readings made by hand: which one is credited, and when none is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.registry import OutletIdentity, OutletRegistry
from service.attribution.resolve.outlets import OutletAnswer, OutletFinder
from tests.attribution.resolve.readings import pointing, reading, span_of

TEXT = (
    "Ada Brook told The Larkfield Herald that it opens. Dunn told Tide Radio that it does not.\n"
    "“It opens,” she said to the Herald again. A page of the Quayside Gazette agreed."
)
REGISTRY = OutletRegistry(
    [
        KnownOutlet("herald", "The Larkfield Herald", "GB", "newspaper", short_names=("the Herald",)),
        KnownOutlet("tide", "Tide Radio", "GB", "broadcaster"),
    ]
)
FINDER = OutletFinder(TEXT, REGISTRY, REGISTRY.find(TEXT))


def find(weights: dict[str, float], none: float, basis: str = "context") -> OutletAnswer | None:
    answers = {"basis": basis, "role": "told"}
    return FINDER.find(reading(answers, outlet=pointing(TEXT, weights, none)))


def test_the_outlet_pointed_at_is_credited() -> None:
    assert find({"Tide Radio": 0.75}, none=0.25) == OutletAnswer(
        identity=OutletIdentity("tide", "Tide Radio"),
        mention=span_of(TEXT, "Tide Radio"),
        basis="context",
        role="told",
        confidence=0.75,
    )


def test_places_that_name_one_outlet_vote_together() -> None:
    answer = find({"Tide Radio": 0.35, "The Larkfield Herald": 0.25, "the Herald": 0.2}, none=0.2)
    assert answer is not None
    assert answer.identity.id == "herald"
    assert answer.mention == span_of(TEXT, "The Larkfield Herald")
    assert answer.confidence == pytest.approx(0.45)


def test_no_outlet_is_credited_where_none_has_more_weight() -> None:
    assert find({"Tide Radio": 0.3, "the Herald": 0.3}, none=0.4) is None
    assert find({}, none=1.0) is None
    assert find({}, none=0.0) is None


def test_an_outlet_that_is_carried_over_must_outweigh_none_twice() -> None:
    assert find({"Tide Radio": 0.6}, none=0.4, basis="sentence") is not None
    assert find({"Tide Radio": 0.6}, none=0.4, basis="context") is None
    assert find({"Tide Radio": 0.7}, none=0.3, basis="context") is not None


def test_an_outlet_that_is_the_speaker_reports_its_own_words() -> None:
    def role(words: str, type_: str) -> str | None:
        places = {"outlet": pointing(TEXT, {"Tide Radio": 0.9}), "mention": pointing(TEXT, {words: 0.9})}
        answer = FINDER.find(reading({"role": "reported", "type": type_, "basis": "sentence"}, **places))
        return answer.role if answer is not None else None

    assert role("Tide Radio", "organization") == "own"
    assert role("Tide Radio", "person") == role("Ada Brook", "organization") == "reported"


def test_that_the_words_are_its_own_must_be_clearly_likelier() -> None:
    def role(own: float) -> str | None:
        given = reading(outlet=pointing(TEXT, {"Tide Radio": 0.9}))
        roles = dict.fromkeys(given.choices["role"], 0.0) | {"own": own, "reported": 1 - own}
        answer = FINDER.find(replace(given, choices={**given.choices, "role": roles}))
        return answer.role if answer is not None else None

    assert (role(0.7), role(0.55), role(0.2)) == ("own", "reported", "reported")


def test_an_outlet_that_the_registry_lacks_must_outweigh_none_by_far() -> None:
    assert find({"the Quayside Gazette": 0.75}, none=0.25, basis="sentence") is None
    assert find({"the Quayside Gazette": 0.85}, none=0.15, basis="sentence") is not None
    assert find({"the Quayside Gazette": 0.85}, none=0.15, basis="context") is None
    assert find({"the Quayside Gazette": 0.95}, none=0.05, basis="context") is not None


def test_an_outlet_that_the_registry_lacks_is_named_as_in_the_article() -> None:
    answer = find({"the Quayside Gazette": 0.9}, none=0.1)
    assert answer is not None
    assert answer.identity.id == "quayside-gazette"
    assert answer.identity.name.endswith("Quayside Gazette")
