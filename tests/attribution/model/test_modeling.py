"""The network's shapes, who may look at whom, and that it survives being saved."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from pathlib import Path

import pytest
import torch
from torch import Tensor
from transformers import AutoConfig

from service.attribution.model.checkpoint import Checkpoint
from service.attribution.model.config import CHOICES, POINTERS, AttributionConfig
from service.attribution.model.features import FEATURE_SIZES, SHAPE_FEATURES
from service.attribution.model.modeling import AttributionModel, QuoteInputs, QuoteLogits
from tests.tiny_model import OVERLAP, WINDOW

N_TOKENS = 40


@pytest.fixture
def model(checkpoint: Checkpoint) -> AttributionModel:
    return checkpoint.model


def quotes(firsts: Iterable[int], listed: Iterable[bool] | None = None) -> QuoteInputs:
    """Quotes of three tokens, in paragraphs of ten."""
    first = torch.tensor(list(firsts))
    return QuoteInputs(
        first=first,
        last=first + 2,
        shape=torch.zeros(len(first), len(SHAPE_FEATURES), dtype=torch.long),
        paragraphs=torch.arange(N_TOKENS) // 10,
        listed=torch.ones(len(first), dtype=torch.bool) if listed is None else torch.tensor(list(listed)),
    )


def vectors(seed: int = 0) -> Tensor:
    return torch.randn(N_TOKENS, 32, generator=torch.Generator().manual_seed(seed))


def attribute(model: AttributionModel, inputs: QuoteInputs) -> QuoteLogits:
    with torch.inference_mode():
        return model.attribute(vectors(), inputs)


def of_quote(logits: QuoteLogits, i: int) -> Tensor:
    """All that is answered for one quote, in one row."""
    answers = (logits.choices, logits.starts, logits.ends)
    return torch.cat([tensor[i] for part in answers for tensor in part.values()])


def test_shapes_of_the_answers(model: AttributionModel) -> None:
    logits = attribute(model, quotes([0, 12, 37]))
    assert {name: tuple(t.shape) for name, t in logits.choices.items()} == {n: (3, len(c)) for n, c in CHOICES.items()}
    for side in (logits.starts, logits.ends):
        assert {name: tuple(t.shape) for name, t in side.items()} == dict.fromkeys(POINTERS, (3, N_TOKENS + 1))
    assert all(torch.isfinite(of_quote(logits, i)).all() for i in range(3))


def test_none_has_a_score_of_its_own_in_the_last_column(model: AttributionModel) -> None:
    changed = copy.deepcopy(model)
    with torch.no_grad():
        changed.decoder.pointers.none.mul_(2)
    before, after = (attribute(m, quotes([0, 12])).starts["mention"] for m in (model, changed))
    assert torch.equal(after[:, :-1], before[:, :-1])
    torch.testing.assert_close(after[:, -1], 2 * before[:, -1])


def test_listed_quotes_are_looked_at_and_unlisted_ones_are_not(model: AttributionModel) -> None:
    alone = of_quote(attribute(model, quotes([12])), 0)
    beside_unlisted = attribute(model, quotes([12, 30], listed=[True, False]))
    beside_listed = attribute(model, quotes([12, 30], listed=[True, True]))
    torch.testing.assert_close(of_quote(beside_unlisted, 0), alone)
    assert not torch.allclose(of_quote(beside_listed, 0), alone)


def test_an_unlisted_quote_looks_at_the_listed_ones(model: AttributionModel) -> None:
    beside_one = of_quote(attribute(model, quotes([12, 30], listed=[True, False])), 1)
    beside_another = of_quote(attribute(model, quotes([2, 30], listed=[True, False])), 1)
    assert not torch.allclose(beside_one, beside_another)


def test_every_shape_feature_counts(model: AttributionModel) -> None:
    inputs = quotes([12] * (len(SHAPE_FEATURES) + 1), listed=[False] * (len(SHAPE_FEATURES) + 1))
    inputs.shape[1:] = torch.eye(len(SHAPE_FEATURES), dtype=torch.long)
    logits = attribute(model, inputs)
    kinds = {tuple(row) for row in logits.choices["kind"].tolist()}
    assert len(kinds) == len(SHAPE_FEATURES) + 1


def test_encoding_has_a_vector_a_token(model: AttributionModel) -> None:
    ids = torch.zeros((2, 7), dtype=torch.long)
    features = torch.zeros((2, 7, len(FEATURE_SIZES)), dtype=torch.long)
    with torch.inference_mode():
        assert model.encode(ids, torch.ones_like(ids), features).shape == (2, 7, 32)


def test_gradients_reach_every_weight(model: AttributionModel) -> None:
    ids = torch.full((1, N_TOKENS), 5)
    features = torch.ones((1, N_TOKENS, len(FEATURE_SIZES)), dtype=torch.long)
    logits = model.attribute(model.encode(ids, torch.ones_like(ids), features)[0].float(), quotes([0, 12]))
    torch.autograd.backward([of_quote(logits, i).square().sum() for i in range(2)])
    unreached = [name for name, p in model.named_parameters() if p.grad is None]
    model.zero_grad()
    assert not unreached


def test_a_saved_model_answers_as_before(model: AttributionModel, tmp_path: Path) -> None:
    model.save_pretrained(tmp_path)
    loaded = AttributionModel.from_pretrained(tmp_path, local_files_only=True, dtype=torch.float32).eval()
    weights = loaded.state_dict()
    assert all(torch.equal(weights.pop(name), weight.float()) for name, weight in model.state_dict().items())
    assert not weights
    inputs = quotes([0, 12, 30])
    for i in range(3):
        torch.testing.assert_close(of_quote(attribute(loaded, inputs), i), of_quote(attribute(model, inputs), i))


def test_the_config_is_known_to_the_auto_classes(model_directory: Path) -> None:
    config = AutoConfig.from_pretrained(model_directory, local_files_only=True)
    assert isinstance(config, AttributionConfig)
    assert (config.window, config.overlap, config.model_version) == (WINDOW, OVERLAP, "0.1")
