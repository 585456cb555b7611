"""Exports a trained model for shipping: ``python -m training.export checkpoints/X/model model_cache/X --version 1``.

The weights are rounded to bfloat16, which halves their size, and split into shards that code hosts accept.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from service.attribution.model.features import load_tokenizer
from service.attribution.model.modeling import AttributionModel

SHARD_SIZE = "15MB"


def export(trained: Path, output: Path, version: str) -> None:
    """Write the shipped form of a model directory. A model card in ``output`` is kept."""
    model = AttributionModel.from_pretrained(trained, local_files_only=True, dtype=torch.bfloat16)
    model.config.model_version = version
    model.config.encoder.pop("_name_or_path", None)  # a local path
    for shard in output.glob("*.safetensors"):
        shard.unlink()
    model.save_pretrained(output, max_shard_size=SHARD_SIZE)
    load_tokenizer(trained).save_pretrained(output)
    for file in output.iterdir():
        file.chmod(0o644)  # safetensors writes files that only their owner may read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path, help="the model directory that training wrote")
    parser.add_argument("output", type=Path, help="the directory to ship")
    parser.add_argument("--version", required=True, help="shown with every answer")
    arguments = parser.parse_args()
    export(arguments.trained, arguments.output, arguments.version)


if __name__ == "__main__":
    main()
