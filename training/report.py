"""The report on an attributor's answers, and its printed form."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from training.breakdown import Breakdown
from training.errors import Answer, Error
from training.metrics import Figures

QUOTE_LENGTH = 200
NUMBER_WIDTH = len("100.0")


@dataclass(frozen=True, slots=True)
class Report:
    """The results of a measurement. ``model`` is the checkpoint that answered. Metrics, calibration errors and the
    curves over ``min_confidence`` are by corpus, including all corpora together; the last three fields are None unless
    requested."""

    model: Mapping[str, str] | None
    figures: Mapping[str, Figures]
    errors: tuple[Error, ...]
    breakdown: Breakdown | None = None
    calibration: Mapping[str, Figures] | None = None
    curves: Mapping[str, Mapping[float, Figures]] | None = None


def print_report(report: Report, console: Console) -> None:
    """Print a report."""
    if report.model:
        console.print(Text("{name}, version {version}, sha256 {sha256}".format(**report.model)), soft_wrap=True)
    rows = next(iter(report.figures.values()), {})
    print_table(console, "", {name: {c: f[name] for c, f in report.figures.items()} for name in rows})
    for name, groups in (report.breakdown or {}).items():
        print_table(console, name, groups)
    if report.calibration:
        print_table(console, "expected calibration error", report.calibration)
    for corpus, curve in (report.curves or {}).items():
        print_table(console, corpus, {f"min_confidence {at}": figures for at, figures in curve.items()})
    for error in report.errors:
        print_error(console, error)


def print_table(console: Console, heading: str, rows: Mapping[str, Figures]) -> None:
    """One row per group, one column per metric."""
    table = Table(box=box.SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    table.add_column(heading, no_wrap=True)
    for column in next(iter(rows.values()), {}):
        table.add_column(column, justify="right", min_width=max(NUMBER_WIDTH, *map(len, column.split())))
    for name, figures in rows.items():
        table.add_row(name, *map(_number, figures.values()))
    console.print(table)


def print_error(console: Console, error: Error) -> None:
    """Print the expected and the returned answer."""
    lines = (
        f"{error.kind}: {error.article}",
        textwrap.shorten(error.quote, QUOTE_LENGTH, placeholder=" …"),
        f"speaker  {_compared(error.speaker)}",
        f"outlet   {_compared(error.outlet)}",
    )
    console.print(Text("\n    ".join(lines)), soft_wrap=True)


def _compared(answer: Answer) -> str:
    confidence = "" if answer.confidence is None else f" ({answer.confidence:.0%})"
    return f"expected {answer.expected or 'none'}, given {answer.given or 'none'}{confidence}"


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return str(value) if isinstance(value, int) else f"{value:.1f}"
