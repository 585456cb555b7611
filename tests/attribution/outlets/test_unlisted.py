"""Names that are built as outlets' names are, and names that are not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.outlets.unlisted import likely_outlets, media_of


def found(text: str) -> list[str]:
    return [text[span.start : span.end] for span in likely_outlets(text)]


@pytest.mark.parametrize(
    "name",
    [
        "The Ada Brook Show",
        "Good Morning Marlow",
        "Marlow Today USA",
        "Tide Radio",
        "The Marlow Courier",
        "Marlow Gazette",
        "KXYZ-TV",
        "InsideBridges",
        "Tidenews.com",
        "Tides Weekly",
    ],
)
def test_names_of_outlets(name: str) -> None:
    assert name.removeprefix("The ") in " | ".join(found(f"She told {name} that it opens."))


@pytest.mark.parametrize(
    "text",
    ["Ada Brook spoke.", "The bridge opens today.", "a Republican leader", "Senator McAllister", "the radio show"],
)
def test_other_words(text: str) -> None:
    assert found(text) == []


def test_a_noun_after_the_name_tells_too() -> None:
    assert found("She told Bridges magazine and Marlow Council.") == ["Bridges"]


def test_possessive_and_full_stop_stay_outside_the_end() -> None:
    assert found("So says Tide Radio.") == ["Tide Radio"]


def test_a_name_ends_with_its_sentence() -> None:
    assert found("She told the Marlow Gazette. He told St. Ives Radio.") == ["Marlow Gazette", "St. Ives Radio"]


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("WQZX-TV", {"broadcaster"}),
        ("Tide Radio", {"broadcaster"}),
        ("The Marlow Gazette", {"newspaper"}),
        ("Tides Weekly", {"magazine", "newspaper"}),
        ("Good Morning Marlow", set()),
    ],
)
def test_what_an_outlet_is_by_its_name(name: str, media: set[str]) -> None:
    assert media_of(name) == media


@given(st.text(st.sampled_from("Ab Kx.’'&-\n\u00a0é🙂9Radio "), max_size=200))
def test_spans_are_in_order_and_within_the_text(text: str) -> None:
    spans = list(likely_outlets(text))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
