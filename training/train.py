"""Trains the network: ``python -m training.train --train FILE... --output checkpoints/NAME``.

Can be stopped at any time; called again with the same output, it resumes from the last save.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import PreTrainedTokenizerBase

from service.attribution.model.batching import SpecialTokens, encode_articles
from service.attribution.model.features import load_tokenizer
from service.attribution.model.modeling import AttributionModel
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletRegistry
from training.augment import DEFAULT_RATES, rewrite
from training.corpus import Article, read_articles, read_labels
from training.crops import crop
from training.examples import Example, build_example
from training.holdout import lot
from training.initial import initial_model
from training.invented import read_invented
from training.losses import task_losses, total_loss
from training.neighbours import NeighbourMaker
from training.settings import Settings, read_settings
from training.swaps import swap_outlets, swap_people

LOGGER = logging.getLogger("training")

CHARACTERS_PER_TOKEN = 4
"""An estimate for planning batches; English news has about 4.5."""


@dataclass
class State:
    """The state of a run, as saved for resuming."""

    model: AttributionModel
    averaged: AveragedModel
    optimizer: torch.optim.Optimizer
    step: int = 0

    def save(self, path: Path) -> None:
        """Save atomically: an interruption leaves the previous save intact."""
        record = {
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
        }
        torch.save(record, path.with_suffix(".partial"))
        path.with_suffix(".partial").replace(path)

    def restore(self, path: Path, device: str) -> None:
        record = torch.load(path, map_location=device, weights_only=True)
        self.model.load_state_dict(record["model"])
        self.averaged.load_state_dict(record["averaged"])
        self.optimizer.load_state_dict(record["optimizer"])
        self.step = record["step"]


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    train(read_settings())


def train(settings: Settings) -> None:
    """Run all epochs. Each save also writes the averaged weights, with the tokenizer, as a model directory."""
    # Before any thread starts. Denormal gradients of distant tokens would make training 2.7 times slower.
    torch.set_flush_denormal(True)
    torch.manual_seed(settings.seed)
    articles = read_training_articles(settings)
    tokenizer = load_tokenizer(settings.encoder)
    special, registry = SpecialTokens.of(tokenizer), OutletRegistry.load()
    maker = NeighbourMaker.of([a for a in articles if a.quotes], registry)
    state = _new_state(settings)
    epochs = [list(batches_of(articles, settings, epoch)) for epoch in range(settings.epochs)]
    total = sum(map(len, epochs))
    checkpoint = settings.output / "state.pt"
    settings.output.mkdir(parents=True, exist_ok=True)
    if checkpoint.exists():
        state.restore(checkpoint, settings.device)
        LOGGER.info("resuming at step %d of %d", state.step, total)
    progress = _Progress(total, state.step)
    saved = time.monotonic()
    before = 0
    for epoch, batches in enumerate(epochs):
        for batch in batches[max(0, state.step - before) :]:
            rng = random.Random(f"{settings.seed}/{state.step}")
            examples = _examples(batch, tokenizer, registry, maker, settings, rng)
            torch.manual_seed(settings.seed * 1_000_003 + state.step)
            set_rates(state.optimizer, settings, state.step / total)
            losses = _step(state, examples, special, settings, rng)
            state.step += 1
            progress.report(state.step, sum(len(e.tokens) for e in examples), losses)
            if time.monotonic() - saved > 60 * settings.save_minutes:
                state.save(checkpoint)
                saved = time.monotonic()
        before += len(batches)
        if state.step == before:
            state.save(checkpoint)
            _export(state, tokenizer, settings.output / f"epoch-{epoch + 1}")
            LOGGER.info("epoch %d of %d done", epoch + 1, settings.epochs)


def read_training_articles(settings: Settings) -> list[Article]:
    """All training articles, except those known to have no quotes."""
    labels = read_labels(settings.labels)
    found: list[Article] = []
    for path in dict.fromkeys((*settings.train, *settings.whole)):
        if path.suffix == ".txt":
            found += read_invented(path)
        else:
            share = 1.0 if path in settings.whole else settings.share
            found += (article for article in read_articles(path, labels) if lot(article.id) < share)
    return [a for a in found if a.quotes or (a.quotes is None and a.attributions)]


def _new_state(settings: Settings) -> State:
    model = initial_model(settings)
    torch.nn.Module.to(model, settings.device)
    average = get_ema_multi_avg_fn(settings.averaging)  # type: ignore[no-untyped-call]
    averaged = AveragedModel(model, multi_avg_fn=average)
    return State(model, averaged, _optimizer(model, settings))


def _optimizer(model: AttributionModel, settings: Settings) -> torch.optim.Optimizer:
    """AdamW with a lower learning rate for the pretrained encoder, and weight decay for matrices only."""
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, parameter in model.named_parameters():
        key = (name.startswith("encoder."), parameter.ndim > 1 and "embedding" not in name.lower())
        groups.setdefault(key, []).append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "base": settings.encoder_rate if pretrained else settings.decoder_rate,
                "lr": 0.0,
                "weight_decay": settings.weight_decay if decays else 0.0,
            }
            for (pretrained, decays), parameters in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def set_rates(optimizer: torch.optim.Optimizer, settings: Settings, done: float) -> None:
    """Linear warm-up, then cosine decay to a hundredth."""
    if done < settings.warmup:
        factor = done / settings.warmup
    else:
        factor = 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (done - settings.warmup) / (1 - settings.warmup)))
    for group in optimizer.param_groups:
        group["lr"] = group["base"] * factor


def batches_of(articles: Sequence[Article], settings: Settings, epoch: int) -> Iterator[list[Article]]:
    """One epoch in random order, in batches of about ``batch_tokens`` tokens.

    Articles without our own labels are used in some epochs only: they train the mention, but neither name nor outlet.
    """
    rng = random.Random(f"{settings.seed}/{epoch}")
    chosen = [a for a in articles if a.quotes is not None or rng.random() < settings.unlabelled_share]
    rng.shuffle(chosen)
    batch: list[Article] = []
    filled = 0
    for article in chosen:
        length = len(article.text) // CHARACTERS_PER_TOKEN
        if batch and filled + length > settings.batch_tokens:
            yield batch
            batch, filled = [], 0
        batch.append(article)
        filled += length
    if batch:
        yield batch


def _examples(
    articles: Sequence[Article],
    tokenizer: PreTrainedTokenizerBase,
    registry: OutletRegistry,
    maker: NeighbourMaker | None,
    settings: Settings,
    rng: random.Random,
) -> list[Example]:
    built = []
    made = [maker.article(rng, "neighbours") for _ in range(2)] if maker and rng.random() < settings.neighbours else []
    parts = [crop(article, rng) for article in articles if rng.random() < settings.crops]
    for article in [*articles, *parts, *made]:
        if maker and rng.random() < settings.neighbours / 5:
            article = maker.inserted(article, rng)
        if rng.random() < settings.swaps:
            article = swap_outlets(article, registry, rng)
        if rng.random() < settings.swaps:
            article = swap_people(article, rng)
        text = rewrite(article.text, [q.span for q in article.quotes or ()], rng, DEFAULT_RATES)
        known = _forgetting(registry.find(text), settings.forgotten_outlets, rng)
        example = build_example(article, text, tokenizer, registry, known)
        if example is not None:
            built.append(example)
    return built


def _forgetting(matches: Sequence[OutletMatch], share: float, rng: random.Random) -> list[OutletMatch]:
    """Treats some outlets as unknown, so that the network learns to read outlets that the registry lacks."""
    forgotten = {outlet for outlet in sorted({m.outlet.id for m in matches}) if rng.random() < share}
    return [m for m in matches if m.outlet.id not in forgotten]


def _step(
    state: State, examples: Sequence[Example], special: SpecialTokens, settings: Settings, rng: random.Random
) -> dict[str, float]:
    """One update. Returns the mean loss of each task."""
    state.model.train()
    if not examples:
        return {}
    longest = state.model.config.window - 2
    size = rng.randint(round(settings.shortest_window * longest), longest)
    overlap = rng.randint(0, state.model.config.overlap)
    with _autocast(settings):
        vectors = encode_articles(state.model, special, [e.tokens for e in examples], size=size, overlap=overlap)
        device = state.model.device
        logits = [state.model.attribute(v, e.quotes.to(device)) for v, e in zip(vectors, examples, strict=True)]
    losses = task_losses(logits, [e.targets for e in examples])
    torch.autograd.backward(total_loss(losses))
    torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
    state.optimizer.step()
    state.optimizer.zero_grad(set_to_none=True)
    state.averaged.update_parameters(state.model)
    return {name: value.item() for name, value in losses.items()}


def _autocast(settings: Settings) -> AbstractContextManager[Any]:
    enabled = settings.precision == "bfloat16"
    return torch.autocast(settings.device.split(":")[0], dtype=torch.bfloat16, enabled=enabled)


def _export(state: State, tokenizer: PreTrainedTokenizerBase, directory: Path) -> None:
    """Save the averaged weights as a model directory."""
    model: AttributionModel = state.averaged.module  # type: ignore[assignment]
    model.save_pretrained(directory)
    tokenizer.save_pretrained(directory)


class _Progress:
    """Prints progress, speed and losses every half minute."""

    def __init__(self, total: int, done: int) -> None:
        self.total, self.first = total, done
        self.started = self.spoken = time.monotonic()
        self.tokens = 0
        self.sums: dict[str, float] = {}
        self.count = 0

    def report(self, step: int, tokens: int, losses: dict[str, float]) -> None:
        self.tokens += tokens
        self.count += 1
        for name, value in losses.items():
            self.sums[name] = self.sums.get(name, 0.0) + value
        now = time.monotonic()
        if now - self.spoken < 30:
            return
        left = (now - self.started) / (step - self.first) * (self.total - step)
        means = "  ".join(f"{name} {value / self.count:.3f}" for name, value in self.sums.items())
        rate = self.tokens / (now - self.started)
        LOGGER.info("step %d/%d  %d tokens/s  %.0f min left  %s", step, self.total, rate, left / 60, means)
        self.spoken, self.sums, self.count = now, {}, 0


if __name__ == "__main__":
    main()
