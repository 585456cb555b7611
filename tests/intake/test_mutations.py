"""Whatever is sent has an answer that is verbatim, in the text and in the HTML.

``FUZZ_EXAMPLES`` says how many mutations of each kind are tried; by default few. What the network would make of them is
left out here: every quotation that typography shows is taken for an answer.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from time import process_time

import pytest

from service.intake.html import TooDeepError, read_html
from service.intake.reading import ReadableText, read_derived, read_text
from service.records import Attribution
from tests.intake.mutations import mutated_html, mutated_text
from tests.intake.test_reading import answer

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "50"))
SECONDS = 1.0
"""Processor time that reading some thousand characters may take, at the very most."""


def verbatim(readable: ReadableText) -> Attribution:
    readable.read.encode("utf-8")
    found = answer(readable)
    assert all(quote.text == readable.text[quote.start : quote.end] for quote in found.quotes)
    return found


def check_text(text: str) -> None:
    verbatim(read_text(text))


def check_html(source: str) -> None:
    try:
        html = read_html(source)
    except TooDeepError:
        return
    for quote in verbatim(read_derived(html)).quotes:
        sent = "".join(source[slice(*stretch)] for stretch in html.copy.stretches((quote.start, quote.end)))
        if "&" not in sent:
            assert _letters(sent) == _letters(quote.text)


@pytest.mark.parametrize(("make", "check"), [(mutated_text, check_text), (mutated_html, check_html)])
def test_mutations(make: Callable[[int], str], check: Callable[[str], None]) -> None:
    for number in range(EXAMPLES):
        sent = make(number)
        begin = process_time()
        check(sent)
        assert process_time() - begin < SECONDS, number


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
