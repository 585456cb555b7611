"""The shipped form of a model."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from service.attribution.attributor import QuoteAttributor
from tests.tiny_model import save_tiny_model
from training.export import export

pytestmark = pytest.mark.slow


def test_the_export_is_a_model_in_bfloat16_that_anybody_may_read(tmp_path: Path) -> None:
    output = tmp_path / "shipped"
    output.mkdir()
    (output / "README.md").write_text("the model card")
    (output / "old.safetensors").touch()
    export(save_tiny_model(tmp_path / "trained"), output, "7.1")
    assert QuoteAttributor.load(output).model.version == "7.1"
    assert (output / "README.md").read_text() == "the model card"
    assert not (output / "old.safetensors").exists()
    weights = [tensor for file in output.glob("*.safetensors") for tensor in load_file(file).values()]
    assert {tensor.dtype for tensor in weights if tensor.is_floating_point()} == {torch.bfloat16}
    assert all(file.stat().st_mode & stat.S_IROTH for file in output.iterdir())
