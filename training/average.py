"""Averages the weights of several models of one run: ``python -m training.average OUTPUT MODEL MODEL...``.

The average of several epochs is more accurate than any of them (Wortsman et al., Model soups, ICML 2022).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from service.attribution.model.features import load_tokenizer
from service.attribution.model.modeling import AttributionModel


def average(models: Sequence[Path], output: Path) -> None:
    """Write the mean of the models' weights as a model directory. Raises ``ValueError`` if their shapes differ."""
    loaded = [AttributionModel.from_pretrained(path, local_files_only=True, dtype=torch.float32) for path in models]
    states = [model.state_dict() for model in loaded]
    if any({n: t.shape for n, t in s.items()} != {n: t.shape for n, t in states[0].items()} for s in states):
        raise ValueError("the models differ in their shapes")
    mean = {name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]}
    loaded[0].load_state_dict(mean)
    loaded[0].save_pretrained(output)
    load_tokenizer(models[0]).save_pretrained(output)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path, help="the model directory to write")
    parser.add_argument("models", type=Path, nargs="+", help="model directories that training wrote")
    arguments = parser.parse_args()
    average(arguments.models, arguments.output)


if __name__ == "__main__":
    main()
