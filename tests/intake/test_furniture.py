"""What stands beside the article."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from service.intake.furniture import Surroundings, is_left_out, is_quoting_class
from service.intake.markup import Tag, tokenize


def tag_of(html: str) -> Tag:
    (tag,) = tokenize(html)
    assert isinstance(tag, Tag)
    return tag


@pytest.mark.parametrize(
    ("html", "around", "is_page", "left_out"),
    [
        ("<nav>", {}, False, (True, False)),
        ("<div role=Banner>", {}, False, (True, False)),
        ("<p style='display: none'>", {}, False, (True, False)),
        ("<body hidden>", {}, True, (False, False)),
        ("<header>", {}, True, (True, False)),
        ("<header>", {"article": 1}, True, (False, False)),
        ("<header>", {}, False, (False, False)),
        ("<div class=related-stories>", {}, True, (True, True)),
        ("<div id=readMore>", {}, True, (True, True)),
        ("<div class=has-sidebar>", {}, True, (False, False)),
        ("<div class='c-card c-card--profile'>", {}, True, (True, True)),
        ("<section class=article-author-box>", {}, True, (True, True)),
        ("<div class=author>", {}, True, (False, False)),
        ("<a class=share>", {"p": 1}, True, (False, False)),
        ("<a class=share>", {}, True, (True, True)),
        ("<em class=promo>", {}, True, (False, False)),
    ],
)
def test_what_is_left_out(html: str, around: Mapping[str, int], is_page: bool, left_out: tuple[bool, bool]) -> None:
    assert is_left_out(tag_of(html), Surroundings(around, is_page), trusts_names=True) == left_out


def test_names_of_classes_need_not_be_trusted() -> None:
    assert is_left_out(tag_of("<div class=promo>"), Surroundings({}, True), trusts_names=False) == (False, False)


@pytest.mark.parametrize(
    ("html", "quotes"),
    [("<div class='pull-quote big'>", True), ("<div class=wp-block-pullquote>", True), ("<div class=quoted>", False)],
)
def test_classes_that_quote(html: str, quotes: bool) -> None:
    assert is_quoting_class(tag_of(html)) is quotes
