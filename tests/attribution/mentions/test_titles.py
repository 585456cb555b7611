"""The office or description that introduces somebody."""

from __future__ import annotations

import pytest

from service.attribution.mentions.index import NameIndex


@pytest.mark.parametrize(
    ("text", "name", "title", "place"),
    [
        ("Secretary of Defense Tom Hale left.", "Tom Hale", "Secretary of Defense", "Tom Hale"),
        (
            "Hale left. Tom Hale, a spokesman for the ministry, slept.",
            "Tom Hale",
            "a spokesman for the ministry",
            "Tom Hale",
        ),
        ("Then state police spokesman Tom Hale left.", "Tom Hale", "state police spokesman", "Tom Hale"),
        ("Sen. Ann Lee, D-Norland, left.", "Ann Lee", "Sen.", "Ann Lee"),
        ("The mayor, Ann Lee, left.", "Ann Lee", "The mayor", "Ann Lee"),
        ("They met Ann Lee, the ministry’s chief, there.", "Ann Lee", "the ministry’s chief", "Ann Lee"),
        ("Mr. Lee met Ann Lee, who left.", "Ann Lee", None, "Ann Lee"),
        ("He criticized Ann Lee, the\nmayor, there.", "Ann Lee", None, "Ann Lee"),
        ("It was Ann Lee, the “mayor” of it.", "Ann Lee", None, "Ann Lee"),
        ("Ada and Bo Lim left.", "Ada Lim", None, None),
        ("A senior official left.", "a senior official", None, None),
    ],
)
def test_title_and_place_of_a_name(text: str, name: str, title: str | None, place: str | None) -> None:
    index = NameIndex.read(text)
    found = (index.title_of(name), index.named_at(name))
    assert tuple(span and text[span.start : span.end] for span in found) == (title, place)
