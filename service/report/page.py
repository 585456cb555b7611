"""The report as one HTML page that needs nothing from outside: its plots are drawn as SVG in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.report.figures import BINS, Figures

_TOP = 25  # speakers and outlets in a chart
_TABLE_SPEAKERS, _TABLE_OUTLETS = 15, 8


@dataclass(frozen=True, slots=True)
class Table:
    """Quotes by speaker (rows) and outlet (columns); the last column is of those credited to none."""

    outlets: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]

    @property
    def most(self) -> int:
        return max((number for _, numbers in self.rows for number in numbers), default=0)


def render_page(figures: Figures, title: str) -> str:
    """The page, the same for the same figures."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["share"] = _share
    return environment.get_template("page.html").render(
        title=title, figures=figures, table=_table(figures), top=_TOP, bins=BINS
    )


def _table(figures: Figures) -> Table:
    outlets = [outlet.name for outlet in figures.outlets[:_TABLE_OUTLETS]]
    return Table(
        outlets,
        [
            (speaker.name, [figures.credits.get((speaker.name, outlet), 0) for outlet in (*outlets, None)])
            for speaker in figures.speakers[:_TABLE_SPEAKERS]
        ],
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
