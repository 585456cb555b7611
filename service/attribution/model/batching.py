"""Runs the encoder over the windows of several articles at once and joins the results, one vector a token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from transformers import PreTrainedTokenizerBase

from service.attribution.model.features import FEATURE_SIZES, Tokens
from service.attribution.model.modeling import AttributionModel
from service.attribution.model.windows import Window, cut_windows


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """Ids of the tokens that an encoder expects around a window, and of the one that fills a batch up."""

    first: int
    last: int
    padding: int

    @classmethod
    def of(cls, tokenizer: PreTrainedTokenizerBase) -> SpecialTokens:
        """Raises ``ValueError`` where the tokenizer lacks one of the three."""
        first = tokenizer.cls_token_id if tokenizer.cls_token_id is not None else tokenizer.bos_token_id
        last = tokenizer.sep_token_id if tokenizer.sep_token_id is not None else tokenizer.eos_token_id
        if first is None or last is None or tokenizer.pad_token_id is None:
            raise ValueError("the tokenizer must have tokens for the start, the end and the padding of a sequence")
        return cls(first, last, tokenizer.pad_token_id)


BUDGET = {"cpu": 1_024, "cuda": 16_384}
"""Tokens of one encoder batch, by device: what stays in a processor's cache, and what keeps a GPU busy."""


def encode_articles(
    model: AttributionModel,
    special: SpecialTokens,
    articles: Sequence[Tokens],
    *,
    needed: Sequence[Sequence[range]] | None = None,
    budget: int | None = None,
    size: int | None = None,
    overlap: int | None = None,
) -> list[Tensor]:
    """Token vectors [T, D] of each article.

    ``needed`` are the ranges of each article's tokens that are to be read, by default all; windows that keep none of
    them are left out, with zeros in their place. ``budget``, by default the device's, bounds the tokens of one encoder
    batch, padding included; ``size``, by default the model's, those of a window. Neighbouring windows share at least
    ``overlap`` tokens, by default the model's.
    """
    budget = budget or BUDGET[model.device.type]
    size = model.config.window - 2 if size is None else size
    overlap = model.config.overlap if overlap is None else overlap
    needed = needed or [[range(len(tokens))] for tokens in articles]
    windows = [
        (i, window)
        for i, (tokens, parts) in enumerate(zip(articles, needed, strict=True))
        for window in cut_windows(len(tokens), size, overlap)
        if any(part.start < window.keep_stop and window.keep_start < part.stop for part in parts)
    ]
    windows.sort(key=lambda item: item[1].stop - item[1].start, reverse=True)
    width, form = model.encoder.config.hidden_size, {"dtype": model.encoder.dtype, "device": model.device}
    joined = [torch.zeros(len(tokens), width, **form) for tokens in articles]
    for batch in _batches(windows, budget):
        vectors = model.encode(*_padded([(articles[i], window) for i, window in batch], special, model.device))
        for (i, window), row in zip(batch, vectors, strict=True):
            kept = row[1 + window.keep_start - window.start : 1 + window.keep_stop - window.start]
            joined[i][window.keep_start : window.keep_stop] = kept
    return joined


def _batches(windows: Sequence[tuple[int, Window]], budget: int) -> Iterator[Sequence[tuple[int, Window]]]:
    """Consecutive runs of windows, longest first, that stay within the budget; one window always fits."""
    start = 0
    while start < len(windows):
        longest = windows[start][1]
        count = max(1, budget // (longest.stop - longest.start + 2))
        yield windows[start : start + count]
        start += count


def _padded(
    windows: Sequence[tuple[Tokens, Window]], special: SpecialTokens, device: torch.device
) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, mask and features of windows, each between the encoder's special tokens."""
    length = 2 + max(w.stop - w.start for _, w in windows)
    ids = torch.full((len(windows), length), special.padding, dtype=torch.long)
    mask = torch.zeros((len(windows), length), dtype=torch.long)
    features = torch.zeros((len(windows), length, len(FEATURE_SIZES)), dtype=torch.long)
    for row, (tokens, w) in enumerate(windows):
        n = w.stop - w.start
        ids[row, 0], ids[row, n + 1] = special.first, special.last
        ids[row, 1 : n + 1] = torch.from_numpy(tokens.ids[w.start : w.stop])
        features[row, 1 : n + 1] = torch.from_numpy(tokens.features[w.start : w.stop])
        mask[row, : n + 2] = 1
    return ids.to(device), mask.to(device), features.to(device)
