"""Training runs of a tiny encoder on two invented articles: reproducible, and none the worse for being killed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from service.attribution import QuoteAttributor
from tests.tiny_model import save_tiny_encoder
from training import train as trainer
from training.corpus import Article
from training.losses import WEIGHTS
from training.settings import Settings
from training.train import CHARACTERS_PER_TOKEN, batches_of, read_training_articles, set_rates, train

pytestmark = pytest.mark.slow

ARTICLES: list[dict[str, Any]] = [
    {
        "id": "bridge",
        "text": "“It opens on Monday,” Ada Brook told Tide Radio.",
        "quotes": [
            {"start": 0, "end": 21, "kind": "speech", "speaker": "Ada Brook", "type": "person", "mention": [22, 31]}
            | {"outlet": "Tide Radio", "outlet_mention": [37, 47], "basis": "sentence", "role": "told"}
        ],
    },
    {
        "id": "ferry",
        "text": "Dunn calls it “slow”. He said that it will sink.",
        "quotes": None,
        "attributions": [{"source": [[22, 24]], "cue": [[25, 29]], "content": [[30, 47]]}],
    },
]


class KilledError(Exception):
    pass


@pytest.fixture(scope="module", autouse=True)
def _denormal_numbers() -> Iterator[None]:
    """Training has the processor flush them to zero, which other tests do not expect."""
    yield
    torch.set_flush_denormal(False)


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two epochs of three steps, one for each article; the state is saved after every step."""
    directory = tmp_path_factory.mktemp("training")
    articles = directory / "articles.jsonl"
    articles.write_text("\n".join(map(json.dumps, ARTICLES)), encoding="utf-8")
    invented = directory / "invented.txt"
    invented.write_text("“It holds,” {{Bo Dunn; m=Dunn}} Bo Dunn said.", encoding="utf-8")
    return Settings(
        train=(articles, invented),
        whole=(),
        labels=(),
        share=1.0,
        encoder=str(save_tiny_encoder(directory / "encoder")),
        output=directory / "uninterrupted",
        initial=None,
        epochs=2,
        batch_tokens=1,
        encoder_rate=1e-3,
        decoder_rate=1e-3,
        weight_decay=0.01,
        warmup=0.1,
        averaging=0.5,
        unlabelled_share=1.0,
        dropout=0.1,
        forgotten_outlets=0.5,
        swaps=0.5,
        shortest_window=0.6,
        crops=0.5,
        neighbours=1.0,
        quote_layers=None,
        seed=3,
        device="cpu",
        precision="float32",
        save_minutes=0.0,
    )


@pytest.fixture(scope="module")
def uninterrupted(settings: Settings) -> Settings:
    """A run that was left alone."""
    train(settings)
    return settings


def weights(run: Settings) -> dict[str, Tensor]:
    return load_file(run.output / f"epoch-{run.epochs}" / "model.safetensors")


def kill_at(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real = trainer._step

    def killed(state: trainer.State, *args: Any) -> dict[str, float]:
        if state.step == step:
            raise KilledError
        return real(state, *args)

    monkeypatch.setattr(trainer, "_step", killed)


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_run_that_is_killed_and_resumed_ends_with_the_same_weights(
    uninterrupted: Settings, step: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = replace(uninterrupted, output=tmp_path)
    with monkeypatch.context() as patch:
        kill_at(step, patch)
        with pytest.raises(KilledError):
            train(run)
    train(run)
    expected, resumed = weights(uninterrupted), weights(run)
    assert expected.keys() == resumed.keys()
    assert all(torch.equal(expected[name], resumed[name]) for name in expected)


def test_another_seed_gives_other_weights(uninterrupted: Settings, tmp_path: Path) -> None:
    run = replace(uninterrupted, output=tmp_path, seed=4)
    train(run)
    ours, theirs = weights(uninterrupted), weights(run)
    assert not all(torch.equal(ours[name], theirs[name]) for name in ours)


class TestShare:
    """Which articles there are to learn from."""

    @pytest.fixture
    def collected(self, tmp_path: Path) -> Path:
        path = tmp_path / "many.jsonl"
        path.write_text("\n".join(json.dumps(ARTICLES[0] | {"id": f"w-{i}"}) for i in range(400)), encoding="utf-8")
        return path

    def drawn(self, settings: Settings, share: float, *train: Path, whole: tuple[Path, ...] = ()) -> set[str]:
        return {a.id for a in read_training_articles(replace(settings, train=train, whole=whole, share=share))}

    def test_a_smaller_share_lies_within_a_larger_one(self, settings: Settings, collected: Path) -> None:
        quarter, half, all_ = (self.drawn(settings, share, collected) for share in (0.25, 0.5, 1.0))
        assert 60 < len(quarter) < 140 < len(half) < 260
        assert quarter < half < all_
        assert len(all_) == 400

    def test_invented_articles_are_always_read(self, settings: Settings, collected: Path) -> None:
        invented = settings.train[1]
        assert self.drawn(settings, 0.0, collected, invented) == {"invented-1"}

    def test_so_are_those_of_files_that_are_to_be_read_whole(self, settings: Settings, collected: Path) -> None:
        own = settings.train[0]
        assert self.drawn(settings, 0.0, own, whole=(collected,)) == {f"w-{i}" for i in range(400)}
        assert len(read_training_articles(replace(settings, train=(own,), whole=(own,), share=0.0))) == len(ARTICLES)

    def test_an_article_known_to_have_no_quotes_teaches_nothing(self, settings: Settings, tmp_path: Path) -> None:
        path = tmp_path / "none.jsonl"
        path.write_text("\n".join(json.dumps(a | {"quotes": []}) for a in ARTICLES), encoding="utf-8")
        assert not self.drawn(settings, 1.0, path)


def test_the_losses_of_all_tasks_are_finite(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    losses: list[dict[str, float]] = []
    real = trainer._step

    def recorded(*args: Any) -> dict[str, float]:
        losses.append(real(*args))
        return losses[-1]

    monkeypatch.setattr(trainer, "_step", recorded)
    train(replace(settings, output=tmp_path, epochs=1))
    assert len(losses) == 3
    assert all(step.keys() == WEIGHTS.keys() for step in losses)
    assert all(math.isfinite(value) and value >= 0 for step in losses for value in step.values())
    assert all(any(step[task] > 0 for step in losses) for task in ("kind", "mention", "name", "outlet", "chain"))


def test_the_trained_model_is_one_that_the_service_loads(uninterrupted: Settings) -> None:
    engine = QuoteAttributor.load(uninterrupted.output / "epoch-2")
    assert len(engine.attribute("“Yes,” said Ada Brook.", include_nonspeech=True).quotes) == 1


def test_a_run_may_start_from_a_trained_model(uninterrupted: Settings, tmp_path: Path) -> None:
    start = uninterrupted.output / "epoch-2"
    run = replace(uninterrupted, initial=start, output=tmp_path, epochs=1, encoder_rate=0.0, decoder_rate=0.0)
    train(run)
    before, after = weights(uninterrupted), weights(run)
    assert all(torch.equal(before[name], after[name]) for name in before)


class TestBatches:
    def articles(self, *lengths: int, labelled: bool = True) -> list[Article]:
        quotes = () if labelled else None
        return [Article(str(i), "x" * CHARACTERS_PER_TOKEN * n, quotes, ()) for i, n in enumerate(lengths)]

    def test_every_article_is_in_one_batch_of_about_so_many_tokens(self, settings: Settings) -> None:
        articles = self.articles(*[30] * 10, 500)
        batches = list(batches_of(articles, replace(settings, batch_tokens=100), epoch=0))
        assert sorted(a.id for batch in batches for a in batch) == sorted(a.id for a in articles)
        assert all(len(batch) == 1 or sum(len(a.text) for a in batch) <= 400 for batch in batches)
        assert max(map(len, batches)) == 3

    def test_each_epoch_has_an_order_of_its_own(self, settings: Settings) -> None:
        articles = self.articles(*range(1, 30))
        first, again, second = ([a.id for b in batches_of(articles, settings, e) for a in b] for e in (0, 0, 1))
        assert first == again != second

    def test_articles_without_labels_take_part_in_some_epochs(self, settings: Settings) -> None:
        articles, sometimes = self.articles(*[1] * 100, labelled=False), replace(settings, unlabelled_share=0.5)
        counts = [sum(map(len, batches_of(articles, sometimes, epoch))) for epoch in range(4)]
        assert all(20 < count < 80 for count in counts)


def test_rates_warm_up_and_then_fall_to_a_hundredth(settings: Settings) -> None:
    weight = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([{"params": [weight], "base": 2.0}], lr=0.0)
    rates = []
    for done in (0.0, 0.05, 0.1, 0.55, 1.0):
        set_rates(optimizer, settings, done)
        rates.append(optimizer.param_groups[0]["lr"])
    assert rates == pytest.approx([0.0, 1.0, 2.0, 1.01, 0.02])
