"""Makes what the README shows of answers: its sample answer, and ``docs/answer.svg``, what the command line prints.

Run it again when the model or the answer changes: ``python -m docs.draw_answer``.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

from rich.console import Console

from service.attribution import QuoteAttributor
from service.formats.article import AttributedArticle
from service.formats.contract import contract_json
from service.formats.terminal import print_table
from service.settings import PROJECT_ROOT, Settings

README = PROJECT_ROOT / "README.md"
ARTICLE = PROJECT_ROOT / "tests" / "articles" / "island-ferries.txt"
PICTURE = Path(__file__).with_name("answer.svg")
_SAMPLE = re.compile(r'("text": "(?P<text>.*?)"\}\'\n```\n\n```json\n).*?(\n```)', re.DOTALL)
_WIDTH = 110


def main() -> None:
    attributor = QuoteAttributor.load(Settings().model_path)
    attribution = attributor.attribute(ARTICLE.read_text(encoding="utf-8"))
    console = Console(record=True, width=_WIDTH, file=io.StringIO())
    print_table(attribution, ARTICLE.name, console)
    PICTURE.write_text(console.export_svg(title="quote-attribution attribute"), encoding="utf-8")

    def answered(sample: re.Match[str]) -> str:
        article = AttributedArticle(attributor.attribute(sample["text"]), sample["text"])
        return sample[1] + laid_out(json.loads(contract_json(article))) + sample[3]

    README.write_text(_SAMPLE.sub(answered, README.read_text(encoding="utf-8")), encoding="utf-8")


def laid_out(value: Any, indent: str = "") -> str:
    """JSON with an object or a list on one line where it fits."""
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent) + len(line) <= _WIDTH:
        return line
    inner = indent + "  "
    if isinstance(value, dict):
        items = [f"{inner}{json.dumps(name)}: {laid_out(member, inner)}" for name, member in value.items()]
    else:
        items = [inner + laid_out(member, inner) for member in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return "\n".join([opening, ",\n".join(items), indent + closing])


if __name__ == "__main__":
    main()
