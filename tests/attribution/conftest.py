"""The engine with a tiny untrained model, built once for all tests of the domain."""

from __future__ import annotations

from pathlib import Path

import pytest
from transformers import PreTrainedTokenizerBase

from service.attribution.attributor import QuoteAttributor
from service.attribution.model.checkpoint import Checkpoint, load_checkpoint
from service.attribution.outlets.registry import OutletRegistry
from tests.tiny_model import save_tiny_model


@pytest.fixture(scope="session")
def model_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_model(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture(scope="session")
def checkpoint(model_directory: Path) -> Checkpoint:
    """Its encoder computes in float64, so that the padding of a batch changes no answer by the least bit."""
    checkpoint = load_checkpoint(model_directory, precision="float32")
    checkpoint.model.encoder.double()
    checkpoint.model.features.double()
    checkpoint.model.decoder.float()
    return checkpoint


@pytest.fixture(scope="session")
def tokenizer(checkpoint: Checkpoint) -> PreTrainedTokenizerBase:
    return checkpoint.tokenizer


@pytest.fixture(scope="session")
def engine(checkpoint: Checkpoint) -> QuoteAttributor:
    return QuoteAttributor(checkpoint, OutletRegistry.load())
