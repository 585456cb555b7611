"""HTML as tokens."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.intake.markup import Tag, Text, tokenize

PIECES = st.sampled_from(
    ["<p>", "</p>", "<a href='x", "<!--", "-->", "<script>", "</script >", "&amp;", "&#8220", "&nope", "<", ">", "a b"]
)


def read(html: str, *, in_text: bool = False) -> list[str]:
    return [
        token.text if isinstance(token, Text) else f"<{'/' * token.closes}{token.name}>"
        for token in tokenize(html, in_text=in_text)
    ]


@pytest.mark.parametrize(
    ("html", "tokens"),
    [
        ("<P CLASS=x>Yes</p>", ["<p>", "Yes", "</p>"]),
        ("1 < 2 &amp; 3", ["1 ", "< 2 ", "&", " 3"]),
        ("a<!-- <p> -->b<!doctype html>c", ["a", "b", "c"]),
        ("<script>if (a < b) '<p>'</script>x", ["<script>", "</script>", "x"]),
        ("&ldquo;Yes&#8221; &nope;", ["“", "Yes", "”", " ", "&nope;"]),
    ],
)
def test_tags_and_words(html: str, tokens: list[str]) -> None:
    assert read(html) == tokens


def test_attributes_are_decoded_and_the_first_of_a_name_counts() -> None:
    (tag,) = tokenize("<a HREF='/x?a&amp;b' hidden class=one class=two>")
    assert isinstance(tag, Tag)
    assert tag.attributes == {"href": "/x?a&b", "hidden": "", "class": "one"}


def test_what_never_ends_takes_in_the_rest_of_html_but_not_of_text() -> None:
    assert read("a<script>b") == ["a", "<script>"]
    assert read("a<script>b", in_text=True) == ["a", "b"]
    assert read("a<b") == ["a"]
    assert read("a<b", in_text=True) == ["a", "<b"]


@given(st.lists(PIECES).map("".join) | st.text(), st.booleans())
def test_tokens_are_in_order_and_where_they_say(html: str, in_text: bool) -> None:
    position = 0
    for token in tokenize(html, in_text=in_text):
        assert position <= token.start < token.end <= len(html)
        position = token.end
        if isinstance(token, Text):
            assert token.text == html[token.start : token.end] or html[token.start] == "&"
