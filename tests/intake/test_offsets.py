"""Offsets that go from a copy to its source and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from service.intake.offsets import Copy, Edit, apply, joined

WORDS = st.text(alphabet="ab “”\n", max_size=4)


@st.composite
def edited_texts(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and edits of it, in order, none touching the next."""
    source, edits = "", []
    for _ in range(draw(st.integers(0, 5))):
        source += draw(st.text(alphabet="xyz", min_size=1, max_size=4))
        old, new = draw(WORDS), draw(WORDS)
        edits.append(Edit(len(source), len(source) + len(old), new))
        source += old
    return source + draw(st.text(alphabet="xyz", max_size=3)), edits


def spans(text: str) -> st.SearchStrategy[tuple[int, int]]:
    return st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(lambda ends: (min(ends), max(ends)))


def test_what_is_kept_is_found_again() -> None:
    source = "Ada &amp; Bob said \\“no\\”."
    start = source.index("&")
    copy, step = apply(source, [Edit(start, start + 5, "&"), Edit(source.index("\\"), source.index("\\") + 1, "")])
    assert copy == "Ada & Bob said “no\\”."
    assert step is not None
    for words in ("Ada", "Bob", "“no", "said "):
        there = source.index(words), source.index(words) + len(words)
        here = copy.index(words), copy.index(words) + len(words)
        assert step.to_source(here) == there
        assert step.to_copy(there) == here


def test_an_edit_is_taken_whole() -> None:
    copy = Copy("It&#8217;s old").edited([Edit(2, 9, "’")])
    assert copy.text == "It’s old"
    assert copy.to_source((0, 3)) == (0, 9)
    assert copy.to_source((2, 4)) == (2, 10)
    assert copy.to_copy((4, 6)) == (2, 3)


def test_what_was_left_out_or_put_in_beside_a_span_stays_outside() -> None:
    copy = Copy("<b>yes</b>").edited([Edit(0, 3, ""), Edit(6, 10, "")])
    assert copy.text == "yes"
    assert copy.to_source((0, 3)) == (3, 6)
    put_in = Copy("yes").edited([Edit(0, 0, "“"), Edit(3, 3, "”")])
    assert put_in.text == "“yes”"
    assert put_in.to_source((1, 4)) == (0, 3)
    assert put_in.to_copy((0, 3)) == (1, 4)
    assert put_in.to_source((0, 1)) == (0, 0)


def test_edits_that_keep_the_length_need_no_map() -> None:
    copy = Copy("a\nb").edited([Edit(1, 2, " ")])
    assert copy == Copy("a b")


@given(edited_texts(), st.data())
def test_there_and_back_holds_the_span(texts: tuple[str, list[Edit]], data: st.DataObject) -> None:
    source, edits = texts
    copy = Copy(source).edited(edits)
    start, end = data.draw(spans(copy.text))
    low, high = copy.to_source((start, end))
    assert 0 <= low <= high <= len(source)
    if low < high:
        back = copy.to_copy((low, high))
        assert back[0] <= start or not copy.text[start : back[0]].strip("ab “”\n")
        assert back[1] >= end or not copy.text[back[1] : end].strip("ab “”\n")


@given(edited_texts(), st.data())
def test_ends_outside_of_edits_come_back_exactly(texts: tuple[str, list[Edit]], data: st.DataObject) -> None:
    source, edits = texts
    copy = Copy(source).edited(edits)
    kept = [i for i, character in enumerate(copy.text) if character in "xyz"]
    if not kept:
        return
    first = data.draw(st.sampled_from(kept))
    last = data.draw(st.sampled_from([i for i in kept if i >= first]))
    span = copy.to_source((first, last + 1))
    assert source[span[0]] == copy.text[first]
    assert source[span[1] - 1] == copy.text[last]
    assert copy.to_copy(span) == (first, last + 1)


@given(st.lists(st.tuples(st.text(alphabet="ab", max_size=3), st.text(alphabet="<>", max_size=3)), max_size=5))
def test_pieces_stand_for_their_spans(parts: list[tuple[str, str]]) -> None:
    source, pieces = "", []
    for kept, dropped in parts:
        pieces.append((kept.upper(), (len(source), len(source) + len(kept))))
        source += kept + dropped
    copy = joined(pieces, source)
    assert copy.text == "".join(kept.upper() for kept, _ in parts)
    position = 0
    for text, span in pieces:
        if text:
            assert copy.to_source((position, position + len(text))) == span
        position += len(text)
