"""Which quotes are likely to be one speaker's."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
import torch
from torch import Tensor

from service.attribution.model.chain import REACH
from service.attribution.model.decoding import QuotePrediction
from service.attribution.resolve.ties import pointed_names, tie_speakers
from tests.attribution.resolve.predictions import pointer, prediction, read

TEXT = "“It opens,” said Ada Brook. “It does not,” said Carl Dunn. “Never,” Brook said."
FIRST = {"Ada Brook": 0.9}
SECOND = {"Carl Dunn": 0.8, "Ada Brook": 0.1}


def tied(text: str, predictions: Sequence[QuotePrediction]) -> Tensor:
    document = read(text)
    return tie_speakers(predictions, [pointed_names(document, each) for each in predictions])


def test_a_tie_is_the_probability_that_both_are_speech_of_one_speaker() -> None:
    predictions = [prediction(name=pointer(TEXT, weights)) for weights in (FIRST, SECOND, FIRST)]
    ties = tied(TEXT, predictions)
    assert ties.shape == (3, REACH)
    assert ties[1, 0].item() == pytest.approx(0.9 * 0.1 * 0.9 * 0.9)
    assert ties[2, :2].tolist() == pytest.approx([0.9 * 0.1 * 0.9 * 0.9, 0.9 * 0.9 * 0.9 * 0.9])
    assert not ties[0].any()
    assert not ties[2, 2:].any()


def test_a_name_and_its_short_form_are_one_speaker() -> None:
    text = "“It opens,” said Ada Brook. “Never,” Ms. Brook added."
    named = prediction(name=pointer(text, {"Ada Brook": 1.0}))
    short = prediction(name=pointer(text, {"Ms. Brook": 1.0}))
    assert tied(text, [named, short])[1, 0].item() == pytest.approx(0.81)
    assert tied(text, [named, prediction()])[1, 0].item() == 0.0


def test_quotes_out_of_reach_are_not_tied() -> None:
    text = "“It opens,” said Ada Brook. " + "“Yes.” " * (REACH + 1)
    own = prediction(name=pointer(text, FIRST))
    ties = tied(text, [own] * (REACH + 2))
    assert torch.count_nonzero(ties[-1]).item() == REACH
    assert tied("Nothing.", []).shape == (0, REACH)
