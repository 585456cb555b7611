"""The model that a training run starts from: a pretrained encoder under a new decoder, or a trained model."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Final

import torch
from safetensors.torch import load_file
from torch import Tensor
from transformers import AutoConfig, AutoModel

from service.attribution.model.config import AttributionConfig
from service.attribution.model.modeling import AttributionModel
from training.settings import Settings

LOGGER = logging.getLogger("training")


def initial_model(settings: Settings) -> AttributionModel:
    """The model of ``settings.initial`` where there is one, else a new one over ``settings.encoder``."""
    return _continued(settings.initial, settings) if settings.initial else _new_model(settings)


def _new_model(settings: Settings) -> AttributionModel:
    """The pretrained encoder under a decoder that has learned nothing yet."""
    encoder_config = AutoConfig.from_pretrained(settings.encoder)
    window = min(512, getattr(encoder_config, "max_position_embeddings", 512))
    description = {k: v for k, v in encoder_config.to_dict().items() if k != "_name_or_path"} | _dropouts(settings)
    model = AttributionModel(AttributionConfig(encoder=description, window=window, head_dropout=settings.dropout))
    pretrained = AutoModel.from_pretrained(settings.encoder)
    model.encoder.load_state_dict(pretrained.state_dict(), strict=False)  # all but the pooler, which is left out
    return model


def _dropouts(settings: Settings) -> dict[str, float]:
    """Of the encoder. Attention has none: dropout keeps torch from its fused kernels."""
    return {"hidden_dropout_prob": settings.dropout, "attention_probs_dropout_prob": 0.0}


def _continued(initial: Path, settings: Settings) -> AttributionModel:
    """A trained model; what its checkpoint lacks begins without any effect on the answers."""
    config = AttributionConfig.from_pretrained(initial, local_files_only=True)
    config.quote_layers = settings.quote_layers or config.quote_layers
    config.encoder, config.head_dropout = config.encoder | _dropouts(settings), settings.dropout
    model = AttributionModel(config)
    weights = {_RENAMED.get(name, name): value for name, value in _weights_of(initial).items()}
    missing = set(model.load_state_dict({k: v.float() for k, v in weights.items()}, strict=False).missing_keys)
    for name, parameter in model.named_parameters():
        if name in missing and _ENDS_A_BRANCH.search(name):
            torch.nn.init.zeros_(parameter)
    if missing:
        LOGGER.info("new: %s", " ".join(sorted(missing)))
    return model


_ENDS_A_BRANCH: Final = re.compile(r"\.(?:out|think\.2|seen\.\w+)\.(?:weight|bias)$")
_RENAMED: Final = {
    f"decoder.pointers.mentioned.{part}": f"decoder.pointers.seen.mention.{part}" for part in ("weight", "bias")
}


def _weights_of(directory: Path) -> dict[str, Tensor]:
    return {name: value for file in directory.glob("*.safetensors") for name, value in load_file(file).items()}
