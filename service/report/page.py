"""Renders the report as one self-contained HTML page; its charts are inline SVG."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from service.report.figures import BINS, Figures


def render_page(figures: Figures, title: str) -> str:
    """The page. The same figures give the same page."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"share": _share, "count": "{:,}".format}
    return environment.get_template("page.html").render(title=title, figures=figures, bins=BINS)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"
