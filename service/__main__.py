"""The command line: ``python -m service serve``, ``attribute FILE...`` and ``settings``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from pydantic import ValidationError
from rich.console import Console

from service import libraries
from service.contract import OffsetUnit, render
from service.settings import PROJECT_ROOT, Settings, markdown_table
from service.table import print_table

if TYPE_CHECKING:
    from service.attribution import QuoteAttributor

STANDARD_INPUT = "-"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that ``arguments``, by default the process's, ask for. Returns the exit status."""
    try:
        settings = Settings()
    except ValidationError as error:
        return _fail(str(error))
    options = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace, Settings], int] = options.command
    return command(options, settings)


def attribute(options: argparse.Namespace, settings: Settings) -> int:
    """Attribute the quotes of files. A file that cannot be read is reported, and the others go on."""
    attributor = _load(options.model or settings.model_path)
    console = Console(highlight=False)
    status = 0
    for name in options.files:
        try:
            text = _read(name)
        except (OSError, ValueError) as error:
            status = _fail(f"{name}: {error}")
            continue
        attribution = attributor.attribute(
            text, min_confidence=options.min_confidence, include_nonspeech=options.include_nonspeech
        )
        if options.json:
            answer = render(attribution, text, offset_unit=options.offset_unit)
            line = answer if len(options.files) == 1 else {"id": name, "result": answer}
            print(json.dumps(line, ensure_ascii=False))
        else:
            print_table(attribution, name, console)
    return status


def serve(options: argparse.Namespace, settings: Settings) -> int:
    """Become gunicorn, so that it gets the signals meant for this process. Returns only if that is refused."""
    if settings.model_path.is_dir():
        os.environ["MODEL_PATH"] = str(settings.model_path.resolve())
        os.environ["PORT"] = str(options.port or settings.port)
        os.chdir(PROJECT_ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"])
    return _fail(f"no checkpoint at {settings.model_path} (set MODEL_PATH)")


def settings_table(_: argparse.Namespace, __: Settings) -> int:
    """Print every setting of the service as a Markdown table."""
    print(markdown_table())
    return 0


def openapi(_: argparse.Namespace, __: Settings) -> int:
    """Print the OpenAPI document."""
    from service.http.openapi import document  # Flask and all: not for the other commands

    print(json.dumps(document(), indent=2))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m service", description="Who said each quote, and to which outlet.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    files = commands.add_parser("attribute", help="attribute the quotes of articles in text files")
    files.set_defaults(command=attribute)
    files.add_argument(
        "files", nargs="*", default=[STANDARD_INPUT], metavar="FILE", help="UTF-8 text; - or none: stdin"
    )
    files.add_argument("--json", action="store_true", help="print the HTTP contract's JSON, a line for each article")
    files.add_argument("--offset-unit", choices=get_args(OffsetUnit), default="codepoint", help="with --json")
    files.add_argument("--min-confidence", type=_probability, default=0.0, metavar="P", help="from 0 to 1")
    files.add_argument("--include-nonspeech", action="store_true", help="also quoted segments that nobody said")
    files.add_argument("--model", type=Path, metavar="DIRECTORY", help="a checkpoint (default: MODEL_PATH's)")

    server = commands.add_parser("serve", help="serve over HTTP")
    server.set_defaults(command=serve)
    server.add_argument("--port", type=int, help="default: PORT, or 8000")

    commands.add_parser("settings", help="list the environment's settings").set_defaults(command=settings_table)
    commands.add_parser("openapi", help="print the OpenAPI document").set_defaults(command=openapi)
    return parser


def _load(path: Path) -> QuoteAttributor:
    libraries.prepare()
    from service.attribution import QuoteAttributor  # brings torch, hence after prepare()

    return QuoteAttributor.load(path)


def _read(name: str) -> str:
    """The text of a file or of standard input. Raises ``OSError``, or ``ValueError`` if it is blank or not UTF-8."""
    content = sys.stdin.buffer.read() if name == STANDARD_INPUT else Path(name).read_bytes()
    text = content.decode("utf-8")
    if not text or text.isspace():
        raise ValueError("the text is empty")
    return text


def _probability(argument: str) -> float:
    value = float(argument)
    if not 0 <= value <= 1:
        raise ValueError
    return value


def _fail(message: str) -> int:
    print(f"error: {message}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
