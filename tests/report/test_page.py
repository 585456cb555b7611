from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import service.cli as cli
from service.report.figures import gather
from service.report.page import render_page
from tests.report.results import HOSTILE, RESULTS

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


def test_the_page_has_every_figure() -> None:
    page = render_page(gather(RESULTS), "out.jsonl")
    assert "Quotes in out.jsonl" in page
    assert [tag for tag, _ in Elements(page).found].count("svg") == 4
    for words in ("Ada Brook: 4 quotes in 2 articles", "Reuters: 3 quotes in 2 articles", "fake 0", "66.7%"):
        assert words in page


def test_it_needs_nothing_from_outside_and_runs_nothing() -> None:
    page = render_page(gather(RESULTS), HOSTILE)
    elements = Elements(page).found
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in elements}
    assert not {"src", "href", "onload", "onclick"} & {name for _, attributes in elements for name in attributes}
    assert not re.search(r"https?:|url\(|@import", page)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_every_plot_has_a_name() -> None:
    for tag, attributes in Elements(render_page(gather(RESULTS), "t")).found:
        if tag == "svg":
            assert attributes["role"] == "img"
            assert attributes["aria-label"]


@pytest.mark.parametrize("results", [(), RESULTS[2:3], RESULTS[3:]], ids=["nothing", "no quotes", "failures alone"])
def test_little_makes_a_page_too(results: tuple[object, ...]) -> None:
    Elements(render_page(gather(results), "t"))  # type: ignore[arg-type]


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = tmp_path / "out.jsonl"
    result.write_text("".join(json.dumps(line) + "\n" for line in RESULTS))
    assert cli.main(["report", str(result)]) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "out.jsonl.html")
    assert (tmp_path / "out.jsonl.html").read_text() == render_page(gather(RESULTS), "out.jsonl")
    assert cli.main(["report", str(result), "--to", str(tmp_path / "page.html")]) == 0
    assert (tmp_path / "page.html").exists()


@pytest.mark.parametrize(
    ("name", "content"), [("none.jsonl", None), ("x.csv", ""), ("x.jsonl", "{"), ("y.jsonl", "{}")]
)
def test_what_is_no_result(tmp_path: Path, name: str, content: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    assert cli.main(["report", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.startswith("error: ")
