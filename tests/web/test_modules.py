"""The page's scripts by themselves, in the browser that runs them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from service.formats.contract import convert_offsets
from tests.web.conftest import OpenPage

pytestmark = pytest.mark.slow


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


def call(page: Page, module: str, function: str, *arguments: Any) -> Any:
    """What a function of a module returns, maps and sets as lists."""
    return page.evaluate(
        """async ([module, name, given]) => {
            const result = (await import(`/page/${module}.js`))[name](...given);
            return result instanceof Map || result instanceof Set ? [...result] : result;
        }""",
        [module, function, list(arguments)],
    )


TEXTS = st.text(st.sampled_from("a“”\n é\u0301👩‍👧🌉\u200d𝒳"), max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
def test_offsets_are_converted_as_the_service_would(page: Page, texts: list[str]) -> None:
    for text in texts:
        offsets = list(range(len(text) + 1))
        assert dict(call(page, "offsets", "utf16Indices", text, offsets)) == convert_offsets(text, offsets, "utf16")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, data=st.data())
def test_pieces_add_up_to_the_text_whatever_overlaps(page: Page, text: str, data: st.DataObject) -> None:
    offset = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(offset, offset, offset, offset), max_size=4))
    quotes: list[dict[str, Any]] = [
        {
            "id": f"q{number}",
            "start": min(a, b),
            "end": max(a, b),
            "speaker": {"mention": {"start": min(c, d), "end": max(c, d)}},
            "outlet": None,
        }
        for number, (a, b, c, d) in enumerate(spans)
    ]
    paragraphs = call(page, "pieces", "paragraphs", text, quotes)
    assert ["".join(piece["text"] for piece in p["pieces"]) for p in paragraphs] == text.split("\n")
    for quote in quotes:
        words = "".join(p["text"] for q in paragraphs for p in q["pieces"] if quote["id"] in p["quotes"])
        assert words == text[quote["start"] : quote["end"]].replace("\n", "")
        named = quote["speaker"]["mention"]
        words = "".join(p["text"] for q in paragraphs for p in q["pieces"] if quote["id"] in p["speakerOf"])
        assert words == text[named["start"] : named["end"]].replace("\n", "")


def test_no_two_speakers_look_alike(page: Page) -> None:
    speakers = [{"id": f"s{number}"} for number in range(100)]
    voices = [voice for _, voice in call(page, "voices", "voices", speakers)]
    assert len({voice["letter"] for voice in voices}) == 100
    assert [voices[number]["letter"] for number in (0, 25, 26, 52)] == ["A", "Z", "AA", "BA"]
    assert len({voice["look"] for voice in voices[:32]}) == 32
