"""Lines that lead to other articles, and lines of the article that look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.attribution.quotations import find_quotations
from service.intake.reading import TEASERS, read_text
from service.intake.teasers import teasers
from tests.attribution.growth import grows_with_length
from tests.intake.test_reading import answer

BEFORE, AFTER = "“He lied,” said Ann Lee.", "“He did not,” said Raj Patel."


def left_out(between: str) -> list[str]:
    text = f"{BEFORE}\n\n{between}\n\n{AFTER}"
    return [text[start:end] for start, end in teasers(text)]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: ‘The dam will fall’: Max Holt warns town",
        "READ MORE | “The dam will fall,” says Max Holt",
        "**Related:** “The dam will fall,” says Max Holt",
        "See also — Dam will fall",
        "WATCH: Dam falls",
        "More from Ashby: Dam falls",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Share this article",
        "Sign up for our newsletter: “The best of Ashby”",
    ],
)
def test_a_line_that_leads_elsewhere(line: str) -> None:
    assert left_out(line) == [line]


def test_headlines_below_a_label() -> None:
    assert left_out("MOST READ\n“The dam will fall,” says Max Holt\nWho pays?") == [
        "MOST READ",
        "“The dam will fall,” says Max Holt",
        "Who pays?",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Related: the dam fell, said Max Holt.",
        "Watch: it falls!",
        "He will read more: “all of it”",
        "Related matters were left for Monday",
        f"Read more: {'dam ' * 80}",
        "“Share this article,” she said.",
    ],
)
def test_what_is_the_article_s(line: str) -> None:
    assert left_out(line) == []


def test_a_teaser_alone_is_the_text() -> None:
    assert teasers(f"Related: Dam falls\n{BEFORE}") == ()


def test_what_is_left_out_is_not_quoted_and_told() -> None:
    text = f"{BEFORE}\nRead more: ‘The dam will fall’: Max Holt warns town\n{AFTER}"
    found = answer(read_text(text))
    assert [quote.text for quote in found.quotes] == ["He lied,", "He did not,"]
    assert found.warnings == (TEASERS,)
    assert not answer(read_text(text.replace("‘", "").replace("’", ""))).warnings


def test_an_advertisement_does_not_part_an_utterance() -> None:
    text = "“He lied.\n\nAdvertisement\n\n“He did,” said Ann Lee."
    assert [quotation.continues for quotation in find_quotations(read_text(text).read)] == [None, 0]


@given(st.text(alphabet="Related: \n.x", max_size=200))
def test_lines_are_in_order(text: str) -> None:
    found = teasers(text)
    assert list(found) == sorted(found)


@pytest.mark.parametrize("piece", ["Related: x\n", "Share\n", "Read more " * 3, "More from x"])
def test_time_is_linear(piece: str) -> None:
    assert grows_with_length(teasers, piece, 20_000)
