"""Tokens of an article: their offsets, and what typography says of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from transformers import PreTrainedTokenizerBase

from service.attribution.mentions.index import NameIndex
from service.attribution.model.features import (
    FEATURE_SIZES,
    SHAPE_FEATURES,
    IntArray,
    Tokens,
    load_tokenizer,
    locate_quotations,
    read_tokens,
    token_range,
)
from service.attribution.outlets.known import KnownOutlet
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.quotations import Quotation, find_quotations
from service.attribution.text import Span
from tests.attribution.texts import ANY_TEXT, BRIDGE
from tests.tiny_model import tiny_tokenizer

TOKENIZER = tiny_tokenizer()
HERALD = KnownOutlet(id="herald", name="The Larkfield Herald", country="GB", medium="newspaper")


def read(text: str, outlets: Sequence[OutletMatch] = ()) -> Tokens:
    return read_tokens(text, TOKENIZER, find_quotations(text), outlets, NameIndex.read(text))


def feature(name: str, tokens: Tokens) -> list[int]:
    column: list[int] = tokens.features[:, list(FEATURE_SIZES).index(name)].tolist()
    return column


def shapes(text: str, quotations: Sequence[Quotation] | None = None) -> list[set[str]]:
    """The names of the shape features that hold of each quotation."""
    quotations = find_quotations(text) if quotations is None else quotations
    located = locate_quotations(text, read(text), quotations)
    return [{name for name, holds in zip(SHAPE_FEATURES, row, strict=True) if holds} for row in located.shape]


def test_offsets_are_code_points_into_the_text_as_given() -> None:
    text = "🌉 Élan\x00 \ud800 vital"
    tokens = read(text)
    pieces = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert "".join(pieces) == "🌉Élanvital"


def test_case_is_that_of_the_whole_word() -> None:
    assert feature("case", read("McDonald USA hello Trump 12")) == [4] * 8 + [3] * 3 + [1] * 5 + [2] * 5 + [0] * 2
    assert feature("case", read("I O’Dea iPad")) == [2, 2, 0, 2, 2, 2] + [4] * 4


def test_paragraphs_are_numbered_and_their_first_tokens_marked() -> None:
    tokens = read("A b.\n\nC d.\nE")
    assert tokens.paragraphs.tolist() == [0, 0, 0, 1, 1, 1, 2]
    assert feature("paragraph", tokens) == [1, 0, 0, 1, 0, 0, 1]


def test_quotations_are_painted_with_their_marks() -> None:
    assert feature("quotation", read("A “b” c")) == [0, 2, 1, 3, 0]
    assert feature("quotation", read("“A ‘b’ c”")) == [2, 1, 2, 1, 3, 1, 3]
    assert feature("quotation", read("A “b\nc")) == [0, 2, 1, 0]


@pytest.mark.parametrize(
    ("match", "value"),
    [
        (OutletMatch(3, 5, HERALD, "name"), 1),
        (OutletMatch(3, 5, HERALD, "domain"), 1),
        (OutletMatch(3, 5, HERALD, "programme"), 2),
        (OutletMatch(3, 5, HERALD, "short"), 3),
        (OutletMatch(3, 5, HERALD, "name", ambiguous=True), 4),
    ],
)
def test_outlets_are_painted_by_how_they_are_named(match: OutletMatch, value: int) -> None:
    assert feature("outlet", read("To LH now", [match])) == [0, 0, value, value, 0, 0, 0]


def test_what_looks_like_an_outlet_is_painted_where_the_registry_knows_nothing() -> None:
    text = "On Tide Radio"
    known = OutletMatch(3, len(text), KnownOutlet("tide", "Tide Radio", "GB", "broadcaster"), "name")
    assert feature("outlet", read(text))[-1] == 5
    assert feature("outlet", read(text, [known]))[-1] == 1


def test_names_are_painted_by_who_bears_them() -> None:
    text = "Ada Brook met John Dunn and Tolland at the Tide Trust."
    painted = dict(zip(TOKENIZER.tokenize(text), feature("name", read(text)), strict=True))
    assert set(feature("name", read(text))) == {0, 1, 2, 3, 4}, painted
    assert feature("name", read("“Yes,” she said."))[-2:] == [0, 0]


def test_an_empty_text_has_no_tokens() -> None:
    assert len(read("")) == 0
    assert read("").features.shape == (0, len(FEATURE_SIZES))


@given(ANY_TEXT)
@example(BRIDGE)
@example("\u0301\u0301")
@settings(deadline=None)
def test_what_holds_of_the_tokens_of_any_text(text: str) -> None:
    tokens = read(text)
    assert np.all(np.diff(tokens.starts) >= 0)
    assert np.all(np.diff(tokens.ends) >= 0)
    assert np.all((tokens.starts >= 0) & (tokens.starts < tokens.ends) & (tokens.ends <= len(text)))
    assert np.all(np.diff(tokens.paragraphs) >= 0)
    assert np.all((tokens.features >= 0) & (tokens.features < list(FEATURE_SIZES.values())))


def test_regions_are_interrupted_by_marks_and_paragraphs() -> None:
    assert read("A “b” c\nd").regions.tolist() == [1, -1, 2, -1, 3, 4]
    part = read("A “b” c\nd").part(2, 6)
    assert np.array_equal(part.regions >= 0, [True, False, True, True])
    assert len(set(part.regions.tolist())) == 4


PLACES = "ab “cd” ef.\ngh"  # a b “ c d ” e f . g h


@pytest.mark.parametrize(
    ("spans", "longest", "expected"),
    [
        ([Span(0, 2)], 9, [(0, 1)]),
        ([Span(0, 2)], 1, [(0, 0)]),
        ([Span(3, 7)], 9, [(3, 4)]),  # its own marks are left off
        ([Span(8, 11), Span(0, 2), Span(0, 2)], 9, [(0, 1), (6, 8)]),
        ([Span(0, 6)], 9, []),  # over a mark
        ([Span(8, 14)], 9, []),  # over the end of a paragraph
        ([Span(3, 4)], 9, []),  # nothing but a mark
        ([], 9, []),
    ],
)
def test_places_are_where_a_pointer_may_point(spans: list[Span], longest: int, expected: list[tuple[int, int]]) -> None:
    assert read(PLACES).places(spans, longest) == expected


def test_a_text_without_tokens_has_no_places() -> None:
    assert read("").places([Span(0, 0)], 3) == []


@given(text=ANY_TEXT, longest=st.integers(1, 6), data=st.data())
@example(BRIDGE, 3, None)
@settings(deadline=None)
def test_places_of_any_spans_lie_in_one_region(text: str, longest: int, data: st.DataObject | None) -> None:
    tokens = read(text)
    edges = st.integers(0, len(text))
    drawn = data.draw(st.lists(st.tuples(edges, edges), max_size=5)) if data else [(0, 9), (20, 60)]
    for first, last in tokens.places([Span(*sorted(pair)) for pair in drawn], longest):
        assert 0 <= first <= last < min(len(tokens), first + longest)
        assert set(tokens.regions[first : last + 1]) == {tokens.regions[first]}
        assert tokens.regions[first] >= 0


@given(ANY_TEXT)
@example(BRIDGE)
@settings(deadline=None)
def test_quotations_begin_and_end_with_the_tokens_of_their_marks(text: str) -> None:
    quotations, tokens = find_quotations(text), read(text)
    if not quotations:
        return
    located = locate_quotations(text, tokens, quotations)
    assert located.shape.shape == (len(quotations), len(SHAPE_FEATURES))
    for quotation, first, last in zip(quotations, located.first, located.last, strict=True):
        assert tokens.starts[first] == quotation.outer.start
        assert first <= last
        assert tokens.ends[last] <= quotation.outer.end


def test_shape_of_quotations() -> None:
    assert shapes("“A.”\n‘B,’ he said. “C ‘d.’”") == [
        {"starts_paragraph", "ends_paragraph"},
        {"starts_paragraph", "single_marks"},
        {"ends_paragraph"},
        {"nested", "single_marks"},
    ]
    assert shapes("“A.\n“B") == [
        {"starts_paragraph", "ends_paragraph", "unclosed"},
        {"starts_paragraph", "ends_paragraph", "unclosed", "continues"},
    ]
    assert shapes("It is so, he said.", [Quotation(Span(0, 8), Span(0, 8))]) == [{"starts_paragraph", "unmarked"}]


def test_two_single_marks_together_are_a_double_mark() -> None:
    assert "single_marks" not in shapes("''A,'' he said.")[0]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, 2, (0, 1)), (1, 4, (1, 2)), (2, 3, (2, 2)), (2, 2, (2, 2)), (9, 9, (3, 3))],
)
def test_token_range_has_a_token_at_least(start: int, end: int, expected: tuple[int, int]) -> None:
    tokens = read("ab cd")
    first, last = token_range(tokens, numbers(start), numbers(end))
    assert (first.item(), last.item()) == expected


def numbers(*values: int) -> IntArray:
    return np.array(values, dtype=np.int64)


def test_a_saved_length_limit_is_lifted(tmp_path: Path) -> None:
    limited = tiny_tokenizer()
    limited.backend_tokenizer.enable_truncation(4)
    limited.backend_tokenizer.enable_padding(length=8)
    limited.save_pretrained(tmp_path)
    assert len(read_tokens("abcdef", load_tokenizer(tmp_path), (), (), NameIndex.read(""))) == 6


def test_the_shipped_kind_of_tokenizer_loads_like_the_one_saved(tokenizer: PreTrainedTokenizerBase) -> None:
    assert tokenizer.get_vocab() == TOKENIZER.get_vocab()
