"""Training runs of a tiny encoder on two invented articles: reproducible, and none the worse for being killed."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file
from torch import Tensor

from service.attribution import QuoteAttributor
from service.attribution.model.config import CHOICES, POINTERS
from service.attribution.model.modeling import QuoteLogits
from tests.tiny_model import save_tiny_encoder
from training import train as trainer
from training.examples import Targets
from training.train import Settings, task_losses, train

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
        hidden_dropout=0.1,
        forgotten_outlets=0.5,
        swaps=0.5,
        shortest_window=0.6,
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


def test_a_smaller_share_of_the_articles_lies_within_a_larger_one(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(json.dumps(ARTICLES[0] | {"id": str(i)}) for i in range(400)), encoding="utf-8")

    def drawn(share: float) -> set[str]:
        return {a.id for a in trainer._articles(replace(settings, train=(path,), share=share))}

    assert 60 < len(drawn(0.25)) < 140 < len(drawn(0.5)) < 260
    assert drawn(0.25) < drawn(0.5) < drawn(1.0)
    assert len(drawn(1.0)) == 400


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
    assert all(step.keys() == {*CHOICES, *POINTERS} for step in losses)
    assert all(math.isfinite(value) and value >= 0 for step in losses for value in step.values())
    assert any(step["mention"] > 0 for step in losses)


def test_the_trained_model_is_one_that_the_service_loads(uninterrupted: Settings) -> None:
    engine = QuoteAttributor.load(uninterrupted.output / "epoch-2")
    assert len(engine.attribute("“Yes,” said Ada Brook.", include_nonspeech=True).quotes) == 1


def test_a_run_may_start_from_a_trained_model(uninterrupted: Settings, tmp_path: Path) -> None:
    start = uninterrupted.output / "epoch-2"
    run = replace(uninterrupted, initial=start, output=tmp_path, epochs=1, encoder_rate=0.0, decoder_rate=0.0)
    train(run)
    before, after = weights(uninterrupted), weights(run)
    assert all(torch.equal(before[name], after[name]) for name in before)


def logits(scores: Sequence[Sequence[float]]) -> QuoteLogits:
    """The same start and end scores for every pointer, and even chances for the closed questions."""
    choices = {name: torch.zeros(len(scores), len(answers)) for name, answers in CHOICES.items()}
    rows = torch.tensor(scores)
    return QuoteLogits(choices, dict.fromkeys(POINTERS, rows), dict.fromkeys(POINTERS, rows))


def targets(starts: Tensor, ends: Tensor, weights: Sequence[float]) -> Targets:
    n = len(starts)
    return Targets(
        choices={name: torch.zeros(n, dtype=torch.long) for name in CHOICES},
        choice_weights={name: torch.tensor(weights) for name in CHOICES},
        starts=dict.fromkeys(POINTERS, starts),
        ends=dict.fromkeys(POINTERS, ends),
        pointer_weights=dict.fromkeys(POINTERS, torch.tensor(weights)),
    )


class TestTaskLosses:
    """By hand: columns with probabilities 1/8, 1/8, 1/4 and 1/2, the last for "none"."""

    SCORES = tuple(math.log(p) + 5 for p in (1 / 8, 1 / 8, 1 / 4, 1 / 2))

    def test_right_answers_count_together(self) -> None:
        starts = torch.tensor([[True, True, False, False]])  # 1/4
        ends = torch.tensor([[False, False, False, True]])  # 1/2
        losses = task_losses([logits([self.SCORES])], [targets(starts, ends, [1.0])])
        for pointer in POINTERS:
            assert losses[pointer].item() == pytest.approx((math.log(4) + math.log(2)) / 2, rel=1e-5)
        assert losses["kind"].item() == pytest.approx(math.log(2))
        assert losses["role"].item() == pytest.approx(math.log(5))

    def test_the_mean_is_weighted_and_taken_over_all_articles(self) -> None:
        none = torch.tensor([[False, False, False, True]])  # 1/2
        quarter = torch.tensor([[False, False, True, False]])
        nothing = torch.zeros(1, 4, dtype=torch.bool)
        rows = [targets(none, none, [1.0]), targets(quarter, quarter, [0.5]), targets(nothing, nothing, [0.0])]
        losses = task_losses([logits([self.SCORES])] * 3, rows)
        expected = (1.0 * math.log(2) + 0.5 * math.log(4)) / 1.5
        assert losses["name"].item() == pytest.approx(expected, rel=1e-5)

    def test_what_is_asked_of_no_quote_costs_nothing(self) -> None:
        nothing = torch.zeros(1, 4, dtype=torch.bool)
        losses = task_losses([logits([self.SCORES])], [targets(nothing, nothing, [0.0])])
        assert all(value.item() == 0 for value in losses.values())
