"""The mean of models is a model."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from service.attribution.attributor import QuoteAttributor
from service.attribution.model.modeling import AttributionModel
from tests.tiny_model import save_tiny_model
from training.average import average

pytestmark = pytest.mark.slow


def weights(path: Path) -> dict[str, torch.Tensor]:
    return AttributionModel.from_pretrained(path).state_dict()


def shifted(path: Path, by: float) -> Path:
    """The tiny model with ``by`` added to each of its weights."""
    model = AttributionModel.from_pretrained(save_tiny_model(path))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(by)
    model.save_pretrained(path)
    return path


def test_each_weight_is_the_mean(tmp_path: Path) -> None:
    average([shifted(tmp_path / "a", 1.0), shifted(tmp_path / "b", 3.0)], tmp_path / "mean")
    expected = weights(shifted(tmp_path / "c", 2.0))
    mean = weights(tmp_path / "mean")
    assert mean.keys() == expected.keys()
    for name, tensor in mean.items():
        torch.testing.assert_close(tensor, expected[name])


def test_the_service_loads_the_mean(tmp_path: Path) -> None:
    average([save_tiny_model(tmp_path / "a")], tmp_path / "mean")
    assert QuoteAttributor.load(tmp_path / "mean").attribute("“It opens,” Ada Brook said.").quotes is not None


def test_models_of_different_shapes_are_refused(tmp_path: Path) -> None:
    other = AttributionModel.from_pretrained(save_tiny_model(tmp_path / "a"))
    config = other.config
    config.quote_width = 64
    AttributionModel(config).save_pretrained(tmp_path / "b")
    with pytest.raises(ValueError, match="shapes"):
        average([tmp_path / "a", tmp_path / "b"], tmp_path / "mean")
