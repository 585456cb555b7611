"""The report as one HTML page that needs nothing from outside: its plots are drawn as SVG in it."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.report.figures import BINS, Figures


def render_page(figures: Figures, title: str) -> str:
    """The page, the same for the same figures."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"share": _share, "count": "{:,}".format}
    return environment.get_template("page.html").render(title=title, figures=figures, bins=BINS)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
