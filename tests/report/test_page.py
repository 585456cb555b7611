from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from service.report.figures import OTHERS, Figures
from service.report.page import render_page
from tests.report.conftest import HOSTILE, figures_of, results

VOID = {"meta", "rect", "line"}


class Elements(HTMLParser):
    """The elements of a page that is well formed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


def test_the_page_has_every_figure(figures: Figures) -> None:
    page = render_page(figures, "quotes.db")
    assert "Quotes in quotes.db" in page
    assert [tag for tag, _ in Elements(page).found].count("svg") == 3
    for words in ("Ada Brook", "3 in 2 articles", "fake 0", "42.9%", "in 3 articles, first in", "2026-04-01", OTHERS):
        assert words in page


def test_it_needs_nothing_from_outside_and_runs_nothing(figures: Figures) -> None:
    page = render_page(figures, HOSTILE)
    elements = Elements(page).found
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in elements}
    assert not {"src", "onload", "onclick"} & {name for _, attributes in elements for name in attributes}
    assert not re.search(r"url\(|@import", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_links_lead_to_articles_alone(figures: Figures) -> None:
    links = [attributes["href"] for _, attributes in Elements(render_page(figures, "t")).found if "href" in attributes]
    outside = {link for link in links if link and not link.startswith("#")}
    assert outside == {"https://post.example/a?b=1#:~:text=Nobody%2Dsaid%20this"}


def test_the_numbers_of_the_table_and_the_bars_lead_to_quotes_on_the_page(figures: Figures) -> None:
    elements = Elements(render_page(figures, "t")).found
    panels = [attributes["id"] for tag, attributes in elements if tag == "section"]
    links = [href for _, attributes in elements if (href := attributes.get("href")) and href.startswith("#")]
    cells = [cell for _, cells in figures.table.rows for cell in cells if cell.samples]
    assert len(panels) == len(set(panels)) == len(cells) + len(figures.timeline) > 3
    assert sorted(links) == sorted(f"#{panel}" for panel in panels)


def test_every_plot_has_a_name(figures: Figures) -> None:
    for tag, attributes in Elements(render_page(figures, "t")).found:
        if tag == "svg":
            assert attributes["role"] in {"img", "group"}
            assert attributes["aria-label"]


@pytest.mark.parametrize("part", [slice(0, 0), slice(3, 4), slice(4, 5)], ids=["nothing", "one article", "a failure"])
def test_little_makes_a_page_too(part: slice, tmp_path: Path) -> None:
    Elements(render_page(figures_of(results()[part], tmp_path), "t"))
