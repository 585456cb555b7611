"""Throughput in bulk: articles per second, and the share of the time spent outside the network."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle, islice
from statistics import median

import torch

from benchmarks.articles import invented
from benchmarks.engine import Engine
from benchmarks.report import Table
from benchmarks.timing import seconds
from service.attribution.model.modeling import AttributionModel

_ARTICLES = [invented(characters, characters // 300, seed=characters) for characters in range(1_000, 6_001, 500)]
_SIZES = {"cpu": (8, 32), "cuda": (8, 64, 512)}
_ROUNDS = 3


def measure(engine: Engine) -> Table:
    device = engine.checkpoint.model.device.type
    batches = [list(islice(cycle(_ARTICLES), size)) for size in _SIZES[device]]
    return Table(
        "Many at once",
        "Invented articles of 1,000 to 6,000 characters in one call of `attribute_batch()`. Outside the network are "
        "quotation marks, names, outlets, tokens and what is made of the network's answers.",
        ("articles", "articles a second", "outside the network"),
        [_row(engine, batch) for batch in batches],
    )


def _row(engine: Engine, batch: Sequence[str]) -> tuple[object, ...]:
    engine.attributor.attribute_batch(batch)
    wholes, shares = [], []
    for _ in range(_ROUNDS):
        with _network_seconds(engine.checkpoint.model) as spans:
            wholes.append(seconds(lambda: engine.attributor.attribute_batch(batch)))
        shares.append(1 - sum(spans) / wholes[-1])
    return len(batch), f"{len(batch) / median(wholes):.1f}", f"{median(shares):.1%}"


@contextmanager
def _network_seconds(model: AttributionModel) -> Iterator[list[float]]:
    """Collects the seconds of each run of the encoder and the decoder within the block."""
    began: list[float] = []
    spans: list[float] = []

    def now() -> float:
        if model.device.type == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter()

    parts = (model.encoder, model.decoder)
    hooks = [part.register_forward_pre_hook(lambda *_: began.append(now())) for part in parts]
    hooks += [part.register_forward_hook(lambda *_: spans.append(now() - began.pop())) for part in parts]
    try:
        yield spans
    finally:
        for hook in hooks:
            hook.remove()
