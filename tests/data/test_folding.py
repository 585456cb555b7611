"""What is taken off letters."""

from __future__ import annotations

import pytest

from service.data.folding import APOSTROPHES, without_accents
from service.data.word_lists import fold


@pytest.mark.parametrize(("text", "plain"), [("Ibáñez", "Ibanez"), ("Ångström", "Angstrom"), ("ﬁn", "fin"), ("Ø", "Ø")])
def test_accents_are_taken_off(text: str, plain: str) -> None:
    assert without_accents(text) == plain


def test_apostrophes_are_alike() -> None:
    assert "O’D ‘x ʼn `s ´".translate(APOSTROPHES) == "O'D 'x 'n 's '"


@pytest.mark.parametrize(("word", "folded"), [("O’Dowd", "o'dowd"), ("Jean‑Luc", "jean-luc"), ("MUÑOZ", "munoz")])
def test_words_are_compared_folded(word: str, folded: str) -> None:
    assert fold(word) == folded
