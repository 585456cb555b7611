"""Fits what a checkpoint's confidence is worth: ``python -m training.calibrate model_cache/X --articles FILE...``.

Writes the result into the checkpoint's ``config.json``. The articles must not have been trained on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch.nn import functional as F  # noqa: N812 - torch's own idiom

from service.attribution.model.config import Calibration, log_odds
from training.confidence import claims
from training.corpus import read_articles
from training.evaluate import answered_by, ask_model
from training.metrics import judge


def fit(answers: Sequence[tuple[float, bool]]) -> Calibration:
    """The likeliest line for ``answers``, confidences from 0 to 1, each with whether the answer was right."""
    odds = torch.tensor([log_odds(confidence) for confidence, _ in answers], dtype=torch.float64)
    right = torch.tensor([float(r) for _, r in answers], dtype=torch.float64)
    line = torch.tensor([1.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = F.binary_cross_entropy_with_logits(line[0] * odds + line[1], right) + 1e-3 * (line[0] - 1) ** 2
        torch.autograd.backward(value)
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    slope, shift = line.tolist()
    return Calibration(slope, shift)


def calibrate(model: Path, files: Sequence[Path]) -> dict[str, Calibration]:
    """Measure the checkpoint as if it had no calibration, fit one for speakers and one for outlets, and write both."""
    _write(model, {})
    ask = ask_model(model)
    judged = [judge(a) for path in files for a in answered_by(ask, [x for x in read_articles(path) if x.quotes])]
    fitted = {name: fit(answers) for name, answers in claims(judged).items() if answers}
    _write(model, fitted)
    return fitted


def _write(model: Path, calibration: dict[str, Calibration]) -> None:
    path = model / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["calibration"] = {name: asdict(line) for name, line in calibration.items()}
    path.write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="a model directory")
    parser.add_argument("--articles", type=Path, nargs="+", required=True, metavar="FILE", help="JSON lines (.gz)")
    arguments = parser.parse_args()
    for name, line in calibrate(arguments.model, arguments.articles).items():
        print(f"{name}: slope {line.slope:.3f}, shift {line.shift:.3f}")


if __name__ == "__main__":
    main()
