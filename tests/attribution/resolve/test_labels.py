"""Labels and signatures, and what only looks like them."""

from __future__ import annotations

import pytest

from service.attribution.mentions.index import NameIndex
from service.attribution.quotations import find_quotations
from service.attribution.resolve.labels import is_question, label_of


def label(text: str) -> str | None:
    found = label_of(text, NameIndex.read(text), find_quotations(text)[-1])
    return None if found is None else text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“BROOK: It holds.”", "BROOK"),
        ("Ada Brook: “It holds.”", "Ada Brook"),
        ("She came.\n\n**Brook:** “It holds.”", "Brook"),
        ("Ada Brook (by telephone): “It holds.”\nShe left.", "Ada Brook"),
        ("Ada Brook, mayor: “It holds.”", "Ada Brook"),
        ("Ada Brook:\n“It holds.”", "Ada Brook"),
        ("“It holds.” — Ada Brook, welder", "Ada Brook"),
        ("“It holds.”\nAda Brook, welder", "Ada Brook"),
        ("WARNING: “It holds.”", None),
        ("Ashby, Monday: “It holds,” said Ada Brook.", None),
        ("The mayor said: “It holds.”", None),
        ("Ada Brook came. Raj Patel: “It holds.”", None),
        (f"Ada {'B' * 200}: “It holds.”", None),
    ],
)
def test_labels(text: str, words: str | None) -> None:
    assert label(text) == words


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Q: “Why?”", True),
        ("Q. “Why?”", True),
        ("**Q: “Why?”**", True),
        ("### Q: “Why?”", True),
        ("Interviewer: “Why?”", True),
        ("A: “Why?”", False),
        ("Q: “Why?” she asked.", False),
        ("“Why?”", False),
    ],
)
def test_an_interviewer_without_a_name(text: str, question: bool) -> None:
    (quotation,) = find_quotations(text)
    assert is_question(text, quotation.outer) is question
