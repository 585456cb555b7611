"""Draws ``docs/answer.svg``, the README's picture: what the command line prints for an invented article.

Run it again when the model changes: ``python -m docs.draw_answer``.
"""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from service.attribution import QuoteAttributor
from service.formats.terminal import print_table
from service.settings import PROJECT_ROOT, Settings

ARTICLE = PROJECT_ROOT / "tests" / "articles" / "island-ferries.txt"
PICTURE = Path(__file__).with_name("answer.svg")


def main() -> None:
    attribution = QuoteAttributor.load(Settings().model_path).attribute(ARTICLE.read_text(encoding="utf-8"))
    console = Console(record=True, width=110, file=io.StringIO())
    print_table(attribution, ARTICLE.name, console)
    PICTURE.write_text(console.export_svg(title="python -m service attribute"), encoding="utf-8")


if __name__ == "__main__":
    main()
