"""Which quotes stand by themselves in the layout."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.intake.reading import read_text
from service.intake.repeats import with_repeats
from service.records import Attribution
from tests.attribution.growth import grows_with_length
from tests.intake.test_reading import MODEL, answer

BODY = "“We knew the dam was weak, and said so,” said Ida Marsh.\n"


@pytest.mark.parametrize(
    "line", ["“knew the dam was weak”", "  “knew the dam was weak” — Ida Marsh", "« “knew the dam was weak”"]
)
def test_a_line_that_says_no_more_is_a_pull_quote(line: str) -> None:
    assert answer(read_text(BODY + line)).quotes[-1].repeats == "q1"
    assert answer(read_text(f"{BODY}{line}\n“No.”")).quotes[1].repeats == "q1"


@pytest.mark.parametrize("line", ["“knew the dam was weak” she said", "Yes, “knew the dam was weak”"])
def test_a_line_that_says_more_is_none(line: str) -> None:
    assert answer(read_text(BODY + line)).quotes[-1].repeats is None


@pytest.mark.parametrize(
    "line",
    ["‘Knew the dam was weak’: mayor speaks out", "Marsh: “We knew the dam was weak” ", "“So weak,” “knew the dam”"],
)
def test_a_headline_repeats_what_the_article_quotes(line: str) -> None:
    *headline, own = answer(read_text(f"{line}\n\n{BODY}")).quotes
    assert headline[-1].repeats == own.id
    assert headline[-1].speaker == own.speaker


@pytest.mark.parametrize("line", ["Ida Marsh said: “Knew the dam was weak.”", "“Knew the dam was weak,” said Vale."])
def test_a_first_line_with_a_full_stop_is_no_headline(line: str) -> None:
    assert answer(read_text(f"{line}\n{BODY}")).quotes[0].repeats is None


def test_time_is_linear_in_the_quotes_of_a_line() -> None:
    def run(text: str) -> None:
        with_repeats(Attribution(MODEL, quotes[: len(text) // len(piece)], (), ()), text)

    piece = "“a b” "
    (quote,) = answer(read_text(piece)).quotes
    quotes = tuple(
        replace(quote, id=f"q{start}", start=start + 1, end=start + 4) for start in range(0, 256_000, len(piece))
    )
    assert grows_with_length(run, piece, 32_000)


def test_what_repeats_a_pull_quote_repeats_what_that_does() -> None:
    shorter, longer = "“knew the dam was weak”\n", "“We knew the dam was weak, and said”\n"
    found = answer(read_text(shorter + longer + BODY)).quotes
    assert [quote.repeats for quote in found] == ["q3", "q3", None]
