"""Names that are ordinary words too, and what tells that an outlet is meant."""

from __future__ import annotations

import pytest

from tests.attribution.outlets.shipped import REGISTRY, found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She told Time on Monday", "Time"),
        ("said in Time magazine", "Time magazine"),
        ("He told the Sun newspaper", "Sun newspaper"),
        ("as the magazine Variety wrote", "Variety"),
        ("speaking on BBC Radio 4's Today, he said", "Today"),
        ("on NBC's “Today” show", "Today"),
        ("in an interview with The Guardian", "The Guardian"),
    ],
)
def test_evidence_settles_them(text: str, words: str) -> None:
    assert words in [w for w, _ in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Time will tell.",
        "Today is Monday.",
        "People said so.",
        "Yes. Nature calls.",
        "the State Department",
        "a Fortune 500 firm",
        "his State of the Union address",
        "the actor Ann Stern",
    ],
)
def test_words_that_mean_something_else_are_left_alone(text: str) -> None:
    assert REGISTRY.find(f"It was late. {text}") == ()


def test_without_evidence_they_are_marked() -> None:
    (match,) = REGISTRY.find("It was the Sun that set the tone")
    assert match.outlet.id == "sun"
    assert match.ambiguous


def test_a_programme_goes_with_the_broadcaster_named_last() -> None:
    text = "NBC News and the BBC differ. On NBC’s “Today” she agreed; on BBC One's Today programme she did not."
    assert [m.outlet.id for m in REGISTRY.find(text) if m.kind == "programme"] == ["nbc-news", "bbc"]


def test_a_surname_is_marked() -> None:
    assert [m.ambiguous for m in REGISTRY.find("It was Michael Bloomberg who told Bloomberg.")] == [True, False]
