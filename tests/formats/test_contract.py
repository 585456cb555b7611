from __future__ import annotations

from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.formats.article import AttributedArticle
from service.formats.contract import contract_body, convert_offsets
from service.records import OffsetUnit
from tests.fakes import FakeAttributor

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def slice_in(text: str, start: int, end: int, unit: OffsetUnit) -> str:
    """The slice as a client that counts in ``unit`` takes it."""
    if unit == "codepoint":
        return text[start:end]
    encoding, width = ("utf-16-le", 2) if unit == "utf16" else ("utf-8", 1)
    return text.encode(encoding)[start * width : end * width].decode(encoding)


@given(TEXTS, st.data(), st.sampled_from(get_args(OffsetUnit)))
def test_converted_offsets_slice_out_the_same_words(text: str, data: st.DataObject, unit: OffsetUnit) -> None:
    offsets = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2)))
    converted = convert_offsets(text, offsets, unit)
    assert set(converted) == set(offsets)
    for start, end in pairwise(offsets):
        assert slice_in(text, converted[start], converted[end], unit) == text[start:end]


@given(st.lists(TEXTS, min_size=1, max_size=4), st.sampled_from(get_args(OffsetUnit)))
def test_every_span_of_an_answer_is_verbatim(parts: list[str], unit: OffsetUnit) -> None:
    text = "Ada Brook told Reuters: " + "".join(f"{part}“{part}”" for part in parts)
    answer = contract_body(AttributedArticle(FakeAttributor().attribute(text), text, offset_unit=unit))
    assert answer["quotes"]
    for quote in answer["quotes"]:
        for span in (quote, quote["speaker"]["mention"], quote["outlet"]["mention"]):
            assert slice_in(text, span["start"], span["end"], unit) == span["text"]


def test_a_lone_surrogate_has_no_offset_in_utf8() -> None:
    with pytest.raises(UnicodeEncodeError):
        convert_offsets("a\ud800b", [3], "utf8")


def test_an_answer_has_the_contract_s_fields_in_its_order(article: str) -> None:
    answer = contract_body(
        AttributedArticle(FakeAttributor().attribute(article), article, publisher="The Ferry Post", language="en-GB")
    )
    assert list(answer) == ["model", "publisher", "language", "quotes", "speakers", "outlets", "warnings"]
    assert answer["publisher"] == "The Ferry Post"
    assert answer["language"] == "en-GB"
    quote: dict[str, Any] = answer["quotes"][0]
    assert quote == {
        "id": "q1",
        "text": "The bridge opens on Monday,",
        "start": 3,
        "end": 30,
        "kind": "speech",
        "closed": True,
        "marked": True,
        "parent": None,
        "continues": None,
        "repeats": None,
        "speaker": {
            "id": "s1",
            "name": "Ada Brook",
            "type": "person",
            "mention": {"text": "Ada Brook", "start": 32, "end": 41},
            "confidence": 0.8,
            "named_at": None,
            "title": None,
        },
        "outlet": {
            "id": "reuters",
            "name": "Reuters",
            "mention": {"text": "Reuters", "start": 47, "end": 54},
            "basis": "sentence",
            "role": "told",
            "confidence": 0.7,
            "wikidata": None,
        },
        "outlets_also": (),
        "confidence": 0.9,
    }


def test_a_text_that_the_client_has_not_got_is_in_the_answer(article: str) -> None:
    answer = contract_body(AttributedArticle(FakeAttributor().attribute(article), article, text_is_derived=True))
    assert answer["text"] == article


def test_rendering_leaves_the_records_alone(article: str) -> None:
    attribution = FakeAttributor().attribute(article)
    assert contract_body(AttributedArticle(attribution, article, offset_unit="utf8")) == contract_body(
        AttributedArticle(attribution, article, offset_unit="utf8")
    )
    assert attribution.quotes[0].start == 3
