"""The README and the docs are true: examples run as they are, tables match the code, links have targets."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from docs.draw_answer import laid_out
from docs.tables import PAGES, TABLES, tables_in
from service.cli import parser
from service.http.answers import Attribution
from service.intake.schemas import ArticleRequest
from service.settings import PROJECT_ROOT

README = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```bash\n(curl .*?)\n```\n(?:\n```json\n(.*?)\n```)?", README, re.DOTALL)
API_GUIDE = (PROJECT_ROOT / "docs" / "api.md").read_text(encoding="utf-8")
PROGRAMS = re.findall(r"```python\n(.*?)```", API_GUIDE, re.DOTALL)
OTHER_PAGES = (PROJECT_ROOT / "CONTRIBUTING.md", PROJECT_ROOT / "CHANGELOG.md", PROJECT_ROOT / "SECURITY.md")
MODEL_CARD = PROJECT_ROOT / "model_cache" / "quote-attribution-minilm" / "README.md"
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#]*)(?:#([^)]*))?\)")


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.model
@pytest.mark.parametrize(("command", "answer"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_a_curl_example_gives_the_answer_that_is_shown(address: str, command: str, answer: str) -> None:
    runnable = command.replace("localhost:8000", address)
    assert runnable != command
    done = subprocess.run(["bash", "-c", runnable], capture_output=True, text=True, cwd=PROJECT_ROOT, check=True)
    if answer:
        assert _shape(json.loads(done.stdout)) == _shape(json.loads(answer)), "run `python -m docs.draw_answer`"
    else:
        assert done.stdout.strip()


def _shape(value: object) -> object:
    """JSON without what changes from checkpoint to checkpoint and from machine to machine: figures and digests."""
    if isinstance(value, dict):
        return {
            k: "..." if k in {"confidence", "sha256", "version", "precision"} else _shape(v) for k, v in value.items()
        }
    if isinstance(value, list):
        return [_shape(v) for v in value]
    return value


@pytest.mark.model
@pytest.mark.parametrize("program", PROGRAMS, ids=range(len(PROGRAMS)))
def test_a_program_of_the_guide_prints_the_quote(address: str, program: str) -> None:
    command = [sys.executable, "-c", program.replace("localhost:8000", address)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT_ROOT, check=True)
    assert done.stdout.startswith("We are ready,")
    assert "Reuters" in done.stdout


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= 180


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_tables_are_the_code_s(page: Path) -> None:
    for name, table in tables_in(page):
        assert table == TABLES[name](), "run `python -m docs.tables`"


def test_every_table_is_in_some_page() -> None:
    assert {name for page in PAGES for name, _ in tables_in(page)} == set(TABLES)


def test_the_request_table_has_the_fields_of_a_single_article() -> None:
    names = re.findall(r"(?m)^\| `(\w+)`", TABLES["request"]())
    assert names[:4] == ["text", "html", "ninjs", "xml"]
    assert sorted(names) == sorted(ArticleRequest.model_fields)


def test_the_guide_describes_every_member_of_the_answer() -> None:
    answer = API_GUIDE.partition("\n## The answer\n")[2].partition("\nA quote:\n")[0]
    rows = re.findall(r"(?m)^\| (`.*?`) \|", answer)
    assert re.findall(r"`(\w+)`", " ".join(rows)) == list(Attribution.model_fields)


@pytest.mark.parametrize("page", [*PAGES, *OTHER_PAGES, MODEL_CARD], ids=lambda page: f"{page.parent.name}/{page.name}")
def test_links_lead_somewhere(page: Path) -> None:
    for path, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        if anchor:
            headings = re.findall(r"(?m)^#+ (.*)$", target.read_text(encoding="utf-8"))
            assert anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_have_the_options_that_are_shown(page: Path) -> None:
    for command in re.findall(r"(?m)^    quote-attribution (.*?)(?: *#.*| *<.*)?$", page.read_text(encoding="utf-8")):
        parser().parse_args(shlex.split(command))


@pytest.mark.parametrize("page", [*PAGES, *OTHER_PAGES], ids=lambda page: page.name)
def test_files_and_targets_that_are_named_are_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for path in re.findall(r"`((?:service|tests|docs|deploy|training|client|locks|model_cache)/[\w./-]*)`", text):
        assert "NAME" in path or (PROJECT_ROOT / path).exists(), path
    targets = set(re.findall(r"(?m)^([\w-]+):", (PROJECT_ROOT / "Makefile").read_text(encoding="utf-8")))
    assert {name for names in re.findall(r"`make ([\w -]+)`", text) for name in names.split()} <= targets


@pytest.mark.parametrize("value", [{"a": [1, 2]}, [], {"a": {"b": "x" * 100, "c": [None, True]}}, "“é”"])
def test_a_sample_that_is_laid_out_is_the_same_json(value: Any) -> None:
    text = laid_out(value)
    assert json.loads(text) == value
    assert "\\u" not in text
