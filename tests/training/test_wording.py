"""The place that a label means by its words."""

from __future__ import annotations

import pytest

from service.attribution.text import Span
from training.wording import nearest_wording


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "before"),
    [
        ("“If he comes,” he said.", "he", "“If he comes,” "),  # not in the quote itself
        ("He paused. “Yes,” said a man. He left.", "He", ""),  # the nearer one
        ("Then Lee spoke.\n“Yes,” they heard him, Lee, say.", "Lee", "Then Lee spoke.\n“Yes,” they heard him, "),
        ("She left. Sheila sang “Yes,” she said.", "she", "She left. Sheila sang “Yes,” "),  # whole words
    ],
)
def test_the_nearest_place_outside_of_the_quote(text: str, words: str, before: str) -> None:
    quote = Span(text.index("“"), text.index("”") + 1)
    assert nearest_wording(text, words, quote) == Span(len(before), len(before) + len(words))


def test_narration_comes_before_other_quotes() -> None:
    text = "“Yes,” “he says,” and that was all he had."
    yes, other = span_of(text, "“Yes,”"), span_of(text, "“he says,”")
    assert nearest_wording(text, "he", yes, [yes, other]) == Span(35, 37)
    assert nearest_wording(text[:30], "he", yes, [yes, other]) == Span(8, 10)


def test_words_that_stand_nowhere_else() -> None:
    assert nearest_wording("“Yes, he is.”", "he", Span(0, 13)) is None
