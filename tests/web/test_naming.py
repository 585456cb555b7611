"""The words that the page proposes for a name that an editor has put in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.attribution.outlets.unlisted import slug
from tests.web.conftest import Modules

pytestmark = pytest.mark.slow

TEXT = """Mayor Ada Brook 🌉 and Raj Patel Jr. met on Monday.

“The bridge holds, says Patel,” Brook told the Harbor Beacon. “We are ready,” she added. Patel was silent.

The Harbor Beacon is owned by Tide Media. The times are hard. “Soon,” Raj Patel Jr. said in The Times.
"""


def quote(words: str, **parties: Any) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "speaker": None, "outlet": None, **parties}


def place(words: str, occurrence: int = 1) -> dict[str, Any]:
    start = -1
    for _ in range(occurrence):
        start = TEXT.index(words, start + 1)
    return {"text": words, "start": start, "end": start + len(words)}


BRIDGE, READY, SOON = "The bridge holds, says Patel,", "We are ready,", "Soon,"


@pytest.mark.parametrize(
    ("words", "name", "expected"),
    [
        (BRIDGE, "Ada Brook", place("Brook", 2)),  # the surname, nearer than the name
        (READY, "Raj Patel Jr.", place("Patel", 3)),  # the surname is not "Jr."
        (SOON, "Raj Patel Jr.", place("Raj Patel Jr.", 2)),  # of two that are as near, the longer
        (READY, "Mia Lund", None),
    ],
)
def test_the_words_that_name_a_speaker(
    modules: Modules, words: str, name: str, expected: dict[str, Any] | None
) -> None:
    assert modules.call("naming", "speakerMention", TEXT, quote(words), name) == expected


def test_a_pronoun_may_be_anybody_and_a_name_may_not(modules: Modules) -> None:
    she = quote(READY, speaker={"name": "Ada Brook", "mention": place("she")})
    assert modules.call("naming", "speakerMention", TEXT, she, "Raj Patel Jr.") == place("she")
    assert modules.call("naming", "speakerMention", TEXT, she, "Ada Brook") == place("she")
    named = quote(BRIDGE, speaker={"name": "Ada Brook", "mention": place("Brook", 2)})
    assert modules.call("naming", "speakerMention", TEXT, named, "Raj Patel Jr.") == place("Raj Patel Jr.")


def test_the_words_that_credit_an_outlet(modules: Modules) -> None:
    def mention(words: str, name: str, names: list[str]) -> Any:
        return modules.call("naming", "outletMention", TEXT, quote(words), name, names)

    assert mention(BRIDGE, "The Harbor Beacon", []) == place("Harbor Beacon")
    assert mention(BRIDGE, "Beacon Daily", ["Harbor Beacon"]) == place("Harbor Beacon")
    assert mention(SOON, "The Times", []) == place("The Times")  # which "The times are hard" does not name
    assert mention(SOON, "CNN", ["Cable News Network"]) is None


@pytest.mark.parametrize(
    ("words", "mention", "basis"),
    [
        (BRIDGE, place("Harbor Beacon"), "sentence"),
        (READY, place("Harbor Beacon"), "context"),
        (READY, place("Monday"), "context"),
        (SOON, place("The Times"), "sentence"),
        (SOON, None, "context"),
    ],
)
def test_whether_an_outlet_stands_in_the_own_sentence(modules: Modules, words: str, mention: Any, basis: str) -> None:
    assert modules.call("naming", "basisOf", TEXT, quote(words), mention) == basis


def test_words_that_were_typed_are_found_at_the_nearest_place(modules: Modules) -> None:
    def found(words: str, before: Any = None) -> Any:
        return modules.call("naming", "placeOf", TEXT, quote(READY), words, before)

    assert found("she") == found("SHE".lower()) == place("she")
    assert found("brook  told") == place("Brook told")
    assert found("Patel") == place("Patel", 3)
    assert found("Patel", place("Patel", 1)) == place("Patel", 1)  # where the service read it
    assert found("ready") is None  # nowhere but in the quote
    assert found("") is None


@settings(max_examples=30, deadline=None)
@given(name=st.text(st.sampled_from("aZ é'’-.&0ñжΔ日🌉"), min_size=1, max_size=12))
@example("Жизнь")
def test_an_unknown_outlet_has_the_id_that_the_service_gives(modules: Modules, name: str) -> None:
    assert modules.call("naming", "slug", name) == slug(name)


@settings(max_examples=30, deadline=None)
@given(text=st.text(st.sampled_from("ab A.“”\n🌉"), max_size=40), words=st.sampled_from(["a", "b", "ab", "a b", "A"]))
def test_places_are_verbatim(modules: Modules, text: str, words: str) -> None:
    for found in modules.call("places", "nearestPlaces", text, {"start": 0, "end": 0}, [words]):
        assert text[found["start"] : found["end"]] == found["text"]
        assert found["text"].split() == words.split() or found["text"].lower().split() == words.split()
