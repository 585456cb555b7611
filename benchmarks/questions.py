"""The usual approach, for comparison: extractive question answering with two questions per quote.

The model is ``AutoModelForQuestionAnswering`` with the same encoder at the same precision. Its head, two numbers per
token, is untrained: that takes the same time, but its answers are meaningless.
"""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from statistics import median

import torch
from transformers import AutoModelForQuestionAnswering

from benchmarks.articles import invented
from benchmarks.engine import Engine
from benchmarks.report import Table, milliseconds
from benchmarks.timing import in_turn
from service.attribution.model.checkpoint import Checkpoint
from service.attribution.quotations import find_quotations

_ARTICLES = ((3_000, 5, 3), (6_000, 20, 1), (12_000, 60, 1))  # characters, quotes, rounds
_QUESTIONS = ("Who said “{}”?", "Which news outlet reported “{}”?")
_STRIDE = 128  # tokens that neighbouring windows share, as in transformers' pipeline
_BATCH = 16
_LONGEST_QUESTION = 200  # characters of a quote in a question


class QuestionAnswerer:
    """Answers two questions about every quote of an article."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        encoder = checkpoint.model.encoder
        self._model = AutoModelForQuestionAnswering.from_config(encoder.config)
        setattr(self._model, self._model.base_model_prefix, encoder)
        self._model.to(encoder.device, encoder.dtype).eval()
        self._tokenizer = deepcopy(checkpoint.tokenizer)  # truncation, set below, would persist
        self._window = checkpoint.model.config.window

    def answer(self, text: str) -> list[tuple[int, int]]:
        """The first and last token of the most likely answer in each window of each question."""
        quotes = [text[q.inner.start : q.inner.end][:_LONGEST_QUESTION] for q in find_quotations(text)]
        questions = [question.format(quote) for quote in quotes for question in _QUESTIONS]
        encoded = self._tokenizer(
            questions,
            [text] * len(questions),
            max_length=self._window,
            stride=_STRIDE,
            truncation="only_second",
            return_overflowing_tokens=True,
            padding="longest",
            return_tensors="pt",
        )
        encoded.pop("overflow_to_sample_mapping")
        answers: list[tuple[int, int]] = []
        with torch.inference_mode():
            for start in range(0, len(encoded["input_ids"]), _BATCH):
                batch = {name: rows[start : start + _BATCH].to(self._model.device) for name, rows in encoded.items()}
                output = self._model(**batch)
                answers += zip(
                    output.start_logits.argmax(1).tolist(), output.end_logits.argmax(1).tolist(), strict=True
                )
        return answers


def measure(engine: Engine) -> Table:
    answerer = QuestionAnswerer(engine.checkpoint)
    answerer.answer(invented(1_000, 1))
    rows = []
    for characters, quotes, rounds in _ARTICLES:
        text = invented(characters, quotes)
        engine.attributor.attribute(text)
        times = in_turn(
            {"whole": partial(engine.attributor.attribute, text), "asked": partial(answerer.answer, text)},
            rounds,
            warm_up=False,
        )
        whole, asked = median(times["whole"]), median(times["asked"])
        found = len(find_quotations(text))
        rows.append((len(text), found, milliseconds(whole), milliseconds(asked), f"{asked / whole:.0f} times"))
    return Table(
        "Against two questions a quote",
        "What `transformers` offers for this: extractive question answering, here with the same encoder at the same "
        f"precision in batches of {_BATCH} windows, asked of every quote who said it and which outlet reported it. Its "
        "head is untrained, which takes as long as a trained one.",
        ("characters", "quotes", "attribute()", "question answering", "which takes"),
        rows,
    )
