"""The engine under test, and its lower bound: the bare encoder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch

from service.attribution import QuoteAttributor
from service.attribution.mentions.index import NameIndex
from service.attribution.model.batching import encode_articles
from service.attribution.model.checkpoint import Checkpoint, load_checkpoint
from service.attribution.model.features import Tokens, read_tokens
from service.attribution.model.windows import cut_windows
from service.attribution.outlets.registry import OutletRegistry
from service.attribution.quotations import find_quotations
from service.libraries import Device, Precision, loading


@dataclass(frozen=True, slots=True)
class Engine:
    """The pipeline and its checkpoint."""

    attributor: QuoteAttributor
    checkpoint: Checkpoint

    @classmethod
    def load(cls, path: Path, device: Device, precision: Precision) -> Engine:
        with loading():
            checkpoint = load_checkpoint(path, device, precision)
            return cls(QuoteAttributor(checkpoint, OutletRegistry.load()), checkpoint)

    def tokens(self, text: str) -> Tokens:
        return read_tokens(text, self.checkpoint.tokenizer, find_quotations(text), (), NameIndex.read(text))

    def encode(self, tokens: Tokens) -> None:
        """Run only the encoder over an article's tokens, each once: equal windows without overlap."""
        size = self.checkpoint.model.config.window - 2
        pieces = [tokens.part(w.start, w.stop) for w in cut_windows(len(tokens), size, 0)]
        with torch.inference_mode():
            encode_articles(self.checkpoint.model, self.checkpoint.special, pieces)
        if self.checkpoint.model.device.type == "cuda":
            torch.cuda.synchronize()
