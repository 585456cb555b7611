"""Loads a model directory: weights, tokenizer, and what identifies them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, PreTrainedTokenizerBase

from service.attribution.encoding import SpecialTokens
from service.attribution.network import AttributionConfig, AttributionModel
from service.attribution.records import ModelInfo
from service.attribution.tokens import load_tokenizer


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A model that is ready to read articles. ``precision`` is the encoder's; the small decoder runs in float32."""

    model: AttributionModel
    tokenizer: PreTrainedTokenizerBase
    special: SpecialTokens
    info: ModelInfo
    precision: str


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a model directory from disk, without any network.

    Raises:
        OSError: if the directory or a file of it is missing.
        ValueError: if what it holds is not a model of this kind.
    """
    if not (path / "config.json").is_file():
        raise FileNotFoundError(f"no model in {path}: it has no config.json")
    model = _load_model(path)
    precision = _fast_precision()
    model.encoder.to(precision)
    model.features.to(precision)
    model.eval()
    tokenizer = load_tokenizer(path)
    info = ModelInfo(path.resolve().name, model.config.model_version, _sha256(path))
    return Checkpoint(model, tokenizer, SpecialTokens.of(tokenizer), info, str(precision).removeprefix("torch."))


def _load_model(path: Path) -> AttributionModel:
    """The model in float32, with every weight from disk: transformers would make up those that are missing."""
    config = AutoConfig.from_pretrained(path, local_files_only=True)
    if not isinstance(config, AttributionConfig):
        raise ValueError(f"{path} holds a model of type {config.model_type!r}, not {AttributionConfig.model_type!r}")
    try:
        loaded: Any = AttributionModel.from_pretrained(
            path, config=config, local_files_only=True, dtype=torch.float32, output_loading_info=True
        )
    except (RuntimeError, SafetensorError) as error:
        raise ValueError(f"the weights in {path} do not fit its config.json: {error}") from error
    model: AttributionModel = loaded[0]
    if missing := loaded[1]["missing_keys"]:
        raise ValueError(f"the weights in {path} lack {', '.join(sorted(missing))}")
    return model


def _fast_precision() -> torch.dtype:
    """bfloat16 where the processor multiplies it in hardware: faster, and no less accurate here."""
    capabilities = torch.cpu.get_capabilities()
    fast = capabilities.get("avx512_bf16") or capabilities.get("amx_bf16")
    return torch.bfloat16 if fast else torch.float32


def _sha256(path: Path) -> str:
    """One digest over all weight files, in the order of their names."""
    digest = hashlib.sha256()
    for file in sorted(path.glob("*.safetensors")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
