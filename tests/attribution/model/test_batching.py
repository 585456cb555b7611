"""Encoding: windows of several articles in shared batches, joined to one vector a token."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from service.attribution.mentions.index import NameIndex
from service.attribution.model.batching import (
    SpecialTokens,
    encode_articles,
    encode_windows,
    join_windows,
    token_windows,
)
from service.attribution.model.checkpoint import Checkpoint
from service.attribution.model.features import Tokens, read_tokens
from service.attribution.model.windows import cut_windows
from tests.attribution.texts import BRIDGE
from tests.tiny_model import OVERLAP, WINDOW, tiny_tokenizer

NO_NAMES = NameIndex.read("")


@pytest.fixture
def short(checkpoint: Checkpoint) -> Tokens:
    """As many tokens as a window holds."""
    return read_tokens("ab " * ((WINDOW - 2) // 2), checkpoint.tokenizer, (), (), NO_NAMES)


@pytest.fixture
def long(checkpoint: Checkpoint) -> Tokens:
    return read_tokens(BRIDGE, checkpoint.tokenizer, (), (), NO_NAMES)


def encode(checkpoint: Checkpoint, *articles: Tokens, budget: int = 10_000) -> list[Tensor]:
    with torch.inference_mode():
        return encode_articles(checkpoint.model, checkpoint.special, articles, budget=budget)


def encode_one_window(checkpoint: Checkpoint, tokens: Tokens, start: int, stop: int) -> Tensor:
    """The vectors of tokens ``[start, stop)``, read in a window of their own."""
    special = checkpoint.special
    ids = torch.tensor([[special.first, *tokens.ids[start:stop], special.last]])
    features = torch.zeros((1, stop - start + 2, tokens.features.shape[1]), dtype=torch.long)
    features[0, 1:-1] = torch.from_numpy(tokens.features[start:stop])
    with torch.inference_mode():
        return checkpoint.model.encode(ids, torch.ones_like(ids), features)[0, 1:-1]


def test_an_article_of_one_window_is_read_as_it_stands(checkpoint: Checkpoint, short: Tokens) -> None:
    (vectors,) = encode(checkpoint, short)
    assert vectors.shape == (WINDOW - 2, 32)
    torch.testing.assert_close(vectors, encode_one_window(checkpoint, short, 0, len(short)))


def test_each_token_of_a_long_article_has_the_vector_of_the_window_that_keeps_it(
    checkpoint: Checkpoint, long: Tokens
) -> None:
    windows = cut_windows(len(long), WINDOW - 2, OVERLAP)
    assert len(windows) > 2
    (vectors,) = encode(checkpoint, long)
    assert len(vectors) == len(long)
    for w in windows:
        alone = encode_one_window(checkpoint, long, w.start, w.stop)[w.keep_start - w.start : w.keep_stop - w.start]
        torch.testing.assert_close(vectors[w.keep_start : w.keep_stop], alone)


@pytest.mark.parametrize("budget", [1, 2 * WINDOW, 10_000])
def test_neighbours_in_a_batch_and_its_padding_change_nothing(
    checkpoint: Checkpoint, short: Tokens, long: Tokens, budget: int
) -> None:
    brief = read_tokens("Yes.", checkpoint.tokenizer, (), (), NO_NAMES)
    articles = (brief, long, short)
    for together, tokens in zip(encode(checkpoint, *articles, budget=budget), articles, strict=True):
        torch.testing.assert_close(together, encode(checkpoint, tokens)[0])


def test_windows_that_keep_nothing_that_is_needed_are_not_read(checkpoint: Checkpoint, long: Tokens) -> None:
    first, second, *_, last = cut_windows(len(long), WINDOW - 2, OVERLAP)
    (whole,) = encode(checkpoint, long)
    needed = [range(first.keep_start, first.keep_stop - 1), range(last.keep_stop - 1, last.keep_stop)]
    windows = token_windows(long, WINDOW - 2, OVERLAP, needed)
    with torch.inference_mode():
        vectors = encode_windows(checkpoint.model, checkpoint.special, windows)
    some = join_windows(checkpoint.model, len(long), windows, vectors)
    assert len(some) == len(long)
    assert not some[second.keep_start : last.keep_start].any()
    for window in (first, last):
        torch.testing.assert_close(*(v[window.keep_start : window.keep_stop] for v in (some, whole)))


def test_token_features_are_read(checkpoint: Checkpoint) -> None:
    small, capital = (read_tokens(text, checkpoint.tokenizer, (), (), NO_NAMES) for text in ("reuters", "Reuters"))
    assert small.ids.tolist() == capital.ids.tolist()
    assert not torch.allclose(encode(checkpoint, small)[0], encode(checkpoint, capital)[0])


def test_an_article_without_tokens_has_no_vectors(checkpoint: Checkpoint, short: Tokens) -> None:
    empty = read_tokens("", checkpoint.tokenizer, (), (), NO_NAMES)
    assert [len(v) for v in encode(checkpoint, empty, short, empty)] == [0, len(short), 0]
    assert [len(v) for v in encode(checkpoint, empty)] == [0]


def test_special_tokens_are_those_of_bert_or_else_of_the_sequence() -> None:
    tokenizer = tiny_tokenizer()
    ids = tokenizer.get_vocab()
    assert SpecialTokens.of(tokenizer) == SpecialTokens(ids["[CLS]"], ids["[SEP]"], ids["[PAD]"])
    tokenizer.cls_token = tokenizer.sep_token = None
    tokenizer.bos_token, tokenizer.eos_token = "<", ">"
    assert SpecialTokens.of(tokenizer) == SpecialTokens(ids["<"], ids[">"], ids["[PAD]"])


@pytest.mark.parametrize("lacking", ["cls_token", "sep_token", "pad_token"])
def test_a_tokenizer_that_lacks_a_special_token_is_refused(lacking: str) -> None:
    tokenizer = tiny_tokenizer()
    setattr(tokenizer, lacking, None)
    with pytest.raises(ValueError, match="start, the end and the padding"):
        SpecialTokens.of(tokenizer)
