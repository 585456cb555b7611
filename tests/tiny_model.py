"""A model of the shipped kind, but tiny and untrained: it reads letter by letter, fast, and answers at random.

What it answers means nothing; that the answer holds together is what tests can show with it.
"""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from service.attribution.model.config import AttributionConfig
from service.attribution.model.modeling import AttributionModel

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
LETTERS = tuple(chr(i) for i in range(0x21, 0x7F))
VOCABULARY = (*SPECIAL, *LETTERS, *(f"##{letter}" for letter in LETTERS))
WINDOW, OVERLAP = 96, 24
"""Tokens that the tiny model reads at a time, so that an article of a few sentences takes several windows."""


def save_tiny_model(path: Path, *, shards: bool = True) -> Path:
    """Write a whole model directory, its weights spread over several shards by default; the same every time."""
    torch.manual_seed(63)  # with these weights some quotes get a speaker, and some an outlet
    config = AttributionConfig(
        encoder=_encoder_config().to_dict(),
        window=WINDOW,
        overlap=OVERLAP,
        quote_width=32,
        quote_heads=2,
        pointer_width=16,
        scorer_width=8,
        credit_threshold=0.05,  # an untrained network is sure of nothing
        model_version="0.1",
    )
    AttributionModel(config).save_pretrained(path, max_shard_size="64KB" if shards else "1GB")
    tiny_tokenizer().save_pretrained(path)
    return path


def save_tiny_encoder(path: Path) -> Path:
    """Write an encoder directory as a training run starts from one; the same every time."""
    torch.manual_seed(2)
    BertModel(_encoder_config()).save_pretrained(path)
    tiny_tokenizer().save_pretrained(path)
    return path


def tiny_tokenizer() -> PreTrainedTokenizerFast:
    """An uncased WordPiece tokenizer like BERT's, whose only pieces are the printable ASCII characters."""
    pieces = {piece: number for number, piece in enumerate(VOCABULARY)}
    tokenizer = Tokenizer(models.WordPiece(pieces, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )


def _encoder_config() -> BertConfig:
    return BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
    )
