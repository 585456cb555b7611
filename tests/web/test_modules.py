"""What the page is made of: offsets, pieces of text, voices, and what it says of a text before it is asked for."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.formats.contract import convert_offsets
from tests.web.conftest import Modules

pytestmark = pytest.mark.slow

TEXTS = st.text(st.sampled_from("a“”\n é\u0301👩‍👧🌉\u200d𝒳"), max_size=30)


@settings(max_examples=25, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=20))
def test_offsets_are_converted_as_the_service_would(modules: Modules, texts: list[str]) -> None:
    for text in texts:
        offsets = list(range(len(text) + 1))
        indices = dict(modules.call("offsets", "utf16Indices", text, offsets))
        assert indices == convert_offsets(text, offsets, "utf16")
        assert dict(modules.call("offsets", "codePointOffsets", text, list(indices.values()))) == {
            index: offset for offset, index in indices.items()
        }


@settings(max_examples=25, deadline=None)
@given(text=TEXTS, data=st.data())
def test_pieces_add_up_to_the_text_whatever_overlaps(modules: Modules, text: str, data: st.DataObject) -> None:
    offset = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(*[offset] * 6), max_size=4))
    quotes: list[dict[str, Any]] = [
        {
            "id": f"q{number}",
            "start": min(a, b),
            "end": max(a, b),
            "speaker": {
                "mention": {"start": min(c, d), "end": max(c, d)},
                "named_at": {"start": min(e, f), "end": max(e, f)},
            },
            "outlet": None,
        }
        for number, (a, b, c, d, e, f) in enumerate(spans)
    ]
    paragraphs = modules.call("pieces", "paragraphs", text, quotes)
    assert ["".join(piece["text"] for piece in p["pieces"]) for p in paragraphs] == text.split("\n")
    for quote in quotes:
        marked = {"quotes": quote, "speakerOf": quote["speaker"]["mention"], "nameOf": quote["speaker"]["named_at"]}
        for kind, span in marked.items():
            words = "".join(p["text"] for q in paragraphs for p in q["pieces"] if quote["id"] in p[kind])
            assert words == text[span["start"] : span["end"]].replace("\n", "")


def test_no_two_speakers_look_alike(modules: Modules) -> None:
    speakers = [{"id": f"s{number}"} for number in range(100)]
    voices = [voice for _, voice in modules.call("voices", "voices", speakers)]
    assert len({voice["letter"] for voice in voices}) == 100
    assert [voices[number]["letter"] for number in (0, 25, 26, 52)] == ["A", "Z", "AA", "BA"]
    assert len({voice["look"] for voice in voices[:32]}) == 32


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("https://example.org/2026/harbour?page=2", "link"),
        ("  www.example.org/harbour\n", "link"),
        ("See https://example.org for more.", None),
        ("<p>“It opens,” she said.</p>", "markup"),
        ("Harbour\n<div class='x'>“It opens,”</div>\n<p>she said.</p>\n", "markup"),
        ("&ldquo;It opens,&rdquo; she said. &ldquo;Soon.&rdquo;", "markup"),
        ("She wrote <b> where it should be <strong>, and R&amp;D.", None),
        ("1 < 2 and 3 > 2, he said.", None),
        ("", None),
    ],
)
def test_what_is_pasted_in_place_of_a_text(modules: Modules, text: str, what: str | None) -> None:
    assert modules.call("pasted", "pastedInPlaceOfText", text) == what


def test_the_time_an_article_takes_is_learned_from_others(modules: Modules) -> None:
    def estimate(speeds: list[float], characters: int) -> float | None:
        result: float | None = modules.call("estimate", "estimate", speeds, characters)
        return result

    assert estimate([], 2000) is None  # done before anybody has read how long it takes
    assert estimate([], 120_000) == pytest.approx(20)
    assert estimate([1000, 2000, 30_000], 120_000) == pytest.approx(60)
    assert modules.call("estimate", "learn", [1000], 12_000, 4) == [1000, 3000]
    assert modules.call("estimate", "learn", [1000], 500, 4) == [1000]  # too short to learn from
    assert len(modules.call("estimate", "learn", [1000] * 7, 12_000, 4)) == 7
    assert modules.call("estimate", "inWords", 12.1) == "about 13 s"
    assert modules.call("estimate", "inWords", 119) == "about 2 min"


def test_a_file_is_named_after_the_first_words(modules: Modules) -> None:
    assert modules.call("download", "fileName", "\nÉclair, at 5: a “King” of cakes is dead\n") == "e-clair-at-5-a-king"
    assert modules.call("download", "fileName", "„…“") == "article"


def test_texts_have_ids_of_their_own(modules: Modules) -> None:
    texts = ["", "a", "b", "ab", "ba", "🌉", "a" * 200_000]
    ids = [modules.call("store", "idOfText", text) for text in texts]
    assert len(set(ids)) == len(texts)
    assert ids[0] == "desk-cbf29ce484222325"  # FNV-1a's offset basis
    assert modules.call("store", "idOfText", "ab") == ids[3]
