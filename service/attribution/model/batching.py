"""Runs the encoder over the windows of several articles in shared batches, and joins the results to one vector per
token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from service.attribution.model.features import FEATURE_SIZES, Tokens
from service.attribution.model.modeling import AttributionModel
from service.attribution.model.windows import Window, cut_windows


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """The ids of the tokens before and after a window, and of the padding token."""

    first: int
    last: int
    padding: int

    @classmethod
    def of(cls, tokenizer: PreTrainedTokenizerBase) -> SpecialTokens:
        """Raises ``ValueError`` if the tokenizer lacks one of the three."""
        first = tokenizer.cls_token_id if tokenizer.cls_token_id is not None else tokenizer.bos_token_id
        last = tokenizer.sep_token_id if tokenizer.sep_token_id is not None else tokenizer.eos_token_id
        if first is None or last is None or tokenizer.pad_token_id is None:
            raise ValueError("the tokenizer must have tokens for the start, the end and the padding of a sequence")
        return cls(first, last, tokenizer.pad_token_id)


BUDGET = {"cpu": 1_024, "cuda": 16_384}
"""The most tokens of one encoder batch, by device: as many as fit into a processor's cache, or keep a GPU busy."""


@dataclass(frozen=True, slots=True, eq=False)
class TokenWindow:
    """A window of an article, with the article's tokens: an input of the encoder. Its length includes the special
    tokens."""

    tokens: Tokens
    window: Window

    def __len__(self) -> int:
        return self.window.stop - self.window.start + 2  # the special ones


def token_windows(
    tokens: Tokens, size: int, overlap: int, needed: Sequence[range] | None = None
) -> tuple[TokenWindow, ...]:
    """The windows of an article that keep any of the ``needed`` tokens, by default of all.

    They have at most ``size`` tokens, not counting the special ones; neighbours share at least ``overlap``.
    """
    return tuple(
        TokenWindow(tokens, window)
        for window in cut_windows(len(tokens), size, overlap)
        if needed is None or any(part.start < window.keep_stop and window.keep_start < part.stop for part in needed)
    )


def encode_windows(
    model: AttributionModel, special: SpecialTokens, windows: Sequence[TokenWindow], *, budget: int | None = None
) -> list[Tensor]:
    """The vectors of the tokens that each window keeps, one row per token.

    ``budget``, by default the device's, limits the tokens of one encoder batch, padding included.
    """
    vectors: list[Tensor] = [torch.empty(0)] * len(windows)
    order = sorted(range(len(windows)), key=lambda i: len(windows[i]), reverse=True)
    for batch in _batches(order, windows, budget or BUDGET[model.device.type]):
        rows = model.encode(*_padded([windows[i] for i in batch], special, model.device))
        for i, row in zip(batch, rows, strict=True):
            w = windows[i].window
            vectors[i] = row[1 + w.keep_start - w.start : 1 + w.keep_stop - w.start]
    return vectors


def join_windows(
    model: AttributionModel, length: int, windows: Sequence[TokenWindow], vectors: Sequence[Tensor]
) -> Tensor:
    """The vectors [T, D] of an article of ``length`` tokens, from those of its windows; zeros where there is no
    window."""
    width = model.encoder.config.hidden_size
    joined = torch.zeros(length, width, dtype=model.encoder.dtype, device=model.device)
    for each, kept in zip(windows, vectors, strict=True):
        joined[each.window.keep_start : each.window.keep_stop] = kept
    return joined


def encode_articles(
    model: AttributionModel,
    special: SpecialTokens,
    articles: Sequence[Tokens],
    *,
    budget: int | None = None,
    size: int | None = None,
    overlap: int | None = None,
) -> list[Tensor]:
    """The vectors [T, D] of all tokens of each article.

    ``budget``, by default the device's, limits the tokens of one encoder batch, padding included; ``size``, by default
    the model's, those of a window. Neighbouring windows share at least ``overlap`` tokens, by default the model's.
    """
    size = model.config.window - 2 if size is None else size
    overlap = model.config.overlap if overlap is None else overlap
    cut = [token_windows(tokens, size, overlap) for tokens in articles]
    vectors = iter(encode_windows(model, special, [window for windows in cut for window in windows], budget=budget))
    return [
        join_windows(model, len(tokens), windows, list(islice(vectors, len(windows))))
        for tokens, windows in zip(articles, cut, strict=True)
    ]


def _batches(order: Sequence[int], windows: Sequence[TokenWindow], budget: int) -> Iterator[Sequence[int]]:
    """Batches of windows, by their numbers in ``order``, longest first, within the budget. A batch has at least one
    window, and none of less than half the length of its longest."""
    start = 0
    while start < len(order):
        longest = len(windows[order[start]])
        fitting = order[start : start + max(1, budget // longest)]
        batch = [i for i in fitting if 2 * len(windows[i]) >= longest]  # the first ones, as they are in order
        yield batch
        start += len(batch)


def _padded(
    windows: Sequence[TokenWindow], special: SpecialTokens, device: torch.device
) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and features of windows, each between the encoder's special tokens."""
    length = max(map(len, windows))
    ids = torch.full((len(windows), length), special.padding, dtype=torch.long)
    mask = torch.zeros((len(windows), length), dtype=torch.long)
    features = torch.zeros((len(windows), length, len(FEATURE_SIZES)), dtype=torch.long)
    for row, each in enumerate(windows):
        tokens, w = each.tokens, each.window
        n = w.stop - w.start
        ids[row, 0], ids[row, n + 1] = special.first, special.last
        ids[row, 1 : n + 1] = torch.from_numpy(tokens.ids[w.start : w.stop])
        features[row, 1 : n + 1] = torch.from_numpy(tokens.features[w.start : w.stop])
        mask[row, : n + 2] = 1
    return ids.to(device), mask.to(device), features.to(device)
