"""Times whole attributions against the bare encoder: ``python -m benchmarks.speed``.

The floor of an article is one forward pass of the encoder over its tokens, each read once, at the same precision. Both
are timed in turn, article by article, so that a machine whose speed drifts does not favour one; the ratio is what holds
from machine to machine.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch

from service.attribution.attributor import QuoteAttributor
from service.attribution.checkpoint import Checkpoint, load_checkpoint
from service.attribution.encoding import encode_articles
from service.attribution.outlets import OutletRegistry
from service.attribution.quotations import find_quotations
from service.attribution.tokens import Tokens, read_tokens
from service.settings import PROJECT_ROOT, Settings

ARTICLES = PROJECT_ROOT / "tests" / "articles"


@dataclass(frozen=True, slots=True)
class Timing:
    """Medians for one article, in seconds."""

    name: str
    characters: int
    tokens: int
    quotes: int
    whole: float
    floor: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=Settings().model_path)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    checkpoint = load_checkpoint(arguments.model)
    attributor = QuoteAttributor(checkpoint, OutletRegistry.load())
    print(
        f"{checkpoint.info.name} {checkpoint.info.version}, {checkpoint.precision}, {torch.get_num_threads()} threads"
    )
    print("| article | characters | tokens | quotes | attribute() | bare encoder | ratio |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name, text in _articles().items():
        t = _time(name, text, attributor, checkpoint, arguments.rounds)
        figures = f"{t.whole * 1000:.0f} ms | {t.floor * 1000:.0f} ms | {t.whole / t.floor:.2f}"
        print(f"| {t.name} | {t.characters} | {t.tokens} | {t.quotes} | {figures} |")


def _articles() -> dict[str, str]:
    """A short article, a long one, and several joined to one of some 10,000 and of some 60,000 characters."""
    texts = {path.stem: path.read_bytes().decode() for path in sorted(ARTICLES.glob("*.txt"))}
    joined = "\n\n".join(texts.values())
    return {
        "island-ferries": texts["island-ferries"],
        "stadium-loan": texts["stadium-loan"],
        "joined": joined[:10_000],
        "all joined": joined,
    }


def _time(name: str, text: str, attributor: QuoteAttributor, checkpoint: Checkpoint, rounds: int) -> Timing:
    quotations = find_quotations(text)
    tokens = read_tokens(text, checkpoint.tokenizer, quotations, ())
    whole, floor = [], []
    for _ in range(rounds + 1):
        whole.append(_seconds(lambda: attributor.attribute(text)))
        floor.append(_seconds(lambda: _bare(checkpoint, tokens)))
    return Timing(
        name, len(text), len(tokens), len(quotations), statistics.median(whole[1:]), statistics.median(floor[1:])
    )


def _bare(checkpoint: Checkpoint, tokens: Tokens) -> None:
    """The encoder alone over the article's tokens, in full windows without overlap."""
    size = checkpoint.model.config.window - 2
    pieces = [tokens.part(start, start + size) for start in range(0, len(tokens), size)]
    with torch.inference_mode():
        encode_articles(checkpoint.model, checkpoint.special, pieces)


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
