"""Runs all benchmarks and writes ``benchmarks/results.md``: ``python -m benchmarks``, or ``make benchmark``.

Needs an otherwise idle machine. ``--only floor`` and the like run one benchmark and write nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from service import libraries

libraries.prepare()  # before torch is imported

from benchmarks import batches, floor, growth, questions, serving  # noqa: E402
from benchmarks.engine import Engine  # noqa: E402
from benchmarks.report import Table, report  # noqa: E402
from service.settings import Settings  # noqa: E402

RESULTS = Path(__file__).with_name("results.md")


def main() -> None:
    settings = Settings()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=settings.model_path)
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default=settings.device)
    parser.add_argument("--only", choices=("floor", "questions", "growth", "batches", "serving"))
    options = parser.parse_args()
    engine = Engine.load(options.model, options.device, settings.precision)
    measures: dict[str, Callable[[], Iterable[Table]]] = {
        "floor": lambda: (floor.measure(engine),),
        "questions": lambda: (questions.measure(engine),),
        "growth": lambda: (growth.measure_length(engine), growth.measure_quotes(engine)),
        "batches": lambda: (batches.measure(engine),),
        "serving": lambda: serving.measure(engine, options.model, options.device),
    }
    tables: list[Table] = []
    for name in [options.only] if options.only else measures:
        print(f"measuring {name} ...", file=sys.stderr)
        tables += measures[name]()
    page = report(engine, tables)
    print(page)
    if not options.only:
        RESULTS.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
