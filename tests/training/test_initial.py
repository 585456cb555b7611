"""What a training run starts from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from service.attribution.model.config import AttributionConfig
from service.attribution.model.features import SHAPE_FEATURES, QuotedTokens
from service.attribution.model.inputs import QuoteInputs
from service.attribution.model.modeling import AttributionModel
from tests.attribution.model.rows import row_of_tokens
from tests.tiny_model import save_tiny_encoder, save_tiny_model
from training.initial import initial_model
from training.settings import Settings, read_settings


def settings(*options: str, encoder: Path | None = None) -> Settings:
    return read_settings(["--train", "a", "--output", "b", "--encoder", str(encoder or "none"), *options])


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("initial") / "trained")


def saved(directory: Path) -> dict[str, Tensor]:
    return {name: weight for file in directory.glob("*.safetensors") for name, weight in load_file(file).items()}


def same(model: AttributionModel, weights: dict[str, Tensor]) -> set[str]:
    """The names of the model's weights that are those given."""
    return {name for name, weight in model.state_dict().items() if name in weights and weight.equal(weights[name])}


def test_a_pretrained_encoder_is_taken_over_whole(tmp_path: Path) -> None:
    save_tiny_encoder(tmp_path)
    model = initial_model(settings("--dropout", "0.3", encoder=tmp_path))
    pretrained = {f"encoder.{name}": weight for name, weight in saved(tmp_path).items() if "pooler" not in name}
    assert same(model, pretrained) == pretrained.keys() == {n for n in model.state_dict() if n.startswith("encoder.")}
    assert model.encoder.config.hidden_dropout_prob == 0.3
    assert model.encoder.config.attention_probs_dropout_prob == 0.0
    assert model.config.head_dropout == 0.3
    assert model.config.window == 128


def test_a_trained_model_takes_the_dropout_of_this_run(trained: Path) -> None:
    model = initial_model(settings("--initial", str(trained), "--dropout", "0.3"))
    assert model.encoder.config.hidden_dropout_prob == model.config.head_dropout == 0.3


def test_a_trained_model_goes_on_as_it_is(trained: Path) -> None:
    model = initial_model(settings("--initial", str(trained)))
    assert same(model, saved(trained)) == model.state_dict().keys()


def test_layers_that_a_trained_model_lacks_change_nothing_at_first(trained: Path) -> None:
    deeper = initial_model(settings("--initial", str(trained), "--quote-layers", "3"))
    new = {name for name in deeper.state_dict() if name not in saved(trained)}
    assert new
    assert {name.split(".")[1:3] == ["layers", "2"] for name in new} == {True}
    shape = np.zeros((2, len(SHAPE_FEATURES)), dtype=np.int64)
    quotes = QuoteInputs.of(QuotedTokens(np.array([1, 5]), np.array([3, 8]), shape), row_of_tokens(12))
    vectors = torch.randn(12, 32)
    plain = initial_model(settings("--initial", str(trained)))
    before, after = (model.eval().attribute(vectors, quotes) for model in (plain, deeper))
    torch.testing.assert_close(after.pointers["outlet"].starts, before.pointers["outlet"].starts)
    torch.testing.assert_close(after.choices, before.choices)
    torch.testing.assert_close(after.transitions, before.transitions)


def test_weights_under_an_earlier_name_are_found(trained: Path, tmp_path: Path) -> None:
    AttributionConfig.from_pretrained(trained).save_pretrained(tmp_path)
    now, before = "decoder.pointers.seen.mention.", "decoder.pointers.mentioned."
    save_file({n.replace(now, before): w for n, w in saved(trained).items()}, tmp_path / "model.safetensors")
    model = initial_model(settings("--initial", str(tmp_path)))
    assert same(model, saved(trained)) == model.state_dict().keys()
