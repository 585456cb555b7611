"""Loads a model directory: weights, tokenizer and identity."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import torch
from safetensors import SafetensorError
from transformers import AutoConfig, PreTrainedTokenizerBase

import service.data
from service.attribution.model.batching import SpecialTokens
from service.attribution.model.config import SPEAKER_FEATURES, AttributionConfig, Calibration
from service.attribution.model.features import load_tokenizer
from service.attribution.model.modeling import AttributionModel
from service.attribution.model.quantized import quantize
from service.libraries import Device, Precision
from service.records import ModelInfo

DATA: Final = Path(service.data.__file__).parent


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A loaded model.

    ``precision`` is that of the encoder; the decoder always runs in float32. ``speaker`` and ``outlet`` are the
    calibrations of their confidences.
    """

    model: AttributionModel
    tokenizer: PreTrainedTokenizerBase
    special: SpecialTokens
    info: ModelInfo
    precision: str
    speaker: Calibration
    outlet: Calibration


def load_checkpoint(path: Path, device: Device = "auto", precision: Precision = "auto") -> Checkpoint:
    """Read a model directory from disk, without any network. By default it runs on a GPU where torch sees one, and in
    the number format that is fastest there without costing accuracy.

    Raises:
        OSError: if the directory or a file of it is missing.
        ValueError: if what it holds is not a model of this kind, a GPU is asked for and there is none, or int8 for one.
    """
    chosen = _device(device)
    if not (path / "config.json").is_file():
        raise FileNotFoundError(f"no model in {path}: it has no config.json")
    if chosen == "cuda" and precision == "int8":
        raise ValueError("PRECISION is int8, which is for processors, but DEVICE is a GPU")
    model = _load_model(path)
    computes_in = fastest_precision(chosen) if precision == "auto" else precision
    if computes_in == "int8":
        quantize(model.encoder)
    else:
        for part in (model.encoder, model.features):
            part.to(chosen, getattr(torch, computes_in))
    model.decoder.to(chosen)
    model.eval()
    tokenizer = load_tokenizer(path)
    info = ModelInfo(path.resolve().name, model.config.model_version, digest(path))
    speaker, outlet = (Calibration(**model.config.calibration.get(name, {})) for name in ("speaker", "outlet"))
    return Checkpoint(model, tokenizer, SpecialTokens.of(tokenizer), info, computes_in, speaker, outlet)


def _device(wanted: Device) -> Literal["cpu", "cuda"]:
    if wanted == "cuda" and not torch.cuda.is_available():
        raise ValueError("DEVICE is cuda, but torch sees no GPU")
    return "cuda" if wanted != "cpu" and torch.cuda.is_available() else "cpu"


def _load_model(path: Path) -> AttributionModel:
    """The model in float32. Raises if weights are missing, which transformers would initialise at random."""
    config = AutoConfig.from_pretrained(path, local_files_only=True)
    if not isinstance(config, AttributionConfig):
        raise ValueError(f"{path} holds a model of type {config.model_type!r}, not {AttributionConfig.model_type!r}")
    if tuple(config.speaker_features) != SPEAKER_FEATURES:
        raise ValueError(f"the scorer in {path} was fitted for other features than this version has; fit it again")
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


def fastest_precision(device: Literal["cpu", "cuda"]) -> str:
    """The fastest number format of the hardware among those that do not reduce accuracy."""
    if multiplies_bfloat16(device):
        return "bfloat16"
    return "float16" if device == "cuda" else "float32"


def multiplies_bfloat16(device: Literal["cpu", "cuda"]) -> bool:
    """Whether the hardware multiplies bfloat16 itself, without emulation."""
    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    can = torch.cpu.get_capabilities()
    return bool(can.get("avx512_bf16") or can.get("amx_bf16"))


def digest(path: Path) -> str:
    """The SHA-256 of everything except code that determines answers: the weights, configuration and tokenizer in
    ``path``, the registry of outlets and the word lists."""
    total = hashlib.sha256()
    data = (file for file in DATA.iterdir() if file.suffix in {".toml", ".txt", ".py"} and file.name != "__init__.py")
    for file in (*sorted(path.glob("*.safetensors")), *sorted(path.glob("*.json")), *sorted(data)):
        content = file.read_bytes()
        total.update(f"{file.name} {len(content)}\n".encode() + content)
    return total.hexdigest()
